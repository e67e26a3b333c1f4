"""Reading conversations: always scoped, always a page at a time."""

import re
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from handdruk.core.clock import now
from handdruk.core.ids import fingerprint, same
from handdruk.relationship.models import Conversation, Message, MessageKind
from handdruk.work.statements import First

KEY = re.compile(r"[0-9a-z]{1,32}")
_by_key = First(Conversation, "key")
message_by_client_id = First(Message, "conversation_id", "client_id")
PAGE = 200
VERIFIED_FOR = timedelta(hours=12)  # how long a proven e-mail address counts within its conversation


def conversation_by_key(key: str) -> Conversation | None:
    """The conversation of this name. What cannot be a name, such as bytes no database stores, is nobody's."""
    return _by_key(key) if KEY.fullmatch(key) else None


def conversation_of(key: str, secret: str) -> Conversation | None:
    """The conversation behind a key, for whoever holds its token. None otherwise, without saying what was wrong."""
    conversation = conversation_by_key(key)
    if conversation is None or not same(conversation.token_hash, fingerprint(secret)):
        return None
    return conversation


def messages_after(conversation: Conversation, number: int) -> QuerySet[Message]:
    """What was said after `number`, oldest first, one page at most."""
    return conversation.messages.filter(number__gt=number).select_related("colleague").order_by("number")[:PAGE]


def replies_to(conversation: Conversation, number: int) -> QuerySet[Message]:
    """What the assistant said in answer to this message."""
    return conversation.messages.filter(reply_to=number).select_related("colleague").order_by("number")


def last_messages(conversation: Conversation, before: int | None = None, count: int = PAGE) -> list[Message]:
    """The newest messages (before `before`), oldest first."""
    page = conversation.messages.select_related("colleague").order_by("-number")
    if before is not None:
        page = page.filter(number__lt=before)
    return list(reversed(page[:count]))


def said_until(conversation: Conversation, number: int) -> list[tuple[str, str]]:
    """Who said what, up to and including message `number`, oldest first, one page at most; notices are left out."""
    said = conversation.messages.filter(number__lte=number, kind=MessageKind.TEXT).order_by("-number")
    return list(reversed(said.values_list("author", "text")[:PAGE]))


def verified_email(conversation: Conversation) -> str | None:
    """The address the customer proved to be theirs, if that was not too long ago."""
    if conversation.verified_at is None or now() - conversation.verified_at > VERIFIED_FOR:
        return None
    return conversation.verified_email


def as_json(message: Message) -> dict[str, Any]:
    """A message as customers' screens get it."""
    return {
        "id": message.pk,
        "number": message.number,
        "author": message.author,
        "name": message.colleague.first_name if message.colleague else None,
        "kind": message.kind,
        "text": message.text,
        "at": message.at.isoformat(),
        "buttons": message.extras.get("buttons", []),
        "article": message.extras.get("article"),
        "ask_outcome": message.extras.get("ask_outcome", False),
        "client_id": message.client_id,
    }
