"""Groups named by their own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MOST = 4
FEWEST = 3  # messages of a group that have a word, before it may stand for the group
COMMON = 0.15  # the share of them that must have it
PRIOR = 500.0  # how many words the language of all messages weighs


def names(
    said: Sequence[Sequence[str]], labels: npt.NDArray[np.intp], wanted: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """The most telling words of each wanted group, at most four.

    A word tells by its log odds against all messages together, with these as prior and measured in standard deviations
    (Monroe, Colaresi & Quinn 2008, eq. 22). A word of fewer than three messages is never shown: it could be a name.
    """
    everything = Counter(word for text in said for word in set(text))
    inside = {label: Counter[str]() for label in wanted}
    for text, label in zip(said, labels, strict=True):
        if int(label) in inside:
            inside[int(label)].update(set(text))
    sizes = {label: int((labels == label).sum()) for label in wanted}
    return {label: _telling(inside[label], everything, sizes[label]) for label in wanted}


def _telling(inside: Counter[str], everything: Counter[str], size: int) -> tuple[str, ...]:
    enough = max(FEWEST, COMMON * size)
    common = [word for word, times in inside.items() if times >= enough]
    odds = {word: _z(inside[word], everything[word], inside.total(), everything.total()) for word in common}
    return tuple(sorted((word for word in common if odds[word] > 0), key=lambda word: (-odds[word], word))[:MOST])


def _z(here: int, overall: int, total_here: int, total: int) -> float:
    prior = PRIOR * overall / total
    odds_here = _log_odds(here + prior, total_here + PRIOR)
    odds_there = _log_odds(overall - here + prior, total - total_here + PRIOR)
    return float((odds_here - odds_there) / np.sqrt(1 / (here + prior) + 1 / (overall - here + prior)))


def _log_odds(times: float, total: float) -> float:
    return float(np.log(times / max(total - times, 0.5)))  # the only word there is has no others to be set against
