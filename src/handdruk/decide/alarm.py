"""From which probability on a sense (wants a person, vulnerable, upset) brings in a person: learned, never guessed."""

from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Alarm:
    """Rings from `threshold` upwards. `missed` and `false` are the shares seen in the evidence of `n` messages."""

    threshold: float
    missed: float
    false: float
    n: int

    def rings(self, probability: float) -> bool:
        """Is this probability high enough to bring in a person?"""
        return probability >= self.threshold

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return asdict(self)

    @classmethod
    def fit(cls, probability: ArrayLike, label: ArrayLike, *, miss_at_most: float, needless_at_most: float) -> Self:
        """The highest threshold that misses at most `miss_at_most` of the positives of the evidence.

        It is raised where it must be, until at most `needless_at_most` of the negatives ring: whoever hears an alarm
        all day stops listening. `probability` (n floats) must be out of sample; `label` (n booleans). Without a single
        positive there is nothing to learn from, and the alarm rings at an even chance.
        """
        scores = np.asarray(probability, dtype=np.float64)
        labels = np.asarray(label, dtype=np.bool_)
        positives, negatives = np.sort(scores[labels]), np.sort(scores[~labels])
        if len(positives) == 0:
            return cls(0.5, 0.0, 0.0, len(scores))
        threshold = float(positives[min(int(miss_at_most * len(positives)), len(positives) - 1)])
        allowed = int(needless_at_most * len(negatives))
        if len(negatives) > allowed and negatives[len(negatives) - allowed - 1] >= threshold:
            threshold = float(np.nextafter(negatives[len(negatives) - allowed - 1], 1))
        false = float((negatives >= threshold).mean()) if len(negatives) else 0.0
        return cls(threshold, float((positives < threshold).mean()), false, len(scores))
