"""How far a customer is with an action, and what they just said, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from handdruk.core.words import Texts
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
class Given:
    """A detail that the customer already gave."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A topic that is gone on with when the action under way has ended, and what the customer gave for it."""

    topic: str
    titles: Texts
    details: tuple[Given, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Waiting":
        """One as it is stored."""
        return cls(stored["topic"], stored["titles"], tuple(Given(**detail) for detail in stored["details"]))


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an action under way is, and what waits for its end.

    `state` is a `RunState`; `email` is proved only when `proved`.
    """

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
    then: tuple[Waiting, ...] = ()

    def followed_by(self, more: Sequence[Waiting]) -> "Progress":
        """The same with more to go on with, each topic once and never its own."""
        once: dict[str, Waiting] = {}
        for one in (*self.then, *more):
            once.setdefault(one.topic, one)
        once.pop(self.topic, None)
        return replace(self, then=tuple(once.values()))


@dataclass(frozen=True, slots=True)
class Next:
    """What follows: the new progress and what to say; whether to mail a code; an address just proved."""

    progress: Progress
    reply: Reply | None
    send_code: bool = False
    proved_email: str | None = None
    needs_a_person: bool = False
