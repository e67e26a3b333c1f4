"""One message in, one decision, one side answers."""

from dataclasses import asdict, dataclass
from typing import Any

from handdruk.core.words import Author, Holder, OutcomeKind
from handdruk.decide import Kind, Reason, after
from handdruk.digital.commands import keep, stop_all
from handdruk.digital.jobs import send_code
from handdruk.digital.models import RunState
from handdruk.human import commands as human
from handdruk.reception.inbound import Inbound, checked
from handdruk.reception.models import Turn
from handdruk.reception.perform import perform
from handdruk.reception.prepare import Prepared, prepare, suggestion, titles
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import locked
from handdruk.relationship.models import Conversation, Message
from handdruk.work import commands as work
from handdruk.work import worker
from handdruk.work.define import job

TRIES = 20  # how often a turn starts over because the conversation changed while it was being prepared
LOOK_BACK = 50


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

    When this returns, the message is safe; `take_turn` may be called at once, and a worker will do it otherwise.
    """
    text = checked(inbound.text)
    with locked(inbound.conversation) as conversation:
        earlier = conversation.messages.filter(client_id=inbound.client_id).first()
        if earlier is not None:
            if earlier.text != text:
                raise AnotherMessage("this client_id was used for another text")
            return Received(earlier, None)
        if not conversation.is_open:
            relationship.reopen(conversation)
        extras = {"choice": inbound.choice} if inbound.choice else {}
        said = relationship.say(conversation, Author.CUSTOMER, text, client_id=inbound.client_id, **extras)
        job_id = answer.begin(message=said.pk, key=f"answer:{said.pk}", lane=f"conversation:{conversation.pk}")
    return Received(said, job_id)


def take_turn(message_id: int, job_id: int | None = None) -> None:
    """Answers a message, and before it whatever was left unanswered. Doing it twice does it once."""
    message = Message.objects.get(pk=message_id)
    follow_up: list[int] = []
    for waiting in _unanswered(message):
        follow_up += _turn_on(waiting, job_id if waiting.pk == message.pk else None)
    for begun in follow_up:
        worker.run_begun(begun)


def take_begun_turn(received: Received) -> None:
    """The fast path: takes the turn at once, in the request that brought the message. If it fails, a worker tries again."""
    if received.job is None:
        return
    try:
        take_turn(received.message.pk, received.job)
    except Exception as error:
        work.fail(received.job, error)


def decision_on(message: Message) -> tuple[str, dict[str, Any] | None]:
    """Who had the turn after this message, and what was decided on it; None while that is still being made."""
    turn = Turn.objects.filter(message=message).first()
    if turn is None:
        return message.conversation.holder, None
    language = message.conversation.language
    return turn.holder, {
        "kind": turn.kind,
        "topic": turn.topic or None,
        "probability_right": round(turn.probability_right, 4),
        "reasons": [Reason(**reason).said(language) for reason in turn.reasons],
    }


def _unanswered(message: Message) -> list[Message]:
    """This message and those just before it that no turn was taken on, oldest first."""
    recent = (
        Message.objects.filter(
            conversation_id=message.conversation_id, author=Author.CUSTOMER.value, number__lte=message.number
        )
        .select_related("turn")
        .order_by("-number")[:LOOK_BACK]
    )
    waiting = []
    for said in recent:
        if said.pk != message.pk and hasattr(said, "turn"):
            break
        waiting.append(said)
    return waiting[::-1]


def _turn_on(message: Message, job_id: int | None) -> list[int]:
    for _ in range(TRIES):
        before = Conversation.objects.get(pk=message.conversation_id)
        prepared = prepare(message, before)
        with locked(before.pk) as conversation:
            if Turn.objects.filter(message=message).exists():
                _finish(job_id)
                return []
            if conversation.revision != prepared.revision:
                continue
            follow_up = _write(conversation, message, prepared)
            _finish(job_id)
            return follow_up
    raise Contended(f"conversation {message.conversation_id} kept changing")


def _finish(job_id: int | None) -> None:
    if job_id is not None:
        work.finish(job_id)


def _write(conversation: Conversation, message: Message, prepared: Prepared) -> list[int]:
    """Reply, decision and jobs in the transaction of the caller."""
    if prepared.language != conversation.language:
        relationship.speak(conversation, prepared.language)
    follow_up: list[int] = []
    if prepared.situation.with_person:
        _to_people(conversation, prepared)
    elif prepared.decision.kind is Kind.HAND_OVER:
        _hand_over(conversation, message, prepared)
    else:
        follow_up = _answer(conversation, message, prepared)
    _store(conversation, message, prepared)
    return follow_up


def _to_people(conversation: Conversation, prepared: Prepared) -> None:
    phone = next((detail.value for detail in prepared.reading.details if detail.kind == "phone"), None)
    if phone is not None and conversation.holder == Holder.QUEUE:
        human.note_callback(conversation, phone)
    human.queue_changed()


def _hand_over(conversation: Conversation, message: Message, prepared: Prepared) -> None:
    stop_all(conversation)
    topic = prepared.known.topics.get(prepared.decision.topic or "")
    lead_in = topic.answers.get(prepared.language, "") if topic and prepared.decision.code == "people_topic" else ""
    handover = human.open_handover(
        conversation,
        [reason.as_json() for reason in prepared.decision.reasons],
        emotion=prepared.reading.emotion,
        team=topic.team if topic else "",
        brief=_brief(message, prepared),
        lead_in=lead_in,
    )
    relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=message.number)


def _brief(message: Message, prepared: Prepared) -> dict[str, Any]:
    """What the colleague gets to know at once, so that the customer need not say it again."""
    name = prepared.reading.topics[0][0] if prepared.reading.topics else None
    return {
        "message": message.number,
        "topic": titles(prepared.known, prepared.decision.topic or name),
        "details": [{"kind": detail.kind, "value": detail.value} for detail in prepared.reading.details],
        "suggestion": suggestion(prepared),
    }


def _answer(conversation: Conversation, message: Message, prepared: Prepared) -> list[int]:
    reply, step = prepared.reply, prepared.step
    if reply is not None:
        relationship.say(conversation, Author.ASSISTANT, reply.text, reply_to=message.number, **reply.as_extras())
    if step is None:
        return []
    if prepared.decision.code != "carrying_on":
        stop_all(conversation)
    run = keep(conversation, step.progress)
    if step.proved_email is not None:
        relationship.verified(conversation, step.proved_email)
    if step.send_code:
        send_code.enqueue(run=run.pk, language=prepared.language, key=f"code:{run.pk}:{run.codes_sent}")
    if step.needs_a_person:
        _cannot_go_on(conversation, message, prepared)
    if run.state != RunState.READY:
        return []
    begun = perform.begin(run=run.pk, number=message.number, key=f"perform:{run.pk}")
    return [begun] if begun is not None else []


def _cannot_go_on(conversation: Conversation, message: Message, prepared: Prepared) -> None:
    because = [{"code": "action_failed", "figure": None}]
    handover = human.open_handover(conversation, because, brief=_brief(message, prepared))
    relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=message.number)


def _store(conversation: Conversation, message: Message, prepared: Prepared) -> None:
    decision, threshold = prepared.decision, prepared.judgement.policy.threshold
    Turn(
        message=message,
        conversation=conversation,
        reader_id=prepared.judgement.pk,
        kind=decision.kind.value,
        topic=decision.topic or "",
        probability_right=decision.probability_right,
        threshold=threshold.value,
        provisional=threshold.provisional,
        reasons=[reason.as_json() for reason in decision.reasons],
        options=list(decision.options),
        reading=prepared.reading.as_json(),
        situation=asdict(after(prepared.situation, decision)),
        holder=conversation.holder,
    ).save(force_insert=True)


def ask_for_a_person(conversation_id: int) -> list[Message]:
    """The customer pressed the button that is always there. What they are told; nothing once a colleague has the turn."""
    with locked(conversation_id) as conversation:
        if conversation.holder == Holder.COLLEAGUE:
            return []
        waiting = human.open_one(conversation)
        if conversation.holder == Holder.QUEUE and waiting is not None:
            if not human.machine_may_speak(waiting):
                return []
            return [
                relationship.say(conversation, Author.ASSISTANT, human.already_waiting(waiting, conversation.language))
            ]
        return [_bring_in(conversation, "wants_human")]


def back_to_the_assistant(conversation_id: int) -> bool:
    """The waiting customer would rather go on with the assistant. False when nobody was being waited for."""
    with locked(conversation_id) as conversation:
        return human.withdraw(conversation)


def judge_answer(conversation_id: int, number: int, *, right: bool) -> list[Message]:
    """The customer's own word on an automatic answer; a wrong one brings in a person. Raises Message.DoesNotExist."""
    with locked(conversation_id) as conversation:
        conversation.messages.get(number=number, author=Author.ASSISTANT.value, extras__ask_outcome=True)
        kind = OutcomeKind.CONFIRMED if right else OutcomeKind.WRONG
        relationship.record_outcome(conversation, number, kind, Author.CUSTOMER)
        if right or conversation.holder != Holder.ASSISTANT:
            return []
        return [_bring_in(conversation, "wrong_answer")]


def _bring_in(conversation: Conversation, code: str) -> Message:
    if not conversation.is_open:
        relationship.reopen(conversation)
    stop_all(conversation)
    last = Turn.objects.filter(conversation=conversation).order_by("-pk").first()
    brief = {"message": last.message.number, "details": last.reading["details"]} if last else {}
    emotion = last.reading["emotion"] if last else "neutral"
    handover = human.open_handover(conversation, [{"code": code, "figure": None}], emotion=emotion, brief=brief)
    return relationship.say(conversation, Author.ASSISTANT, handover.told)


def _give_to_a_person(message: int) -> None:
    """The assistant could not take this turn, however often it tried: nobody is left waiting."""
    said = Message.objects.filter(pk=message).first()
    if said is None or Turn.objects.filter(message=said).exists():
        return
    with locked(said.conversation_id) as conversation:
        if conversation.holder == Holder.ASSISTANT:
            _bring_in(conversation, "turn_failed")


@job("reception.answer", attempts=5, on_dead=_give_to_a_person)
def answer(message: int) -> None:
    """Takes the turn on a message, if nobody did yet."""
    take_turn(message)
