"""The promise of being right: how often an automatic answer may be wrong, and with what confidence that holds.

The risk of a threshold is the share of wrong answers among the answers given at it, those to messages no topic fits
included. The threshold is found by Learn-then-Test with exact binomial tails (see `sequence`); docs/promise.md says
what exactly is promised, and how often it was kept in trials.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from handdruk.decide.labels import labels_missing
from handdruk.decide.sequence import SPARE, Bools, Counts, Floats, Outlook, chance_of_proof, run, start, steps
from handdruk.decide.threshold import Point, Threshold

POINTS = 60  # of the curve
HAIR = 5e-5  # the same text, read on another processor or by more threads, differs by less
Guide = tuple[ArrayLike, ArrayLike]


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
        guide: Guide | None = None,
        provisional: bool = False,
    ) -> Threshold:
        """The threshold that keeps this promise, with its evidence.

        `probability_right` (n floats in [0, 1]) and `was_right` (n booleans) are the labelled turns of the calibration
        sample, none of which the reader was trained on. `guide` is a pair of the same shapes from *other* turns (for
        instance cross-validation on the training examples): it only chooses where the sequence of tests begins, so the
        guarantee does not rest on it; without it the probabilities themselves choose. Raises ValueError for arrays that
        do not match or hold anything but probabilities and labels (booleans, or the numbers 0 and 1).
        """
        ranked = Ranked.of(probability_right, was_right)
        chosen = self._search(ranked, guide)
        at = ranked.thresholds()
        curve = tuple(self._point(ranked, count) for count in _shown(at, chosen))
        if chosen == 0:
            wrong, level = ranked.wrong[at], 1 - self.confidence
            missing = labels_missing(at, wrong, ranked.n, self.at_most, level)
            return Threshold(self.at_most, self.confidence, None, ranked.n, labels_missing=missing,
                             provisional=provisional, curve=curve)  # fmt: skip
        point = self._point(ranked, chosen)
        return Threshold(self.at_most, self.confidence, ranked.below(chosen), ranked.n, point.answered, point.wrong,
                         point.bound, point.coverage, 0, provisional, curve)  # fmt: skip

    def prospect(self, n: int, guide: Guide) -> float:
        """How many of n labelled turns one test is likely to prove may be answered, if they are like those of the guide.

        The most that answers times the chance of a proof comes to; a short guide knows little, and makes a poor prospect.
        """
        told = Ranked.of(*guide)
        at = steps(n, self.at_most, 1 - self.confidence)
        if len(at) == 0 or told.n == 0:
            return 0.0
        among = np.append(0, told.thresholds())
        wrong = np.interp(at / n, among / told.n, told.wrong[among])
        return float((at * chance_of_proof(wrong, told.n / n)).max())

    def answers_needed(self) -> int:
        """How many answers, all of them right, the strictest possible proof takes."""
        return math.ceil(math.log(1 - self.confidence) / math.log(1 - self.at_most))

    def _search(self, ranked: "Ranked", guide: Guide | None) -> int:
        """How many of the sample are answered at the loosest threshold that is proved; 0 when none is.

        When the sequence begins at the strictest step it gets the whole risk of being wrong. Otherwise a small part of
        it pays for a second sequence from there, in case the guide was mistaken.
        """
        risk = 1 - self.confidence
        full = steps(ranked.n, self.at_most, risk)
        expected = _Expected.by(ranked, guide)
        if len(full) == 0:
            return 0
        first = start(full, expected.outlook(ranked, full), self.at_most)
        if first == 0:
            return self._run(ranked, full, 0, risk)
        main = steps(ranked.n, self.at_most, risk * (1 - SPARE))
        second = steps(ranked.n, self.at_most, risk * SPARE)
        same = min(first, len(main) - 1)  # as many wrong answers are bearable there, for a few answers more
        return max(self._run(ranked, main, same, risk * (1 - SPARE)), self._run(ranked, second, 0, risk * SPARE))

    def _run(self, ranked: "Ranked", at: Counts, first: int, level: float) -> int:
        if len(at) == 0:
            return 0
        answered = ranked.together[at]
        last = run(answered, ranked.wrong[answered], first, self.at_most, level)
        return int(answered[last]) if last >= 0 else 0

    def _point(self, ranked: "Ranked", answered: int) -> Point:
        wrong = int(ranked.wrong[answered])
        bound = upper_bound(wrong, answered, self.confidence)
        threshold = float(ranked.scores[answered - 1])
        return Point(threshold, answered, wrong, wrong / answered, bound, answered / ranked.n)


def upper_bound(wrong: int, answered: int, confidence: float) -> float:
    """The exact upper confidence bound of the share of wrong answers (Clopper & Pearson 1934)."""
    return 1.0 if wrong >= answered else float(betaincinv(wrong + 1, answered - wrong, confidence))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sample, the surest first. `wrong[k]` of the first k are wrong; a threshold that answers k, answers `together[k]`.

    (Equal probabilities are answered together or not at all.) `scores` is (n,), the others are (n + 1,).
    """

    scores: Floats
    wrong: Counts
    together: Counts

    @classmethod
    def of(cls, probability_right: ArrayLike, was_right: ArrayLike) -> "Ranked":
        """ValueError for arrays that do not match or hold anything but probabilities and labels."""
        scores, right = _checked(probability_right, was_right)
        order = np.argsort(-scores, kind="stable")
        ranked = scores[order]
        together = np.searchsorted(-ranked, -ranked, side="right").astype(np.int64)
        return cls(ranked, np.append(0, np.cumsum(~right[order])), np.append(0, together))

    @property
    def n(self) -> int:
        """How many turns there are."""
        return len(self.scores)

    def below(self, answered: int) -> float:
        """A threshold that so many reach: a hair below the last of them, but never down to the next one.

        Proved is what lies above the next one. Exactly at the last, its own text might not reach it when read elsewhere.
        """
        last = float(self.scores[answered - 1])
        room = last - float(self.scores[answered]) if answered < self.n else last
        return last - min(HAIR, room / 2)

    def thresholds(self) -> Counts:
        """How many are answered at each threshold there is, the strictest first."""
        return np.unique(self.together[1:])


@dataclass(frozen=True, slots=True)
class _Expected:
    """The wrong answers expected among the first k of a sample, by `share` of it: from so many `rows` a row of it."""

    share: Floats
    wrong: Floats
    rows: float
    n: int

    @classmethod
    def by(cls, ranked: Ranked, guide: Guide | None) -> "_Expected":
        """From a guide's labels at the same rank, or else from what the sample's probabilities say of themselves."""
        if guide is None:
            own = np.append(0.0, np.cumsum(1 - ranked.scores))
            return cls(np.arange(ranked.n + 1) / max(ranked.n, 1), own, 10.0, ranked.n)
        told = Ranked.of(*guide)
        at = np.append(0, told.thresholds())
        rows = max(told.n, 1) / max(ranked.n, 1)
        return cls(at / max(told.n, 1), told.wrong[at] / rows, rows, ranked.n)

    def outlook(self, ranked: Ranked, at: Counts) -> Outlook:
        above: Floats = np.interp(at / self.n, self.share, self.wrong)
        seen = ranked.wrong[-1] - ranked.wrong[ranked.together[at]]
        return Outlook(above, self.wrong[-1] - above, seen, self.rows)


def _shown(at: Counts, chosen: int) -> list[int]:
    """How many are answered at each point of the curve: evenly from the strictest to the loosest, and where it was proved."""
    places = np.linspace(0, len(at) - 1, min(len(at), POINTS)).round().astype(int)
    return sorted({*at[places].tolist(), chosen} - {0})


def _checked(probability_right: ArrayLike, was_right: ArrayLike) -> tuple[Floats, Bools]:
    scores, right = _probabilities(probability_right), _labels(was_right)
    if scores.ndim != 1 or scores.shape != right.shape:
        raise ValueError(f"one probability and one label a turn are needed, not {scores.shape} and {right.shape}")
    return scores, right


def _probabilities(given: ArrayLike) -> Floats:
    try:
        scores = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError("probability_right must hold probabilities between 0 and 1") from error
    if not np.all((scores >= 0) & (scores <= 1)):
        raise ValueError("probability_right must hold probabilities between 0 and 1")
    return scores


def _labels(given: ArrayLike) -> Bools:
    """Nothing is taken for a label that is none: to NumPy the text "no" and a missing number (NaN) are true."""
    labels = np.asarray(given)
    if labels.size and labels.dtype == np.object_ and all(isinstance(one, bool | np.bool_) for one in labels.flat):
        labels = labels.astype(np.bool_)
    if labels.size and not (labels.dtype.kind in "biuf" and np.all((labels == 0) | (labels == 1))):
        raise ValueError("was_right must hold labels: True or False (or 1 or 0), one a turn")
    right: Bools = labels.astype(np.bool_)
    return right
