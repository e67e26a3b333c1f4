"""What the company's archive taught changes decisions, says so, and goes when it is told to."""

import json

import pytest

from handdruk.decide import Reason
from handdruk.human import names
from handdruk.human.models import Handover
from handdruk.reception import training
from handdruk.reception.handovers import forget_handovers, learn_handovers
from handdruk.reception.models import TrainedHandover, Turn
from handdruk.reception.people import back_to_the_assistant
from handdruk.relationship.company import company as the_settings
from handdruk.relationship.queries import said_until
from handdruk.understand.handover import talk_of
from tests.archives import by_lot, repeating

from .talk import Customer

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "hoe lang heb ik garantie"


def talks(rows):
    return [talk_of(row) for row in rows]


def forget_what_is_held() -> None:
    """As if a second had passed, after which every process looks for something newer."""
    training._current.looked_at = 0.0


@pytest.fixture
def taught(company):
    """The test company, after it learned that customers who repeat themselves go to a person."""
    report = learn_handovers(talks(repeating(120)))
    forget_what_is_held()
    return report


def test_that_a_person_takes_over_where_the_archive_says_so(taught):
    customer = Customer()
    assert customer.say(QUESTION)["decision"]["kind"] == "answer"
    again = customer.say(QUESTION)
    assert again["decision"]["kind"] == "hand_over"
    assert again["holder"] == "queue"
    assert again["replies"][0]["text"].startswith("Hier kan een collega je beter mee helpen dan ik")


def test_that_without_an_archive_the_same_customer_is_asked_what_was_missing(company):
    customer = Customer()
    customer.say(QUESTION)
    assert customer.say(QUESTION)["decision"]["kind"] == "ask"


def test_that_the_reason_is_stored_and_said_to_customer_and_colleague(taught):
    customer = Customer()
    customer.say(QUESTION)
    said = customer.say(QUESTION)
    stored = Turn.objects.order_by("pk").last()
    [reason] = stored.reasons
    assert reason["code"] == "archive_says"
    assert taught["alarm"]["threshold"] <= reason["figure"] <= 1
    assert said["decision"]["reasons"] == [Reason(**reason).said("nl")]
    assert Handover.objects.get().because == [reason]
    assert names.named(names.REASONS, "archive_says") != names.in_words("archive_says")


def test_that_the_alarm_keeps_to_the_companys_limits(taught):
    assert taught["alarm"]["false"] <= the_settings().needless_at_most
    judged = training.judgement().handovers.judged
    needless = judged.probability[~judged.took_over] >= training.judgement().policy.takeover.threshold
    assert needless.mean() <= the_settings().needless_at_most


def test_that_whoever_chose_the_assistant_is_not_sent_to_a_person_by_the_archive_again(taught):
    customer = Customer()
    customer.say(QUESTION)
    customer.say(QUESTION)
    assert back_to_the_assistant(customer.conversation.pk)
    assert customer.say(QUESTION)["holder"] == "assistant"


def test_that_a_button_is_not_read_as_repetition(taught):
    customer = Customer()
    customer.say(QUESTION)
    assert customer.say(QUESTION, "value:old")["holder"] == "assistant"


def test_that_what_was_said_later_is_not_known_when_an_earlier_message_is_decided_on(company):
    customer = Customer()
    customer.say(QUESTION)
    first = customer.now.messages.filter(author="customer").get()
    customer.say("nog iets anders")
    assert said_until(customer.conversation, first.number)[-1] == ("customer", QUESTION)


def test_that_forgetting_removes_what_was_learned_at_once(taught):
    assert forget_handovers()
    forget_what_is_held()
    customer = Customer()
    customer.say(QUESTION)
    assert customer.say(QUESTION)["decision"]["kind"] == "ask"
    assert not forget_handovers()


def test_that_an_archive_marked_by_lot_changes_nothing_and_leaves_what_was_learned_before(taught):
    before = TrainedHandover.objects.get().pk
    report = learn_handovers(talks(by_lot(120)))
    assert (report["teaches"], report["kept"]) == (False, False)
    assert TrainedHandover.objects.get().pk == before


def test_that_a_dry_run_keeps_nothing(company):
    report = learn_handovers(talks(repeating(120)), keep=False)
    assert (report["teaches"], report["kept"]) == (True, False)
    assert not TrainedHandover.objects.exists()


def test_that_only_the_newest_is_kept_and_what_is_stored_holds_no_sentence(taught):
    learn_handovers(talks(repeating(130)))
    stored = TrainedHandover.objects.get()
    assert QUESTION not in json.dumps(stored.summary)
    assert QUESTION.encode() not in bytes(stored.data)


def test_that_turns_go_on_when_what_was_learned_cannot_be_read(taught, caplog):
    TrainedHandover.objects.update(data=b"broken")
    training._current.judgement = None
    customer = Customer()
    customer.say(QUESTION)
    assert customer.say(QUESTION)["decision"]["kind"] == "ask"
    assert "cannot be read" in caplog.text


def test_that_a_company_that_learned_nothing_pays_nothing_for_it(company, django_assert_max_num_queries):
    customer = Customer()
    customer.say(QUESTION)
    with django_assert_max_num_queries(200) as seen:
        customer.say(QUESTION)
    assert not [one for one in seen.captured_queries if "\"kind\" = 'hand_over'" in one["sql"]]
