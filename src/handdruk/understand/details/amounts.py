"""Amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handdruk.understand.values import Detail

_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "euro's": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP",
    "pounds": "GBP", "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{3}){1,3}(?:[.,]\d{2})?|\d{1,9}(?:[.,]\d{1,2})?)(?P<none>,-|,--|\.-)?"
_BEFORE = re.compile(
    r"(?P<currency>[€£$]|\b(?:eur|gbp|usd|euro)\b)[ \t]{0,2}" + _NUMBER + r"(?![\d\w])", re.IGNORECASE | re.ASCII
)
_AFTER = re.compile(
    r"(?<![\w.,€£$-])"
    + _NUMBER
    + r"[ \t]{0,2}(?P<currency>[€£$]|(?:euro's|euros|euro|eur|gbp|pounds|pound|usd|dollars|dollar)\b)",
    re.IGNORECASE | re.ASCII,
)


def amounts(text: str) -> Iterator[Detail]:
    """Amounts with a currency, as "1299.00 EUR". Commas and points are read as people in NL, BE and the UK use them."""
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            value = f"{_decimal(match['number']):.2f} {_CURRENCIES[match['currency'].lower()]}"
            yield Detail("amount", value, match.start(), match.end())


def _decimal(number: str) -> Decimal:
    """The last comma or point starts the cents when one or two digits follow it; the others group thousands."""
    whole, cents = number, ""
    for place in (len(number) - 2, len(number) - 3):
        if place > 0 and number[place] in ".,":
            whole, cents = number[:place], number[place + 1 :]
    return Decimal(f"{re.sub('[.,]', '', whole)}.{cents or 0}")
