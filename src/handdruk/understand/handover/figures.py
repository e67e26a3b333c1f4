"""How good judgements of handovers are, against never and always handing over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from handdruk.understand.calibration import Flags
from handdruk.understand.handover.model import Judged
from handdruk.understand.handover.rows import Doubles, Numbers

RESAMPLES = 400
ONE_SIDED = 0.05
TOLERANCE = 1  # customer turns


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the moments that ring: how many, how many of them rightly; F1 of "a person takes over" and of both kinds."""

    moments: int
    took_over: int
    rings: int
    rightly: int
    f1: float
    macro_f1: float
    auc: float

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Lived:
    """Conversations as they would have gone, each up to its first ring: `in_time` is at most one customer turn off.

    `missed` never rang; `needless` rang where no person ever took over; `quiet` rightly did not.
    """

    in_time: int = 0
    early: int = 0
    late: int = 0
    missed: int = 0
    needless: int = 0
    quiet: int = 0

    def as_json(self) -> dict[str, int]:
        """Plain values, for storing."""
        return asdict(self)


def figures(judged: Judged, rings: Callable[[float], bool]) -> Figures:
    """The figures of ringing at the moments whose probability `rings`."""
    rung = np.array([rings(float(probability)) for probability in judged.probability], np.bool_)
    truth = judged.took_over
    f1 = _f1(rung, truth)
    return Figures(
        len(truth), int(truth.sum()), int(rung.sum()), int((rung & truth).sum()), f1, (f1 + _f1(~rung, ~truth)) / 2,
        auc(judged.probability, truth),
    )  # fmt: skip


def always_or_never(judged: Judged, *, rings: bool) -> Figures:
    """The figures of handing every moment over, or none."""
    same = Judged(np.full(len(judged.took_over), 0.5), judged.took_over, judged.talk)
    return figures(same, lambda _: rings)


def best_threshold(judged: Judged) -> float:
    """The probability from which on handing over has the highest F1."""
    order = np.argsort(-judged.probability, kind="stable")
    hits = np.cumsum(judged.took_over[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + judged.took_over.sum())
    last_of_equals = np.append(np.diff(judged.probability[order]) != 0, True)
    return float(judged.probability[order][np.argmax(np.where(last_of_equals, f1, -1))])


def auc(probability: Doubles, label: Flags) -> float:
    """The chance that a positive is given more than a negative, a tie counting half; 0.5 without one of each."""
    positives, negatives = probability[label], np.sort(probability[~label])
    if not len(positives) or not len(negatives):
        return 0.5
    below = np.searchsorted(negatives, positives) + np.searchsorted(negatives, positives, side="right")
    return float(below.sum() / (2 * len(positives) * len(negatives)))


def auc_at_least(judged: Judged) -> float:
    """A lower bound of the AUC, 95 % sure: the bootstrap over whole conversations, whose moments hang together."""
    places = [np.flatnonzero(judged.talk == number) for number in np.unique(judged.talk)]
    chance = np.random.default_rng(0)
    drawn = np.zeros(RESAMPLES)
    for turn in range(RESAMPLES):
        which = np.concatenate([places[number] for number in chance.integers(len(places), size=len(places))])
        drawn[turn] = auc(judged.probability[which], judged.took_over[which])
    return float(np.quantile(drawn, ONE_SIDED))


def lived(judged: Judged, rings: Callable[[float], bool]) -> Lived:
    """What would have become of each conversation."""
    counts = dict.fromkeys(Lived().as_json(), 0)
    for number in np.unique(judged.talk):
        one = judged.of(judged.talk == number)
        rung = np.flatnonzero([rings(float(probability)) for probability in one.probability])
        counts[_became(rung[:1], np.flatnonzero(one.took_over)[:1])] += 1
    return Lived(**counts)


def _became(rung: Numbers, took_over: Numbers) -> str:
    if not len(took_over):
        return "needless" if len(rung) else "quiet"
    if not len(rung):
        return "missed"
    off = int(rung[0] - took_over[0])
    return "in_time" if abs(off) <= TOLERANCE else "late" if off > 0 else "early"


def _f1(chosen: Flags, truth: Flags) -> float:
    return float(2 * (chosen & truth).sum() / max(int(chosen.sum() + truth.sum()), 1))
