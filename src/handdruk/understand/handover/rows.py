"""Moments as rows of length 1, so that the product of two rows says how alike the moments are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from handdruk.understand.handover.moments import BLOCKS, FACTS, Moment
from handdruk.understand.vocabulary import Floats

Doubles = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

SHARES = (0.45, 0.2, 0.2)
"""How much of a row's squared length each of BLOCKS is; the facts are the rest."""
FEWEST_TALKS = 3
"""A word that fewer conversations share is not kept: it would teach nothing, and might be somebody's name."""
_OUTERMOST = 0.005


@dataclass(frozen=True, slots=True)
class Shape:
    """How a moment becomes a row: a column for each word of each block, one for an empty block, two for each fact.

    Facts count from the lowest to the highest that was seen (all but the outermost half per cent).
    """

    words: tuple[tuple[str, ...], ...]
    lowest: Doubles
    highest: Doubles
    columns: tuple[dict[str, int], ...]

    @classmethod
    def learn(cls, moments: Sequence[Moment], talk: Numbers) -> Shape:
        """From moments and the number of the conversation each belongs to."""
        seen: list[dict[str, set[int]]] = [defaultdict(set) for _ in BLOCKS]
        for moment, number in zip(moments, talk, strict=True):
            for block, words in zip(seen, moment.words, strict=True):
                for word in words:
                    block[word].add(int(number))
        kept = [sorted(word for word, talks in block.items() if len(talks) >= FEWEST_TALKS) for block in seen]
        facts = np.array([moment.facts for moment in moments])
        lowest, highest = np.quantile(facts, [_OUTERMOST, 1 - _OUTERMOST], axis=0)
        return cls.of(kept, lowest, highest)

    @classmethod
    def of(cls, words: Sequence[Sequence[str]], lowest: Doubles, highest: Doubles) -> Shape:
        """The shape with these words a block, in this order."""
        columns, start = [], 0
        for block in words:
            columns.append({word: start + 1 + place for place, word in enumerate(block)})
            start += 1 + len(block)
        return cls(tuple(map(tuple, words)), lowest, highest, tuple(columns))

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return sum(len(block) + 1 for block in self.words) + 2 * len(FACTS)

    def rows(self, moments: Sequence[Moment]) -> csr_matrix:
        """One sparse row for each moment; shape (moments, width), float32."""
        ids, values, ends = [], [], [0]
        facts = self._facts(np.array([moment.facts for moment in moments]))
        tail = np.arange(self.width - facts.shape[1], self.width)
        for moment, last in zip(moments, facts, strict=True):
            found = [self._block(number, words) for number, words in enumerate(moment.words)]
            ids += [*(columns for columns, _ in found), tail]
            values += [*(np.full(len(columns), value) for columns, value in found), last]
            ends.append(ends[-1] + sum(len(columns) for columns, _ in found) + len(tail))
        data = np.concatenate(values).astype(np.float32)
        return csr_matrix((data, np.concatenate(ids), ends), shape=(len(moments), self.width), dtype=np.float32)

    def _block(self, number: int, words: frozenset[str]) -> tuple[Numbers, float]:
        """The columns of one block's words, and the value each of them has."""
        columns = self.columns[number]
        empty = sum(len(block) + 1 for block in self.words[:number])
        known = sorted(columns[word] for word in words if word in columns) or [empty]
        return np.array(known, np.intp), float(np.sqrt(SHARES[number] / len(known)))

    def _facts(self, facts: Doubles) -> Floats:
        """A fact as an angle between 0 and a right one: moments are as alike in it as the cosine of the difference."""
        within = np.clip(facts, self.lowest, self.highest) - self.lowest
        angles = within / np.maximum(self.highest - self.lowest, 1e-9) * np.pi / 2
        length = np.sqrt((1 - sum(SHARES)) / len(FACTS))
        both: Floats = (length * np.hstack([np.cos(angles), np.sin(angles)])).astype(np.float32)
        return both
