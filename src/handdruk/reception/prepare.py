"""Everything about a turn that can be worked out before anything is written: reading, deciding, the words.

The company's own functions may be called here (what may this customer choose from?), so this runs outside transactions.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from handdruk.core.clock import now
from handdruk.core.errors import describe
from handdruk.core.words import Author, Holder, Resolution, Texts, in_language
from handdruk.decide import Decision, FollowUp, Kind, Pressed, Reason, Situation, decide
from handdruk.digital import answers, queries
from handdruk.digital.actions import flow
from handdruk.digital.actions.define import Action, BadActions
from handdruk.digital.actions.progress import Given, Heard, Next, Progress, Waiting
from handdruk.digital.answers import Reply
from handdruk.digital.models import RunState
from handdruk.digital.topics import Known, KnownTopic, known
from handdruk.reception.follow_up import meant, typed
from handdruk.reception.in_order import Unanswered, go_on_with, resolve
from handdruk.reception.models import Turn
from handdruk.reception.training import Judgement, judgement
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation, Message
from handdruk.relationship.queries import said_until
from handdruk.understand import Reading
from handdruk.understand.handover import Said, talk_in

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
    replies: tuple[Reply, ...] = ()
    steps: tuple[Next, ...] = ()


def prepare(message: Message, conversation: Conversation, last: Turn | None) -> Prepared:
    """Reads the message, decides on it and words the reply. `last` is the conversation's newest turn."""
    judged, topics = judgement(), known()
    choice = message.extras.get("choice")
    reading = judged.reader.read(message.text, hint=conversation.language)
    language = _language(message.text, reading, conversation, pressed=choice is not None)
    heard = Heard(message.text, choice, reading.details, reading.courtesy)
    progress, action = _under_way(conversation)
    bare = not _has_words(message.text, reading)
    situation = _situation(conversation, last, heard, reading, progress, action, bare=bare)
    situation = replace(
        situation,
        follow_up=_follow_up(message.text, reading, situation, topics, conversation.language),
        takeover=_takeover(judged, situation, conversation, message),
    )
    decision = decide(reading, situation, judged.policy)
    base = Prepared(conversation.revision, language, reading, decision, situation, judged, topics)
    if decision.code == "carrying_on":
        if progress is None or action is None:
            return _person(base, "action_failed")
        return _carry_on(base, conversation, heard, progress, action)
    return _say(base, conversation, message.text, waits=progress.then if progress is not None else ())


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
    reading: Reading,
    progress: Progress | None,
    action: Action | None,
    *,
    bare: bool,
) -> Situation:
    before = _stored(last.situation) if last is not None and last.holder == Holder.ASSISTANT else Situation()
    return replace(
        before,
        with_person=conversation.holder != Holder.ASSISTANT,
        pressed=_pressed(heard, reading, before),
        action_waits=progress is not None,
        action_topic=progress.topic if progress is not None else None,
        carries_on=progress is not None and action is not None and flow.fits(action, progress, heard),
        bare=bare,
        beside=heard.choice is None and flow.says_nothing(heard),
    )


def _follow_up(text: str, reading: Reading, situation: Situation, topics: Known, language: str) -> FollowUp | None:
    """How the message leans on the answer or the step just before it, if it does."""
    topic = topics.topics.get(situation.last_topic or "")
    if topic is None or not situation.just_resolved or situation.pressed is not None:
        return None
    acts = topic.resolution is Resolution.ACT
    return meant(text, reading.details, None if acts else topic.answers.get(language, ""))


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
    offered, last_more = tuple(ours.pop("offered", ())), tuple(ours.pop("last_more", ()))
    return replace(Situation(**ours), offered=offered, last_more=last_more)


def _pressed(heard: Heard, reading: Reading, before: Situation) -> Pressed | None:
    """The button as deciding knows it, pressed or named; an action's own buttons are part of the action."""
    choice = heard.choice
    if choice is None:
        return typed(heard.text, reading.details, before)
    if choice.startswith(("act:", "value:")):
        return None
    if choice.startswith("topic:"):
        return Pressed("topic", choice.removeprefix("topic:"))
    return Pressed(choice) if choice in ("all", "none", "human", "wrong") else None


def _say(base: Prepared, conversation: Conversation, text: str, *, waits: Sequence[Waiting]) -> Prepared:
    """The words, and the actions that begin; a handover words itself, when its deadline is known."""
    decision, language = base.decision, base.language
    if decision.kind is Kind.HAND_OVER:
        return base
    if decision.courtesy == "which":
        return replace(base, replies=(answers.which(_offered(base), language),))
    if decision.courtesy is not None:
        return replace(base, replies=(answers.courtesy(decision.courtesy, language),))
    if decision.kind is Kind.ASK:
        return replace(base, replies=(_question(base),))
    return _resolved(base, conversation, text, waits)


def _question(base: Prepared) -> Reply:
    decision, language = base.decision, base.language
    if decision.code in ("same_again", "wrong_answer") and decision.topic is not None:
        return answers.same_again(base.known.topics[decision.topic], language)
    if decision.code == "follow_up" and decision.topic is not None:
        return answers.follow_up(base.known.topics[decision.topic], language)
    offered = _offered(base)
    return answers.offer_together(offered, language) if decision.together else answers.offer(offered, language)


def _offered(base: Prepared) -> tuple[KnownTopic, ...]:
    return tuple(base.known.topics[name] for name in base.decision.options if name in base.known.topics)


def _resolved(base: Prepared, conversation: Conversation, text: str, waits: Sequence[Waiting]) -> Prepared:
    """Everything the customer asked, in order. An action that begins takes along what still waited for another one."""
    wanted = [_wanted(base, name, text) for name in base.decision.topics]
    try:
        found = resolve(wanted, base.known, conversation, base.language)
    except Unanswered as missing:
        return _person(base, str(missing))
    except Exception as error:
        return _failed(base, error)
    steps = tuple(replace(step, progress=step.progress.followed_by(waits)) for step in found.steps)
    return replace(base, replies=found.replies, steps=steps)


def _wanted(base: Prepared, name: str, text: str) -> Waiting:
    """A topic with the details of its own part of the message; of a message about one matter these are all."""
    parts = [part for part in base.reading.parts if part.topics[0][0] == name]
    start, end = (parts[0].start, parts[0].end) if parts and base.decision.more else (0, len(text))
    details = tuple(
        Given(detail.kind, detail.value)
        for detail in base.reading.details
        if start <= detail.start and detail.end <= end
    )
    return Waiting(name, titles(base.known, name), details)


def _carry_on(base: Prepared, conversation: Conversation, heard: Heard, progress: Progress, action: Action) -> Prepared:
    """The next step of the action under way; when that ends it, what waited for its end follows."""
    try:
        if base.situation.beside and not base.situation.carries_on:
            step = flow.remind(action, progress, base.language)
        else:
            step = flow.advance(action, progress, heard, base.language, now())
    except Exception as error:
        return _failed(base, error)
    replies = (step.reply,) if step.reply is not None else ()
    if step.progress.state not in (RunState.STOPPED, RunState.REFUSED) or step.needs_a_person:
        return replace(base, replies=replies, steps=(step,))
    after = go_on_with(step.progress.then, base.known, conversation, base.language)
    return replace(base, replies=(*replies, *after.replies), steps=(step, *after.steps))


def _failed(base: Prepared, error: Exception) -> Prepared:
    log.error("an action of the company failed while it was being prepared: %s", describe(error))
    log.debug("this is where", exc_info=True)
    return _person(base, "action_failed")


def _person(base: Prepared, code: str) -> Prepared:
    decision = replace(base.decision, kind=Kind.HAND_OVER, reasons=(Reason(code), *base.decision.reasons))
    return replace(base, decision=decision, replies=(), steps=())


def titles(topics: Known, *names: str | None) -> Texts:
    """The titles of topics in every language, as one line; nothing where there is none."""
    found = [topics.topics[name].titles for name in names if name in topics.topics]
    return {
        language: " + ".join(in_language(one, language) for one in found) for language in (found[0] if found else ())
    }


def suggestion(base: Prepared) -> dict[str, str] | None:
    """The approved text nearest to the question, with its source, for the colleague who takes over.

    None for what the customer was just told, and when nothing is near enough.
    """
    nearest = base.reading.topics[0][0] if base.reading.topics else None
    name = base.decision.topic or nearest
    topic = base.known.topics.get(name or "")
    if topic is None or name == base.situation.last_topic:
        return None
    if name == nearest and not base.judgement.policy.plausible.among(base.reading.topics[:1]):
        return None
    reply = answers.approved(topic, base.language, base.known)
    if reply is None:
        return None
    source = reply.article or {}
    return {"topic": in_language(topic.titles, base.language), "text": reply.text, **source}
