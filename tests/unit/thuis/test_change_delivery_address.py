"""Sending an order elsewhere."""

import pytest
from tests.unit.thuis.demo_people import FATIMA, JAN, LOTTE, PIETER, SANNE, THOMAS, call

from handdruk.digital.actions import Refused
from handdruk.thuis import actions, shop

NEW = "Dorpsstraat 9, 8011 VB Zwolle"


def preview(email: str, number: str, text: str):
    return actions.change_delivery_address.previewed(call(email), order=number, address=text)


def test_that_only_orders_the_carrier_does_not_have_can_be_chosen():
    assert [choice.value for choice in actions.orders_to_move(call(SANNE))] == ["TH-104310"]
    assert [choice.value for choice in actions.orders_to_move(call(THOMAS, "en"))] == ["TH-104305"]
    assert [choice.value for choice in actions.orders_to_move(call(PIETER))] == ["TH-104301"]


def test_that_the_preview_shows_both_addresses_and_changes_nothing():
    shown = preview(SANNE, "TH-104310", NEW)
    assert "**Dorpsstraat 9, 8011 VB Zwolle, Nederland**" in shown.said("nl")
    assert "En niet meer naar Lindelaan 12, 3512 LK Utrecht, Nederland" in shown.said("nl")
    assert "will then go to" in shown.said("en") and "the Netherlands" in shown.said("en")
    assert shop.order("TH-104310", SANNE).address.city == "Utrecht"


def test_that_the_change_is_made_and_told_the_same_when_it_is_tried_again(sql):
    first = actions.change_delivery_address(call(SANNE), order="TH-104310", address=NEW)
    again = actions.change_delivery_address(call(SANNE), order="TH-104310", address=NEW)
    assert first == again
    assert "gaat nu naar **Dorpsstraat 9, 8011 VB Zwolle, Nederland**" in first.said("nl")
    assert "now goes to **Dorpsstraat 9" in first.said("en")
    assert len(sql("SELECT * FROM address_changes")) == 1


def test_that_four_digits_without_a_country_are_read_back_as_belgium():
    assert "adres in **België**" in preview(SANNE, "TH-104310", "Veldstraat 3, 9000 Gent").said("nl")
    assert "address in **Belgium**" in preview(SANNE, "TH-104310", "Veldstraat 3, 9000 Gent").said("en")
    assert "Let op" not in preview(SANNE, "TH-104310", "Veldstraat 3, 9000 Gent, België").said("nl")


@pytest.mark.parametrize(
    ("email", "dutch", "english"),
    [
        (FATIMA, "al meegegeven aan PostNL", "already with PostNL"),
        (JAN, "geen bestelling van je open", "No order of yours"),
        (LOTTE, "geen bestelling van je open", "No order of yours"),
    ],
)
def test_that_without_an_order_to_change_the_customer_hears_why_and_what_they_can_do(email, dutch, english):
    with pytest.raises(Refused) as refused:
        actions.orders_to_move(call(email))
    assert dutch in refused.value.texts["nl"] and english in refused.value.texts["en"]


def test_that_an_order_that_left_meanwhile_is_refused_in_words(sql):
    sql("UPDATE orders SET status = 'shipped', shipped_at = ordered_at WHERE number = 'TH-104310'")
    with pytest.raises(Refused, match="refused") as refused:
        actions.change_delivery_address(call(SANNE), order="TH-104310", address=NEW)
    assert "kunnen het adres niet meer veranderen" in refused.value.texts["nl"]
    with pytest.raises(Refused):
        preview(SANNE, "TH-104310", NEW)


def test_that_a_country_we_do_not_deliver_to_is_refused():
    with pytest.raises(Refused) as refused:
        preview(SANNE, "TH-104310", "Rue de Rivoli 3, 75001 Paris, France")
    assert "Luxemburg en Duitsland" in refused.value.texts["nl"]


def test_that_the_address_it_already_goes_to_is_left_alone():
    with pytest.raises(Refused) as refused:
        preview(SANNE, "TH-104310", "lindelaan 12 3512lk utrecht")
    assert "gaat al naar" in refused.value.texts["nl"] and "already going to" in refused.value.texts["en"]


def test_that_another_customers_order_cannot_be_sent_elsewhere():
    with pytest.raises(shop.NoSuchOrder):
        actions.change_delivery_address(call(THOMAS), order="TH-104310", address=NEW)
