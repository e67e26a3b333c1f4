"""The values of this room: a lesson goes in, a reading comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

EMOTIONS = ("neutral", "happy", "confused", "worried", "frustrated", "angry", "distressed")
COURTESIES = ("greeting", "thanks", "goodbye", "yes", "no", "machine")
UNKNOWN_LANGUAGE = "und"
Ranked = tuple[tuple[str, float], ...]  # topics with their probabilities, best first


@dataclass(frozen=True, slots=True)
class Lesson:
    """One example to learn from. `topic` None means that it fits no topic.

    With `unlike` (and topic None) it is only known *not* to be that topic: it may well be another one. Such a near miss
    is not learned from; where the reader takes it for that topic, it counts as wrong and makes the reader more careful.
    """

    text: str
    topic: str | None
    language: str
    unlike: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A checkable thing in a text: `text[start:end]` as it was written, `value` as a system wants it.

    Kinds: order_number, email, phone (E.164), postcode ("1234 AB" or "2000"), date (ISO 8601), amount ("12.50 EUR").
    """

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """One of several matters in a message: `text[start:end]` is about `topics`, which are as those of a reading."""

    start: int
    end: int
    topics: Ranked

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return {"start": self.start, "end": self.end, "topics": [list(pair) for pair in self.topics]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Part:
        """The part that `as_json` wrote."""
        return cls(data["start"], data["end"], _ranked(data["topics"]))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message means and how it feels.

    `topics` is best first, at most ten, and its probabilities sum to at most 1; the rest is "no known topic".
    `emotions` holds all seven, likeliest first. `courtesy` is set when the message is only a social one ("hi!").
    `parts` are the two or three matters of a message about several, in the order they are written; none for one matter.
    """

    language: str
    topics: Ranked
    emotion: str
    wants_human: float
    vulnerable: float
    details: tuple[Detail, ...]
    emotions: tuple[tuple[str, float], ...]
    courtesy: str | None
    parts: tuple[Part, ...] = ()

    @property
    def upset(self) -> float:
        """The probability that the customer is angry or distressed."""
        return sum(probability for name, probability in self.emotions if name in ("angry", "distressed"))

    def as_json(self) -> dict[str, Any]:
        """Plain lists, numbers and strings; `from_json` turns them back into the same reading."""
        return {
            "language": self.language,
            "topics": [list(pair) for pair in self.topics],
            "emotion": self.emotion,
            "wants_human": self.wants_human,
            "vulnerable": self.vulnerable,
            "details": [asdict(detail) for detail in self.details],
            "emotions": [list(pair) for pair in self.emotions],
            "courtesy": self.courtesy,
            "parts": [part.as_json() for part in self.parts],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """The reading that `as_json` wrote; one of before there were parts has none."""
        return cls(
            language=data["language"],
            topics=_ranked(data["topics"]),
            emotion=data["emotion"],
            wants_human=data["wants_human"],
            vulnerable=data["vulnerable"],
            details=tuple(Detail(**detail) for detail in data["details"]),
            emotions=tuple((str(name), float(probability)) for name, probability in data["emotions"]),
            courtesy=data["courtesy"],
            parts=tuple(map(Part.from_json, data.get("parts", ()))),
        )


def _ranked(pairs: Iterable[tuple[Any, Any]]) -> Ranked:
    return tuple((str(name), float(probability)) for name, probability in pairs)
