"""What the messages nobody has a topic for have in common.

Each message is a sparse row of its words and of pieces of them, rare ones weighing more; spherical k-means (Dhillon & Modha
2001) with seeds drawn far apart (Arthur & Vassilvitskii 2007) puts like with like. Groups that came out nearly alike are put
together, and a message that is not much like its group belongs to none. The same messages always give the same groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from handdruk.insight.replay.naming import names
from handdruk.insight.replay.sample import Unknown
from handdruk.insight.replay.telling import rows, telling_words

MOST = 20
EXAMPLES = 3
FEWEST = 3  # messages that make a group
MOST_CENTRES, MESSAGES_A_CENTRE = 200, 12
ROUNDS = 25
ALIKE = 0.60  # cosine of two centres from which they are one group
BELONGS = 0.38  # cosine to the centre from which a message belongs

Labels = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Messages about one thing: its most telling words, how many of the sample, and the most typical of them."""

    words: tuple[str, ...]
    size: int
    examples: tuple[str, ...]


def groups(messages: Sequence[Unknown]) -> list[Group]:
    """The largest groups, at most twenty, the largest first."""
    said = [telling_words(message.text) for message in messages]
    matrix = rows(said)
    if matrix.shape[1] == 0:
        return []
    labels, nearness = _grouped(matrix)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    largest = [int(label) for label in np.argsort(-sizes, kind="stable")[:MOST] if sizes[label] >= FEWEST]
    named = names(said, labels, largest)
    return [
        Group(named[label], int(sizes[label]), _examples(messages, labels == label, nearness))
        for label in largest
        if named[label]
    ]


def _grouped(matrix: csr_matrix) -> tuple[Labels, Floats]:
    """The group of each row, -1 for none, and its cosine to the centre of it."""
    count = min(max(matrix.shape[0] // MESSAGES_A_CENTRE, 1), MOST_CENTRES)
    centres = _far_apart(matrix, count)
    labels = _nearest(matrix, centres)[0]
    for _ in range(ROUNDS):
        centres = _centres(matrix, labels, count)
        moved, _ = _nearest(matrix, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    labels = _put_together(_centres(matrix, labels, count))[labels]
    labels, nearness = _nearest(matrix, _centres(matrix, labels, int(labels.max()) + 1))
    labels[nearness < BELONGS] = -1
    return labels, nearness


def _far_apart(matrix: csr_matrix, count: int) -> Floats:
    """Rows to begin from, each drawn with a chance that grows with its distance to those before it; (count, columns)."""
    draws = np.random.default_rng(0)
    chosen = [int(draws.integers(matrix.shape[0]))]
    far = np.full(matrix.shape[0], np.inf)
    for _ in range(count - 1):
        likeness = (matrix @ matrix[chosen[-1]].T).toarray().ravel()
        far = np.minimum(far, np.maximum(1 - likeness, 0))
        total = float((far**2).sum())
        if total <= 0:
            break
        chosen.append(int(np.searchsorted(np.cumsum(far**2), draws.random() * total).clip(0, len(far) - 1)))
    starts: Floats = matrix[chosen].toarray()
    return starts


def _nearest(matrix: csr_matrix, centres: Floats) -> tuple[Labels, Floats]:
    likeness: Floats = matrix @ centres.T
    labels = likeness.argmax(axis=1)
    return labels, likeness[np.arange(len(labels)), labels]


def _centres(matrix: csr_matrix, labels: Labels, count: int) -> Floats:
    """The mean direction of each group; (count, columns)."""
    each = np.arange(len(labels))
    members = csr_matrix((np.ones(len(labels), np.float32), (labels, each)), shape=(count, len(labels)))
    centres: Floats = (members @ matrix).toarray()
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return centres


def _put_together(centres: Floats) -> Labels:
    """A new label for each centre, the same for those that are alike."""
    _, labels = connected_components(csr_matrix(centres @ centres.T >= ALIKE), directed=False)
    found: Labels = labels.astype(np.intp)
    return found


def _examples(messages: Sequence[Unknown], members: npt.NDArray[np.bool_], nearness: Floats) -> tuple[str, ...]:
    """The most typical messages, none twice."""
    nearest = sorted(map(int, np.flatnonzero(members)), key=lambda number: (-nearness[number], number))
    return tuple(dict.fromkeys(messages[number].text for number in nearest))[:EXAMPLES]
