"""Learns from a company's archive how probable it is, at a customer's turn, that a person takes over there.

Kernel ridge regression on moments (see `kernel`; moments are rows of length 1), with a logistic curve from its score to a
probability. Every conversation of the archive is judged by a model that never saw it: the leave-one-group-out scores
are exact, and both the curve and whatever threshold is chosen rest on them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix

from handdruk.understand import kernel, storage
from handdruk.understand.calibration import Calibrator, Flags, out_of_sample
from handdruk.understand.handover.moments import BLOCKS, FACTS, Moment, last_moment
from handdruk.understand.handover.rows import Doubles, Numbers, Shape
from handdruk.understand.handover.values import Said
from handdruk.understand.model_parts import calibrator_of, calibrator_parts, check
from handdruk.understand.storage import ModelDamaged, Parts, damage_told, sparse, sparse_of, strings, strings_of
from handdruk.understand.vocabulary import Floats

STEEPNESS = 3.0
RIDGE = 0.6
MOST_MOMENTS = 10_000  # some n^3 multiplications and 8 n^2 bytes
KIND = "handover"
_AT_A_TIME = 256


@dataclass(frozen=True, slots=True)
class Judged:
    """What each moment of the archive was given by a model that had not seen its conversation; every array is (n,)."""

    probability: Doubles
    took_over: Flags
    talk: Numbers

    def of(self, which: Flags) -> Judged:
        """Those moments only."""
        return Judged(self.probability[which], self.took_over[which], self.talk[which])


@dataclass(frozen=True, slots=True)
class HandoverModel:
    """How probable it is that a person takes over. `judged` is its out-of-sample evidence."""

    shape: Shape
    seen: csr_matrix
    weights: Floats
    curve: Calibrator
    judged: Judged

    @classmethod
    def train(cls, moments: Sequence[Moment], talk: Numbers) -> Self:
        """From moments and the number of the conversation of each; those of one conversation stand together.

        Raises ValueError for no moments, for only one kind of them, or for more than MOST_MOMENTS.
        """
        took_over = np.array([moment.took_over for moment in moments], np.bool_)
        if took_over.all() or not took_over.any():
            raise ValueError("there must be moments at which a person took over, and others")
        if len(moments) > MOST_MOMENTS:
            raise ValueError(f"{len(moments)} moments are more than the {MOST_MOMENTS} that can be learned from")
        shape = Shape.learn(moments, talk)
        seen = shape.rows(moments)
        targets = took_over.astype(np.float32)[:, None]
        fitted = kernel.fit(kernel.likenesses_of(seen, STEEPNESS), targets, _runs(talk), ridge=RIDGE)
        scores = fitted.without_its_group.astype(np.float64)
        judged = Judged(out_of_sample(scores, took_over), took_over, talk)
        return cls(shape, seen, fitted.weights[:, 0], Calibrator.fit(scores, took_over), judged)

    def probability(self, talk: Sequence[Said]) -> float:
        """That a person takes over at the last turn of what was said so far, which is the customer's."""
        return float(self.probabilities([last_moment(talk)])[0])

    def probabilities(self, moments: Sequence[Moment]) -> Doubles:
        """The same for each of these moments."""
        scores = np.zeros((len(moments), 1))
        for start in range(0, len(moments), _AT_A_TIME):
            some = self.shape.rows(moments[start : start + _AT_A_TIME]).toarray()
            likeness = kernel.as_likeness(self.seen @ some.T, STEEPNESS)
            scores[start : start + _AT_A_TIME, 0] = self.weights @ likeness
        return self.curve.probabilities(scores)

    def to_bytes(self) -> bytes:
        """The whole model as data; `from_bytes` gives it back."""
        parts: Parts = {
            **{name: strings(words) for name, words in zip(BLOCKS, self.shape.words, strict=True)},
            "lowest": self.shape.lowest,
            "highest": self.shape.highest,
            **sparse("seen", self.seen),
            "weights": self.weights,
            **{f"curve.{name}": part for name, part in calibrator_parts(self.curve).items()},
            "judged.probability": self.judged.probability,
            "judged.took_over": self.judged.took_over,
            "judged.talk": self.judged.talk,
        }
        return storage.pack({"kind": KIND}, parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The model that `to_bytes` wrote. Raises ModelDamaged for anything else; nothing in it is ever run."""
        header, parts = storage.unpack(data)
        if header.get("kind") != KIND:
            raise ModelDamaged("this is no model of handovers")
        with damage_told():
            return cls._of(parts)

    @classmethod
    def _of(cls, parts: Parts) -> Self:
        shape = Shape.of([strings_of(parts[name]) for name in BLOCKS], parts["lowest"], parts["highest"])
        seen, weights = sparse_of("seen", parts), parts["weights"]
        judged = Judged(parts["judged.probability"], parts["judged.took_over"], parts["judged.talk"])
        check(seen.shape == (len(weights), shape.width) and len(shape.lowest) == len(shape.highest) == len(FACTS))
        check(len(judged.probability) == len(judged.took_over) == len(judged.talk) == len(weights))
        curve = calibrator_of(
            {name[len("curve.") :]: part for name, part in parts.items() if name.startswith("curve.")}
        )
        return cls(shape, seen, weights, curve, judged)


def _runs(talk: Numbers) -> list[slice]:
    starts = np.flatnonzero(np.diff(talk, prepend=-1))
    return [slice(int(one), int(other)) for one, other in zip(starts, [*starts[1:], len(talk)], strict=True)]
