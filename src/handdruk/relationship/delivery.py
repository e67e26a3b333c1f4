"""Hands what was said to the channel it must travel by: a durable job a message, with retries and dead letters.

Channels register themselves; a channel whose screens fetch messages themselves (the web) is only needed when the
customer has left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from handdruk.core.clock import now
from handdruk.relationship.models import Conversation, Message
from handdruk.work.define import job


@dataclass(frozen=True, slots=True)
class Channel:
    """How messages to the customer travel.

    `wanted` says whether a message of this conversation needs delivering at all; `wait` how long to give the customer's
    own screen; `deliver` sends, must bear being called twice with the same key, and raises when it did not work.
    """

    name: str
    wanted: Callable[[Conversation], bool]
    deliver: Callable[[Message, str], None]
    wait: timedelta = timedelta(0)


CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Makes a channel known. Called once, when its room is loaded."""
    CHANNELS[channel.name] = channel


def schedule(conversation: Conversation, message: Message) -> None:
    """Stores the delivery of a message to the customer, in the transaction that stores the message."""
    channel = CHANNELS.get(conversation.channel)
    if channel is not None and channel.wanted(conversation):
        deliver.enqueue(message=message.pk, key=f"deliver:{message.pk}", run_at=now() + channel.wait)


@job("relationship.deliver", attempts=10)
def deliver(message: int) -> None:
    """Hands one message to its channel, under a key that stays the same over all attempts."""
    said = Message.objects.select_related("conversation", "colleague").filter(pk=message).first()
    if said is not None and said.conversation.channel in CHANNELS:
        CHANNELS[said.conversation.channel].deliver(said, f"message-{said.pk}")
