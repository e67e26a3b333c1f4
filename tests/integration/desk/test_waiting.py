"""Nobody is left waiting: not by a queue nobody looks at, and not by a colleague who took a conversation and went."""

from datetime import timedelta
from unittest import mock

import pytest

from handdruk.core.clock import now
from handdruk.core.words import Author
from handdruk.human import commands as human
from handdruk.human import jobs
from handdruk.human.models import Colleague, Handover
from handdruk.relationship import commands as relationship
from handdruk.relationship.models import Conversation, Message

LONG_AGO = timedelta(hours=3)


@pytest.fixture(autouse=True)
def open_now(monkeypatch):
    monkeypatch.setattr(jobs, "people_are_there", lambda: True)


def everything_was(time: timedelta) -> None:
    """Lets time pass since all that happened."""
    then = now() - time
    Message.objects.update(at=then)
    Handover.objects.filter(ended_at=None).update(opened_at=then, deadline=then)
    Handover.objects.exclude(taken_at=None).update(taken_at=then)
    Handover.objects.exclude(answered_at=None).update(answered_at=then)
    Colleague.objects.update(seen_at=then)


def writes(conversation: Conversation, text: str) -> None:
    with relationship.locked(conversation.pk) as held:
        relationship.say(held, Author.CUSTOMER, text)


def holder(conversation: Conversation) -> str:
    return Conversation.objects.get(pk=conversation.pk).holder


def test_that_a_customer_whose_colleague_went_without_a_word_is_back_in_the_queue_with_all_that_is_known(waits, sanne):
    chosen = waits(emotion="frustrated", callback="+31612345678")
    human.take(sanne, chosen.pk)
    everything_was(LONG_AGO)
    jobs.free_the_forgotten.run()
    assert holder(chosen) == "queue"
    again = Handover.objects.get(conversation=chosen, ended_at=None)
    assert (again.reason, again.urgent, again.emotion) == ("colleague_away", True, "frustrated")
    assert again.brief["callback"] == "+31612345678"


def test_that_a_customer_who_keeps_writing_does_not_begin_the_waiting_anew(waits, sanne):
    chosen = waits()
    human.take(sanne, chosen.pk)
    human.answer(sanne, chosen.pk, "Ik kijk even.")
    everything_was(LONG_AGO)
    writes(chosen, "hallo?")
    Message.objects.filter(text="hallo?").update(at=now() - timedelta(hours=2))
    writes(chosen, "is daar iemand?")
    jobs.free_the_forgotten.run()
    assert holder(chosen) == "queue"


@pytest.mark.parametrize("what", ["is there", "answered", "was just asked", "came back meanwhile"])
def test_that_a_conversation_stays_with_a_colleague_who(waits, sanne, what):
    chosen = waits()
    human.take(sanne, chosen.pk)
    human.answer(sanne, chosen.pk, "Ik kijk even.") if what in ("answered", "was just asked") else None
    everything_was(LONG_AGO)
    if what == "was just asked":
        writes(chosen, "en?")
    if what == "is there":
        human.appear(sanne)
    forgotten = jobs.forgotten().values_list("pk", flat=True)
    if what == "came back meanwhile":
        pk = forgotten[0]
        human.appear(sanne)
        human.free(pk)
    else:
        jobs.free_the_forgotten.run()
    assert holder(chosen) == "colleague"


def test_that_who_took_a_conversation_and_says_nothing_is_seen_by_the_lead_and_the_machine_stays_silent(waits, sanne):
    chosen = waits()
    human.take(sanne, chosen.pk)
    everything_was(LONG_AGO)
    human.appear(sanne)
    before = Conversation.objects.get(pk=chosen.pk).last_number
    jobs.escalate_overdue.run()
    handover = Handover.objects.get(conversation=chosen)
    assert handover.urgent
    assert handover.escalated_at is not None
    assert Conversation.objects.get(pk=chosen.pk).last_number == before


def test_that_an_answered_handover_is_never_overdue(waits, sanne):
    chosen = waits()
    human.take(sanne, chosen.pk)
    human.answer(sanne, chosen.pk, "Opgelost.")
    everything_was(LONG_AGO)
    jobs.escalate_overdue.run()
    assert Handover.objects.get(conversation=chosen).escalated_at is None


def test_that_one_that_cannot_be_looked_after_keeps_nobody_else_waiting(waits, caplog):
    first, second = waits(), waits()
    everything_was(LONG_AGO)
    real = human.escalate

    def broken_for_the_first(pk: int) -> None:
        if Handover.objects.get(pk=pk).conversation_id == first.pk:
            raise RuntimeError("what a customer wrote")
        real(pk)

    with mock.patch.object(jobs.commands, "escalate", broken_for_the_first):
        jobs.escalate_overdue.run()
    assert Handover.objects.get(conversation=second).escalated_at is not None
    assert "what a customer wrote" not in caplog.text
