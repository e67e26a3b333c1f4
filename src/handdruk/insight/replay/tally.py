"""Counts of what would have happened: bounded in size, and the same in whatever order conversations were counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from handdruk.insight.archive import Broken

MOST_TOLD = 10_000  # broken pieces of which the line is kept
Key = tuple[str | int, ...]


@dataclass(slots=True)
class Tally:
    """`counts` by key, the first word of which says what is counted; `broken` are the first pieces that were unusable."""

    counts: Counter[Key] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)

    def count(self, *key: str | int, times: int = 1) -> None:
        """One more, or so many."""
        self.counts[key] += times

    def note(self, broken: Broken) -> None:
        """A piece that could not be used."""
        self.count("archive", "broken", times=broken.entries)
        if len(self.broken) < MOST_TOLD:
            self.broken.append(broken)

    def add(self, other: Self) -> None:
        """Everything of another tally, which comes after this one in the archive."""
        self.counts.update(other.counts)
        self.broken += other.broken[: MOST_TOLD - len(self.broken)]

    def of(self, *start: str | int) -> dict[Any, int]:
        """The counts whose keys are `start` and one word more, by that word, in order of it."""
        size = len(start)
        found = {
            key[size]: number for key, number in self.counts.items() if key[:size] == start and len(key) == size + 1
        }
        return dict(sorted(found.items()))

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return {
            "counts": [[list(key), number] for key, number in self.counts.items()],
            "broken": [[broken.line, broken.problem] for broken in self.broken],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        counts = Counter({tuple(key): number for key, number in stored["counts"]})
        return cls(counts, [Broken(line, problem) for line, problem in stored["broken"]])


def summed(tallies: Iterable[dict[Any, int]]) -> dict[Any, int]:
    """Several counts as one."""
    total: Counter[Any] = Counter()
    for tally in tallies:
        total.update(tally)
    return dict(total)
