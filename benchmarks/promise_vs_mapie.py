"""The promise beside MAPIE's risk control on the same answers.

    python benchmarks/promise_vs_mapie.py [--samples 100] [--size 1000]        (needs: pip install mapie)

First the same procedure in both: fixed-sequence testing from strict to loose, and Bonferroni, must give the same thresholds
here as there (`same_...` is 1.0). Then each as it comes: how much is answered, and how often is too much of it wrong.
"""

from __future__ import annotations

import argparse
import json
import warnings

import numpy as np
import numpy.typing as npt
from mapie.risk_control import BinaryClassificationController
from scipy.special import bdtr, rel_entr

from handdruk.decide import Promise
from handdruk.decide.sequence import Counts

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
GRID = np.linspace(0.995, 0.5, 100)  # strict to loose


def main() -> None:
    """Compare on so many samples, print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--size", type=int, default=1_000)
    given = parser.parse_args()
    warnings.filterwarnings("ignore", module="mapie")
    promises = [Promise(0.01, 0.95), Promise(0.02, 0.95), Promise(0.05, 0.90)]
    print(json.dumps([compare(promise, given.samples, given.size) for promise in promises], indent=2))


def compare(promise: Promise, samples: int, size: int) -> dict[str, float]:
    """Over so many samples of a pool whose truth is known."""
    pick = np.random.default_rng(1)
    pool = answers(pick, 50_000)
    same = {"fixed_sequence": 0, "bonferroni": 0}
    coverage: dict[str, list[tuple[float, float]]] = {"mapie_fixed_sequence": [], "mapie_holm": [], "handdruk": []}
    for _ in range(samples):
        rows, others = pick.integers(0, len(pool[0]), (2, size))
        scores, right = pool[0][rows], pool[1][rows]
        for method in same:
            same[method] += theirs(promise, scores, right, method) == ours(promise, scores, right, method)
        guide = (pool[0][others], pool[1][others])
        found = {
            "mapie_fixed_sequence": theirs(promise, scores, right, "fixed_sequence"),
            "mapie_holm": theirs(promise, scores, right, "bonferroni_holm"),
            "handdruk": promise.fit(scores, right, guide=guide).value,
        }
        for name, threshold in found.items():
            coverage[name].append(truth(pool, threshold))
    return {
        "at_most": promise.at_most, "confidence": promise.confidence, "samples": samples, "size": size,
        **{f"same_{method}": count / samples for method, count in same.items()},
        **{f"coverage_{name}": float(np.mean([c for c, _ in both])) for name, both in coverage.items()},
        **{f"broken_{name}": float(np.mean([r > promise.at_most for _, r in both])) for name, both in coverage.items()},
    }  # fmt: skip


def answers(pick: np.random.Generator, n: int) -> tuple[Floats, Flags]:
    """Calibrated probabilities, most of them high, and whether each answer is right."""
    scores = np.where(pick.random(n) < 0.7, pick.beta(60, 0.5, n), pick.beta(3, 2, n))
    return scores, pick.random(n) < scores


def theirs(promise: Promise, scores: Floats, right: Flags, method: str) -> float | None:
    """The loosest threshold that MAPIE finds valid for a precision of at least 1 - at_most."""
    controller = BinaryClassificationController(
        lambda x: np.stack([1 - x[:, 0], x[:, 0]], axis=1), "precision", 1 - promise.at_most, promise.confidence,
        best_predict_param_choice="recall", list_predict_params=GRID, fwer_method=method,
    )  # fmt: skip
    controller.calibrate(scores[:, None], right.astype(int))
    valid = np.asarray(controller.valid_predict_params, dtype=np.float64)
    return float(valid.min()) if len(valid) else None


def ours(promise: Promise, scores: Floats, right: Flags, method: str) -> float | None:
    """The same procedure with the exact tails that the promise uses, and MAPIE's rounding."""
    risk = 1 - promise.confidence
    answered = np.array([(scores >= threshold).sum() for threshold in GRID])
    wrong = np.array([(~right[scores >= threshold]).sum() for threshold in GRID])
    p = np.minimum(
        bdtr(rounded(answered, wrong), answered, promise.at_most), chernoff(answered, wrong, promise.at_most)
    )
    p = np.where(answered > 0, p, 1.0)
    if method == "bonferroni":
        proved = np.flatnonzero(p <= risk / len(GRID))
        return float(GRID[proved[-1]]) if len(proved) else None
    failed = np.flatnonzero(p > risk)
    last = failed[0] - 1 if len(failed) else len(GRID) - 1
    return float(GRID[last]) if last >= 0 else None


def chernoff(answered: Counts, wrong: Counts, at_most: float) -> Floats:
    """A bound above the exact tail, which only counts where MAPIE's rounding put one wrong answer too many into that."""
    share = np.minimum(wrong / np.maximum(answered, 1), at_most)
    found: Floats = np.exp(-answered * (rel_entr(share, at_most) + rel_entr(1 - share, 1 - at_most)))
    return found


def rounded(answered: Counts, wrong: Counts) -> Counts:
    """MAPIE's number of wrong answers: share times number, rounded up, which a last bit can make one too many."""
    share = np.array([1 - float((n - w) / n) if n else 1.0 for n, w in zip(answered, wrong, strict=True)])
    return np.minimum(np.ceil(answered * share).astype(np.int64), answered)


def truth(pool: tuple[Floats, Flags], threshold: float | None) -> tuple[float, float]:
    """The true share answered and the true share of these that is wrong."""
    if threshold is None:
        return 0.0, 0.0
    answered = pool[0] >= threshold
    return float(answered.mean()), float((~pool[1][answered]).mean())


if __name__ == "__main__":
    main()
