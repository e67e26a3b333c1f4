"""What customers are told about an order."""

from datetime import date, timedelta

import pytest
from tests.unit.thuis.demo_people import FATIMA, JAN, LOTTE, PIETER, SANNE, THOMAS, call

from handdruk.digital.actions import Refused
from handdruk.thuis import actions, shop, status
from handdruk.thuis.wording import day, label, money, near, on, short_day

SAID = [
    (SANNE, "TH-104310", "we gaan hem inpakken", "about to be packed"),
    (SANNE, "TH-104150", "bezorgd", "was delivered"),
    (THOMAS, "TH-104305", "staat klaar voor bpost", "ready for bpost"),
    (THOMAS, "TH-104163", "Krantenwinkel Het Nieuws", "waiting for you at the pick-up point"),
    (FATIMA, "TH-104171", "Een nieuwe dag heb ik nog niet van PostNL", "no new day from PostNL"),
    (FATIMA, "TH-104167", "- Nieuwe dag: **", "- New day: **"),
    (PIETER, "TH-104301", "- Afgesproken dag: **", "- Agreed day: **"),
    (JAN, "TH-104020", "teruggekomen", "came back to us"),
    (JAN, "TH-104295", "geannuleerd", "was cancelled"),
]


@pytest.mark.parametrize(("email", "number", "dutch", "english"), SAID)
def test_that_each_status_is_told_in_both_languages(email, number, dutch, english):
    done = actions.order_status(call(email), order=number)
    assert number in done.said("nl") and dutch in done.said("nl")
    assert number in done.said("en") and english in done.said("en")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_that_a_parcel_under_way_is_told_with_its_day_its_last_scan_and_its_code(language):
    order = shop.order("TH-104233", SANNE)
    text = actions.order_status(call(SANNE), order=order.number).said(language)
    assert order.parcel is not None and f"**{order.parcel.track_code}**" in text and "PostNL" in text
    assert day(order.promised, language) in text or {"nl": "**vandaag**", "en": "**today**"}[language] in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_that_late_is_said_to_be_late_with_what_happens_next(language):
    for number in ("TH-104171", "TH-104167"):
        text = actions.order_status(call(FATIMA), order=number).said(language)
        assert "sorry" in text
        assert {"nl": "vraag hier om een mens", "en": "ask for a person here"}[language] in text
        assert {"nl": "krijg je je geld terug", "en": "get your money back"}[language] in text


def test_that_an_order_becomes_late_when_its_day_has_passed():
    order = shop.order("TH-104310", SANNE)
    assert status.situation(order, order.promised) == "ordered"
    assert status.situation(order, order.promised + timedelta(days=1)) == "late_not_sent"
    assert "nog niet weg" in status.said(order, "nl", order.promised + timedelta(days=1))
    under_way = shop.order("TH-104233", SANNE)
    assert status.situation(under_way, under_way.promised + timedelta(days=1)) == "late_silent"


def test_that_a_missed_visit_is_told_with_the_second_one(sql):
    track = "(SELECT track_code FROM parcels WHERE order_number = 'TH-104233')"
    sql(f"INSERT INTO parcel_events VALUES ({track}, '2999-01-01T10:00:00+00:00', 'missed', 'Utrecht')")
    sql("UPDATE parcels SET status = 'missed' WHERE order_number = 'TH-104233'")
    text = actions.order_status(call(SANNE), order="TH-104233")
    assert "trof niemand thuis. Hij komt nog één keer" in text.said("nl")
    assert "nobody at home. There will be one more try" in text.said("en")


def test_that_a_pick_up_point_keeps_a_parcel_for_seven_days():
    order = shop.order("TH-104163", THOMAS)
    assert order.parcel is not None
    last = order.parcel.events[-1].at.date() + timedelta(days=7)
    assert status.situation(order, last) == "at_point"
    assert status.situation(order, last + timedelta(days=1)) == "point_over"


def test_that_money_comes_back_within_five_working_days():
    order = shop.order("TH-104020", JAN)
    assert order.returned_at is not None
    last = shop.working_day_after(order.returned_at.date(), 5)
    assert status.situation(order, last) == "returned" and "€ 49,00" in status.said(order, "nl", last)
    assert status.situation(order, last + timedelta(days=1)) == "refunded"
    assert "€49.00" in status.said(order, "en", last)


def test_that_a_registered_return_is_told_with_its_code():
    code = shop.open_return("TH-104150", SANNE, 1, "other", once="a")
    assert f"Retour aangemeld: Glans 1, retourcode **{code}**" in actions.order_status(
        call(SANNE), order="TH-104150"
    ).said("nl")


def test_that_the_orders_to_choose_from_are_the_customers_own_and_open_ones_come_first():
    shown = actions.orders_to_look_up(call(SANNE))
    assert [choice.value for choice in shown] == ["TH-104310", "TH-104233", "TH-104150"]
    ordered = shop.order("TH-104233", SANNE).ordered_at.date()
    assert shown[1].label == f"TH-104233, Glans 2, {short_day(ordered, 'nl')}"


def test_that_one_order_that_matters_is_not_asked_about():
    assert [choice.value for choice in actions.orders_to_look_up(call(JAN))] == ["TH-104295"]


def test_that_a_customer_without_orders_is_told_so_and_offered_a_person():
    with pytest.raises(Refused) as refused:
        actions.orders_to_look_up(call(LOTTE))
    assert "geen bestellingen" in refused.value.texts["nl"] and "no orders" in refused.value.texts["en"]


def test_that_another_customers_order_is_never_told_about():
    with pytest.raises(shop.NoSuchOrder):
        actions.order_status(call(THOMAS), order="TH-104233")


def test_that_only_customers_have_a_name():
    assert actions.name_of(SANNE) == "Sanne de Wit"
    assert actions.name_of("stranger@elders.example") is None


def test_that_days_money_and_labels_read_as_people_write_them():
    third = date(2026, 3, 3)
    assert (day(third, "nl"), day(third, "en")) == ("dinsdag 3 maart", "Tuesday 3 March")
    assert (short_day(third, "nl"), short_day(third, "en")) == ("3 mrt", "3 Mar")
    assert near(third, "nl", third - timedelta(days=1)) == "morgen (dinsdag 3 maart)"
    assert near(third, "en", third) == "today (Tuesday 3 March)"
    assert on(third, "en", third + timedelta(days=9)) == "on Tuesday 3 March"
    assert on(third, "en", third + timedelta(days=1)) == "yesterday (Tuesday 3 March)"
    assert (money(129900, "nl"), money(129900, "en")) == ("€ 1.299,00", "€1,299.00")
    assert " en meer, " in label(shop.order("TH-104150", SANNE), "nl")
    assert "2 × Glans 2" in label(shop.order("TH-104148", THOMAS), "en")
