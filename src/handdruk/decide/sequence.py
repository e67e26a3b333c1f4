"""The tests that find a threshold: which ones there are, where they begin, and how far they get.

Answers are ranked, the surest first. Given how many of them are answered, the number of wrong ones is binomial, so

    p-value = P(Binomial(answered, at_most) <= wrong)

tests "the risk is above `at_most`" exactly. A test is worth making where one more wrong answer has just become
bearable: between two such *steps* it only gets harder to pass. Steps are tested one after another, from a start that
the labels above it had no part in, and the first that cannot be rejected ends the sequence (fixed-sequence
testing; Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv:2110.01052, with ranks instead of thresholds).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrin, betainc

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

SPARE = 0.05  # the share of the risk of being wrong that is kept for a second sequence, from the strictest step
MARGIN = 0.8  # how far towards strictness from the likeliest step the sequence begins: too loose costs everything
FAIR = 0.25  # a chance worth beginning anywhere else than at the strictest step for
LABEL_NOISE = 0.15  # of the bearable wrong answers, the share that a start must survive on top of the expected ones
PRIOR = 2.0  # wrong answers that what was expected weighs as much as, against those seen


def steps(most: int, at_most: float, level: float) -> Counts:
    """For 0, 1, 2, ... wrong answers, how many answers prove the bound at this `level`; those up to `most`, and `most`.

    Shape (steps,), rising; empty when even `most` right answers prove nothing.
    """
    count = int(most * at_most) + 1  # a proof takes more than wrong / at_most answers
    found = _proofs(count, at_most, level)
    found = found[found <= most]
    if len(found) == 0 or found[-1] == most:
        return found
    return np.append(found, most)


def answers_that_prove(wrong: Counts, at_most: float, level: float) -> Counts:
    """The fewest answers with which so many wrong ones still prove the bound at this `level`, one for each."""
    near: Counts = np.maximum(np.ceil(bdtrin(wrong, level, at_most) - 1e-6), wrong + 1).astype(np.int64)
    exact: Counts = near + (bdtr(wrong, near, at_most) > level)
    return exact


@lru_cache(maxsize=512)
def _proofs(count: int, at_most: float, level: float) -> Counts:
    found = answers_that_prove(np.arange(count), at_most, level)
    found.setflags(write=False)
    return found


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected at each step: `wrong` answers among those at or above it, and `wrong_below` it.

    `seen_below` is how many wrong ones there really were below it. All are (steps,). `rows` is how many rows there were to
    learn from for each turn of the sample.
    """

    wrong: Floats
    wrong_below: Floats
    seen_below: Counts
    rows: float

    def chance(self, step: int, answered: Counts, at_most: float) -> Floats:
        """The chance of passing each step up to this one, as far as it can be told from what is below; (step + 1,).

        What was expected is scaled by what was seen below. The number of wrong answers is then negative binomial (a
        Poisson number of which the mean is known from so many wrong answers), with a little label noise on top.
        """
        scale = (self.seen_below[step] + PRIOR) / (self.wrong_below[step] + PRIOR)
        known = self.wrong[: step + 1]
        shape = 1 / (1 / (self.seen_below[step] + PRIOR) + 1 / self.rows / (known + 0.5))
        mean = (known + 0.3) * scale + LABEL_NOISE * at_most * answered[: step + 1]
        chance: Floats = betainc(shape, np.arange(step + 1) + 1.0, shape / (shape + mean))
        return chance


def start(answered: Counts, outlook: Outlook, at_most: float) -> int:
    """The number of the step at which to begin.

    From the loosest step inwards, looking only at the labels below a step, the first one is found that no stricter step
    beats in answers times the chance of passing. A somewhat stricter one is taken: from there the sequence still gets
    to it, while a start that fails ends everything. Not having looked at the labels above a step leaves its test exact.
    """
    for step in range(len(answered) - 1, 0, -1):
        chance = outlook.chance(step, answered, at_most)
        worth = chance * answered[: step + 1]
        if chance[step] >= FAIR and worth[step] >= worth.max():
            return max(int(np.searchsorted(answered, MARGIN * answered[step], side="right")) - 1, 0)
    return 0


def chance_of_proof(wrong: Floats, rows: float) -> Floats:
    """The chance of passing each step by itself, going by a guide alone; (steps,).

    `wrong` is how many of the guide's rows were wrong up to there, of which there were `rows` for each turn of the sample.
    With Jeffreys' prior the number of wrong answers is negative binomial, and step w passes with at most w of them.
    """
    chance: Floats = betainc(wrong + 0.5, np.arange(len(wrong)) + 1.0, rows / (rows + 1))
    return chance


def run(answered: Counts, wrong: Counts, first: int, at_most: float, level: float) -> int:
    """The number of the last step before the first that fails, beginning at `first`; -1 when that one fails."""
    failed = np.flatnonzero(bdtr(wrong[first:], answered[first:], at_most) > level)
    if len(failed) == 0:
        return len(answered) - 1
    return first + int(failed[0]) - 1 if failed[0] > 0 else -1
