"""Whether a message is about several matters, and which of its words are about which.

A message may be cut where a sentence ends, before a word that joins ("and", "maar"), or at a comma. What lies between cuts
is read by itself. It counts as several matters when its pieces are about different topics, each clearly enough, and
together more believable than one topic for the whole:

    log odds of the two least sure pieces together  >=  MORE_BELIEVABLE + log odds of the whole

A piece that says too little by itself ("and where is the other one") is read in the light of the whole: what the whole
says beside the topic of the other pieces, times what the piece says. If that does not help and it points back ("the other
one", "die"), it is read once more with the thing the clear piece spoke of ("my order"). Numbers were chosen by
measuring: docs/reading.md.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from handdruk.understand.text import LONGEST
from handdruk.understand.values import Part, Ranked

Read = Callable[[str], Ranked]
Span = tuple[int, int]

MOST_PIECES = 4
MOST_PARTS = 3
FEWEST_WORDS = 3  # of a piece that can be a matter of its own
CLEAR = 0.5
MORE_BELIEVABLE = 2.0
WITH_THE_WHOLE = 0.5  # for a piece that is clear only in the light of the whole
HINTED = 0.1  # so much both the piece and the whole must say of it themselves
_HARDLY = 0.01
_MOST_CUTS = 24
_SURE = 0.999

JOINING = {
    "nl": ("en", "maar", "ook nog", "dan ook", "daarnaast", "verder", "tevens", "trouwens", "plus"),
    "en": ("and", "but", "also", "plus", "besides"),
}
POINTING_BACK = {"nl": ("andere", "anderen", "eentje"), "en": ("other one", "others", "other ones", "another one")}
BEFORE_A_THING = {
    "nl": ("mijn", "m'n", "mn", "onze", "ons", "de", "het", "een"),
    "en": ("my", "our", "the", "a", "an"),
}
_words_that_join = "|".join(sorted({word for words in JOINING.values() for word in words}))
_CUTS = (
    re.compile(r"[.!?;]+\s|\n+|\s[-–—]\s"),
    re.compile(rf"(?:,\s{{0,4}}|\s)(?=(?:{_words_that_join})\b)", re.IGNORECASE),
    re.compile(r",\s"),
)
_WORD = re.compile(r"[^\W_]+")
_POINTS_BACK = re.compile(
    rf"\b(?:{'|'.join(word for words in POINTING_BACK.values() for word in words)})\b", re.IGNORECASE
)
_THING = re.compile(
    rf"\b(?:{'|'.join(word for words in BEFORE_A_THING.values() for word in words)})\s+[^\W_]+", re.IGNORECASE
)


def parts_of(text: str, whole: Ranked, read: Read) -> tuple[Part, ...]:
    """The two or three matters of a message in order, or none when it is about one. `whole` are its topics as a whole.

    `read` gives the topics of a piece; it is called two to five times, and not at all where nothing could be cut.
    """
    pieces = _pieces(text[:LONGEST])
    if len(pieces) < 2 or not whole:
        return ()
    told = [(start, read(text[start:end])) for start, end in pieces]
    clear = _by_topic([(start, topics) for start, topics in told if topics and topics[0][1] >= CLEAR])
    if len(clear) == 1:
        helped = _in_the_light_of(whole, clear[0], told) or _completed(text, clear[0], pieces, told, read)
        clear = _by_topic([*clear, *helped])
    elif not _believable(clear, whole):
        return ()
    return _spans(text, clear) if 2 <= len(clear) <= MOST_PARTS else ()


def _pieces(text: str) -> list[Span]:
    """Where the text could be cut, the clearest cuts first, so that each piece has words enough."""
    starts = [word.start() for word in _WORD.finditer(text)]
    ends = [0, len(text)]
    for cut in _cuts(text):
        place = bisect_left(ends, cut)
        if min(_words(starts, ends[place - 1], cut), _words(starts, cut, ends[place])) >= FEWEST_WORDS:
            ends.insert(place, cut)
        if len(ends) > MOST_PIECES:
            break
    return _pairs(ends)


def _cuts(text: str) -> Iterator[int]:
    for pattern in _CUTS:
        for number, found in enumerate(pattern.finditer(text)):
            if number == _MOST_CUTS:
                break
            yield found.end()


def _words(starts: Sequence[int], begin: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, begin)


Told = tuple[int, Ranked]  # where a piece begins, and what it is about


def _by_topic(told: Sequence[Told]) -> list[Told]:
    """In order, each topic once, from where it is first spoken of; the piece that is surest of it says how sure."""
    found: dict[str, Told] = {}
    for start, topics in sorted(told):
        name = topics[0][0]
        first, before = found.get(name, (start, topics))
        found[name] = (first, max(before, topics, key=lambda ranked: ranked[0][1]))
    return list(found.values())


def _believable(clear: Sequence[Told], whole: Ranked) -> bool:
    least = sorted(topics[0][1] for _, topics in clear)[:2]
    return len(least) == 2 and sum(map(_log_odds, least)) >= MORE_BELIEVABLE + _log_odds(whole[0][1])


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1 - _SURE), _SURE)
    return math.log(kept / (1 - kept))


def _in_the_light_of(whole: Ranked, clear: Told, told: Sequence[Told]) -> list[Told]:
    """The first piece that is clear with what the whole says beside the topic that is clear already."""
    known = clear[1][0][0]
    overall = dict(whole)
    beside = {name: share for name, share in whole if name != known and share >= HINTED}
    if overall.get(known, 0.0) < HINTED or not beside:
        return []
    for start, topics in told:
        if start != clear[0] and topics and topics[0][1] < CLEAR:
            ranked = _both(dict(topics), beside, 1 - overall[known])
            if ranked and ranked[0][1] >= WITH_THE_WHOLE:
                return [(start, ranked)]
    return []


def _completed(text: str, clear: Told, pieces: Sequence[Span], told: Sequence[Told], read: Read) -> list[Told]:
    """The first piece that points back and is clear when it is read with the thing that the clear piece spoke of."""
    ends = dict(pieces)
    thing = next(iter(_THING.findall(text[clear[0] : ends[clear[0]]])), None)
    for start, topics in told:
        piece = text[start : ends[start]]
        if thing is None or start <= clear[0] or (topics and topics[0][1] >= CLEAR) or not _POINTS_BACK.search(piece):
            continue
        ranked = read(f"{piece.strip()} {thing}")
        return [(start, ranked)] if ranked and ranked[0][1] >= CLEAR and ranked[0][0] != clear[1][0][0] else []
    return []


def _both(piece: dict[str, float], beside: dict[str, float], left: float) -> Ranked:
    """What a piece and the rest of the whole say together: their product, against that of neither being about a topic.

    `left` is what the whole leaves beside the clear topic.
    """
    none = max(1 - sum(piece.values()), 1e-3) * (max(1 - sum(beside.values()) / left, 0.0) + _HARDLY)
    hinted = {name: share for name, share in piece.items() if name in beside and share >= HINTED}
    products = {name: share * (beside[name] / left + _HARDLY) for name, share in hinted.items()}
    rest = sum(share * _HARDLY for name, share in piece.items() if name not in hinted)
    total = none + rest + sum(products.values())
    return tuple(sorted(((name, product / total) for name, product in products.items()), key=lambda one: -one[1]))


def _spans(text: str, clear: Sequence[Told]) -> tuple[Part, ...]:
    """Every word belongs to a part: what is unclear goes with what stands before it, the beginning with the first."""
    starts = [0, *(start for start, _ in clear[1:]), len(text)]
    return tuple(_part(text, *ends, topics) for ends, (_, topics) in zip(_pairs(starts), clear, strict=True))


def _pairs(ends: Sequence[int]) -> list[Span]:
    return list(pairwise(ends))


def _part(text: str, start: int, end: int, topics: Ranked) -> Part:
    said = text[start:end]
    return Part(start + len(said) - len(said.lstrip()), start + len(said.rstrip()), topics)
