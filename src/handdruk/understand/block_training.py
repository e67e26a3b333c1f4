"""From the lessons of one language to a block of the model, and what it would say of each had it not seen it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.calibration import Flags
from handdruk.understand.meaning import Meaning, chosen_mix, mix_in, placed
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


@dataclass(frozen=True, slots=True)
class Trained:
    """A block, and out-of-sample judgements from its words alone and, in `fuller`, with the encoder if it has one."""

    block: Block
    judgements: Judgements
    fuller: Judgements


def train_block(
    lessons: Sequence[Lesson], found: Sequence[Sequence[str]], names: Sequence[str], language: str,
    vectors: Floats | None = None, titles: int = 0,
) -> Trained:  # fmt: skip
    """Learn from the lessons of one language. `found` are the words of each lesson, `names` all topics, sorted.

    Near misses are only judged: nobody said what else they are, so there is nothing to learn from them. The last
    `titles` lessons are the topics' own names: learned from, and not judged. `vectors` are the encoder's, (lessons, views, width).
    """
    place = {name: number for number, name in enumerate(names)}
    spoken = [number for number, lesson in enumerate(lessons) if lesson.language == language]
    own = sorted((number for number in spoken if lessons[number].unlike is None), key=lambda one: _order(lessons[one]))
    truth = np.array([place.get(lessons[number].topic or "", len(names)) for number in own], np.intp)
    starts = np.searchsorted(truth, np.arange(len(names) + 1)).astype(np.int32)
    asked = np.flatnonzero(np.array(own) < len(lessons) - titles)

    vocabulary = Vocabulary.learn([found[number] for number in own])
    rows = [vocabulary.row(found[number]) for number in own]
    matrix = vocabulary.matrix(rows)
    products = kernel.products_of(matrix)
    mix = None if vectors is None else chosen_mix(products, vectors[own], truth, len(names))
    kept = products.copy(order="F") if mix is not None else products
    nearest, fitted = _fit(kernel.as_likeness(products), truth, starts)
    counts = _word_counts(vocabulary, rows, truth, len(names))
    block = Block(vocabulary, Remembered.of(matrix.T.tocsr()), starts, fitted.weights, counts > 0)

    misses = {number: place[lessons[number].unlike or ""] for number in spoken if lessons[number].unlike is not None}
    misses = {number: misses[number] for number in sorted(misses, key=lambda one: _order(lessons[one]))}

    def judged(block: Block, nearest: Floats, fitted: kernel.Fit) -> Judgements:
        which, held_out, scores = _out_of_sample_scores(truth, asked, fitted)
        best = scores[:, :-1].argmax(axis=1)
        known = np.zeros((len(which), len(names)), dtype=np.float32)
        known[np.arange(len(which)), best] = _known_without_itself(vocabulary, rows, counts, which, truth, best)
        lengths = np.array([row.known + row.unknown for row in rows], dtype=np.float64)[which]
        facts = Facts.of(scores, nearest[which], known, lengths)
        own_rows = Judgements(np.array(own, np.intp)[which], truth[which], held_out, scores[:, :-1], facts)
        return Judgements.together([own_rows, *_judge_near_misses(block, found, misses, vectors)])

    judgements = judged(block, nearest, fitted)
    if vectors is None or mix is None:
        return Trained(block, judgements, judgements)
    centre = vectors[own].mean(axis=0)
    places = placed(vectors[own], centre, mix).astype(np.float16).astype(np.float32)
    nearest, fitted = _fit(mix_in(kept, places, mix), truth, starts)
    block = replace(block, meaning=Meaning(mix, centre, places, fitted.weights))
    return Trained(block, judgements, judged(block, nearest, fitted))


def _judge_near_misses(
    block: Block, found: Sequence[Sequence[str]], misses: Mapping[int, int], vectors: Floats | None
) -> Iterator[Judgements]:
    """One judgement for each near miss that is taken for the very topic it is not; the others say nothing."""
    for number, topic in misses.items():
        scores, facts = block.look(block.vocabulary.row(found[number]), None if vectors is None else vectors[number])
        if facts.best[0] == topic:
            no_topic = np.array([scores.shape[1] - 1], np.intp)
            yield Judgements(np.array([number], np.intp), no_topic, np.zeros(1, np.bool_), scores[:, :-1], facts)


def _order(lesson: Lesson) -> tuple[bool, str, str]:
    """By topic, then what fits none."""
    return lesson.topic is None, lesson.topic or lesson.unlike or "", lesson.text


def _fit(likenesses: Floats, truth: Numbers, starts: Counts) -> tuple[Floats, kernel.Fit]:
    """How like each lesson is to the nearest other one of each topic, and the regression. Uses up `likenesses`."""
    np.fill_diagonal(likenesses, 0)
    nearest = nearest_by_topic(likenesses.T, starts)
    np.fill_diagonal(likenesses, 1)
    groups = [slice(int(start), int(end)) for start, end in pairwise(starts) if end > start]
    return nearest, kernel.fit(likenesses, np.eye(len(starts), dtype=np.float32)[truth], groups)


def _out_of_sample_scores(truth: Numbers, asked: Numbers, fitted: kernel.Fit) -> tuple[Numbers, Flags, Floats]:
    """Numbers of lessons, which of them were judged without their topic, and their scores (rows, topics + 1)."""
    topics = fitted.weights.shape[1] - 1
    apart = asked[truth[asked] < topics][::ONE_IN] if topics > 1 else np.zeros(0, np.intp)
    unseen = fitted.without_its_group[apart]
    unseen[np.arange(len(apart)), truth[apart]] = -1
    which = np.concatenate([asked, apart])
    return which, np.arange(len(which)) >= len(asked), np.vstack([fitted.without_itself[asked], unseen])


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
