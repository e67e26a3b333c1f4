"""Order numbers: the company's own pattern, or whatever looks like one.

The company's pattern meets what strangers type, so it runs in RE2, whose time grows with the text and never explodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

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
        for match in _all(loose, text):
            yield Detail("order_number", _as_written_by_us(match[1], strict), match.start(1), match.end(1))
        return
    for match in _LIKE_AN_ORDER.finditer(text):
        yield Detail("order_number", match[0].upper(), match.start(), match.end())
    for match in _AFTER_A_CUE.finditer(text):
        yield Detail("order_number", match["number"], match.start("number"), match.end("number"))


@lru_cache(maxsize=64)
def order_pattern(pattern: str | None) -> tuple[Any, Any]:
    """The pattern, strict and loose about dashes; the loose one has the number in group 1.

    ValueError if it is not a regular expression of RE2, which knows no look-around and no back-references.
    """
    pattern = pattern if pattern is not None else r"[A-Z]{1,4}-\d{4,8}"
    loose = pattern if "[" in pattern else pattern.replace("-", "[-‐-― ]?")
    return _compiled(pattern), _compiled(rf"(?:^|[^\w-])((?:{loose}))(?:[^\w-]|$)")


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        problem = error.args[0].decode(errors="replace")
        raise ValueError(f"order_number is not a regular expression: {problem}") from error


def _all(loose: Any, text: str) -> Iterator[Any]:
    """Every number; what stands around one may also stand around the next."""
    text, at = text.encode(errors="replace").decode(), 0
    while at <= len(text) and (match := loose.search(text, at)):
        if match[1]:
            yield match
        at = max(match.end(1), at + 1)


def _as_written_by_us(typed: str, strict: Any) -> str:
    if strict.fullmatch(typed):
        return typed.upper()
    parts = _LOOSE.fullmatch(typed)
    dashed = f"{parts[1]}-{parts[2]}" if parts else typed
    return (dashed if strict.fullmatch(dashed) else typed).upper()
