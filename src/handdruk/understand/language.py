"""Which language a message is in: those of the lessons by their words and letters, others by their small words.

For the languages of the lessons: naive Bayes over words and runs of three letters. A message that is clearly in another
language gets that language's code (de, fr, es, it, pt by their small words; el, he, ja, ko, ru, th, zh by their
letters) or "und" when nothing is known about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from handdruk.understand.foreign import script_of, small_words_in
from handdruk.understand.text import pieces
from handdruk.understand.values import UNKNOWN_LANGUAGE
from handdruk.understand.vocabulary import Floats

HINT = 2.0
"""How much the language of the conversation so far weighs, in units of log odds: it decides on short messages."""
_MOST = 3.0
_SMOOTH = 0.1
_CLEARLY_FOREIGN = 2
_PERHAPS_FOREIGN = 1
_HALF_KNOWN, _HARDLY_KNOWN = 0.5, 0.3
_SOUNDS_KNOWN = 0.85
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Languages:
    """`odds` has for each of `parts` (a word, or three letters of one) its log probability in each language `codes`.

    `votes` is how far each is behind the likeliest language, and never further than e^-3.
    """

    codes: tuple[str, ...]
    parts: dict[str, int]
    odds: Floats
    votes: list[list[float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        best = self.odds.max(axis=1, initial=-np.inf, keepdims=True)
        object.__setattr__(self, "votes", np.maximum(self.odds - best, -_MOST).tolist())

    @classmethod
    def learn(cls, texts: Iterable[tuple[str, Sequence[str]]]) -> Languages:
        """From pairs of language and words; every language that occurs can be recognised."""
        heard: dict[str, Counter[str]] = {}
        for code, found in texts:
            heard.setdefault(code, Counter()).update(word for word in found if not word.isdigit())
        counts = {code: _part_counts(times) for code, times in heard.items()}
        codes = tuple(sorted(counts))
        names = sorted(set().union(*counts.values()))
        seen = np.array([[counts[code][name] for code in codes] for name in names], np.float64).reshape(-1, len(codes))
        odds = np.log(seen + _SMOOTH) - np.log(seen.sum(axis=0) + _SMOOTH * (len(names) + 1))
        return cls(codes, {name: place for place, name in enumerate(names)}, odds.astype(np.float32))

    def read(self, found: Sequence[str], hint: str | None = None) -> str:
        """The language of a text that was split into words; without words it is the hint, or "und"."""
        spelled = [word for word in dict.fromkeys(found) if not word.isdigit()]
        if not spelled or not self.codes:
            return hint or UNKNOWN_LANGUAGE
        script = script_of(spelled)
        if script is not None and script not in self.codes:
            return script
        known = sum(f"={word}" in self.parts for word in spelled) / len(spelled)
        foreign, lead = small_words_in(spelled, self.codes)
        if foreign is not None and lead >= (_PERHAPS_FOREIGN if known < _HALF_KNOWN else _CLEARLY_FOREIGN):
            return foreign
        if known < _HARDLY_KNOWN and len(spelled) >= _FEW_WORDS and self._sounds(spelled) < _SOUNDS_KNOWN:
            return UNKNOWN_LANGUAGE
        scores = self._scores(spelled)
        if hint in self.codes:
            scores[self.codes.index(hint)] += HINT
        return self.codes[scores.index(max(scores))]

    def _sounds(self, spelled: Sequence[str]) -> float:
        """The share of the words' parts that the lessons have, too."""
        parts = [part in self.parts for word in spelled for part in _parts(word)]
        return sum(parts) / len(parts)

    def _scores(self, spelled: Sequence[str]) -> list[float]:
        """Log odds of each of `codes`: no part of a word says more than e^3, and a long word little more than a short one."""
        scores = [0.0] * len(self.codes)
        for word in spelled:
            votes = [self.votes[self.parts[part]] for part in _parts(word) if part in self.parts]
            for place, said in enumerate(zip(*votes, strict=True)):
                scores[place] += sum(said) / len(said) ** 0.5
        return scores


def _part_counts(times: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, number in times.items():
        for part in _parts(word):
            counts[part] += number
    return counts


def _parts(word: str) -> list[str]:
    return [f"={word}", *pieces(word, 3, 3)]
