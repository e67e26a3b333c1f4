"""How many more labelled turns a proof takes, when there is none yet: an estimate that allows for what is not known.

How often answers are wrong is itself only known from the sample, and the most hopeful of many thresholds looks better than
it is. So wrong answers are Poisson with a gamma prior (negative binomial), and a sample that proved nothing is asked to
grow by a quarter at least. docs/promise.md has how often that many labels were enough.
"""

import math

import numpy as np
from scipy.special import betainc

from handdruk.decide.sequence import Counts, Floats, answers_that_prove

CHANCES = (0.9, 0.8, 0.65, 0.5)  # of success with so many labels more: the first that any number of labels can reach
WITHOUT_ANY = (0.65,)  # while nothing is known yet, a surer number would only be a larger guess
MOST_WRONG = 400  # in a proof worth waiting for
MOST_LABELS = 20_000  # that are worth waiting for
LOOKED_AT = 40  # thresholds, at most
PRIOR = 0.5  # wrong among the 1 / at_most answers that every sample is mixed with: half of what is promised
GROWTH = 0.25


def labels_missing(answered: Counts, wrong: Counts, n: int, at_most: float, level: float) -> int | None:
    """How many more labelled turns probably give some threshold a proof, if customers stay as they are.

    `answered` and `wrong` (thresholds,) are the counts at each threshold of a sample of `n` turns. None when no number of
    labels would do: the reader must get better first.
    """
    if n == 0:
        answered, wrong = np.array([0]), np.array([0])
    needed = answers_that_prove(np.arange(MOST_WRONG), at_most, level)
    every = max(len(answered) // LOOKED_AT, 1)
    at = list(zip(answered[::every].tolist(), wrong[::every].tolist(), strict=True))
    outlooks = [_outlook(there, seen, at_most, needed) for there, seen in at]
    for chance in CHANCES if n else WITHOUT_ANY:
        turns = [_turns(outlook, chance, there, n) for outlook, (there, _) in zip(outlooks, at, strict=True)]
        least = min(turns, default=math.inf)
        if least <= MOST_LABELS:
            return max(int(least), math.ceil(GROWTH * n), 1)
    return None


def _outlook(answered: int, wrong: int, at_most: float, needed: Counts) -> tuple[Counts, Floats]:
    """How many more answers reach each of the `needed` counts, and the chance that they are right often enough."""
    more: Counts = np.maximum(needed[wrong:] - answered, 1)
    room = np.arange(len(more))
    shape, rate = wrong + PRIOR, answered + 1 / at_most
    chance: Floats = np.where(room >= more, 1.0, betainc(shape, room + 1.0, rate / (rate + more)))
    return more, chance if shape / rate < at_most else np.zeros(len(more))


def _turns(outlook: tuple[Counts, Floats], chance: float, answered: int, n: int) -> float:
    """So many more turns give so many more answers; infinity when the chance is never that good."""
    more, chances = outlook
    likely = np.flatnonzero(chances >= chance)
    return math.ceil(int(more[likely[0]]) * max(n, 1) / max(answered, 1)) if len(likely) else math.inf
