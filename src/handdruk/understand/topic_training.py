"""From lessons to a model of topics, with the evidence of how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from handdruk.understand.block_training import Judgements, Numbers, train_block
from handdruk.understand.calibration import Calibrator, Doubles, Flags, out_of_sample
from handdruk.understand.topics import Judge, Topics, spread
from handdruk.understand.values import Lesson
from handdruk.understand.vocabulary import Floats

ENOUGH_ALONE = 300
"""A language with so many judgements gets a judge of its own: models of different languages mistake differently."""
STRANGE = 0.05
"""What the lessons of no topic may weigh, as a share of all, in judging what fits: with more, few examples drown in them."""
ENOUGH_STRANGE = 100
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

    def part(self, begin: int, end: int) -> Judged:
        """The rows from `begin` to `end`."""
        return Judged(*(getattr(self, field.name)[begin:end] for field in fields(self)))

    @classmethod
    def together(cls, parts: Sequence[Judged]) -> Judged:
        """The rows of all parts, one part after the other."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Learned:
    """A model of topics, how it judges from words alone and, in `fuller`, with the encoder if it was trained with one."""

    model: Topics
    judged: Judged
    fuller: Judged | None


def train_topics(
    lessons: Sequence[Lesson], found: Sequence[Sequence[str]], vectors: Floats | None = None, titles: int = 0
) -> Learned:
    """`found` are the words of each lesson; at least one lesson has a topic.

    Lessons in a language that no topic has lessons in are left out. The last `titles` lessons are the topics' own
    names, and `vectors` (lessons, views, width) are the encoder's.
    """
    names = tuple(sorted({lesson.topic for lesson in lessons if lesson.topic is not None}))
    spoken = Counter(lesson.language for lesson in lessons if lesson.topic is not None)
    languages = sorted(spoken, key=lambda code: (-spoken[code], code))
    trained = {code: train_block(lessons, found, names, code, vectors, titles) for code in languages}
    judges, judged = _judge({code: one.judgements for code, one in trained.items()})
    fuller: dict[str, Judge] = {}
    fuller_judged = None
    if vectors is not None:
        fuller, fuller_judged = _judge({code: one.fuller for code, one in trained.items()})
    blocks = {code: one.block for code, one in trained.items()}
    return Learned(Topics(names, blocks, judges, fuller), judged, fuller_judged)


def _judge(seen: Mapping[str, Judgements]) -> tuple[dict[str, Judge], Judged]:
    """A judge for each language, from its own judgements if they are enough, else from those of all languages."""
    shared = _judged(Judgements.together([*seen.values()]))
    judges, parts, begin = {}, [], 0
    for code, part in seen.items():
        end = begin + len(part.lesson)
        alone = len(seen) > 1 and end - begin >= ENOUGH_ALONE
        judges[code], judged = _judged(part) if alone else (shared[0], shared[1].part(begin, end))
        parts.append(judged)
        begin = end
    return judges, Judged.together(parts)


def _judged(seen: Judgements) -> tuple[Judge, Judged]:
    """The judge that these judgements teach, and what judges that did not see them would have said of each."""
    values, topics = seen.facts.values, seen.scores.shape[1]
    fits = (seen.truth < topics) & ~seen.held_out
    is_best = seen.facts.best == seen.truth
    counts = _as_in_the_mail(seen, fits)
    judge = Judge(
        Calibrator.fit(values, fits, counts=counts, squares=True),
        Calibrator.fit(values[fits], is_best[fits]),
        _sharpest(seen.scores[fits & ~is_best], seen.facts.best[fits & ~is_best], seen.truth[fits & ~is_best]),
    )
    some_fits = out_of_sample(values, fits, counts=counts, squares=True)
    right = judge.right.probabilities(values)
    right[fits] = out_of_sample(values[fits], is_best[fits])
    chances = spread(seen.scores, seen.facts.best, some_fits * right, some_fits * (1 - right), judge.sharpness)
    given = chances[np.arange(len(right)), np.minimum(seen.truth, topics - 1)]
    judged = Judged(
        seen.lesson, seen.facts.best, seen.truth, seen.held_out, some_fits * right, np.where(fits, given, 0)
    )
    return judge, judged


def _as_in_the_mail(seen: Judgements, fits: Flags) -> Doubles:
    """How much each judgement counts: lessons of no topic, of which the package brings many, less than one where they
    would be more than STRANGE of all, and more than ENOUGH_STRANGE."""
    counts = np.ones(len(fits))
    most = max(STRANGE / (1 - STRANGE) * fits.sum(), ENOUGH_STRANGE)
    counts[seen.strange] = min(1.0, most / max(seen.strange.sum(), 1))
    return counts


def _sharpest(scores: Floats, best: Numbers, truth: Numbers) -> float:
    """The sharpness that makes the true topics likeliest, where another than the best was right."""
    everything = np.ones(len(truth))

    def surprise(sharpness: float) -> float:
        chances = spread(scores, best, everything * 0.5, everything * 0.5, sharpness)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).sum())

    return min(_SHARPNESSES, key=surprise)
