"""Which topics are plausible enough to offer as buttons.

Split conformal prediction (Vovk, Gammerman, Shafer 2005; Angelopoulos & Bates 2021, arXiv:2107.07511): with
the scores 1 - probability of the true topic on n fresh messages, the set of all topics whose probability reaches the
`floor` holds the true one with probability at least `rate`. That is so for messages like those it was fitted on: fit it
on messages that would be asked about, not on those that are answered.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Plausible:
    """All topics from `floor` upwards; the right one is among them at least at this `rate`."""

    floor: float
    rate: float
    n: int

    def among(self, topics: Sequence[tuple[str, float]]) -> tuple[str, ...]:
        """The plausible ones of `topics`, best first."""
        return tuple(name for name, probability in topics if probability >= self.floor)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return asdict(self)

    @classmethod
    def fit(cls, probability_of_true_topic: ArrayLike, *, rate: float) -> Self:
        """The floor for this rate, from the out-of-sample probability each message gave to its true topic."""
        scores = np.sort(np.asarray(probability_of_true_topic, dtype=np.float64))
        allowed = int((len(scores) + 1) * (1 - rate) + 1e-9)  # how many may fall below the floor; 20 * (1 - 0.9) is 2
        if allowed < 1:
            return cls(0.0, rate, len(scores))
        return cls(float(scores[allowed - 1]), rate, len(scores))
