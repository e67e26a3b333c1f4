"""A customer for tests: says things through the same door as every channel, and sees what is answered."""

import itertools
from typing import Any

from handdruk.channels.web import answers
from handdruk.reception.inbound import Inbound
from handdruk.reception.turn import receive, take_begun_turn
from handdruk.reception.welcome import open_with_greeting
from handdruk.relationship.models import Conversation
from handdruk.work.worker import run_next


class Customer:
    """One conversation."""

    def __init__(self, language: str = "nl") -> None:
        self.conversation, self.token = open_with_greeting("web", language)
        self.ids = itertools.count(1)

    def say(self, text: str, choice: str | None = None, client_id: str | None = None) -> dict[str, Any]:
        """Says something; what the API would answer."""
        received = receive(self.inbound(text, choice, client_id))
        return answers.said(received.message, take_begun_turn(received))

    def inbound(self, text: str, choice: str | None = None, client_id: str | None = None) -> Inbound:
        return Inbound(self.conversation.pk, client_id or f"c{next(self.ids)}", text, choice)

    def press(self, said: dict[str, Any], label: str) -> dict[str, Any]:
        """Presses a button of the last reply."""
        button = next(button for button in said["replies"][-1]["buttons"] if label in button["label"])
        return self.say(button["label"], button["value"])

    @property
    def now(self) -> Conversation:
        return Conversation.objects.get(pk=self.conversation.pk)

    def texts(self, author: str) -> list[str]:
        return list(self.now.messages.filter(author=author).order_by("number").values_list("text", flat=True))


def do_all_jobs(most: int = 50) -> int:
    """Does what is due, like a worker; how much that was."""
    return sum(1 for _ in itertools.takewhile(lambda _: run_next(), range(most)))
