"""Writes what a turn prepared: reply, handover, steps of actions, decision. All in the transaction of the caller."""

from dataclasses import asdict, dataclass
from typing import Any

from handdruk.core.words import Author, Holder, Resolution
from handdruk.decide import Kind, after
from handdruk.decide.rules import MORE_LIKELY_THAN_NOT
from handdruk.decide.several import names_of
from handdruk.digital.actions.progress import Next
from handdruk.digital.commands import keep, stop_all
from handdruk.digital.models import RunState
from handdruk.digital.queries import still_open
from handdruk.digital.topics import KnownTopic
from handdruk.human import commands as human
from handdruk.human.nudges import asks_whether_anyone_is_there
from handdruk.reception.codes import send_code
from handdruk.reception.models import Turn
from handdruk.reception.perform import perform
from handdruk.reception.prepare import Prepared, suggestion, titles
from handdruk.relationship import commands as relationship
from handdruk.relationship.company import service_team
from handdruk.relationship.models import Conversation, Message
from handdruk.work.statements import insert


@dataclass(frozen=True, slots=True)
class Written:
    """What a turn wrote. `begun` is the job of an action the customer agreed to, which this process now carries out."""

    turn: Turn
    replies: tuple[Message, ...]
    begun: int | None = None


def write(conversation: Conversation, message: Message, prepared: Prepared) -> Written:
    """Writes the turn. The conversation is locked, and as it was when the turn was prepared."""
    alone = conversation.last_number == message.number
    if prepared.language != conversation.language:
        relationship.speak(conversation, prepared.language)
    replies: list[Message] = []
    begun = None
    if prepared.situation.with_person:
        replies += _call_back(conversation, message, prepared) or _reassured(conversation, message, prepared)
        human.queue_changed()
    elif prepared.decision.kind is Kind.HAND_OVER:
        replies += [_hand_over(conversation, message, prepared), *_call_back(conversation, message, prepared)]
    else:
        begun = _answer(conversation, message, prepared, replies)
    until = conversation.last_number if alone else message.number
    return Written(_store(conversation, message, prepared, until), tuple(replies), begun)


def _call_back(conversation: Conversation, message: Message, prepared: Prepared) -> list[Message]:
    """A waiting customer who gives a number is called on it, and hears so."""
    phone = next((detail.value for detail in prepared.reading.details if detail.kind == "phone"), None)
    if phone is None or conversation.holder != Holder.QUEUE:
        return []
    told = human.note_callback(conversation, phone, message.number)
    return [told] if told is not None else []


def _reassured(conversation: Conversation, message: Message, prepared: Prepared) -> list[Message]:
    """A waiting customer who asks whether anybody is there, or for a person once more, hears until when it takes."""
    again = prepared.judgement.policy.wants_human.rings(prepared.reading.wants_human)
    if not again and not asks_whether_anyone_is_there(message.text):
        return []
    told = human.reassure(conversation, message.number)
    return [told] if told is not None else []


def _hand_over(conversation: Conversation, message: Message, prepared: Prepared) -> Message:
    brief = {**_brief(message, prepared), "open": [one.titles for one in still_open(conversation)]}
    stop_all(conversation)
    topic = prepared.known.topics.get(prepared.decision.topic or "")
    lead_in = topic.answers.get(prepared.language, "") if topic and _is_about(topic, prepared) else ""
    handover = human.open_handover(
        conversation,
        [reason.as_json() for reason in prepared.decision.reasons],
        emotion=prepared.reading.emotion,
        team=topic.team if topic else "",
        urgent=bool(lead_in) and topic is not None and topic.team not in ("", service_team()),
        brief=brief,
        lead_in=lead_in,
    )
    return relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=message.number)


def _is_about(topic: KnownTopic, prepared: Prepared) -> bool:
    """Work for people that is more likely than not what this is about: its approved words come first."""
    return topic.resolution is Resolution.PEOPLE and prepared.decision.probability_right >= MORE_LIKELY_THAN_NOT


def _brief(message: Message, prepared: Prepared) -> dict[str, Any]:
    """What the colleague gets to know at once, so that the customer need not say it again."""
    return {
        "message": message.number,
        "topic": titles(prepared.known, *_about(prepared)),
        "details": [{"kind": detail.kind, "value": detail.value} for detail in prepared.reading.details],
        "suggestion": suggestion(prepared),
    }


def _about(prepared: Prepared) -> tuple[str, ...]:
    """Every matter of the message in the order it is written; else what was decided, or read."""
    if prepared.reading.parts:
        return names_of(prepared.reading.parts)
    return prepared.decision.topics or tuple(name for name, _ in prepared.reading.topics[:1])


def _answer(conversation: Conversation, message: Message, prepared: Prepared, replies: list[Message]) -> int | None:
    for reply in prepared.replies:
        extras = reply.as_extras()
        replies.append(relationship.say(conversation, Author.ASSISTANT, reply.text, reply_to=message.number, **extras))
    if prepared.steps and prepared.decision.code != "carrying_on":
        stop_all(conversation)
    begun = None
    for step in prepared.steps:
        begun = _take_step(conversation, message, prepared, step, replies)
    return begun


def _take_step(
    conversation: Conversation, message: Message, prepared: Prepared, step: Next, replies: list[Message]
) -> int | None:
    run = keep(conversation, step.progress)
    if step.proved_email is not None:
        relationship.verified(conversation, step.proved_email)
    if step.send_code:
        number = run.codes_sent
        send_code.enqueue(run=run.pk, number=number, language=prepared.language, key=f"code:{run.pk}:{number}")
    if step.needs_a_person:
        replies.append(_cannot_go_on(conversation, message, prepared, step))
    if run.state != RunState.READY:
        return None
    return perform.begin(run=run.pk, number=message.number, key=f"perform:{run.pk}")


def _cannot_go_on(conversation: Conversation, message: Message, prepared: Prepared, step: Next) -> Message:
    because = [{"code": "not_proved", "figure": None}]
    brief = {**_brief(message, prepared), "open": [one.titles for one in step.progress.then]}
    handover = human.open_handover(conversation, because, brief=brief)
    return relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=message.number)


def store_failed(conversation: Conversation, message: Message) -> None:
    """A turn in which nothing could be made of the message: it is over all the same, and no later turn takes it up."""
    insert(
        Turn(
            message=message, conversation=conversation, number=message.number, until=message.number,
            language=conversation.language, kind=Kind.HAND_OVER.value, reasons=[{"code": "turn_failed", "figure": None}],
            holder=conversation.holder,
        )
    )  # fmt: skip


def _store(conversation: Conversation, message: Message, prepared: Prepared, until: int) -> Turn:
    decision, reading = prepared.decision, prepared.reading
    topic = reading.topics[0][0] if reading.topics else ""
    threshold = prepared.judgement.policy.thresholds.of(topic, reading.language)
    turn = Turn(
        message=message,
        conversation=conversation,
        number=message.number,
        reader_id=prepared.judgement.pk,
        language=prepared.language,
        kind=decision.kind.value,
        topic=decision.topic or "",
        topics=list(decision.topics),
        titles=titles(prepared.known, *decision.topics),
        probability_right=decision.probability_right,
        threshold=threshold.value,
        provisional=threshold.provisional,
        reasons=[reason.as_json() for reason in decision.reasons],
        options=list(decision.options),
        reading=reading.as_json(),
        situation=asdict(after(prepared.situation, decision)),
        holder=conversation.holder,
        until=until,
    )
    insert(turn)
    return turn
