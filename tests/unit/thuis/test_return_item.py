"""Sending something back."""

from datetime import datetime, time, timedelta

import pytest
from tests.unit.thuis.demo_people import FATIMA, JAN, LOTTE, PIETER, SANNE, THOMAS, call

from handdruk.digital.actions import Refused
from handdruk.thuis import actions, shop
from handdruk.thuis.shop.days import AMSTERDAM


def preview(email: str, item: str, reason: str = "not_needed"):
    return actions.return_item.previewed(call(email), item=item, reason=reason)


def test_that_an_order_of_several_items_is_offered_an_item_at_a_time():
    shown = actions.items_to_return(call(SANNE))
    assert [(choice.value, choice.label) for choice in shown] == [
        ("TH-104150/1", "TH-104150, Glans 1"),
        ("TH-104150/2", "TH-104150, 2 × 4 opzetborstels"),
    ]
    assert [(choice.value, choice.label) for choice in actions.items_to_return(call(THOMAS, "en"))] == [
        ("TH-104148", "TH-104148, 2 × Glans 2")
    ]


def test_that_there_are_at_most_six_reasons_and_one_is_to_say_none():
    assert 1 < len(actions.reasons(call(SANNE))) <= 6
    assert "I'd rather not say" in [choice.label for choice in actions.reasons(call(SANNE, "en"))]


def test_that_the_preview_tells_what_comes_back_and_changes_nothing():
    shown = preview(SANNE, "TH-104150/2")
    assert "**2 × 4 opzetborstels** uit bestelling TH-104150" in shown.said("nl")
    assert "€ 39,90" in shown.said("nl") and "€39.90" in shown.said("en")
    assert "fewer than 2" in shown.said("en")
    assert shop.order("TH-104150", SANNE).returns == ()


def test_that_the_rule_about_brush_heads_is_told_unless_it_is_our_fault():
    assert "verpakking nog dicht" in preview(SANNE, "TH-104150/2").said("nl")
    assert "brush heads must still be sealed" in preview(SANNE, "TH-104150/1").said("en")
    faulty = preview(SANNE, "TH-104150/2", "broken")
    assert "verpakking nog dicht" not in faulty.said("nl") and "ask for a person" in faulty.said("en")


def test_that_a_return_gives_a_code_and_the_same_when_it_is_tried_again(sql):
    first = actions.return_item(call(SANNE), item="TH-104150/1", reason="disappointing")
    assert actions.return_item(call(SANNE), item="TH-104150/1", reason="disappointing") == first
    code = shop.order("TH-104150", SANNE).returns[0].code
    assert f"**{code}**" in first.said("nl") and f"**{code}**" in first.said("en")
    assert "PostNL-punt" in first.said("nl") and "PostNL point" in first.said("en")
    assert len(sql("SELECT * FROM returns WHERE order_number = 'TH-104150'")) == 1
    assert [choice.value for choice in actions.items_to_return(call(SANNE))] == ["TH-104150/2"]


def test_that_an_order_of_one_item_keeps_its_meaning_when_it_is_tried_again():
    first = actions.return_item(call(THOMAS), item="TH-104148", reason="other")
    assert actions.return_item(call(THOMAS), item="TH-104148", reason="other") == first
    assert "bpost point" in first.said("en")


def test_that_a_mower_is_collected():
    assert "Wij komen hem bij je halen" in preview(PIETER, "TH-104102").said("nl")
    assert "komen hem gratis halen" in actions.return_item(call(PIETER), item="TH-104102", reason="other").said("nl")


def test_that_a_second_return_of_the_same_gives_the_code_it_had():
    code = shop.open_return("TH-104150", SANNE, 1, "other", once="earlier")
    again = actions.return_item(call(SANNE), item="TH-104150/1", reason="other")
    assert f"Je retourcode is **{code}**" in again.said("nl") and f"**{code}**" in again.said("en")


def test_that_with_everything_registered_the_codes_are_given():
    code = shop.open_return("TH-104148", THOMAS, 1, "other", once="earlier")
    with pytest.raises(Refused) as refused:
        actions.items_to_return(call(THOMAS))
    assert code in refused.value.texts["nl"] and code in refused.value.texts["en"]


@pytest.mark.parametrize(
    ("email", "dutch", "english"),
    [
        (JAN, "tot 30 dagen", "up to 30 days"),
        (FATIMA, "nog niet bij je bezorgd", "not been delivered yet"),
        (LOTTE, "geen bestellingen", "no orders"),
    ],
)
def test_that_with_nothing_to_send_back_the_customer_hears_why(email, dutch, english):
    with pytest.raises(Refused) as refused:
        actions.items_to_return(call(email))
    assert dutch in refused.value.texts["nl"] and english in refused.value.texts["en"]


def test_that_the_thirtieth_day_still_counts_and_the_next_does_not(sql):
    for days, may in ((30, True), (31, False)):
        noon = datetime.combine(shop.today() - timedelta(days), time(12), AMSTERDAM)
        sql("UPDATE orders SET delivered_at = ? WHERE number = 'TH-104150'", noon.isoformat())
        assert shop.may_return(shop.order("TH-104150", SANNE), shop.today()) is may
    with pytest.raises(Refused):
        actions.return_item(call(SANNE), item="TH-104150/1", reason="other")


def test_that_an_installation_cannot_be_sent_back(sql):
    sql("UPDATE orders SET status = 'delivered', delivered_at = shipped_at WHERE number = 'TH-104167'")
    assert [choice.label for choice in actions.items_to_return(call(FATIMA))] == ["TH-104167, Warm"]


def test_that_another_customers_item_cannot_be_sent_back():
    with pytest.raises(shop.NoSuchOrder):
        actions.return_item(call(THOMAS), item="TH-104150/1", reason="other")
