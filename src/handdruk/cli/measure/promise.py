"""How often the promise of being right is broken, and how much is answered under it, on a pool whose truth is known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr
from scipy.stats import binom

from handdruk.cli.ending import Ending
from handdruk.cli.measure.promise_groups import measure_groups
from handdruk.decide import Promise
from handdruk.decide.promise import Ranked
from handdruk.understand import Lesson, Reader

PROMISES = (Promise(0.01, 0.95), Promise(0.02, 0.95), Promise(0.05, 0.90))
SIZES = (200, 1_000, 3_000)
THRESHOLDS = 600  # of the pool, that the certifiable limit is looked for at
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Answers, the surest first, of which everything is known; `guide` is evidence from other messages."""

    answers: Ranked
    guide: tuple[Floats, NDArray[np.bool_]]

    def at(self, threshold: float | None) -> tuple[float, float]:
        """The true share answered at a threshold, and the true share of these that is wrong."""
        if threshold is None:
            return 0.0, 0.0
        count = int(np.searchsorted(-self.answers.scores, -threshold, side="right"))
        return count / self.answers.n, float(self.answers.wrong[count]) / max(count, 1)


def measure_promise(data: Path, samples: int) -> dict[str, Any]:
    """One row for each promise and size: the share of broken promises, the coverage, and the certifiable limit.

    Beside these, on made-up pools and with half as many samples, one threshold against thresholds for groups.
    `data` holds clinc150/*.jsonl, one {"text", "topic", "language"} a line; topic null fits no topic.
    """
    pool = clinc_pool(data / "clinc150")
    rows = [trial(pool, promise, size, samples) for promise in PROMISES for size in SIZES]
    return {
        "pool": pool.answers.n,
        "right": 1 - pool.answers.wrong[-1] / pool.answers.n,
        "samples": samples,
        "rows": rows,
        "groups": measure_groups(max(samples // 2, 1)),
    }


def clinc_pool(folder: Path) -> Pool:
    """Learned from train and oos_train; the pool is val and oos_val, the guide cross-validation on what was learned from."""
    reader = Reader.train([*_lessons(folder / "train.jsonl"), *_lessons(folder / "oos_train.jsonl")])
    asked = [*_lessons(folder / "val.jsonl"), *_lessons(folder / "oos_val.jsonl")]
    best = [next(iter(reader.read(lesson.text).topics), ("", 0.0)) for lesson in asked]
    right = [lesson.topic == topic for lesson, (topic, _) in zip(asked, best, strict=True)]
    evidence = reader.evidence
    return Pool(Ranked.of([p for _, p in best], right), (evidence.probability_right, evidence.was_right))


def trial(pool: Pool, promise: Promise, size: int, samples: int) -> dict[str, Any]:
    """So many calibration samples of this size, drawn with replacement; each threshold judged by the whole pool."""
    pick = np.random.default_rng([size, round(promise.at_most * 1000)])
    scores, right = pool.answers.scores, np.diff(pool.answers.wrong) == 0
    draws = (pick.integers(0, len(scores), size) for _ in range(samples))
    found = np.array([
        pool.at(promise.fit(scores[rows], right[rows], guide=pool.guide).value) for rows in draws
    ])  # fmt: skip
    limit = certifiable_limit(pool.answers, promise, size)
    return {
        "at_most": promise.at_most, "confidence": promise.confidence, "size": size,
        "broken": float((found[:, 1] > promise.at_most).mean()), "nothing": float((found[:, 0] == 0).mean()),
        "coverage": float(found[:, 0].mean()), "limit": limit,
        "of_limit": float(found[:, 0].mean()) / limit if limit > 0.001 else None,
    }  # fmt: skip


def certifiable_limit(pool: Ranked, promise: Promise, size: int) -> float:
    """What somebody who knows the pool, and makes one exact test, covers on average at the best threshold."""
    at = pool.thresholds()
    at = at[:: max(len(at) // THRESHOLDS, 1)]
    coverage, risk = at / pool.n, pool.wrong[at] / at
    allowed = most_wrong_allowed(size, promise)
    near = np.flatnonzero(risk < 2 * promise.at_most)
    return max((float(c) * _power(float(c), float(r), size, allowed) for c, r in zip(coverage[near], risk[near], strict=True)),
               default=0.0)  # fmt: skip


def most_wrong_allowed(size: int, promise: Promise) -> NDArray[np.int64]:
    """For 0 to `size` answers, the most wrong ones with which one exact test proves the promise; -1: not even none."""
    answered = np.arange(size + 1)
    allowed = np.full(size + 1, -1)
    for wrong in range(size + 1):
        proved = (answered > wrong) & (
            bdtr(wrong, np.maximum(answered, wrong), promise.at_most) <= 1 - promise.confidence
        )
        if not proved.any():
            break
        allowed[proved] = wrong
    return allowed


def _power(coverage: float, risk: float, size: int, allowed: NDArray[np.int64]) -> float:
    answered = np.arange(size + 1)
    most = np.maximum(allowed, 0)
    passing = np.where(allowed >= 0, bdtr(most, np.maximum(answered, most), risk), 0.0)
    return float(binom.pmf(answered, size, coverage) @ passing)


def _lessons(file: Path) -> Iterator[Lesson]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Ending(f"{file}: cannot be read; --data must name a folder that holds clinc150/", 2) from error
    for line in lines:
        row = json.loads(line)
        yield Lesson(row["text"], row["topic"], row["language"])
