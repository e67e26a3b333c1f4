"""Audits are drawn by lot, and by nothing else."""

import pytest

from handdruk.insight.commands import draw as drawing
from handdruk.insight.commands.draw import draw, lot
from handdruk.insight.models import Draw
from handdruk.reception.models import Audit, AuditUse, Turn
from tests.integration.reception.talk import Customer

from .conftest import draw_all, long_ago

pytestmark = pytest.mark.django_db(transaction=True)
UNKNOWN = "kan ik bij jullie een vliegticket naar de maan boeken"


def test_that_with_few_turns_every_one_decided_on_its_topic_is_drawn_and_nothing_else(company):
    customer = Customer()
    for text in ("hallo", "hoe lang heb ik garantie", "ik wil mijn bezorgadres wijzigen", "jan@voorbeeld.example"):
        customer.say(text)
    Customer().say("ik wil een medewerker spreken")
    drawn = draw_all()
    assert [(audit.turn.topic, audit.sent, audit.probability) for audit in drawn] == [
        ("warranty", True, 1.0), ("change_address", True, 1.0),
    ]  # fmt: skip


def test_that_a_turn_that_went_to_a_person_for_want_of_certainty_is_drawn_as_not_sent(company):
    Customer().say(UNKNOWN)
    assert [audit.sent for audit in draw_all()] == [False]


def test_that_each_turn_has_one_chance(company):
    Customer().say("hoe lang heb ik garantie")
    draw_all()
    Audit.objects.all().delete()
    assert draw() == 0
    Customer().say("hoe lang heb ik garantie")
    assert len(draw_all()) == 1


def test_that_a_turn_that_may_still_be_followed_by_an_earlier_number_waits(company):
    Customer().say("hoe lang heb ik garantie")
    assert draw() == 0
    long_ago(minutes=20)
    assert draw() == 1


def test_that_the_share_follows_from_the_number_of_turns_alone(company, monkeypatch):
    for _ in range(4):
        Customer().say("hoe lang heb ik garantie")
    monkeypatch.setattr(drawing, "_by_lot", lambda *_: [])
    long_ago(minutes=20)
    Draw.objects.create(through=0, turns=36, probability=1)
    draw()
    assert Draw.objects.latest("pk").probability == 20 / 40


def test_that_the_lot_is_the_same_each_time_even_and_bound_to_the_secret(settings):
    lots = [lot(number, "audit") for number in range(4000)]
    assert lots == [lot(number, "audit") for number in range(4000)]
    assert all(0 <= drawn < 1 for drawn in lots)
    assert abs(sum(drawn < 0.1 for drawn in lots) / 4000 - 0.1) < 0.02
    settings.SECRET_KEY = "another"
    assert [lot(number, "audit") for number in range(5)] != lots[:5]


def test_that_the_lot_of_what_an_audit_is_for_is_another_than_that_of_the_drawing():
    lots = [(lot(number, "audit"), lot(number, "use")) for number in range(4000)]
    of_the_drawn = [use for audit, use in lots if audit < 0.2]
    assert abs(sum(use < 0.75 for use in of_the_drawn) / len(of_the_drawn) - 0.75) < 0.06


def test_that_of_what_is_drawn_the_second_lot_says_what_for(company, monkeypatch):
    monkeypatch.setattr(drawing, "lot", lambda _, what: {"audit": 0.1, "use": 0.8}[what])
    Customer().say("hoe lang heb ik garantie")
    assert [audit.use for audit in draw_all()] == [AuditUse.EXAMPLE]


def test_that_words_and_certainty_do_not_decide_who_is_drawn(company):
    for text in ("hoe lang heb ik garantie", UNKNOWN, "hoe laat gaan jullie open", "garantie of openingstijden") * 5:
        Customer().say(text)
    long_ago(minutes=20)
    Draw.objects.create(through=0, turns=20, probability=1)
    draw()
    share = Draw.objects.latest("pk").probability
    assert 0 < share < 1
    expected = {turn.pk for turn in drawing.drawable(0, 10**9) if lot(turn.pk, "audit") < share}
    assert {audit.turn_id for audit in Audit.objects.all()} == expected
    for audit in Audit.objects.all():
        assert audit.use == (AuditUse.PROOF if lot(audit.turn_id, "use") < 0.75 else AuditUse.EXAMPLE)
    assert Turn.objects.count() > len(expected)
