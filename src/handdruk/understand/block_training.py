"""From the lessons of one language to a block of the model, and what it would say of each had it not seen it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.calibration import Flags
from handdruk.understand.meaning import WORDS_ALONE, Meaning, Mix, Trial, mix_in, settled
from handdruk.understand.remembered import Remembered
from handdruk.understand.topics import Block, Facts, nearest_by_topic
from handdruk.understand.values import Lesson
from handdruk.understand.vocabulary import Floats, Row, Vocabulary
from handdruk.understand.word_meanings import word_meanings

Numbers = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int32]

ONE_IN = 20
"""One lesson in so many is also judged by a model that never saw its topic, as a message that fits no topic."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Out-of-sample scores (rows, topics) and facts of lessons, by number.

    `truth` is the number of topics where a lesson fits none; `held_out` whether its whole topic was unseen; `strange`
    whether it is a lesson that fits no topic (rather than a near miss of one).
    """

    lesson: Numbers
    truth: Numbers
    held_out: Flags
    strange: Flags
    scores: Floats
    facts: Facts

    @classmethod
    def together(cls, parts: Sequence[Judgements]) -> Judgements:
        """The rows of all parts, one part after the other."""
        return cls(
            np.concatenate([part.lesson for part in parts]),
            np.concatenate([part.truth for part in parts]),
            np.concatenate([part.held_out for part in parts]),
            np.concatenate([part.strange for part in parts]),
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
    meant = word_meanings().vectors_of([found[number] for number in own], language)
    trial = Trial.of(products, truth, len(names))
    plain = WORDS_ALONE, trial.rightness(WORDS_ALONE)
    plain = plain if meant is None else trial.best(meant, instead_of=plain)
    mix = plain[0] if vectors is None else trial.best(vectors[own], instead_of=plain)[0]
    kept = products.copy(order="F") if mix is not plain[0] else products
    meaning, nearest, without = _fit(products, meant, plain[0], truth, starts)
    counts = _word_counts(vocabulary, rows, truth, len(names))
    block = Block(vocabulary, Remembered.of(matrix.T.tocsr()), starts, counts > 0, meaning)

    misses = {number: place[lessons[number].unlike or ""] for number in spoken if lessons[number].unlike is not None}
    misses = {number: misses[number] for number in sorted(misses, key=lambda one: _order(lessons[one]))}

    def judged(block: Block, nearest: Floats, fitted: kernel.Fit) -> Judgements:
        which, held_out, scores = _out_of_sample_scores(truth, asked, fitted)
        best = scores[:, :-1].argmax(axis=1)
        known = np.zeros((len(which), len(names)), dtype=np.float32)
        known[np.arange(len(which)), best] = _known_without_itself(vocabulary, rows, counts, which, truth, best)
        lengths = np.array([row.known + row.unknown for row in rows], dtype=np.float64)[which]
        facts = Facts.of(scores, nearest[which], known, lengths)
        strange = (truth[which] == len(names)) & ~held_out
        own_rows = Judgements(np.array(own, np.intp)[which], truth[which], held_out, strange, scores[:, :-1], facts)
        return Judgements.together([own_rows, *_judge_near_misses(block, found, misses, language, vectors)])

    judgements = judged(block, nearest, without)
    if vectors is None or mix is plain[0]:
        return Trained(block, judgements, judgements)
    meaning, nearest, without = _fit(kept, vectors[own], mix, truth, starts)
    block = replace(block, fuller=meaning)
    return Trained(block, judgements, judged(block, nearest, without))


def _judge_near_misses(
    block: Block, found: Sequence[Sequence[str]], misses: Mapping[int, int], language: str, vectors: Floats | None
) -> Iterator[Judgements]:
    """One judgement for each near miss that is taken for the very topic it is not; the others say nothing."""
    for number, topic in misses.items():
        row = block.vocabulary.row(found[number])
        if block.fuller is not None and vectors is not None:
            scores, facts = block.look(row, vectors[number], fuller=True)
        else:
            scores, facts = block.look(row, word_meanings().vectors(found[number], language))
        if facts.best[0] == topic:
            no_topic, no = np.array([scores.shape[1] - 1], np.intp), np.zeros(1, np.bool_)
            yield Judgements(np.array([number], np.intp), no_topic, no, no, scores[:, :-1], facts)


def _order(lesson: Lesson) -> tuple[bool, str, str]:
    """By topic, then what fits none."""
    return lesson.topic is None, lesson.topic or lesson.unlike or "", lesson.text


def _fit(
    products: Floats, vectors: Floats | None, mix: Mix, truth: Numbers, starts: Counts
) -> tuple[Meaning, Floats, kernel.Fit]:
    """The regression, how like each lesson is to the nearest other one of each topic, and the scores. Uses up `products`."""
    centre, places = settled(vectors, mix, len(truth))
    likenesses = mix_in(products, places, mix)
    np.fill_diagonal(likenesses, 0)
    nearest = nearest_by_topic(likenesses.T, starts)
    np.fill_diagonal(likenesses, 1)
    groups = [slice(int(start), int(end)) for start, end in pairwise(starts) if end > start]
    fitted = kernel.fit(likenesses, np.eye(len(starts), dtype=np.float32)[truth], groups)
    return Meaning(mix, centre, places, fitted.weights), nearest, fitted


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
