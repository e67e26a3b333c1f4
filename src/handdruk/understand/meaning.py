"""Texts that share no word but mean the same are alike.

A text's vectors, one for each view, are those of its words (see `word_meanings`) or, with an encoder, that one's. They are
taken relative to the lessons' average, for what all texts of one company share says nothing. The likeness of two texts is
exp(s (m - 1)), where m mixes the cosines of the views and the product of the words' rows, and s is 1 for vectors alone, 2
for words alone. How much each counts is chosen for each language by exact leave-one-out on its own lessons; words alone
are among the choices, so that vectors that say nothing of a language do no harm there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.vocabulary import Floats

ENOUGH_TO_CHOOSE = 1_000
"""So many lessons, evenly taken, decide on the mix: more hardly change it, and time grows with their third power."""
_WORDS = (0.1, 0.2, 0.4, 0.7)
_FIRST_VIEW = (1.0, 0.67, 0.5)
_ROWS_AT_A_TIME = 512


@dataclass(frozen=True, slots=True)
class Mix:
    """How much counts what: `words` of 1, and of the rest `views` (they sum to 1) for each view of the encoder."""

    words: float
    views: tuple[float, ...]

    @property
    def steepness(self) -> float:
        return 1 + self.words


WORDS_ALONE = Mix(1.0, ())


@dataclass(frozen=True, slots=True)
class Meaning:
    """A regression on likenesses: `weights` (lessons, topics + 1), `centre` (views, width), `places` (lessons, views * width)."""

    mix: Mix
    centre: Floats
    places: Floats
    weights: Floats

    def likeness(self, vectors: Floats | None, products: Floats) -> Floats:
        """The likeness of one text to every lesson, (n,): `vectors` is (views, width), `products` are of its words.

        Without vectors its meaning is like nothing.
        """
        mixed = np.float32(self.mix.words) * products
        if vectors is not None and self.mix.views:
            mixed += np.float32(1 - self.mix.words) * (self.places @ placed(vectors[None], self.centre, self.mix)[0])
        return kernel.as_likeness(mixed, self.mix.steepness)


def settled(vectors: Floats | None, mix: Mix, lessons: int) -> tuple[Floats, Floats]:
    """The centre and the lessons' places for a mix, as precisely as they are stored."""
    if vectors is None or not mix.views:
        return np.zeros((0, 0), dtype=np.float32), np.zeros((lessons, 0), dtype=np.float32)
    centre = vectors.sum(axis=0) / np.float32(max(lessons, 1))
    return centre, placed(vectors, centre, mix).astype(np.float16).astype(np.float32)


def placed(vectors: Floats, centre: Floats, mix: Mix) -> Floats:
    """Each text as one row whose inner products are the views' cosines, mixed; (texts, views * width)."""
    apart = vectors - centre
    apart /= np.maximum(np.linalg.norm(apart, axis=2, keepdims=True), np.float32(1e-9))
    apart *= np.sqrt(np.array(mix.views, dtype=np.float32))[:, None]
    return apart.reshape(len(apart), apart.shape[1] * apart.shape[2])


def mix_in(products: Floats, places: Floats, mix: Mix) -> Floats:
    """The likeness of every lesson to every lesson. Uses up `products` (n, n, Fortran order), those of the words."""
    for start in range(0, len(places), _ROWS_AT_A_TIME):
        block = products[:, start : start + _ROWS_AT_A_TIME]
        if mix.views:
            block *= np.float32(mix.words)
            block += np.float32(1 - mix.words) * (places @ places[start : start + _ROWS_AT_A_TIME].T)
        kernel.as_likeness(block, mix.steepness)
    return products


@dataclass(frozen=True, slots=True)
class Trial:
    """Some lessons of a language, to try mixes on: `products` (n, n) of their words, `truth` (n,).

    `truth` is the number of topics where a lesson fits none; such lessons help to learn, and are not asked about.
    """

    some: npt.NDArray[np.intp]
    products: Floats
    truth: npt.NDArray[np.intp]
    topics: int

    @classmethod
    def of(cls, products: Floats, truth: npt.NDArray[np.intp], topics: int) -> Trial:
        """With at most ENOUGH_TO_CHOOSE of the lessons, evenly taken."""
        some = np.unique(np.linspace(0, len(truth) - 1, min(len(truth), ENOUGH_TO_CHOOSE)).astype(np.intp))
        return cls(some, products[np.ix_(some, some)], truth[some], topics)

    def best(self, vectors: Floats, instead_of: tuple[Mix, float]) -> tuple[Mix, float]:
        """The mix with the vectors of all lessons that is right most often, and how often; if none is better, `instead_of`."""
        chosen = instead_of
        for mix in _mixes(vectors.shape[1]):
            right = self.rightness(mix, vectors)
            if right > chosen[1]:
                chosen = mix, right
        return chosen

    def rightness(self, mix: Mix, vectors: Floats | None = None) -> float:
        """How often a mix is right on lessons that are left out one at a time."""
        _, places = settled(None if vectors is None else vectors[self.some], mix, len(self.some))
        likenesses = mix_in(self.products.copy(order="F"), places, mix)
        targets = np.eye(self.topics + 1, dtype=np.float32)[self.truth]
        return _goodness(kernel.fit(likenesses, targets).without_itself, self.truth, self.topics)


def _goodness(scores: Floats, truth: npt.NDArray[np.intp], topics: int) -> float:
    fits = truth < topics
    right = scores[fits, :-1].argmax(axis=1) == truth[fits]
    return float(right.mean()) if len(right) else 0.0


def _mixes(views: int) -> Iterator[Mix]:
    for words in _WORDS:
        for shares in _shares(views):
            yield Mix(words, shares)


def _shares(views: int) -> Sequence[tuple[float, ...]]:
    """The first view, which is the encoder's own choice, with more and more of the others."""
    if views == 1:
        return [(1.0,)]
    return [(first, *[(1 - first) / (views - 1)] * (views - 1)) for first in _FIRST_VIEW]
