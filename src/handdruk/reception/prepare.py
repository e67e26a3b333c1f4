"""Everything about a turn that can be worked out before anything is written: reading, deciding, the words.

The company's own functions may be called here (what may this customer choose from?), so this runs outside transactions.
"""

import logging
from dataclasses import dataclass, fields, replace
from typing import Any

from handdruk.core.clock import now
from handdruk.core.words import Author, Holder, Texts, in_language
from handdruk.decide import Decision, Kind, Pressed, Reason, Situation, decide
from handdruk.digital import answers, queries
from handdruk.digital.actions import flow
from handdruk.digital.actions.define import Action, BadActions
from handdruk.digital.actions.progress import Heard, Next, Progress
from handdruk.digital.answers import Reply
from handdruk.digital.commands import new_key
from handdruk.digital.topics import Known, known
from handdruk.reception.models import Turn
from handdruk.reception.training import Judgement, judgement
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation, Message
from handdruk.relationship.queries import said_until, verified_email
from handdruk.understand import Reading
from handdruk.understand.handover import Said, talk_in
from handdruk.work.commands import describe

log = logging.getLogger(__name__)
FEWEST_LETTERS = 6  # a text with fewer letters than this, such as "ok" or a code, shows no language


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a turn will write, if the conversation is still as it was at `revision`."""

    revision: int
    language: str
    reading: Reading
    decision: Decision
    situation: Situation
    judgement: Judgement
    known: Known
    reply: Reply | None = None
    step: Next | None = None


def prepare(message: Message, conversation: Conversation, last: Turn | None) -> Prepared:
    """Reads the message, decides on it and words the reply. `last` is the conversation's newest turn."""
    judged, topics = judgement(), known()
    choice = message.extras.get("choice")
    reading = judged.reader.read(message.text, hint=conversation.language)
    language = _language(message.text, reading, conversation, pressed=choice is not None)
    heard = Heard(message.text, choice, reading.details, reading.courtesy)
    progress, action = _under_way(conversation)
    bare = not _has_words(message.text, reading)
    situation = _situation(conversation, last, heard, progress, action, bare=bare)
    situation = replace(situation, takeover=_takeover(judged, situation, conversation, message))
    decision = decide(reading, situation, judged.policy)
    base = Prepared(conversation.revision, language, reading, decision, situation, judged, topics)
    if decision.kind is Kind.ACT:
        return _act(base, conversation, heard, progress, action)
    return _say(base)


def _language(text: str, reading: Reading, conversation: Conversation, *, pressed: bool) -> str:
    """The customer's language as soon as they show it; a button, an address or an order number shows nothing."""
    if pressed or reading.language not in company().languages or not _has_words(text, reading):
        return conversation.language
    return reading.language


def _has_words(text: str, reading: Reading) -> bool:
    """Is there anything left that somebody said, beside the details?"""
    said = [letter.isalpha() for letter in text]
    for detail in reading.details:
        said[detail.start : detail.end] = [False] * (detail.end - detail.start)
    return sum(said) >= FEWEST_LETTERS


def _under_way(conversation: Conversation) -> tuple[Progress | None, Action | None]:
    run = queries.under_way(conversation)
    if run is None:
        return None, None
    try:
        action = queries.company_actions().by_name.get(run.action)
    except BadActions:
        return None, None
    return (queries.progress_of(run), action) if action is not None else (None, None)


def _situation(
    conversation: Conversation,
    last: Turn | None,
    heard: Heard,
    progress: Progress | None,
    action: Action | None,
    *,
    bare: bool,
) -> Situation:
    before = _stored(last.situation) if last is not None and last.holder == Holder.ASSISTANT else Situation()
    return replace(
        before,
        with_person=conversation.holder != Holder.ASSISTANT,
        pressed=_pressed(heard.choice),
        action_waits=progress is not None,
        action_topic=progress.topic if progress is not None else None,
        carries_on=progress is not None and action is not None and flow.fits(action, progress, heard),
        bare=bare,
    )


def _takeover(judged: Judgement, situation: Situation, conversation: Conversation, message: Message) -> float:
    """How probable the archive makes it that a person takes over here.

    It has its say once: whoever was given back to the assistant, or chose it, is not sent to a person by it again.
    """
    if judged.handovers is None or situation.with_person or "choice" in message.extras:
        return 0.0
    if Turn.objects.filter(conversation=conversation, kind=Kind.HAND_OVER.value).exists():
        return 0.0
    said = said_until(conversation, message.number)
    return judged.handovers.probability(talk_in([Said(text, author == Author.CUSTOMER) for author, text in said]))


def _stored(situation: dict[str, Any]) -> Situation:
    """The situation as the last turn left it, perhaps written by another version."""
    ours = {name: situation[name] for name in (field.name for field in fields(Situation)) if name in situation}
    return replace(Situation(**ours), offered=tuple(situation.get("offered", ())))


def _pressed(choice: str | None) -> Pressed | None:
    """The button as deciding knows it; an action's own buttons are part of the action."""
    if choice is None or choice.startswith(("act:", "value:")):
        return None
    if choice.startswith("topic:"):
        return Pressed("topic", choice.removeprefix("topic:"))
    return Pressed(choice) if choice in ("none", "human", "wrong") else None


def _say(base: Prepared) -> Prepared:
    """The words for an answer or an ask; a handover words itself, when its deadline is known."""
    decision, language = base.decision, base.language
    if decision.courtesy is not None:
        return replace(base, reply=answers.courtesy(decision.courtesy, language))
    if decision.kind is Kind.ASK and decision.code == "same_again" and decision.topic is not None:
        return replace(base, reply=answers.same_again(base.known.topics[decision.topic], language))
    if decision.kind is Kind.ASK:
        offered = tuple(base.known.topics[name] for name in decision.options)
        return replace(base, reply=answers.offer(offered, language))
    if decision.kind is Kind.ANSWER and decision.topic is not None:
        reply = answers.approved(base.known.topics[decision.topic], language, base.known)
        return replace(base, reply=reply) if reply is not None else _person(base, "answer_missing")
    return base


def _act(
    base: Prepared, conversation: Conversation, heard: Heard, progress: Progress | None, action: Action | None
) -> Prepared:
    try:
        if _is_being_done(base, conversation):
            return replace(base, reply=answers.being_done(base.language))
        step = _step(base, conversation, heard, progress, action)
    except Exception as error:
        log.error("an action of the company failed while it was being prepared: %s", describe(error))
        log.debug("this is where", exc_info=True)
        return _person(base, "action_failed")
    if step is None:
        return _person(base, "action_failed")
    return replace(base, reply=step.reply, step=step)


def _is_being_done(base: Prepared, conversation: Conversation) -> bool:
    """Carrying it out takes a while: asked again, it must not be begun under a second key."""
    topic = base.known.topics.get(base.decision.topic or "")
    return base.decision.code != "carrying_on" and topic is not None and queries.being_done(conversation, topic.action)


def _step(
    base: Prepared, conversation: Conversation, heard: Heard, progress: Progress | None, action: Action | None
) -> Next | None:
    carrying_on = base.decision.code == "carrying_on"
    if carrying_on and progress is not None and action is not None:
        return flow.advance(action, progress, heard, base.language, now())
    topic = base.known.topics.get(base.decision.topic or "")
    wanted = queries.company_actions().by_name.get(topic.action) if topic else None
    if topic is None or wanted is None:
        return None
    first = Heard(heard.text, None, heard.details)
    return flow.begin(wanted, topic.name, new_key(), verified_email(conversation), first, base.language)


def _person(base: Prepared, code: str) -> Prepared:
    decision = replace(base.decision, kind=Kind.HAND_OVER, reasons=(Reason(code), *base.decision.reasons))
    return replace(base, decision=decision, reply=None, step=None)


def titles(topics: Known, name: str | None) -> Texts:
    """A topic's title in every language, or nothing."""
    return topics.topics[name].titles if name in topics.topics else {}


def suggestion(base: Prepared) -> dict[str, str] | None:
    """The approved text nearest to the question, with its source, for the colleague who takes over."""
    name = base.reading.topics[0][0] if base.reading.topics else None
    topic = base.known.topics.get(name or "")
    if topic is None or not base.judgement.policy.plausible.among(base.reading.topics[:1]):
        return None
    reply = answers.approved(topic, base.language, base.known)
    if reply is None:
        return None
    source = reply.article or {}
    return {"topic": in_language(topic.titles, base.language), "text": reply.text, **source}
