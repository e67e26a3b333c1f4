"""From lessons to a model of topics, with the evidence of how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handdruk.understand.block_training import Judgements, Numbers, train_block
from handdruk.understand.calibration import Calibrator, Doubles, Flags, out_of_sample
from handdruk.understand.topics import Topics, spread
from handdruk.understand.values import Lesson
from handdruk.understand.vocabulary import Floats

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


def train_topics(lessons: Sequence[Lesson], found: Sequence[Sequence[str]]) -> tuple[Topics, Judged]:
    """`found` are the words of each lesson; at least one lesson has a topic.

    Lessons in a language that no topic has lessons in are left out.
    """
    names = tuple(sorted({lesson.topic for lesson in lessons if lesson.topic is not None}))
    spoken = Counter(lesson.language for lesson in lessons if lesson.topic is not None)
    languages = sorted(spoken, key=lambda code: (-spoken[code], code))
    trained = {code: train_block(lessons, found, names, code) for code in languages}
    seen = Judgements.together([judgements for _, judgements in trained.values()])

    was_right = (seen.facts.best == seen.truth) & ~seen.held_out
    wrong = ~was_right & ~seen.held_out
    fits = seen.truth < len(names)
    sharpness = _sharpest(seen.scores[wrong], seen.facts.best[wrong], seen.truth[wrong])
    among = Calibrator.fit(seen.facts.values[wrong], fits[wrong])
    right = out_of_sample(seen.facts.values, was_right, squares=True)
    chances = spread(seen.scores, seen.facts.best, right, among.probabilities(seen.facts.values), sharpness)
    given = chances[np.arange(len(right)), np.minimum(seen.truth, len(names) - 1)]
    blocks = {code: block for code, (block, _) in trained.items()}
    model = Topics(names, blocks, Calibrator.fit(seen.facts.values, was_right, squares=True), among, sharpness)
    of_truth = np.where(fits & ~seen.held_out, given, 0)
    return model, Judged(seen.lesson, seen.facts.best, seen.truth, seen.held_out, right, of_truth)


def _sharpest(scores: Floats, best: Numbers, truth: Numbers) -> float:
    """The sharpness that makes the true topics likeliest, where the best was wrong and another was right."""
    some = truth < scores.shape[1]
    scores, best, truth = scores[some], best[some], truth[some]
    everything = np.ones(len(truth))

    def surprise(sharpness: float) -> float:
        chances = spread(scores, best, everything * 0.5, everything, sharpness)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).sum())

    return min(_SHARPNESSES, key=surprise)
