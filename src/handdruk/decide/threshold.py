"""A threshold on the probability of being right, together with the evidence it rests on."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve: what answering from `threshold` upwards would have meant on the calibration sample."""

    threshold: float
    answered: int
    wrong: int
    error: float  # wrong / answered
    bound: float  # exact (Clopper-Pearson) upper confidence bound of the error at this one threshold
    coverage: float  # answered / n

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing and for screens."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which probability on the assistant may answer by itself; `value` is None when it may not at all.

    `answered`, `wrong`, `bound` and `coverage` speak of the calibration sample of `n` labelled turns.
    `labels_missing` estimates how many more labelled turns give a proof, if customers stay as they are; it is None when no
    number of labels would do.
    """

    at_most: float
    confidence: float
    value: float | None
    n: int
    answered: int = 0
    wrong: int = 0
    bound: float = 1.0
    coverage: float = 0.0
    labels_missing: int | None = 0
    provisional: bool = False
    curve: tuple[Point, ...] = ()

    def admits(self, probability_right: float) -> bool:
        """May an answer with this probability of being right be given without a person?"""
        return self.value is not None and probability_right >= self.value

    def raised(self, least: float | None) -> Self:
        """The same, but at least so high; with None it admits nothing."""
        higher = None if self.value is None or least is None else max(self.value, least)
        return replace(self, value=higher)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing and for screens."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        curve = tuple(Point(**point) for point in stored["curve"])
        return cls(**{**stored, "curve": curve})
