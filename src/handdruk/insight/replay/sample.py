"""A fair sample of the messages nobody has a topic for, of bounded size.

Each message has a number that is drawn from its place in the archive; the sample are those with the lowest numbers. So every
message has the same chance, samples can be put together in any order, and the same archive always gives the same one.
"""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

SIZE = 20_000
LONGEST = 300  # characters of a message that are kept


@dataclass(frozen=True, slots=True, order=True)
class Unknown:
    """A message no topic fits, with personal details masked."""

    draw: int
    line: int
    turn: int
    language: str
    text: str


@dataclass(slots=True)
class Sample:
    """The `size` messages with the lowest draws."""

    size: int = SIZE
    _heap: list[tuple[int, Unknown]] = field(default_factory=list)

    def offer(self, unknown: Unknown) -> None:
        """Keeps it if its draw is among the lowest."""
        if len(self._heap) < self.size:
            heapq.heappush(self._heap, (-unknown.draw, unknown))
        elif unknown.draw < -self._heap[0][0]:
            heapq.heapreplace(self._heap, (-unknown.draw, unknown))

    def wants(self, draw: int) -> bool:
        """Would a message with this draw be kept?"""
        return len(self._heap) < self.size or draw < -self._heap[0][0]

    def messages(self) -> list[Unknown]:
        """All of them, in order of their draws."""
        return sorted(unknown for _, unknown in self._heap)

    def as_json(self) -> list[Any]:
        """Plain values, for storing."""
        return [[kept.draw, kept.line, kept.turn, kept.language, kept.text] for kept in self.messages()]

    @classmethod
    def of(cls, messages: Iterable[Unknown], size: int = SIZE) -> Self:
        """The sample of these messages."""
        sample = cls(size)
        for unknown in messages:
            sample.offer(unknown)
        return sample

    @classmethod
    def from_json(cls, stored: list[Any]) -> Self:
        """The inverse of `as_json`."""
        return cls.of(Unknown(*row) for row in stored)


def draw(line: int, turn: int) -> int:
    """The number drawn for a message by its place: 53 bits, evenly spread."""
    return int.from_bytes(hashlib.blake2b(f"{line}:{turn}".encode(), digest_size=8).digest()) >> 11
