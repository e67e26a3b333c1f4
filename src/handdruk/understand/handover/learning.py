"""From an archive to a model of handovers, with a trial on conversations that nothing was learned or chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handdruk.understand.calibration import Flags
from handdruk.understand.handover.figures import auc_at_least
from handdruk.understand.handover.model import MOST_MOMENTS, HandoverModel, Judged
from handdruk.understand.handover.moments import Moment, moments
from handdruk.understand.handover.rows import Numbers
from handdruk.understand.handover.values import Talk

ONE_IN = 5
"""One conversation in so many is left out of the trial model and only judged by it."""
FEWEST = 10
"""Fewer conversations in which a person took over prove nothing."""
WORTH = 0.6
"""The archive teaches something when the AUC is at least this, 95 % sure; 0.5 is chance."""


class NothingToLearn(ValueError):
    """There is no moment to learn from, or only one kind; its text says which."""


@dataclass(frozen=True, slots=True)
class Learned:
    """`model` learned from all; `untouched` is how a trial model, with evidence `trial`, judged conversations left out.

    All three are None when fewer than FEWEST conversations had a person take over. `teaches` says whether the model
    knows more than chance; one that does not must not be used.
    """

    talks: int
    left_out: int
    moments: int
    took_over: int
    model: HandoverModel | None = None
    trial: Judged | None = None
    untouched: Judged | None = None
    auc_at_least: float = 0.5

    @property
    def teaches(self) -> bool:
        """May the model be used?"""
        return self.auc_at_least >= WORTH


def learn(talks: Sequence[Talk], *, every_turn: bool = False) -> Learned:
    """Learn from an archive. Of one with too many moments the last conversations count. Raises NothingToLearn.

    With `every_turn` every turn of both sides is a moment; that is for comparing figures, not for deciding.
    """
    found, talk = _newest([list(moments(one, every_turn=every_turn)) for one in talks])
    used = len(np.unique(talk))
    took_over = np.array([moment.took_over for moment in found], np.bool_)
    if took_over.all() or not took_over.any():
        raise NothingToLearn(_missing(took_over))
    base = Learned(used, len(talks) - used, len(found), int(took_over.sum()))
    if len(np.unique(talk[took_over])) < FEWEST:
        return base
    apart = _apart(talk, took_over)
    trial = HandoverModel.train([found[n] for n in np.flatnonzero(~apart)], talk[~apart])
    given = trial.probabilities([found[n] for n in np.flatnonzero(apart)])
    untouched = Judged(given, took_over[apart], talk[apart])
    model = HandoverModel.train(found, talk)
    return Learned(
        used, base.left_out, len(found), base.took_over, model, trial.judged, untouched, auc_at_least(model.judged)
    )


def _newest(talks: list[list[Moment]]) -> tuple[list[Moment], Numbers]:
    """The moments of the last conversations that may be learned from together, and the number of each one's."""
    total, first = 0, len(talks)
    while first > 0 and total + len(talks[first - 1]) <= MOST_MOMENTS:
        first -= 1
        total += len(talks[first])
    lengths = [len(talk) for talk in talks[first:]]
    return [moment for talk in talks[first:] for moment in talk], np.repeat(np.arange(len(lengths)), lengths)


def _missing(took_over: Flags) -> str:
    if not len(took_over):
        return "no conversation holds a turn of a customer that the machine had to decide on"
    if took_over.all():
        return "a person took over at every turn: there is no turn to learn the difference from"
    return 'no turn says that a person took over: mark such turns with "hand_over": true'


def _apart(talk: Numbers, took_over: Flags) -> Flags:
    """The moments of one conversation in five, by lot, of those with a person and of those without."""
    with_person = np.unique(talk[took_over])
    chance = np.random.default_rng(0)
    drawn = [chance.permutation(kind)[::ONE_IN] for kind in (with_person, np.setdiff1d(np.unique(talk), with_person))]
    return np.isin(talk, np.concatenate(drawn))
