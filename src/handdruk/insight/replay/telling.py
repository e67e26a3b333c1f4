"""The words of a message that may tell what it is about, and messages as sparse rows of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack

from handdruk.insight.replay.masking import MASK
from handdruk.understand.foreign import SMALL_WORDS
from handdruk.understand.text import pieces, words

SHORTEST, LONGEST = 4, 5  # letters of a piece
WORD_SHARE = 0.6  # of a row's squared length; the rest is pieces, which tie inflections and compounds together
FEWEST = 2  # messages that must have it
POLITE = (
    "hallo hoi hey goedemorgen goedemiddag goedenavond goeiedag beste geachte heer mevrouw dank bedankt dankjewel alvast "
    "groet groeten vriendelijke graag vraag vraagje even weten kunt kun zou willen mag mogen moeten gaat doe doen maar wel "
    "ons onze hun hem haar hij zij ze zich want omdat terwijl toch wat welke wie wanneer waarom iets niets alles veel meer "
    "misschien eigenlijk vandaag hier daar eens weer al hebt heeft had waren zal zullen zonder tot tegen onder via per s t d m "
    "hello hi hey dear good morning afternoon evening thanks thank thx please question need want like know get got could "
    "would should may might just really very any some our us me him her its them their who which why because so if than too "
    "maybe perhaps today as been being am im ive id dont doesnt didnt cant isnt s t d m re ve ll ca n"
)
SAYS_LITTLE = frozenset(chain(POLITE.split(), *(each.split() for each in SMALL_WORDS.values())))


def telling_words(text: str) -> list[str]:
    """The words of the text without small and polite ones and without numbers."""
    found = words(text.replace(MASK, " "))
    return [word for word in found if word not in SAYS_LITTLE and len(word) > 1 and not any(map(str.isdigit, word))]


def rows(said: Sequence[Sequence[str]]) -> csr_matrix:
    """A row of length at most 1 for each message; a column for each word and piece that at least two messages have."""
    whole = [set(text) for text in said]
    parts = [{piece for word in text for piece in pieces(word, SHORTEST, LONGEST)} for text in whole]
    return hstack([_rows(whole, WORD_SHARE), _rows(parts, 1 - WORD_SHARE)], format="csr", dtype=np.float32)


def _rows(texts: Sequence[Collection[str]], share: float) -> csr_matrix:
    """Rows of this squared length, rare columns weighing more."""
    counts = Counter(chain.from_iterable(texts))
    columns = {name: number for number, name in enumerate(sorted(n for n, times in counts.items() if times >= FEWEST))}
    rarity = np.log((len(texts) + 1) / np.array([counts[name] for name in columns] or [1]))
    found = [sorted(columns[name] for name in text if name in columns) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    ids = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=int(ends[-1]))
    matrix = csr_matrix((rarity[ids], ids, ends), shape=(len(texts), len(columns)))
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1 if matrix.nnz else np.ones(len(texts))
    return diags(np.sqrt(share) / np.maximum(lengths, 1e-9)) @ matrix
