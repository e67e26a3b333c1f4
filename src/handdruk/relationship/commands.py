"""The one door through which conversations change.

Every function here expects the conversation to be locked by the caller (`locked`), inside `writing()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User

from handdruk.core.clock import now
from handdruk.core.ids import fingerprint, token
from handdruk.core.words import Author, Holder, OutcomeKind
from handdruk.relationship.delivery import schedule
from handdruk.relationship.models import Conversation, Customer, Identity, IdentityKind, Message, MessageKind, Outcome
from handdruk.work.live import tell
from handdruk.work.statements import First, insert, update
from handdruk.work.transactions import writing

_locked = First(Conversation, "id", lock=True)


class NotAllowed(Exception):
    """Someone else has the turn, or the conversation is closed; its text says which."""


def open_conversation(channel: str, language: str) -> tuple[Conversation, str]:
    """A new conversation with a customer nobody knows yet, and the token that is the only key to it."""
    secret = token()
    with writing():
        customer = Customer.objects.create(language=language)
        conversation = Conversation.objects.create(
            customer=customer, channel=channel, language=language, token_hash=fingerprint(secret)
        )
    return conversation, secret


@contextmanager
def locked(conversation_id: int) -> Iterator[Conversation]:
    """One transaction in which nobody else can change this conversation."""
    with writing():
        conversation = _locked(conversation_id)
        if conversation is None:
            raise Conversation.DoesNotExist(f"conversation {conversation_id}")
        yield conversation


def say(
    conversation: Conversation,
    author: Author,
    text: str,
    *,
    kind: str = MessageKind.TEXT,
    colleague: User | None = None,
    client_id: str | None = None,
    reply_to: int | None = None,
    **extras: Any,
) -> Message:
    """Adds a message. The assistant is refused once a colleague has the turn: this is where that promise is kept."""
    if author is Author.ASSISTANT and conversation.holder == Holder.COLLEAGUE:
        raise NotAllowed("a colleague has the turn")
    conversation.last_number += 1
    message = Message(
        conversation=conversation, number=conversation.last_number, author=author.value, kind=kind, text=text,
        colleague=colleague, client_id=client_id, reply_to=reply_to, extras=extras,
    )  # fmt: skip
    insert(message)
    touch(conversation, "last_number")
    if author is not Author.CUSTOMER and kind == MessageKind.TEXT:
        schedule(conversation, message)
    return message


def give_turn(conversation: Conversation, holder: Holder, colleague: User | None = None) -> None:
    """Passes the turn. With a colleague for `Holder.COLLEAGUE`, and only then."""
    conversation.holder = holder.value
    conversation.colleague = colleague
    touch(conversation, "holder", "colleague")


def close(conversation: Conversation) -> None:
    """Nothing is left to say for now; the turn goes back to the assistant, for when the customer returns."""
    conversation.closed_at = now()
    conversation.holder = Holder.ASSISTANT.value
    conversation.colleague = None
    touch(conversation, "closed_at", "holder", "colleague")


def reopen(conversation: Conversation) -> None:
    """The customer came back to it."""
    conversation.closed_at = None
    touch(conversation, "closed_at")


def speak(conversation: Conversation, language: str) -> None:
    """From now on in this language."""
    conversation.language = language
    touch(conversation, "language")


def touch(conversation: Conversation, *fields: str) -> None:
    """Saves these fields, raises the revision and tells the open screens."""
    conversation.revision += 1
    conversation.changed_at = now()
    update(conversation, *fields, "revision", "changed_at")
    pointer = {"conversation": conversation.key, "last": conversation.last_number, "revision": conversation.revision}
    tell(f"chat:{conversation.key}", "changed", **pointer)
    tell("desk", f"conversation-{conversation.pk}", revision=conversation.revision)


def saw(conversation: Conversation, number: int) -> None:
    """The customer's screen has everything up to `number`. Not a change anyone waits for, so no revision."""
    if number > conversation.seen_number:
        Conversation.objects.filter(pk=conversation.pk, seen_number__lt=number).update(seen_number=number)


def verified(conversation: Conversation, email: str) -> None:
    """The customer proved that this address is theirs.

    Whoever was known by it before is who they are: a conversation begun as a stranger moves to that customer.
    """
    moment = now()
    identity, _ = Identity.objects.get_or_create(
        kind=IdentityKind.EMAIL, value=email, defaults={"customer_id": conversation.customer_id}
    )
    Identity.objects.filter(pk=identity.pk).update(verified_at=moment)
    stranger = conversation.customer_id
    conversation.customer_id = identity.customer_id
    conversation.verified_email, conversation.verified_at = email, moment
    touch(conversation, "customer", "verified_email", "verified_at")
    if stranger != conversation.customer_id:
        _forget_if_unknown(stranger)


def _forget_if_unknown(customer_id: int) -> None:
    """A stranger who turned out to be somebody we know leaves nothing behind."""
    if not Conversation.objects.filter(customer_id=customer_id).exists():
        Customer.objects.filter(pk=customer_id, identities=None).delete()


def name_customer(conversation: Conversation, name: str) -> None:
    """What the company's own systems call this customer."""
    Customer.objects.filter(pk=conversation.customer_id).update(name=name[:120])


def record_outcome(conversation: Conversation, number: int | None, kind: OutcomeKind, by: Author) -> None:
    """How an answer ended. A later word replaces an earlier one."""
    Outcome.objects.update_or_create(
        conversation=conversation, number=number, defaults={"kind": kind.value, "by": by.value, "at": now()}
    )
