"""Which language a message is in: those of the lessons by their words and letters, others by their small words.

For the languages of the lessons: naive Bayes over words and runs of three letters. A message that is clearly in another
language gets that language's code (de, fr, es, it, pt by their small words; el, he, ja, ko, ru, th, zh by their
letters) or "und" when nothing is known about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from handdruk.understand.foreign import script_of, small_words_in
from handdruk.understand.text import pieces
from handdruk.understand.values import UNKNOWN_LANGUAGE
from handdruk.understand.vocabulary import Floats

HINT = 2.0
"""How much the language of the conversation so far weighs, in units of log odds: it decides on short messages."""
_MOST_OF_ONE = 1.5
_SMOOTH = 0.1
_LEAST_FOREIGN = 2
_STRANGE_FROM = 4
_STRANGE = 0.45


@dataclass(frozen=True, slots=True)
class Languages:
    """`odds` has for each of `parts` (a word, or three letters of one) its log probability in each language `codes`."""

    codes: tuple[str, ...]
    parts: dict[str, int]
    odds: Floats

    @classmethod
    def learn(cls, texts: Iterable[tuple[str, Sequence[str]]]) -> Languages:
        """From pairs of language and words; every language that occurs can be recognised."""
        counts: dict[str, Counter[str]] = {}
        for code, found in texts:
            counts.setdefault(code, Counter()).update(part for word in found for part in _parts(word))
        codes = tuple(sorted(counts))
        names = sorted(set().union(*counts.values()))
        seen = np.array([[counts[code][name] for code in codes] for name in names], np.float64).reshape(-1, len(codes))
        odds = np.log(seen + _SMOOTH) - np.log(seen.sum(axis=0) + _SMOOTH * (len(names) + 1))
        return cls(codes, {name: place for place, name in enumerate(names)}, odds.astype(np.float32))

    def read(self, found: Sequence[str], hint: str | None = None) -> str:
        """The language of a text that was split into words; without words it is the hint, or "und"."""
        if not found:
            return hint or UNKNOWN_LANGUAGE
        script = script_of(found)
        if script is not None and script not in self.codes:
            return script
        scores = np.zeros(len(self.codes))
        familiar = total = 0
        for word in dict.fromkeys(found):
            places = [self.parts[part] for part in _parts(word) if part in self.parts]
            familiar += len(places)
            total += len(word) + 1
            if places:
                votes = self.odds[places]
                scores += np.clip(votes - votes.max(axis=1, keepdims=True), -3, 0).sum(axis=0) / len(places) ** 0.5
        foreign, strength = small_words_in(found, self.codes)
        if foreign is not None and strength >= _LEAST_FOREIGN:
            return foreign
        if len(found) >= _STRANGE_FROM and familiar < _STRANGE * total:
            return UNKNOWN_LANGUAGE
        if hint in self.codes:
            scores[self.codes.index(hint)] += HINT
        return self.codes[int(scores.argmax())]


def _parts(word: str) -> list[str]:
    return [] if word.isdigit() else [f"={word}", *pieces(word, 3, 3)]
