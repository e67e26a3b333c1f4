"""Order numbers: the company's own pattern, or whatever looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from handdruk.understand.values import Detail

_LIKE_AN_ORDER = re.compile(r"(?<![\w-])(?!B-\d{4}(?!\d))[A-Za-z]{1,4}-\d{4,8}(?![\w-])", re.ASCII)
_AFTER_A_CUE = re.compile(
    r"\b(?:bestelling|bestel(?:ling)?s?[ -]?(?:nummer|nr)|order|order[ -]?(?:nummer|number|nr|no)|purchase|aankoop|"
    r"nummer|number|nr|ref|referentie|reference)[ \t]{0,3}[.:#]?[ \t]{0,3}(?:is[ \t]{1,3}|met[ \t]nummer[ \t]{1,3})?#?"
    r"(?P<number>[1-9]\d{4,11})(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
_LOOSE = re.compile(r"([A-Za-z]+)[-‐-― ]?(\d+)")


def order_numbers(text: str, pattern: str | None) -> Iterator[Detail]:
    """Order numbers in capitals. A dash in the company's pattern may be missing or a space in what was typed."""
    if pattern is not None:
        strict, loose = order_pattern(pattern)
        for match in loose.finditer(text):
            if match[0]:
                yield Detail("order_number", _as_written_by_us(match[0], strict), match.start(), match.end())
        return
    for match in _LIKE_AN_ORDER.finditer(text):
        yield Detail("order_number", match[0].upper(), match.start(), match.end())
    for match in _AFTER_A_CUE.finditer(text):
        yield Detail("order_number", match["number"], match.start("number"), match.end("number"))


@lru_cache(maxsize=64)
def order_pattern(pattern: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern, strict and loose about dashes. ValueError if it is not a regular expression."""
    pattern = pattern if pattern is not None else r"[A-Z]{1,4}-\d{4,8}"
    loose = pattern if "[" in pattern else pattern.replace("-", "[-‐-― ]?")
    try:
        return re.compile(pattern, re.IGNORECASE | re.ASCII), re.compile(
            rf"(?<![\w-])(?:{loose})(?![\w-])", re.IGNORECASE | re.ASCII
        )
    except re.error as error:
        raise ValueError(f"order_number {pattern!r} is not a regular expression: {error}") from error


def _as_written_by_us(typed: str, strict: re.Pattern[str]) -> str:
    if strict.fullmatch(typed):
        return typed.upper()
    parts = _LOOSE.fullmatch(typed)
    dashed = f"{parts[1]}-{parts[2]}" if parts else typed
    return (dashed if strict.fullmatch(dashed) else typed).upper()
