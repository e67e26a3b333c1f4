"""How a message feels: emotion, whether a person is wanted, vulnerability, and small courtesies.

One kernel regression (see `kernel` and `meaning`) with a target a sense, learned from the package's own lessons in all
languages at once, for what words mean is the same in all of them. Its leave-one-out scores teach the calibrators, so
that 0.8 means right four times in five on such messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from handdruk.understand import kernel
from handdruk.understand.calibration import Calibrator, Doubles, Flags, out_of_sample
from handdruk.understand.evidence import SenseEvidence
from handdruk.understand.lessons import SenseLesson, key, small_courtesies
from handdruk.understand.meaning import Meaning, Mix, mix_in, settled
from handdruk.understand.remembered import Remembered
from handdruk.understand.text import signs, words
from handdruk.understand.values import COURTESIES, EMOTIONS
from handdruk.understand.vocabulary import Floats, Vocabulary
from handdruk.understand.word_meanings import word_meanings

_WANTS_HUMAN, _VULNERABLE, _FIRST_COURTESY = len(EMOTIONS), len(EMOTIONS) + 1, len(EMOTIONS) + 2
SENSES = _FIRST_COURTESY + len(COURTESIES)
_UPSET = [EMOTIONS.index("angry"), EMOTIONS.index("distressed")]
_CLEARLY = 0.5
MIX = Mix(0.6, (1.0,))
"""How much words count, and how much what they mean: the best of a few for all three senses, by leave-one-out."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """The senses' part of a reading; `emotions` is likeliest first and sums to 1."""

    emotions: tuple[tuple[str, float], ...]
    wants_human: float
    vulnerable: float
    courtesy: str | None


@dataclass(frozen=True, slots=True)
class Senses:
    """A trained model of the senses: the weights of `meaning` are (lessons, senses)."""

    vocabulary: Vocabulary
    lessons: Remembered
    meaning: Meaning
    calibrator: Calibrator

    def read(self, text: str, found: Sequence[str], language: str) -> Feeling:
        """How `text` feels; `found` are its words."""
        row = self.vocabulary.row([*found, *signs(text, len(found))])
        meant = word_meanings().vectors(found, language)
        scores = self.meaning.likeness(meant, self.lessons.products(row)) @ self.meaning.weights
        chances = self.calibrator.probabilities(_facts(scores[None], [len(found)]))[0]
        feelings = (chances[: len(EMOTIONS)] / chances[: len(EMOTIONS)].sum()).tolist()
        order = sorted(range(len(EMOTIONS)), key=lambda number: -feelings[number])
        social = chances[_FIRST_COURTESY:]
        likeliest = int(social.argmax())
        learned = COURTESIES[likeliest] if found and social[likeliest] > _CLEARLY else None
        return Feeling(
            emotions=tuple((EMOTIONS[number], feelings[number]) for number in order),
            wants_human=float(chances[_WANTS_HUMAN]),
            vulnerable=float(chances[_VULNERABLE]),
            courtesy=small_courtesies().get(key(text, found), learned),
        )


@dataclass(frozen=True, slots=True)
class SensesEvidence:
    """Out-of-sample evidence of the three senses that decide whether a person comes in."""

    wants_human: SenseEvidence
    vulnerable: SenseEvidence
    upset: SenseEvidence


def train_senses(lessons: Sequence[SenseLesson]) -> tuple[Senses, SensesEvidence]:
    """Train on lessons in any number of languages; none at all gives a model that finds everything neutral."""
    found = [words(lesson.text) for lesson in lessons]
    tokens = [[*split, *signs(lesson.text, len(split))] for lesson, split in zip(lessons, found, strict=True)]
    vocabulary = Vocabulary.learn(tokens)
    matrix = vocabulary.matrix([vocabulary.row(text) for text in tokens])
    targets = np.array([_targets(lesson) for lesson in lessons], np.float32).reshape(len(lessons), SENSES)
    centre, places = settled(_meant(lessons, found), MIX, len(lessons))
    fitted = kernel.fit(mix_in(kernel.products_of(matrix), places, MIX), targets)
    facts = _facts(fitted.without_itself, [len(split) for split in found])
    labels: Flags = targets > 0
    calibrator = Calibrator.fit_all(facts, labels)
    chances = out_of_sample(facts, labels[:, :_FIRST_COURTESY])
    upset = chances[:, _UPSET].sum(axis=1) / np.maximum(chances[:, : len(EMOTIONS)].sum(axis=1), 1e-9)
    meaning = Meaning(MIX, centre, places, fitted.weights)
    return Senses(vocabulary, Remembered.of(matrix.T.tocsr()), meaning, calibrator), SensesEvidence(
        wants_human=SenseEvidence(chances[:, _WANTS_HUMAN], labels[:, _WANTS_HUMAN]),
        vulnerable=SenseEvidence(chances[:, _VULNERABLE], labels[:, _VULNERABLE]),
        upset=SenseEvidence(upset, labels[:, _UPSET[0]] | labels[:, _UPSET[1]]),
    )


def _meant(lessons: Sequence[SenseLesson], found: Sequence[Sequence[str]]) -> Floats:
    """What each lesson's words mean, (lessons, 1, width); nothing in languages whose words nobody told of."""
    meanings = word_meanings()
    each = [meanings.vectors(split, lesson.language) for lesson, split in zip(lessons, found, strict=True)]
    nothing = np.zeros((1, meanings.width), dtype=np.float32)
    return np.array([nothing if one is None else one for one in each], np.float32).reshape(-1, 1, meanings.width)


def _targets(lesson: SenseLesson) -> list[bool]:
    emotion = [lesson.emotion == name for name in EMOTIONS]
    courtesy = [lesson.courtesy == name for name in COURTESIES]
    return [*emotion, lesson.wants_human, lesson.vulnerable, *courtesy]


def _facts(scores: Floats, lengths: Sequence[int]) -> Doubles:
    """Every sense's score helps to judge every sense, and so does the number of words."""
    facts: npt.NDArray[np.float64] = np.column_stack([scores, np.log1p(np.array(lengths, dtype=np.float64))])
    return facts
