"""From lessons to a model of topics, with the evidence of how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.calibration import Calibrator, Doubles, Flags, out_of_sample
from handdruk.understand.remembered import Remembered
from handdruk.understand.topics import Facts, Topics, nearest_by_topic, spread
from handdruk.understand.values import Lesson
from handdruk.understand.vocabulary import Floats, Row, Vocabulary

Numbers = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int32]

ONE_IN = 20
"""One lesson in so many is also judged by a model that never saw its topic, as a message that fits no topic."""
_SHARPNESSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """Out-of-sample judgements, one a row. `lesson` is its number; `truth` the number of topics where it fits none.

    Where `held_out`, the model had not seen the lesson's topic. `right` is the probability that was given to the
    predicted topic, `of_truth` to the true one.
    """

    lesson: Numbers
    predicted: Numbers
    truth: Numbers
    held_out: Flags
    right: Doubles
    of_truth: Doubles


def sorting(lesson: Lesson) -> tuple[int, str]:
    """The order that `train_topics` wants: by topic, then what fits none, then near misses."""
    return (0, lesson.topic) if lesson.topic is not None else (1 if lesson.unlike is None else 2, "")


def train_topics(lessons: Sequence[Lesson], found: Sequence[Sequence[str]]) -> tuple[Topics, Judged]:
    """`found` are the words of each lesson. Lessons stand in the order of `sorting`; at least one has a topic."""
    names = tuple(sorted({lesson.topic for lesson in lessons if lesson.topic is not None}))
    number = {name: place for place, name in enumerate(names)}
    truth = np.array([len(names) if lesson.topic is None else number[lesson.topic] for lesson in lessons], np.intp)
    unlike = np.array([-1 if lesson.unlike is None else number[lesson.unlike] for lesson in lessons], np.intp)
    starts = np.searchsorted(truth, np.arange(len(names) + 1)).astype(np.int32)

    vocabulary = Vocabulary.learn(found)
    rows = [vocabulary.row(text) for text in found]
    matrix = vocabulary.matrix(rows)
    likenesses = kernel.likenesses_of(matrix)
    np.fill_diagonal(likenesses, 0)
    nearest = nearest_by_topic(likenesses.T, starts)
    np.fill_diagonal(likenesses, 1)
    targets = np.eye(len(names) + 1, dtype=np.float32)[truth]
    targets[unlike >= 0] = 0
    unknown = (unlike >= 0)[:, None] & (unlike[:, None] != np.arange(len(names) + 1))
    groups = [slice(int(start), int(end)) for start, end in zip(starts[:-1], starts[1:], strict=True)]
    fitted = kernel.fit(likenesses, targets, groups, unknown)

    counts = _word_counts(vocabulary, rows, truth, len(names))

    lesson, held_out, scores, best = _out_of_sample_scores(truth, unlike, fitted)
    near = nearest[lesson]
    known = np.zeros_like(near)
    known[np.arange(len(lesson)), best] = _known_without_itself(vocabulary, rows, counts, lesson, truth, best)
    lengths = np.array([row.known + row.unknown for row in rows], dtype=np.float64)[lesson]
    facts = Facts.of(scores, near, known, lengths)
    was_right = (facts.best == truth[lesson]) & ~held_out
    wrong = ~was_right & ~held_out
    sharpness = _sharpest(scores[wrong, :-1], facts.best[wrong], truth[lesson][wrong])
    fits = truth[lesson] < len(names)
    among_rest = Calibrator.fit(facts.values[wrong], fits[wrong])
    right = out_of_sample(facts.values, was_right, squares=True)
    chances = spread(scores[:, :-1], facts.best, right, among_rest.probabilities(facts.values), sharpness)
    of_truth = np.where(fits & ~held_out, chances[np.arange(len(lesson)), np.minimum(truth[lesson], len(names) - 1)], 0)

    model = Topics(
        names=names,
        vocabulary=vocabulary,
        lessons=Remembered.of(matrix.T.tocsr()),
        starts=starts,
        weights=fitted.weights,
        knows=counts > 0,
        right=Calibrator.fit(facts.values, was_right, squares=True),
        among=among_rest,
        sharpness=sharpness,
    )
    return model, Judged(lesson, facts.best, truth[lesson], held_out, right, of_truth)


def _out_of_sample_scores(
    truth: Numbers, unlike: Numbers, fitted: kernel.Fit
) -> tuple[Numbers, Flags, Floats, Numbers]:
    """Numbers of lessons, which of them were judged without their topic, their scores, and their best topic.

    A near miss counts only when it is taken for the very topic it is not: what else it is, nobody said.
    """
    topics = fitted.weights.shape[1] - 1
    itself = np.flatnonzero((unlike < 0) | (fitted.without_itself[:, :topics].argmax(axis=1) == unlike))
    apart = np.flatnonzero(truth < topics)[::ONE_IN] if topics > 1 else np.zeros(0, np.intp)
    unseen = fitted.without_its_group[apart]
    unseen[np.arange(len(apart)), truth[apart]] = -1
    lesson = np.concatenate([itself, apart])
    scores = np.vstack([fitted.without_itself[itself], unseen])
    return lesson, np.arange(len(lesson)) >= len(itself), scores, scores[:, :topics].argmax(axis=1)


def _known_without_itself(
    vocabulary: Vocabulary, rows: Sequence[Row], counts: Counts, lesson: Numbers, truth: Numbers, best: Numbers
) -> Floats:
    """The share of each lesson's words that its best topic knows from other lessons; shape (len(lesson),)."""
    shares = np.zeros(len(lesson), dtype=np.float32)
    for place, (number, topic) in enumerate(zip(lesson, best, strict=True)):
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


def _sharpest(scores: Floats, best: Numbers, truth: Numbers) -> float:
    """The sharpness that makes the true topics likeliest, where the best was wrong and another was right."""
    some = truth < scores.shape[1]
    scores, best, truth = scores[some], best[some], truth[some]
    everything = np.ones(len(truth))

    def surprise(sharpness: float) -> float:
        chances = spread(scores, best, everything * 0.5, everything, sharpness)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).sum())

    return min(_SHARPNESSES, key=surprise)
