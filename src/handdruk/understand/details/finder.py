"""All details of a text, none overlapping another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from handdruk.understand.details.amounts import amounts
from handdruk.understand.details.contact import emails, phones, postcodes
from handdruk.understand.details.dates import dates
from handdruk.understand.details.orders import order_numbers, order_pattern
from handdruk.understand.values import Detail

LONGEST = 10_000
"""Characters of a message in which details are looked for."""


@dataclass(frozen=True, slots=True)
class DetailFinder:
    """`order_number` is the company's own pattern, such as "TH-\\d{6}"; without one anything like AB-12345 counts."""

    order_number: str | None = None

    def __post_init__(self) -> None:
        order_pattern(self.order_number)

    def find(self, text: str) -> tuple[Detail, ...]:
        """The details in the order they stand in. Where two readings overlap, the surer kind wins."""
        text = text[:LONGEST]
        orders = order_numbers(text, self.order_number)
        found: list[Detail] = []
        taken = bytearray(len(text))
        for detail in chain(emails(text), orders, dates(text), amounts(text), phones(text), postcodes(text)):
            if not any(taken[detail.start : detail.end]):
                taken[detail.start : detail.end] = b"\x01" * (detail.end - detail.start)
                found.append(detail)
        return tuple(sorted(found, key=lambda detail: detail.start))
