"""How many more labelled turns a proof takes, when there is none yet."""

import math

import numpy as np
from scipy.special import bdtr

from handdruk.decide.sequence import Counts, Floats, answers_that_prove

CHANCE = 0.8  # of success with so many labels more
MOST_WRONG = 400  # in a proof worth waiting for
LOOKED_AT = 40  # thresholds, at most


def labels_missing(answered: Counts, wrong: Counts, n: int, at_most: float, level: float) -> int | None:
    """How many more labelled turns give some threshold four chances in five, if answers stay as right as they were.

    `answered` and `wrong` (thresholds,) are the counts at each threshold of a sample of `n` turns. What was seen is
    mixed with `1 / at_most` answers of which a quarter of one is wrong, so that a handful of labels neither promises
    nor rules out anything. None when no number of labels would do: the reader must get better first.
    """
    needed = answers_that_prove(np.arange(MOST_WRONG), at_most, level)
    if n == 0:
        return _more(0, 0, at_most / 4, needed)
    share: Floats = (wrong + 0.25) / (answered + 1 / at_most)
    hopeful = np.flatnonzero(share < at_most)
    hopeful = hopeful[:: max(len(hopeful) // LOOKED_AT, 1)]
    found = [(_more(int(answered[i]), int(wrong[i]), float(share[i]), needed), int(answered[i])) for i in hopeful]
    rows = [math.ceil(more * n / there) for more, there in found if more is not None]
    return max(min(rows), 1) if rows else None


def _more(answered: int, wrong: int, share: float, needed: Counts) -> int | None:
    """How many more answers, at this share of wrong ones, reach one of the `needed` counts with CHANCE."""
    more = np.maximum(needed[wrong:] - answered, 1)
    room = np.arange(len(more))
    likely = np.flatnonzero((room >= more) | (bdtr(np.minimum(room, more), more, share) >= CHANCE))
    return int(more[likely[0]]) if len(likely) else None
