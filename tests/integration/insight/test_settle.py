"""The ledger over real conversations: what was said and pressed, told by the rules."""

from datetime import datetime, timedelta

import pytest

from handdruk.core.clock import now
from handdruk.insight.commands.settle import settle
from handdruk.insight.models import LedgerEntry
from handdruk.reception.people import ask_for_a_person, judge_answer
from handdruk.relationship.commands import locked, verified
from tests.integration.reception.talk import Customer

from .conftest import long_ago

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION, HOURS, THANKS = "hoe lang heb ik garantie", "hoe laat gaan jullie open", "bedankt!"


def entries(moment: datetime | None = None) -> list[tuple[str, str, str]]:
    settle(moment)
    rows = LedgerEntry.objects.order_by("turn_id")
    return [(row.turn.topic, row.kind, row.by) for row in rows.select_related("turn")]


def later(**wait: float) -> datetime:
    return now() + timedelta(**wait)


def test_that_only_automatic_answers_are_entered(company):
    customer = Customer()
    customer.say("hallo")
    customer.say(QUESTION)
    customer.say("ik wil een medewerker spreken")
    customer.say("hoe laat gaan jullie open")
    assert entries() == [("warranty", "reopened", "person")]


def test_that_thanks_confirm_it_and_silence_assumes_it(company):
    customer = Customer()
    customer.say(QUESTION)
    customer.say(THANKS)
    Customer().say(HOURS)
    assert entries() == [("warranty", "confirmed", "kind_word"), ("opening_hours", "", "")]
    assert entries(later(days=4))[1] == ("opening_hours", "assumed", "quiet")


def test_that_the_same_question_straight_again_makes_it_wrong(company):
    customer = Customer()
    customer.say(QUESTION)
    customer.say(QUESTION)
    assert entries() == [("warranty", "wrong", "not_it")]


def test_that_the_customers_word_wins_and_a_later_word_replaces_it(company):
    customer = Customer()
    answer = customer.say(QUESTION)["replies"][0]["number"]
    customer.say(THANKS)
    judge_answer(customer.conversation.pk, answer, right=False)
    assert entries() == [("warranty", "wrong", "word")]
    judge_answer(customer.conversation.pk, answer, right=True)
    assert entries() == [("warranty", "confirmed", "word")]


def test_that_a_word_is_about_its_own_answer(company):
    customer = Customer()
    first = customer.say(QUESTION)["replies"][0]["number"]
    customer.say(HOURS)
    judge_answer(customer.conversation.pk, first, right=True)
    assert entries() == [("warranty", "confirmed", "word"), ("opening_hours", "", "")]


def test_that_the_button_to_a_person_reopens_it(company):
    customer = Customer()
    customer.say(QUESTION)
    ask_for_a_person(customer.conversation.pk)
    assert entries() == [("warranty", "reopened", "person")]


def test_that_an_action_begun_and_left_is_abandoned_and_its_steps_are_no_answers(company):
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen")
    customer.say("jan@voorbeeld.example")
    assert entries() == [("change_address", "", "")]
    assert entries(later(days=1, minutes=1)) == [("change_address", "abandoned", "left")]


def test_that_going_on_with_an_action_after_an_hour_is_no_coming_back(company):
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen")
    long_ago(hours=2)
    customer.say("jan@voorbeeld.example")
    assert entries() == [("change_address", "", "")]


def test_that_what_is_said_after_the_first_look_is_seen_at_the_next(company):
    customer = Customer()
    customer.say(QUESTION)
    assert entries() == [("warranty", "", "")]
    customer.say(THANKS)
    assert entries() == [("warranty", "confirmed", "kind_word")]


def test_that_the_same_customer_in_another_conversation_reopens_it(company):
    first, second, stranger = Customer(), Customer(), Customer()
    for customer, email in ((first, "jan@a.example"), (second, "jan@a.example"), (stranger, "els@a.example")):
        customer.say(QUESTION)
        with locked(customer.conversation.pk) as conversation:
            verified(conversation, email)
    kinds = [(kind, by) for _, kind, by in entries(later(days=8))]
    assert kinds == [("reopened", "came_back"), ("assumed", "quiet"), ("assumed", "quiet")]


def test_that_settling_twice_changes_nothing_and_a_week_later_it_is_final(company):
    Customer().say(QUESTION)
    settle()
    assert settle() == 0
    settle(later(days=8))
    assert LedgerEntry.objects.get().final
    assert settle(later(days=9)) == 0
