"""The promise of being right: how often an automatic answer may be wrong, and with what confidence that holds.

The threshold is found by Learn-then-Test (Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv:2110.01052) with
fixed-sequence testing. The risk of a threshold is the share of wrong answers among the answers given at it. Given
how many turns of the calibration sample are answered, the number of wrong ones is binomial, so

    p-value = P(Binomial(answered, at_most) <= wrong)

tests "the risk is above `at_most`" exactly. Thresholds are tested one after another, each at the full level
1 - confidence, and the first that cannot be rejected ends the sequence; the loosest one rejected before that is taken.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrin, betaincinv, betaln, gammaln

from handdruk.decide.threshold import Point, Threshold

STEPS = 400  # thresholds tested at most; more of them cost time and gain nothing visible
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Promise:
    """Among automatic answers the share of wrong ones is at most `at_most`, with this `confidence`."""

    at_most: float
    confidence: float

    def __post_init__(self) -> None:
        if not 0 < self.at_most < 1:
            raise ValueError(f"at_most must lie between 0 and 1, not {self.at_most}")
        if not 0.5 <= self.confidence < 1:
            raise ValueError(f"confidence must be at least 0.5 and below 1, not {self.confidence}")

    def fit(
        self,
        probability_right: ArrayLike,
        was_right: ArrayLike,
        *,
        guide: tuple[ArrayLike, ArrayLike] | None = None,
        provisional: bool = False,
    ) -> Threshold:
        """The threshold that keeps this promise, with its evidence.

        `probability_right` (n floats in [0, 1]) and `was_right` (n booleans) are the labelled turns of the calibration
        sample, none of which the reader was trained on. `guide` is a pair of the same shapes from *other* turns (for
        instance cross-validation on the training examples): it only chooses where the sequence of tests begins, so the
        guarantee does not rest on it; without it the probabilities themselves choose. Raises ValueError for arrays that
        do not match or hold anything but probabilities.
        """
        scores, right = _checked(probability_right, was_right)
        order = np.argsort(-scores, kind="stable")
        ends, answered, wrong = _steps(scores[order], right[order])
        delta = 1 - self.confidence
        passed = bdtr(wrong, answered, self.at_most) <= delta
        start = self._start(scores[order], ends, answered, guide)
        last = _last_in_a_row(passed, start)
        curve = self._curve(scores[order][ends], answered, wrong, len(scores))
        if last is None:
            missing = self._labels_missing(answered, wrong)
            return Threshold(self.at_most, self.confidence, None, len(scores), labels_missing=missing,
                             provisional=provisional, curve=curve)  # fmt: skip
        chosen = self._point(float(scores[order][ends][last]), int(answered[last]), int(wrong[last]), len(scores))
        return Threshold(self.at_most, self.confidence, chosen.threshold, len(scores), chosen.answered, chosen.wrong,
                         chosen.bound, chosen.coverage, 0, provisional, curve)  # fmt: skip

    def answers_needed(self) -> int:
        """How many answers, all of them right, the strictest possible proof takes."""
        return math.ceil(math.log(1 - self.confidence) / math.log(1 - self.at_most))

    def _start(self, ranked: Floats, ends: Counts, answered: Counts, guide: tuple[ArrayLike, ArrayLike] | None) -> int:
        """The step at which to begin: the first of those where the proof is likeliest to succeed.

        What is known of the error there, from the guide or else from the probabilities themselves, is a beta
        distribution; the chance that the test rejects is then beta-binomial. No label of this sample is looked at.
        """
        expected: Floats = np.cumsum(1 - ranked, dtype=np.float64)
        seen, wrong = (answered, expected[ends]) if guide is None else _counts(ranked[ends], *guide)
        allowed = _most_wrong_allowed(answered, self.at_most, 1 - self.confidence)
        right: Floats = np.maximum(seen - wrong, 0.0)
        success = _beta_binomial_cdf(allowed, answered, wrong + 0.5, right + 0.5)
        if success.max(initial=0) <= 0.5:  # nowhere likely: the strictest threshold that can be proved at all
            return int(np.searchsorted(answered, self.answers_needed()))
        return int(np.argmax(success >= success.max() - 0.01))

    def _labels_missing(self, answered: Counts, wrong: Counts) -> int:
        """How many more right answers prove some threshold, at least, if nothing more goes wrong there."""
        most = self.answers_needed()
        last = np.append(np.diff(wrong) > 0, len(wrong) > 0)[: len(wrong)]  # of those with as many wrong, the nearest
        near = last & (wrong / self.at_most - answered < most)  # a proof takes more than wrong / at_most answers
        needed = np.ceil(bdtrin(wrong[near], 1 - self.confidence, self.at_most) - 1e-6)
        return max(int((needed - answered[near]).min(initial=most)), 1)

    def _curve(self, thresholds: Floats, answered: Counts, wrong: Counts, n: int) -> tuple[Point, ...]:
        every = max(len(thresholds) // 60, 1)
        rows = zip(thresholds[::every], answered[::every], wrong[::every], strict=True)
        return tuple(self._point(float(threshold), int(a), int(w), n) for threshold, a, w in rows)

    def _point(self, threshold: float, answered: int, wrong: int, n: int) -> Point:
        bound = 1.0 if wrong >= answered else float(betaincinv(wrong + 1, answered - wrong, self.confidence))
        return Point(threshold, answered, wrong, wrong / answered, bound, answered / n)


def _checked(probability_right: ArrayLike, was_right: ArrayLike) -> tuple[Floats, Bools]:
    scores = np.asarray(probability_right, dtype=np.float64)
    right = np.asarray(was_right, dtype=np.bool_)
    if scores.ndim != 1 or scores.shape != right.shape:
        raise ValueError(f"one probability and one label a turn are needed, not {scores.shape} and {right.shape}")
    if not np.all((scores >= 0) & (scores <= 1)):
        raise ValueError("probability_right must hold probabilities between 0 and 1")
    return scores, right


def _steps(scores: Floats, right: Bools) -> tuple[Counts, Counts, Counts]:
    """Where equal scores end (they are answered together or not at all), and the counts up to there."""
    if len(scores) == 0:
        empty: Counts = np.array([], dtype=np.int64)
        return empty, empty, empty
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    if len(ends) > STEPS:
        ends = ends[np.unique(np.linspace(0, len(ends) - 1, STEPS).astype(np.int64))]
    return ends, ends + 1, np.cumsum(~right)[ends]


def _last_in_a_row(passed: NDArray[np.bool_], start: int) -> int | None:
    """The end of the unbroken run of passed tests that begins at `start`."""
    if start >= len(passed) or not passed[start]:
        return None
    failed = np.flatnonzero(~passed[start:])
    return start + int(failed[0]) - 1 if len(failed) else len(passed) - 1


def _counts(thresholds: Floats, probability_right: ArrayLike, was_right: ArrayLike) -> tuple[Counts, Floats]:
    """How many of the guide's turns are answered at each threshold, and how many of these are wrong."""
    scores, right = _checked(probability_right, was_right)
    order = np.argsort(-scores)
    seen = np.searchsorted(-scores[order], -thresholds, side="right")
    return seen, np.append(0.0, np.cumsum(~right[order], dtype=np.float64))[seen]


def _most_wrong_allowed(answered: Counts, at_most: float, delta: float) -> Counts:
    """For each number of answers, the most wrong ones with which the test still rejects (-1: not even none)."""
    allowed = np.full(len(answered), -1, dtype=np.int64)
    wrong = 0
    while (enough := (answered >= wrong) & (bdtr(wrong, np.maximum(answered, wrong), at_most) <= delta)).any():
        allowed[enough] = wrong
        wrong += 1
    return allowed


def _beta_binomial_cdf(most: Counts, n: Counts, a: Floats, b: Floats) -> Floats:
    """P(X <= most) for X ~ Binomial(n, p) with p ~ Beta(a, b), element by element; 0 where `most` is -1."""
    total = np.zeros(len(n))
    for k in range(int(most.max(initial=-1)) + 1):
        choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(np.maximum(n - k, 0) + 1)
        chance = np.exp(choose + betaln(a + k, b + np.maximum(n - k, 0)) - betaln(a, b))
        total += np.where(k <= most, chance, 0)
    return total
