"""What is known about how good a reader is, from messages it was not trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from handdruk.understand.calibration import Doubles, Flags

Names = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class SenseEvidence:
    """Out-of-sample probabilities of one sense, and what was true; both (n,)."""

    probability: Doubles
    label: Flags


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row for each cross-validated lesson; every array is (n,) and every number is out of sample.

    `probability_right` is the probability the reader would have given to its best topic, `predicted`; `was_right`
    says whether it was. `truth` is "" for a lesson that fits no topic. `probability_of_truth` is what the true topic
    was given (0 where there is none), which is what conformal sets are made from. Where `held_out`, the reader had not
    seen the whole topic: such a row can only be wrong, and stands for the near misses nobody thought of.

    The senses have rows of their own: the package's lessons, by leave-one-out and five-fold calibration.
    """

    probability_right: Doubles
    was_right: Flags
    probability_of_truth: Doubles
    language: Names
    predicted: Names
    truth: Names
    held_out: Flags
    wants_human: SenseEvidence
    vulnerable: SenseEvidence
    upset: SenseEvidence
