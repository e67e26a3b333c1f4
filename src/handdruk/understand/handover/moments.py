"""A moment: what is known of a conversation when a turn was just said, and nothing of what came after it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log1p

from handdruk.understand.handover.values import Said

LONGEST = 4_000  # characters of a turn that are looked at
SHORT = 2  # words of a short turn
MOST_IN_A_ROW = 5
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # scripts that put no spaces between words
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+|[?!]+")

BLOCKS = ("now", "customer_before", "helper_before")
FACTS = (
    "said by the customer", "words", "words the customer used before", "words of the customer's last turn",
    "words the helper used before", "words of the helper's last turn", "the same said before",
    "words in the customer's last turn", "words in the helper's last turn", "the helper took up the customer's words",
    "turn", "customer turns", "helper turns", "customer turns in a row", "helper turns in a row",
    "helper repeated itself", "share of helper turns repeated", "share of short customer turns", "share of helper turns",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """`words` has the words and pairs of each of BLOCKS, `facts` a number for each of FACTS.

    `took_over`: did a person take over at this turn, or (on a customer's turn) before the customer's next one?
    """

    words: tuple[frozenset[str], ...]
    facts: tuple[float, ...]
    by_customer: bool
    took_over: bool


def words_of(text: str) -> list[str]:
    """The words of a text in any script, in order, without regard to capitals; question and exclamation marks count."""
    return _WORD.findall(unicodedata.normalize("NFKC", text[:LONGEST]).casefold())


def moments(talk: Sequence[Said], *, every_turn: bool = False) -> Iterator[Moment]:
    """A moment for each turn on which the machine decides: the customer's, as long as no colleague has the conversation.

    With `every_turn` there is one for every turn of either side, marked as the turn itself is.
    """
    heard = _Heard()
    for number, said in enumerate(talk):
        words = words_of(said.text)
        seen = heard.hear(words, by_customer=said.by_customer)
        if every_turn:
            yield Moment(*seen, said.by_customer, said.took_over)
        elif said.by_customer and not said.with_person:
            yield Moment(*seen, True, _until_next_customer_turn(talk, number))


def last_moment(talk: Sequence[Said]) -> Moment:
    """The moment of the last turn."""
    heard, said = _Heard(), talk[-1]
    for earlier in talk[:-1]:
        heard.add(words_of(earlier.text), by_customer=earlier.by_customer)
    return Moment(*heard.hear(words_of(said.text), by_customer=said.by_customer), said.by_customer, said.took_over)


def _until_next_customer_turn(talk: Sequence[Said], number: int) -> bool:
    if talk[number].took_over:
        return True
    for said in talk[number + 1 :]:
        if said.by_customer:
            return False
        if said.took_over:
            return True
    return False


@dataclass(slots=True)
class _Side:
    """What one side said so far."""

    turns: int = 0
    in_a_row: int = 0
    repeated: int = 0
    short: int = 0
    last: frozenset[str] = frozenset()
    ever: set[str] = field(default_factory=set)
    texts: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, words: list[str]) -> None:
        self.turns += 1
        self.in_a_row += 1
        self.repeated += bool(self.texts[tuple(words)])
        self.short += len(words) <= SHORT
        self.texts[tuple(words)] += 1
        self.last = frozenset(words)
        self.ever |= self.last


@dataclass(slots=True)
class _Heard:
    customer: _Side = field(default_factory=_Side)
    helper: _Side = field(default_factory=_Side)

    def add(self, words: list[str], *, by_customer: bool) -> None:
        speaks, listens = (self.customer, self.helper) if by_customer else (self.helper, self.customer)
        listens.in_a_row = 0
        speaks.add(words)

    def hear(self, words: list[str], *, by_customer: bool) -> tuple[tuple[frozenset[str], ...], tuple[float, ...]]:
        """The words and facts of the moment at which this is said."""
        mark, speaks = ("c", self.customer) if by_customer else ("h", self.helper)
        now = {mark + word for word in words} | {f"{mark}{one} {two}" for one, two in pairwise(words)}
        blocks = frozenset(now), frozenset(self.customer.ever), frozenset(self.helper.ever)
        before = self._before(words, same=bool(speaks.texts[tuple(words)]))
        waited = self.helper.in_a_row
        self.add(words, by_customer=by_customer)
        return blocks, (float(by_customer), log1p(len(words)), *before, *self._counts(waited), *self._habits())

    def _before(self, words: list[str], *, same: bool) -> tuple[float, ...]:
        """How this goes with what was said before it."""
        customer, helper, now = self.customer, self.helper, frozenset(words)
        shares = [_share(now, known) for known in (customer.ever, customer.last, helper.ever, helper.last)]
        lengths = log1p(len(customer.last)), log1p(len(helper.last))
        return *shares, float(same), *lengths, _share(helper.last, customer.last)

    def _counts(self, waited: int) -> tuple[float, ...]:
        customer, helper = self.customer, self.helper
        in_a_row = min(customer.in_a_row, MOST_IN_A_ROW), min(max(waited, helper.in_a_row), MOST_IN_A_ROW)
        return log1p(customer.turns + helper.turns), log1p(customer.turns), log1p(helper.turns), *in_a_row

    def _habits(self) -> tuple[float, ...]:
        customer, helper = self.customer, self.helper
        repeated = min(helper.repeated, MOST_IN_A_ROW)
        share = helper.turns / (helper.turns + customer.turns)
        return repeated, helper.repeated / max(helper.turns, 1), customer.short / max(customer.turns, 1), share


def _share(words: frozenset[str], known: frozenset[str] | set[str]) -> float:
    return len(words & known) / len(words) if words else 0.0
