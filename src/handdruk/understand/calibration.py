"""Logistic regression from a few facts to a probability that can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PENALTY = 1.0
_STEPS = 25
_CLOSE_ENOUGH = 1e-3
_FOLDS = 5
_OUTERMOST = 0.005


@dataclass(frozen=True, slots=True)
class Calibrator:
    """`lowest` and `highest` have a number for each fact; `weights` one for each fact, product of two facts, and 1.

    Facts outside what was seen count as the lowest or highest seen (all but the outermost half per cent): a message
    unlike any other must not come out more certain than one that was checked.
    """

    lowest: Doubles
    highest: Doubles
    weights: Doubles
    squares: bool

    @classmethod
    def fit(cls, facts: Doubles, labels: Flags, *, counts: Doubles | None = None, squares: bool = False) -> Calibrator:
        """Ridge-penalised maximum likelihood by Newton steps (Hastie et al. 2009, 4.4.1). `facts` is (n, k).

        `counts` (n,) says how many rows each row stands for. With `squares`, products of two facts count too.
        Deterministic; with one kind of label, or no rows, it gives nearly the share there was (half a label of each
        kind is added to what was seen).
        """
        lowest, highest = np.zeros(facts.shape[1]), np.ones(facts.shape[1])
        if len(facts):
            lowest, highest = np.quantile(facts, [_OUTERMOST, 1 - _OUTERMOST], axis=0)
        each = np.ones(len(facts)) if counts is None else counts
        weights = _likeliest(_design(facts, lowest, highest, squares), labels.astype(np.float64), each)
        return cls(lowest, highest, weights, squares)

    @classmethod
    def fit_all(cls, facts: Doubles, labels: Flags) -> Calibrator:
        """A calibrator for each column of `labels` (n, m) in one: its probabilities are (n, m)."""
        each = [cls.fit(facts, column) for column in labels.T]
        return cls(each[0].lowest, each[0].highest, np.stack([one.weights for one in each], axis=1), False)

    def probabilities(self, facts: Doubles) -> Doubles:
        """One probability for each row of `facts` (n, k)."""
        return _sigmoid(_design(facts, self.lowest, self.highest, self.squares) @ self.weights)


def out_of_sample(facts: Doubles, labels: Flags, *, counts: Doubles | None = None, squares: bool = False) -> Doubles:
    """The probability of each row by a calibrator that did not see it: every fifth row is held out in turn.

    `labels` and the result are (n,) or, for several questions at once, (n, m); `counts` is as for `Calibrator.fit`.
    """
    if labels.ndim == 2:
        return np.stack([out_of_sample(facts, column, squares=squares) for column in labels.T], axis=1)
    each = np.ones(len(labels)) if counts is None else counts
    result = np.zeros(len(labels))
    turn = np.arange(len(labels)) % _FOLDS
    for fold in range(_FOLDS):
        rest = turn != fold
        fitted = Calibrator.fit(facts[rest], labels[rest], counts=each[rest], squares=squares)
        result[~rest] = fitted.probabilities(facts[~rest])
    return result


def _design(facts: Doubles, lowest: Doubles, highest: Doubles, squares: bool) -> Doubles:
    """Every fact from -2 to 2 (so that its spread is about 1), their products if wanted, and 1."""
    scaled = np.minimum(np.maximum(facts, lowest), highest)
    scaled = 4 * (scaled - lowest) / np.maximum(highest - lowest, 1e-9) - 2
    count = scaled.shape[1]
    first, second = _pairs(count if squares else 0)
    design = np.empty((len(scaled), count + len(first) + 1))
    design[:, :count] = scaled
    design[:, count:-1] = scaled[:, first] * scaled[:, second]
    design[:, -1] = 1
    return design


@cache
def _pairs(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Every fact with itself and with every later one."""
    return np.triu_indices(count)


def _likeliest(design: Doubles, labels: Doubles, counts: Doubles) -> Doubles:
    """Newton steps, halved until they help, from the weights that give everything the share there was."""
    share = (counts @ labels + 0.5) / (counts.sum() + 1)
    penalty = np.full(design.shape[1], PENALTY)
    penalty[-1] = 0.01
    start = np.zeros(design.shape[1])
    start[-1] = np.log(share / (1 - share))

    def loss(weights: Doubles) -> float:
        odds = design @ weights
        return float(counts @ (np.logaddexp(0, odds) - labels * odds) + 0.5 * penalty @ (weights - start) ** 2)

    weights, before = start, loss(start)
    for _ in range(_STEPS):
        chance = _sigmoid(design @ weights)
        slope = design.T @ (counts * (labels - chance)) - penalty * (weights - start)
        curve = (design * (counts * chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        while (after := loss(weights + step)) > before and float(np.abs(step).max()) > _CLOSE_ENOUGH:
            step = step / 2
        weights = weights + step
        if before - after < _CLOSE_ENOUGH:
            break
        before = after
    return weights


def _sigmoid(value: Doubles) -> Doubles:
    return 1 / (1 + np.exp(-np.minimum(np.maximum(value, -30), 30)))
