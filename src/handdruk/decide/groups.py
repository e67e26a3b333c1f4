"""Thresholds for groups of answers (a topic, a language, both), where there is enough evidence for one of their own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from handdruk.decide.promise import Promise
from handdruk.decide.threshold import Threshold

ENOUGH = 2  # times the answers that a proof takes when all are right


@dataclass(frozen=True, slots=True)
class GroupThresholds:
    """A threshold for each group that is proved by itself, and one `shared` by all others.

    With the promise's confidence all of them hold at once: in each group of `own`, and in all other groups together, at
    most the promised share of the automatic answers is wrong; hence also in the company as a whole.
    """

    shared: Threshold
    own: Mapping[str, Threshold]

    def of(self, group: str) -> Threshold:
        """The threshold this group's answers have to reach."""
        return self.own.get(group, self.shared)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return {"shared": self.shared.as_json(), "own": {name: one.as_json() for name, one in self.own.items()}}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        own = {name: Threshold.from_json(one) for name, one in stored["own"].items()}
        return cls(Threshold.from_json(stored["shared"]), MappingProxyType(own))

    @classmethod
    def fit(cls, promise: Promise, probability_right: ArrayLike, was_right: ArrayLike, group: Sequence[str]) -> Self:
        """Thresholds from one calibration sample; `group` (n,) is what the reader took each turn for.

        Groups are chosen by how many turns they have, never by how right these are. Half of the risk of being wrong is
        divided over them, the other half is for the rest, which a group without a proof of its own belongs to.
        """
        scores, right, names = np.asarray(probability_right), np.asarray(was_right, dtype=np.bool_), np.asarray(group)
        tried = _large_enough(promise, names)
        if not tried:
            return cls(promise.fit(scores, right), MappingProxyType({}))
        risk = (1 - promise.confidence) / 2
        strict = replace(promise, confidence=1 - risk / len(tried))
        fitted = {name: strict.fit(scores[names == name], right[names == name]) for name in tried}
        own = {name: threshold for name, threshold in fitted.items() if threshold.value is not None}
        rest = ~np.isin(names, list(own))
        shared = replace(promise, confidence=1 - risk).fit(scores[rest], right[rest])
        return cls(shared, MappingProxyType(own))


def _large_enough(promise: Promise, names: np.ndarray[Any, Any]) -> list[str]:
    """The most groups of which each has ENOUGH turns for a proof at its part of the risk."""
    by_size = Counter(names.tolist()).most_common()
    for count in range(len(by_size), 0, -1):
        part = replace(promise, confidence=1 - (1 - promise.confidence) / 2 / count)
        if by_size[count - 1][1] >= ENOUGH * part.answers_needed():
            return sorted(name for name, _ in by_size[:count])
    return []
