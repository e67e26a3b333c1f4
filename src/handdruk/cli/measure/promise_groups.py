"""One threshold against thresholds for groups: how often each is broken and how much it answers, on pools of which all is known."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from handdruk.decide import Group, GroupThresholds, Labelled, Promise
from handdruk.decide.sequence import Floats

PROMISE = Promise(0.02, 0.95)
SIZES = (1_000, 3_000, 10_000)
TURNS, GUIDE = 60_000, 5_000
SHARES = (0.20, 0.15, 0.12, 0.10, 0.08, 0.07, 0.06, 0.06, 0.05, 0.05, 0.03, 0.03)  # of the turns, by topic
DUTCH = 0.7
SURE = 0.4  # of the turns the reader is nearly certain, of the rest it is not
TIMES = {
    "one easy topic": (0.05,) + (1.0,) * 11,
    "easy and hard topics": (0.05, 6.0, 0.05, 0.1, 1.0, 8.0, 0.1, 4.0, 0.1, 8.0, 0.1, 3.0),
    "all alike": (1.0,) * len(SHARES),
}  # how many times as often as its probability says a topic is wrong


@dataclass(frozen=True, slots=True)
class Found:
    """What a set of thresholds means on the whole pool: `risks` of each group, of all others, and of the whole."""

    coverage: float
    risks: tuple[float, ...]


def measure_groups(samples: int) -> list[dict[str, Any]]:
    """One row for each pool and size: broken promises and coverage, with one threshold and with those of groups."""
    return [trial(name, size, samples) for name in TIMES for size in SIZES]


def trial(name: str, size: int, samples: int) -> dict[str, Any]:
    """So many calibration samples of this size, drawn with replacement; all thresholds are judged by the whole pool."""
    pool, guide = turns(name, TURNS, 1), turns(name, GUIDE, 2)
    pick = np.random.default_rng([3, size])
    one, parts, split = [], [], 0
    for _ in range(samples):
        sample = rows(pool, pick.integers(0, TURNS, size))
        groups = GroupThresholds.fit(PROMISE, sample, guide)
        one.append(at(pool, GroupThresholds(PROMISE.fit(*sample.pair, guide=guide.pair))))
        parts.append(at(pool, groups))
        split += bool(groups.own)
    return {
        "pool": name, "size": size, "samples": samples, "at_most": PROMISE.at_most, "confidence": PROMISE.confidence,
        "split": split / samples, "one": _summary(one), "groups": _summary(parts),
    }  # fmt: skip


def turns(name: str, count: int, seed: int) -> Labelled:
    """Turns of a pool, in the order in which they were drawn."""
    pick = np.random.default_rng(seed)
    topic = pick.choice(len(SHARES), count, p=SHARES)
    sure = pick.random(count) < SURE
    score: Floats = np.where(sure, pick.beta(60, 0.5, count), pick.beta(5, 2, count))
    right = pick.random(count) > np.minimum((1 - score) * np.array(TIMES[name])[topic], 1)
    language = np.where(pick.random(count) < DUTCH, "nl", "en")
    return Labelled(score, right, np.array([f"topic {number}" for number in range(len(SHARES))])[topic], language)


def rows(turns: Labelled, numbers: "np.ndarray[Any, np.dtype[np.int64]]") -> Labelled:
    """These rows, perhaps some of them several times."""
    return Labelled(
        turns.probability_right[numbers], turns.was_right[numbers], turns.topic[numbers], turns.language[numbers]
    )


def at(pool: Labelled, found: GroupThresholds) -> Found:
    """What these thresholds answer of the pool, and how often that is wrong."""
    groups: list[Group] = list(found.own)
    thresholds = [*found.own.values(), found.shared]
    answered, wrong = [], []
    for part, threshold in zip(pool.parts(groups), thresholds, strict=True):
        given = part.probability_right >= (2.0 if threshold.value is None else threshold.value)
        answered.append(int(given.sum()))
        wrong.append(int((given & ~part.was_right).sum()))
    every = [*zip(wrong, answered, strict=True), (sum(wrong), sum(answered))]
    return Found(sum(answered) / len(pool), tuple(bad / max(count, 1) for bad, count in every))


def _summary(found: list[Found]) -> dict[str, float]:
    """`broken`: the whole is too often wrong; `anywhere`: it or one of its parts is."""
    return {
        "broken": float(np.mean([each.risks[-1] > PROMISE.at_most for each in found])),
        "anywhere": float(np.mean([max(each.risks) > PROMISE.at_most for each in found])),
        "coverage": float(np.mean([each.coverage for each in found])),
    }
