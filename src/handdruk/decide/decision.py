"""A decision: a value that is stored and read alike by screens, reports and tests."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from handdruk.decide.wording import sentence


class Kind(StrEnum):
    """What happens with a message."""

    ANSWER = "answer"
    ACT = "act"
    ASK = "ask"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code of `wording.REASONS`, and the figure it rests on."""

    code: str
    figure: float | None = None

    def said(self, language: str) -> str:
        """A sentence that a colleague and a customer can read."""
        return sentence(self.code, language, self.figure)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return {"code": self.code, "figure": self.figure}


@dataclass(frozen=True, slots=True)
class Decision:
    """Answer, act, ask or hand over. `options` are the topics an ask offers; `probability_right` is the candidate's.

    A message about several matters has `more`: the topics after `topic`, in the order in which they are resolved. Then
    `probability_right` is that of all of them together, and `options` are all of them when `together` (the customer may
    choose one or all).
    """

    kind: Kind
    reasons: tuple[Reason, ...]
    topic: str | None = None
    probability_right: float = 0.0
    options: tuple[str, ...] = ()
    courtesy: str | None = None
    more: tuple[str, ...] = ()
    together: bool = False
    begins: str | None = None  # the topic that is acted on, when it is not the first
    failed: bool = False  # this message shows that the digital turn before it did not help

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, the first of them first."""
        return () if self.topic is None else (self.topic, *self.more)

    @property
    def code(self) -> str:
        """The main reason's code."""
        return self.reasons[0].code

    def as_json(self, language: str) -> dict[str, Any]:
        """What others get to see, with the reasons said in `language`."""
        return {
            "kind": self.kind.value,
            "topic": self.topic,
            "topics": list(self.topics),
            "options": list(self.options),
            "probability_right": round(self.probability_right, 4),
            "reasons": [reason.said(language) for reason in self.reasons],
        }
