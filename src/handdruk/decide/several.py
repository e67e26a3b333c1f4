"""A message about several matters: how probable it is that all are right, and what that is held to the threshold as."""

import math
from collections.abc import Sequence
from typing import Protocol


class PartRead(Protocol):
    """What deciding needs of one matter in a message."""

    @property
    def topics(self) -> Sequence[tuple[str, float]]: ...


class SeveralRead(Protocol):
    """A reading, as far as it says what a message is about."""

    @property
    def topics(self) -> Sequence[tuple[str, float]]: ...
    @property
    def parts(self) -> Sequence[PartRead]: ...


def about_and_sureness(reading: SeveralRead) -> tuple[tuple[str, ...], float]:
    """All topics a message is taken to be about, one or several ("" for none), and what is held to the threshold."""
    if reading.parts:
        return names_of(reading.parts), held_to_the_threshold(reading.parts)
    topic, probability = next(iter(reading.topics), ("", 0.0))
    return (topic,), probability


def names_of(parts: Sequence[PartRead]) -> tuple[str, ...]:
    """The best topic of each part, in order."""
    return tuple(part.topics[0][0] for part in parts)


def chance_of_all(parts: Sequence[PartRead]) -> float:
    """The probability that the best topics of all parts are right."""
    return math.prod(part.topics[0][1] for part in parts)


def held_to_the_threshold(parts: Sequence[PartRead]) -> float:
    """That probability to the power of how many parts there are.

    A threshold was proved on messages about one matter. Of messages about several that reach it more are wrong, for each
    matter adds its own mistakes; measured, this is what keeps them within the promise (docs/promise.md).
    """
    return chance_of_all(parts) ** len(parts)
