"""One message in, one decision, one side answers."""

from dataclasses import dataclass
from typing import Any

from handdruk.core.words import Author, Holder
from handdruk.reception.inbound import Inbound, checked
from handdruk.reception.models import Turn
from handdruk.reception.people import bring_in
from handdruk.reception.prepare import prepare
from handdruk.reception.write import Written, store_failed, write
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import locked
from handdruk.relationship.models import Conversation, Message
from handdruk.relationship.queries import message_by_client_id
from handdruk.work import commands as work
from handdruk.work import worker
from handdruk.work.define import job
from handdruk.work.statements import First

last_turn = First(Turn, "conversation_id", order_by="-id")
turn_on = First(Turn, "message_id")
TRIES = 20  # how often a turn starts over because the conversation changed while it was being prepared


class AnotherMessage(ValueError):
    """The same client_id came with other words."""


class Contended(Exception):
    """The conversation kept changing; the job tries again."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message that cannot be lost any more. `job` is the job this process has begun, None when it came before."""

    message: Message
    job: int | None


def receive(inbound: Inbound) -> Received:
    """Stores the message and the job that answers it. Raises BadMessage, AnotherMessage or Conversation.DoesNotExist.

    When this returns, the message is safe; `take_begun_turn` answers it at once, and a worker will otherwise.
    """
    text = checked(inbound.text)
    with locked(inbound.conversation) as conversation:
        earlier = message_by_client_id(conversation.pk, inbound.client_id)
        if earlier is not None:
            if (earlier.text, earlier.extras.get("choice")) != (text, inbound.choice or None):
                raise AnotherMessage("this client_id was used for another message")
            return Received(earlier, None)
        if not conversation.is_open:
            relationship.reopen(conversation)
        extras: dict[str, Any] = {"choice": inbound.choice} if inbound.choice else {}
        said = relationship.say(conversation, Author.CUSTOMER, text, client_id=inbound.client_id, **extras)
        job_id = answer.begin(message=said.pk, key=f"answer:{said.pk}", lane=f"conversation:{conversation.pk}")
    return Received(said, job_id)


def take_begun_turn(received: Received) -> Written | None:
    """The fast path: takes the turn at once, in the request that brought the message; if it fails, a worker tries again.

    None when there is nothing to do, or it did not work now.
    """
    if received.job is None:
        return None
    try:
        return take_turn(received.message, received.job)
    except Exception as error:
        work.fail(received.job, error)
        return None


def take_turn(message: Message, job_id: int | None = None) -> Written | None:
    """Answers a message, and before it whatever was left unanswered. Doing it twice does it once.

    Returns what was written for this message; None when somebody else did it.
    """
    last = last_turn(message.conversation_id)
    for waiting in _left_before(message, last):
        _carry_out(_turn_on(waiting, None, last))
        last = last_turn(message.conversation_id)
    written = _turn_on(message, job_id, last)
    _carry_out(written)
    return written


def _left_before(message: Message, last: Turn | None) -> list[Message]:
    """The customer's messages between the last turn and this one."""
    if last is not None and message.number == last.until + 1:
        return []
    left = Message.objects.filter(
        conversation_id=message.conversation_id,
        author=Author.CUSTOMER.value,
        number__gt=last.number if last else 0,
        number__lt=message.number,
    )
    return list(left.order_by("number"))


def _carry_out(written: Written | None) -> None:
    """Does at once what the turn began, such as the action the customer agreed to."""
    if written is not None and written.begun is not None:
        worker.run_begun(written.begun)


def _turn_on(message: Message, job_id: int | None, last: Turn | None) -> Written | None:
    """Prepares without a lock and writes under it; starts over when the conversation changed in between."""
    before = message.conversation
    for attempt in range(TRIES):
        if attempt or job_id is None:
            if turn_on(message.pk) is not None:
                _finish(job_id)
                return None
            before = Conversation.objects.get(pk=message.conversation_id)
            last = last_turn(before.pk)
        prepared = prepare(message, before, last)
        with locked(before.pk) as conversation:
            first = turn_on(message.pk) is None  # a waiting customer's next message takes this turn as well
            if first and conversation.revision != prepared.revision:
                continue
            written = write(conversation, message, prepared) if first else None
            _finish(job_id)
            return written
    raise Contended(f"conversation {message.conversation_id} kept changing")


def _finish(job_id: int | None) -> None:
    if job_id is not None:
        work.finish(job_id)


def _give_to_a_person(message: int) -> None:
    """The assistant could not take this turn, however often it tried: nobody is left waiting."""
    said = Message.objects.filter(pk=message).first()
    if said is None:
        return
    with locked(said.conversation_id) as conversation:
        if turn_on(said.pk) is not None:
            return
        if conversation.holder == Holder.ASSISTANT:
            bring_in(conversation, "turn_failed", last_turn(conversation.pk), reply_to=said.number)
        store_failed(conversation, said)


@job("reception.answer", attempts=5, on_dead=_give_to_a_person)
def answer(message: int) -> None:
    """Takes the turn on a message, if nobody did yet."""
    take_turn(Message.objects.select_related("conversation").get(pk=message))
