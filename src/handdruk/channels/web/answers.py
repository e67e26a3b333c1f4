"""What the API answers with, as plain values in the shapes of `schemas`."""

from collections.abc import Iterable
from typing import Any

from handdruk.core.clock import now
from handdruk.core.words import Holder
from handdruk.decide.wording import sentence
from handdruk.human.commands import open_one
from handdruk.human.promise import hours_in_words, people_are_there, when
from handdruk.reception.models import Turn
from handdruk.reception.write import Written
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation, Message
from handdruk.relationship.queries import as_json, messages_after, replies_to

Shape = dict[str, Any]


def status(conversation: Conversation) -> Shape:
    """Where a conversation stands."""
    return {
        "conversation": conversation.key,
        "holder": conversation.holder,
        "language": conversation.language,
        "state": "open" if conversation.is_open else "closed",
        "last": conversation.last_number,
        "colleague": {"name": conversation.colleague.first_name} if conversation.colleague else None,
        "waiting": _waiting(conversation),
    }


def news(conversation: Conversation, messages: Iterable[Message]) -> Shape:
    """Where it stands and what was said."""
    return {**status(conversation), "messages": [as_json(message) for message in messages]}


def opened(conversation: Conversation, token: str) -> Shape:
    """A new conversation with its greeting."""
    hours = {"open": people_are_there(), "text": hours_in_words(conversation.language)}
    return {
        **news(conversation, messages_after(conversation, 0)),
        "token": token,
        "company": company().name,
        "hours": hours,
    }


def said(message: Message, written: Written | None) -> Shape:
    """A message, what was decided on it and what it was answered with. The same each time it is asked for.

    `written` is what this very request wrote, which saves looking it up; an action adds its own reply.
    """
    complete = written is not None and written.begun is None
    turn = written.turn if written else Turn.objects.filter(message=message).first()
    replies = written.replies if written and complete else replies_to(message.conversation, message.number)
    return {
        "message": as_json(message),
        "replies": [as_json(reply) for reply in replies],
        "holder": turn.holder if turn else message.conversation.holder,
        "decision": _decision(turn) if turn else None,
    }


def _decision(turn: Turn) -> Shape:
    return {
        "kind": turn.kind,
        "topic": turn.topic or None,
        "topics": turn.topics,
        "probability_right": round(turn.probability_right, 4),
        "reasons": [sentence(reason["code"], turn.language, reason["figure"]) for reason in turn.reasons],
    }


def _waiting(conversation: Conversation) -> Shape | None:
    handover = open_one(conversation) if conversation.holder == Holder.QUEUE else None
    if handover is None:
        return None
    return {"until": handover.deadline.isoformat(), "text": when(conversation.language, now(), handover.deadline)}
