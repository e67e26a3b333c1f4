"""Dates that can be read without knowing what day it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from handdruk.understand.values import Detail

_MONTHS = (
    "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
    "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct", "november nov",
    "december dec",
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:[ \t]{0,2},?[ \t]{0,2}'?(?P<year>20\d\d|19\d\d)\b)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|e|ste|de)?"
_END = r"(?![\w])"

_PATTERNS = (
    re.compile(r"(?<![\w./-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])", re.ASCII),
    re.compile(r"(?<![\w./-])(?P<day>[0-3]?\d)([-/.])(?P<month>[01]?\d)\2(?P<year>(?:19|20)?\d\d)(?![\w/-])", re.ASCII),
    re.compile(
        r"(?<![\w./-])" + _DAY + r"[ \t]{0,2}(?:of[ \t]|van[ \t])?" + _MONTH + _YEAR + _END, re.IGNORECASE | re.ASCII
    ),
    re.compile(r"\b" + _MONTH + r"[ \t]{1,2}(?:the[ \t])?" + _DAY + _YEAR + _END, re.IGNORECASE | re.ASCII),
)


def dates(text: str) -> Iterator[Detail]:
    """Dates as ISO 8601; without a year as "--03-12". Relative ones ("tomorrow") and impossible ones are left alone."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _iso(match["day"], match["month"], match["year"])
            if value is not None:
                yield Detail("date", value, match.start(), match.end())


def _iso(day: str, month: str, year: str | None) -> str | None:
    number = _MONTH_NUMBERS.get(month.lower()) or int(month)
    full_year = 2000 if year is None else int(year) if len(year) == 4 else 2000 + int(year)
    try:
        value = date(full_year, number, int(day))
    except ValueError:
        return None
    return value.isoformat() if year is not None else f"--{value:%m-%d}"
