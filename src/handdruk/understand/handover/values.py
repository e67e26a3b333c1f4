"""What goes into a model of handovers: what was said, by whom, and where a person took over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import dropwhile


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation, in the order it was said.

    `took_over` marks that a person took over, or should have, at this turn. `with_person` says that a colleague already
    had the conversation when the customer said this: then there was nothing left to decide.
    """

    text: str
    by_customer: bool
    took_over: bool = False
    with_person: bool = False


Talk = tuple[Said, ...]


def talk_in(said: Iterable[Said]) -> Talk:
    """What was said from the customer's first turn on: some archives keep the greeting before it and others do not."""
    return tuple(dropwhile(lambda one: not one.by_customer, said))
