"""What words mean, without an encoder: a vector for each of some 20,000 English words and, by way of these, Dutch ones.

`english.npz` was made once from the reference encoder (`make.py` beside it); `dutch.txt` says with which English words a
Dutch one is meant. A text is the mean of its words, in which common ones weigh less (Arora, Liang, Ma 2017). That is
far less than an encoder knows, and costs microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from handdruk.understand.vocabulary import Floats

SHORTEST_PART = 3
_JOINTS = ("", "s", "en", "e", "-")


@dataclass(frozen=True, slots=True)
class WordMeanings:
    """`table` (rows, width) holds small whole numbers; `rows` says for each language which of them make up a word."""

    table: npt.NDArray[np.int8]
    rows: Mapping[str, Mapping[str, tuple[int, ...]]]
    fingerprint: str

    @property
    def width(self) -> int:
        """How many numbers a meaning has."""
        return int(self.table.shape[1])

    def vectors(self, found: Sequence[str], language: str) -> Floats | None:
        """A text that was split into words, as (1, width); all zeros when no word is known. None for other languages."""
        known = self.rows.get(language)
        if known is None:
            return None
        each = [rows for word in found for rows in _rows_of(word, known)]
        if not each:
            return np.zeros((1, self.width), dtype=np.float32)
        shares = [1 / len(rows) / len(each) for rows in each for _ in rows]
        found_rows = self.table[[row for rows in each for row in rows]].astype(np.float32)
        return (np.array(shares, dtype=np.float32) @ found_rows)[None]

    def vectors_of(self, texts: Iterable[Sequence[str]], language: str) -> Floats | None:
        """The same for many texts; shape (texts, 1, width)."""
        each = [self.vectors(found, language) for found in texts]
        return None if language not in self.rows or not each else np.stack([one for one in each if one is not None])


def _rows_of(word: str, known: Mapping[str, tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows of a word or, if only its two halves are known, of both ("bezorg" + "kosten"); the second half longest."""
    whole = known.get(word)
    if whole is not None:
        return [whole]
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        second = known.get(word[cut:])
        if second is None:
            continue
        for joint in _JOINTS:
            first = known.get(word[:cut].removesuffix(joint)) if word[:cut].endswith(joint) else None
            if first is not None and cut - len(joint) >= SHORTEST_PART:
                return [first, second]
    return []


@cache
def word_meanings() -> WordMeanings:
    """The words' meanings that the package brings."""
    folder = files("handdruk.understand") / "word_meanings"
    english, dutch = (folder / "english.npz").read_bytes(), (folder / "dutch.txt").read_bytes()
    with np.load(BytesIO(english), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        table = stored["table"]
    place = {word: (number,) for number, word in enumerate(words)}
    translated = dict(_translated(dutch.decode(), place))
    fingerprint = sha256(english + dutch).hexdigest()[:16]
    return WordMeanings(table, {"en": place, "nl": {**place, **translated}}, fingerprint)


def _translated(text: str, place: Mapping[str, tuple[int, ...]]) -> Iterable[tuple[str, tuple[int, ...]]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            forms, meant = line.split(" = ")
            rows = tuple(row for word in meant.split() for row in place[word])
            yield from ((form, rows) for form in forms.split())
