"""One message as any channel brings it in, and the checks on it that no channel may skip."""

import re
from dataclasses import dataclass

MOST_CHARACTERS = 10_000
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadMessage(ValueError):
    """A message that is refused whole; its text says why, for the sender."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A customer's message. `client_id` is the channel's own id: the same one again is the same message."""

    conversation: int
    client_id: str
    text: str
    choice: str | None = None


def checked(text: str) -> str:
    """The text as it may be stored. Raises BadMessage for what is empty, too long or not text."""
    if "\x00" in text:
        raise BadMessage("the text holds bytes that are not text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadMessage("the text holds characters that do not exist") from error
    if len(text) > MOST_CHARACTERS:
        raise BadMessage(f"the text is longer than {MOST_CHARACTERS} characters")
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise BadMessage("the text is empty")
    return text
