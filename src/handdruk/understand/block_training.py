"""From the lessons of one language to a block of the model, and what it would say of each had it not seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.calibration import Flags
from handdruk.understand.remembered import Remembered
from handdruk.understand.topics import Block, Facts, nearest_by_topic
from handdruk.understand.values import Lesson
from handdruk.understand.vocabulary import Floats, Row, Vocabulary

Numbers = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int32]

ONE_IN = 20
"""One lesson in so many is also judged by a model that never saw its topic, as a message that fits no topic."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Out-of-sample scores (rows, topics) and facts of lessons, by number.

    `truth` is the number of topics where a lesson fits none; `held_out` whether its whole topic was unseen.
    """

    lesson: Numbers
    truth: Numbers
    held_out: Flags
    scores: Floats
    facts: Facts

    @classmethod
    def together(cls, parts: Sequence[Judgements]) -> Judgements:
        """The rows of all parts, one part after the other."""
        return cls(
            np.concatenate([part.lesson for part in parts]),
            np.concatenate([part.truth for part in parts]),
            np.concatenate([part.held_out for part in parts]),
            np.concatenate([part.scores for part in parts]),
            Facts(
                np.concatenate([part.facts.best for part in parts]),
                np.concatenate([part.facts.values for part in parts]),
            ),
        )


def train_block(
    lessons: Sequence[Lesson], found: Sequence[Sequence[str]], names: Sequence[str], language: str
) -> tuple[Block, Judgements]:
    """Learn from the lessons of one language. `found` are the words of each lesson, `names` all topics, sorted."""
    place = {name: number for number, name in enumerate(names)}
    own = [number for number, lesson in enumerate(lessons) if lesson.language == language]
    own.sort(key=lambda number: _order(lessons[number]))
    truth = np.array([place.get(lessons[number].topic or "", len(names)) for number in own], np.intp)
    unlike = np.array([place.get(lessons[number].unlike or "", -1) for number in own], np.intp)
    starts = np.searchsorted(truth, np.arange(len(names) + 1)).astype(np.int32)

    vocabulary = Vocabulary.learn([found[number] for number in own])
    rows = [vocabulary.row(found[number]) for number in own]
    matrix = vocabulary.matrix(rows)
    nearest, fitted = _fit(kernel.likenesses_of(matrix), truth, unlike, starts)
    counts = _word_counts(vocabulary, rows, truth, len(names))
    block = Block(vocabulary, Remembered.of(matrix.T.tocsr()), starts, fitted.weights, counts > 0)

    which, held_out, scores = _out_of_sample_scores(truth, unlike, fitted)
    best = scores[:, :-1].argmax(axis=1)
    known = np.zeros((len(which), len(names)), dtype=np.float32)
    known[np.arange(len(which)), best] = _known_without_itself(vocabulary, rows, counts, which, truth, best)
    lengths = np.array([row.known + row.unknown for row in rows], dtype=np.float64)[which]
    facts = Facts.of(scores, nearest[which], known, lengths)
    return block, Judgements(np.array(own, np.intp)[which], truth[which], held_out, scores[:, :-1], facts)


def _order(lesson: Lesson) -> tuple[int, str, str]:
    """By topic, then what fits none, then near misses."""
    return (
        0 if lesson.topic is not None else 1 if lesson.unlike is None else 2,
        lesson.topic or lesson.unlike or "",
        lesson.text,
    )


def _fit(likenesses: Floats, truth: Numbers, unlike: Numbers, starts: Counts) -> tuple[Floats, kernel.Fit]:
    """How like each lesson is to the nearest other one of each topic, and the regression. Uses up `likenesses`.

    A near miss has one target that is known: it is not that topic.
    """
    np.fill_diagonal(likenesses, 0)
    nearest = nearest_by_topic(likenesses.T, starts)
    np.fill_diagonal(likenesses, 1)
    targets = np.eye(len(starts), dtype=np.float32)[truth]
    targets[unlike >= 0] = 0
    unknown = (unlike >= 0)[:, None] & (unlike[:, None] != np.arange(len(starts)))
    groups = [slice(int(start), int(end)) for start, end in pairwise(starts) if end > start]
    return nearest, kernel.fit(likenesses, targets, groups, unknown)


def _out_of_sample_scores(truth: Numbers, unlike: Numbers, fitted: kernel.Fit) -> tuple[Numbers, Flags, Floats]:
    """Numbers of lessons, which of them were judged without their topic, and their scores (rows, topics + 1).

    A near miss counts only when it is taken for the very topic it is not: what else it is, nobody said.
    """
    topics = fitted.weights.shape[1] - 1
    itself = np.flatnonzero((unlike < 0) | (fitted.without_itself[:, :topics].argmax(axis=1) == unlike))
    apart = np.flatnonzero(truth < topics)[::ONE_IN] if topics > 1 else np.zeros(0, np.intp)
    unseen = fitted.without_its_group[apart]
    unseen[np.arange(len(apart)), truth[apart]] = -1
    which = np.concatenate([itself, apart])
    return which, np.arange(len(which)) >= len(itself), np.vstack([fitted.without_itself[itself], unseen])


def _known_without_itself(
    vocabulary: Vocabulary, rows: Sequence[Row], counts: Counts, which: Numbers, truth: Numbers, best: Numbers
) -> Floats:
    """The share of each lesson's words that its best topic knows from other lessons; shape (len(which),)."""
    shares = np.zeros(len(which), dtype=np.float32)
    for place, (number, topic) in enumerate(zip(which, best, strict=True)):
        ids = rows[number].ids[: rows[number].known]
        rarity = vocabulary.rarity[ids]
        others_know = counts[ids, topic] > (truth[number] == topic)
        shares[place] = rarity @ others_know / max(float(rarity.sum()), 1e-9)
    return shares


def _word_counts(vocabulary: Vocabulary, rows: Sequence[Row], truth: Numbers, topics: int) -> Counts:
    """In how many lessons of each topic a word occurs; shape (words, topics)."""
    counts = np.zeros((len(vocabulary.words), topics), dtype=np.int32)
    for row, topic in zip(rows, truth, strict=True):
        if topic < topics:
            counts[row.ids[: row.known], topic] += 1
    return counts
