"""Which topic a message is about, and how probable it is that this is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from handdruk.understand.calibration import Calibrator, Doubles, Flags
from handdruk.understand.meaning import Meaning
from handdruk.understand.remembered import Remembered
from handdruk.understand.vocabulary import Floats, Ids, Row, Vocabulary
from handdruk.understand.word_meanings import word_meanings

MOST_TOPICS = 10
_LESS = 0.999


@dataclass(frozen=True, slots=True)
class Facts:
    """What the calibrator sees of a message: one row a message, one column for each of

    the best topic's score, its lead on the second, the score for fitting no topic, the likeness to the most alike
    lesson of the best topic, the share of the message's words (rare ones weighing more) that the best topic's lessons
    know, and the logarithm of its number of words.
    """

    best: npt.NDArray[np.intp]
    values: Doubles

    @classmethod
    def of(cls, scores: Floats, nearest: Floats, known: Floats, lengths: Doubles) -> Facts:
        """`scores` and `nearest` are (messages, topics + 1), last "no topic"; `known` is (messages, topics)."""
        each = np.arange(len(scores))
        best = scores[:, :-1].argmax(axis=1)
        first = scores[each, best]
        others = scores[:, :-1].copy()
        others[each, best] = 0
        second = others.max(axis=1)
        columns = (first, first - second, scores[:, -1], nearest[each, best], known[each, best], np.log1p(lengths))
        return cls(best, np.stack(columns, axis=1).astype(np.float64))


@dataclass(frozen=True, slots=True)
class Block:
    """What was learned from the lessons of one language, which stand sorted by topic, those of no topic last.

    `starts` (topics + 1,) says where the lessons of each topic begin; `knows` (words, topics) says which topic's lessons
    have which word. `plain` is the regression without an encoder, `fuller` the one with it, where it helped.
    """

    vocabulary: Vocabulary
    lessons: Remembered
    starts: Ids
    knows: Flags
    plain: Meaning
    fuller: Meaning | None = None
    _filled: npt.NDArray[np.intp] = field(init=False, repr=False, compare=False)  # the topics with lessons

    def __post_init__(self) -> None:
        object.__setattr__(self, "_filled", np.flatnonzero(np.diff(self.starts, append=len(self.lessons)) > 0))

    def look(self, row: Row, vectors: Floats | None, *, fuller: bool = False) -> tuple[Floats, Facts]:
        """The scores of one text, (1, topics + 1), and its facts.

        `vectors` of it are the words' meanings or, if `fuller`, the encoder's.
        """
        meaning = self.fuller if fuller and self.fuller is not None else self.plain
        likeness = meaning.likeness(vectors, self.lessons.products(row))
        scores = (likeness @ meaning.weights)[None]
        nearest = np.zeros(len(self.starts), dtype=np.float32)
        nearest[self._filled] = np.maximum.reduceat(likeness, self.starts[self._filled])
        length = np.array([row.known + row.unknown], dtype=np.float64)
        return scores, Facts.of(scores, nearest[None], self._known(row)[None], length)

    def _known(self, row: Row) -> Floats:
        """The share of the row's words that each topic knows, rare words weighing more; shape (topics,)."""
        ids = row.ids[: row.known]
        rarity = self.vocabulary.rarity[ids]
        total = float(rarity.sum()) + row.unknown * self.vocabulary.rarest
        shares: Floats = rarity @ self.knows[ids] / np.float32(max(total, 1e-9))
        return shares


@dataclass(frozen=True, slots=True)
class Judge:
    """From scores and facts to probabilities.

    `fits` judges whether the message fits a topic at all; `right` whether, if it does, the best one is it.
    """

    fits: Calibrator
    right: Calibrator
    sharpness: float

    def chances(self, scores: Floats, facts: Facts) -> Doubles:
        """The probability of each topic; `scores` and the result are (messages, topics)."""
        fits = self.fits.probabilities(facts.values)
        right = self.right.probabilities(facts.values)
        return spread(scores, facts.best, fits * right, fits * (1 - right), self.sharpness)


@dataclass(frozen=True, slots=True)
class Topics:
    """A trained model of topics: a block a language, the one with most lessons first, and a judge for each.

    `judges` judge scores from words; `fuller` those with an encoder, and are none if it was trained without.
    """

    names: tuple[str, ...]
    blocks: dict[str, Block]
    judges: dict[str, Judge]
    fuller: dict[str, Judge]

    def read(
        self, found: Sequence[str], *languages: str | None, encode: Callable[[], Floats] | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The most probable topics of a text that was split into words, best first, at most ten.

        It is read in the first of `languages` that there are lessons in, or in the one with most lessons. A text of
        which not even a piece of a word was ever seen has no topics at all. `encode` gives the encoder's vectors of the text,
        if there is an encoder; it is only called where they count.
        """
        code = next((code for code in languages if code in self.blocks), next(iter(self.blocks)))
        block = self.blocks[code]
        row = block.vocabulary.row(found)
        if not len(row.ids):
            return ()
        judge = self.judges[code] if encode is None else self.fuller[code]
        if encode is not None and block.fuller is not None:
            scores, facts = block.look(row, encode(), fuller=True)
        else:
            scores, facts = block.look(row, word_meanings().vectors(found, code) if block.plain.mix.views else None)
        chances = judge.chances(scores[:, :-1], facts)[0]
        order = np.argsort(-chances, kind="stable")[:MOST_TOPICS]
        return tuple(zip((self.names[number] for number in order.tolist()), chances[order].tolist(), strict=True))


def nearest_by_topic(likeness: Floats, starts: Ids) -> Floats:
    """The likeness to the most alike lesson of each topic: (messages, lessons) to (messages, topics + 1).

    A topic without lessons in this language is like nothing.
    """
    filled = np.diff(starts, append=likeness.shape[1]) > 0
    nearest = np.zeros((len(likeness), len(starts)), dtype=np.float32)
    nearest[:, filled] = np.maximum.reduceat(likeness, starts[filled], axis=1)
    return nearest


def spread(scores: Floats, best: npt.NDArray[np.intp], right: Doubles, others: Doubles, sharpness: float) -> Doubles:
    """The best topic gets `right`; the others share the probability `others` in the measure of exp(sharpness * score).

    None of the others gets as much as the best.
    """
    each = np.arange(len(scores))
    odds = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    odds[each, best] = 0
    total = np.maximum(odds.sum(axis=1, keepdims=True), 1e-12)
    chances: Doubles = np.minimum(odds / total * others[:, None], _LESS * right[:, None])
    chances[each, best] = right
    return chances
