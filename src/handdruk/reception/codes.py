"""The job that mails a one-time code, and what happens when no mail leaves."""

from handdruk.core.words import Holder
from handdruk.digital import commands as digital
from handdruk.digital.codes import mail_code
from handdruk.digital.models import RunState
from handdruk.digital.queries import awaits_code
from handdruk.reception.models import Turn
from handdruk.reception.people import bring_in
from handdruk.relationship.commands import locked
from handdruk.work.define import job


def _bring_in_a_person(run: int, number: int, language: str) -> None:
    """The customer waits for a mail that does not come: a person goes on with it."""
    waiting = awaits_code(run, number)
    if waiting is None:
        return
    with locked(waiting.conversation_id) as conversation:
        if awaits_code(run, number) is None:
            return
        if conversation.holder == Holder.ASSISTANT:
            last = Turn.objects.filter(conversation=conversation).order_by("-pk").first()
            bring_in(conversation, "action_failed", last)
        digital.end(waiting, RunState.REFUSED, None)


@job("reception.send_code", attempts=7, on_dead=_bring_in_a_person)  # about a minute; a code works for ten
def send_code(run: int, number: int, language: str) -> None:
    """Mails the `number`th one-time code of this use of an action."""
    mail_code(run, number, language)
