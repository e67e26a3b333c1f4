"""How far a customer is with an action, and what they just said, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from handdruk.digital.answers import Reply


class Told(Protocol):
    """A detail found in a message."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the customer: its words, the button behind it if any, the details in it, and a plain yes or no."""

    text: str
    choice: str | None = None
    details: Sequence[Told] = ()
    courtesy: str | None = None

    def detail(self, kind: str) -> str | None:
        """The first detail of this kind."""
        return next((detail.value for detail in self.details if detail.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an action under way is. `state` is a `RunState`; `email` is proved only when `proved`."""

    action: str
    topic: str
    key: str
    state: str
    values: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    email: str = ""
    proved: bool = False
    code_hash: str = ""
    code_until: datetime | None = None
    code_tries: int = 0
    codes_sent: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """What follows: the new progress and what to say; whether to mail a code; an address just proved."""

    progress: Progress
    reply: Reply | None
    send_code: bool = False
    proved_email: str | None = None
    needs_a_person: bool = False
