"""Words and pieces of words as numbers: one sparse row of length at most 1 for a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from handdruk.understand.text import pieces

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

SHORTEST, LONGEST = 2, 4
WORD_SHARE = 0.25
"""How much of a row's squared length is words; the rest is pieces, which forgive typos and inflection."""
RARITY_POWER = 0.25
"""Weights are log(texts / texts with it) to this power: nearly flat, for what customers ask about is never rare."""


class Row(NamedTuple):
    """One text: sorted columns with their values; the first `known` are words, `unknown` more were never seen."""

    ids: Ids
    values: Floats
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What was seen in the lessons: words first among the columns, then pieces.

    A word that was never seen has no column but does take its part of the length, weighing as much as the rarest. So
    a message full of unknown words is like nothing, and a lesson that is judged without itself (see `kernel`) looks
    exactly like a new message.
    """

    words: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Floats
    rarest: float
    word_ids: dict[str, int]
    piece_ids: dict[str, int]
    spelled: dict[str, Ids]
    weights: Floats

    @classmethod
    def learn(cls, texts: Sequence[Sequence[str]]) -> Vocabulary:
        """The vocabulary of texts that were split into words."""
        spelling: dict[str, list[str]] = {}
        seen: Counter[str] = Counter()
        seen_pieces: Counter[str] = Counter()
        for text in texts:
            distinct = set(text)
            seen.update(distinct)
            for word in distinct:
                if word not in spelling:
                    spelling[word] = pieces(word, SHORTEST, LONGEST)
            seen_pieces.update({piece for word in distinct for piece in spelling[word]})
        found, found_pieces = sorted(seen), sorted(seen_pieces)
        counts = [seen[word] for word in found] + [seen_pieces[piece] for piece in found_pieces]
        rarest = float(np.log(len(texts) + 1))
        return cls.of(
            found, found_pieces, (rarest - np.log(np.array(counts or [1], dtype=np.float64))).astype(np.float32), rarest
        )

    @classmethod
    def of(cls, found: Iterable[str], found_pieces: Iterable[str], rarity: Floats, rarest: float) -> Vocabulary:
        """The vocabulary with these words and pieces, in this order, and the rarity of each: log(texts / with it)."""
        all_words, all_pieces = tuple(found), tuple(found_pieces)
        piece_ids = {piece: number for number, piece in enumerate(all_pieces, start=len(all_words))}
        spelled = {
            word: np.array([piece_ids[piece] for piece in pieces(word, SHORTEST, LONGEST)], dtype=np.int32)
            for word in all_words
        }
        word_ids = {word: number for number, word in enumerate(all_words)}
        return cls(all_words, all_pieces, rarity, rarest, word_ids, piece_ids, spelled, rarity**RARITY_POWER)

    def __len__(self) -> int:
        return len(self.words) + len(self.pieces)

    def row(self, found: Iterable[str]) -> Row:
        """The row of a text that was split into words."""
        known: list[int] = []
        columns: list[Ids] = []
        strange: set[str] = set()
        strange_pieces: set[str] = set()
        for word in found:
            number = self.word_ids.get(word)
            if number is not None:
                known.append(number)
                columns.append(self.spelled[word])
                continue
            strange.add(word)
            spelling = pieces(word, SHORTEST, LONGEST)
            known_pieces = [self.piece_ids[piece] for piece in spelling if piece in self.piece_ids]
            columns.append(np.array(known_pieces, dtype=np.int32))
            strange_pieces.update(piece for piece in spelling if piece not in self.piece_ids)
        columns.append(np.array(known, dtype=np.int32))
        ids, counts = np.unique(np.concatenate(columns), return_counts=True)
        values = ((1 + np.log(counts)) * self.weights[ids]).astype(np.float32)
        border = int(np.searchsorted(ids, len(self.words)))
        values[:border] *= self._scale(values[:border], len(strange), WORD_SHARE)
        values[border:] *= self._scale(values[border:], len(strange_pieces), 1 - WORD_SHARE)
        return Row(ids, values, border, len(strange))

    def _scale(self, values: Floats, unknown: int, share: float) -> float:
        length = float(values @ values) + unknown * self.rarest ** (2 * RARITY_POWER)
        return float(np.sqrt(share / length)) if length > 0 else 0.0

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """The rows as one sparse matrix; shape (rows, len(self)), float32."""
        ends = np.cumsum([0] + [len(row.ids) for row in rows])
        ids = np.concatenate([np.zeros(0, np.int32)] + [row.ids for row in rows])
        values = np.concatenate([np.zeros(0, np.float32)] + [row.values for row in rows])
        return csr_matrix((values, ids, ends), shape=(len(rows), len(self)), dtype=np.float32)
