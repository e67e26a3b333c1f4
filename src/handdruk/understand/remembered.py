"""The lessons, arranged so that one new text is compared with all of them in a fraction of a millisecond."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg.blas import saxpy
from scipy.sparse import csr_matrix

from handdruk.understand.kernel import as_likeness
from handdruk.understand.vocabulary import Floats, Ids, Row

_COMMON = 0.05
_MANY = 5000  # lessons from which it is faster to add up rows one by one than to put them side by side first


@dataclass(frozen=True, slots=True)
class Remembered:
    """`lessons` is (columns, n), sparse. The columns that many lessons share also stand in `dense`, (some, n).

    `place` says for every column which row of `dense` it is, -1 if none; `holders` and `values` are the lessons that
    hold each column from `ends[column]` to `ends[column + 1]`.
    """

    lessons: csr_matrix
    dense: Floats
    place: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    holders: npt.NDArray[np.intp]
    values: Floats

    @classmethod
    def of(cls, lessons: csr_matrix) -> Remembered:
        """Arrange the sparse rows of n lessons, turned on their side: (columns, n)."""
        ends = lessons.indptr.astype(np.intp)
        common = np.flatnonzero(np.diff(ends) > _COMMON * lessons.shape[1])
        place = np.full(lessons.shape[0], -1, dtype=np.intp)
        place[common] = np.arange(len(common))
        return cls(lessons, lessons[common].toarray(), place, ends, lessons.indices.astype(np.intp), lessons.data)

    def __len__(self) -> int:
        return int(self.lessons.shape[1])

    def likeness(self, row: Row) -> Floats:
        """The likeness of one text to every lesson, (n,); see `kernel`."""
        return as_likeness(self.products(row))

    def products(self, row: Row) -> Floats:
        """The inner product of one text with every lesson, (n,)."""
        if not len(self):
            return np.zeros(0, dtype=np.float32)
        place = self.place[row.ids]
        common = place >= 0
        products = self._common(place[common], row.values[common])
        products += self._rare(row.ids[~common], row.values[~common])
        return products

    def _common(self, places: npt.NDArray[np.intp], values: Floats) -> Floats:
        products: Floats
        if len(self) < _MANY:
            products = values @ self.dense[places]
            return products
        products = np.zeros(len(self), dtype=np.float32)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            saxpy(self.dense[place], products, a=value)  # adds to `products` itself
        return products

    def _rare(self, ids: Ids, values: Floats) -> Floats:
        starts = self.ends[ids]
        counts = self.ends[ids + 1] - starts
        before = np.cumsum(counts) - counts
        each = np.repeat(starts - before, counts) + np.arange(counts.sum())
        weights = self.values[each] * np.repeat(values, counts)
        return np.bincount(self.holders[each], weights, minlength=len(self)).astype(np.float32)
