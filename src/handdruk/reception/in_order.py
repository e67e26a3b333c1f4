"""Topics resolved one after another: approved answers at once, an action begins, and what comes after it waits for its end.

Nothing here writes. The company's own functions may be called, so call this outside transactions.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handdruk.core.errors import describe
from handdruk.core.words import Resolution, in_language
from handdruk.digital import answers, queries
from handdruk.digital.actions import flow
from handdruk.digital.actions.progress import Heard, Next, Waiting
from handdruk.digital.answers import Reply
from handdruk.digital.commands import new_key
from handdruk.digital.models import ENDS
from handdruk.digital.topics import Known, KnownTopic
from handdruk.digital.wording import say
from handdruk.relationship.models import Conversation
from handdruk.relationship.queries import verified_email

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What to say, and the steps of actions that begin with it; at most the last of these is not over yet."""

    replies: tuple[Reply, ...] = ()
    steps: tuple[Next, ...] = ()


class Unanswered(Exception):
    """A topic without an approved answer, or without its action; the text is the reason's code."""


def resolve(wanted: Sequence[Waiting], topics: Known, conversation: Conversation, language: str) -> Resolved:
    """Each topic in order, up to the first action that is not over at once: that one is followed by the rest.

    Raises Unanswered, and whatever the company's functions raise.
    """
    replies: list[Reply] = []
    steps: list[Next] = []
    for number, one in enumerate(wanted):
        topic = topics.topics.get(one.topic)
        if topic is None or topic.resolution is not Resolution.ACT:
            replies.append(_approved(topic, topics, language))
        elif queries.being_done(conversation, topic.action):
            replies.append(answers.being_done(language))
        else:
            step = _begun(topic, one, conversation, language)
            goes_on = step.progress.state not in ENDS
            steps.append(_followed(step, wanted[number + 1 :], language) if goes_on else step)
            replies += [steps[-1].reply] if steps[-1].reply is not None else []
            if goes_on:
                break
    return Resolved(tuple(replies), tuple(steps))


def go_on_with(waiting: Sequence[Waiting], topics: Known, conversation: Conversation, language: str) -> Resolved:
    """What waited, in order. What cannot be gone on with by itself is offered as buttons; nothing is lost, nothing raised."""
    if not waiting:
        return Resolved()
    try:
        return resolve(waiting, topics, conversation, language)
    except Exception as error:
        log.error("what waited for an action could not be gone on with: %s", describe(error))
        return Resolved((answers.also_asked([(one.topic, one.titles) for one in waiting], language),))


def titles_of(waiting: Sequence[Waiting], language: str) -> str:
    """Their titles as one line."""
    return ", ".join(in_language(one.titles, language) for one in waiting)


def _approved(topic: KnownTopic | None, topics: Known, language: str) -> Reply:
    reply = answers.approved(topic, language, topics) if topic is not None else None
    if reply is None:
        raise Unanswered("answer_missing")
    return reply


def _begun(topic: KnownTopic, one: Waiting, conversation: Conversation, language: str) -> Next:
    action = queries.company_actions().by_name.get(topic.action)
    if action is None:
        raise Unanswered("action_failed")
    heard = Heard("", None, one.details)
    return flow.begin(action, topic.name, new_key(), verified_email(conversation), heard, language)


def _followed(step: Next, rest: Sequence[Waiting], language: str) -> Next:
    """The step with what comes after it, of which the customer is told."""
    if not rest:
        return step
    progress, reply = step.progress.followed_by(rest), step.reply
    if reply is not None:
        told = say("then_the_rest", language, titles=titles_of(rest, language))
        reply = replace(reply, text=f"{reply.text}\n\n{told}")
    return replace(step, progress=progress, reply=reply)
