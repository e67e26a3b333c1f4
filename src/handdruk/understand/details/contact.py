"""E-mail addresses, phone numbers and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers

from handdruk.understand.values import Detail

_EMAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w-])",
    re.ASCII,
)
_PHONE = re.compile(r"(?<![\w.,+-])(?:\+|00)?\(?\d(?:[ \t().\-/]{0,2}\d){7,14}(?![\w])", re.ASCII)
_MOST_PHONES = 20
_COUNTRIES = ("NL", "BE")
_DUTCH = re.compile(
    r"(?<![\w-])([1-9]\d{3})(?:(?P<space>[ \t])?)(?!SA|SD|SS)([A-Z]{2}|(?<!\s)[a-z]{2})(?![\w-])", re.ASCII
)
_CUE = r"\b(?:postcode|postal code|post code|zip|zip code|postnummer)\b[ \t]{0,3}(?:is|[:=])?[ \t]{0,3}"
_LITTLE_WORDS = (
    "am|an|as|at|be|by|da|de|do|en|er|he|hi|if|ik|in|is|it|je|me|mn|my|no|nu|of|om|on|op|or|so|te|to|up|us|uw|we|ze"
)
_AFTER_A_CUE = re.compile(
    _CUE + rf"(?P<code>[1-9]\d{{3}}(?:[ \t]?(?!(?:{_LITTLE_WORDS})\b)[A-Za-z]{{2}}\b)?)(?![\d-])",
    re.IGNORECASE | re.ASCII,
)
_BELGIAN = re.compile(r"(?<![\w-])B-(?P<code>[1-9]\d{3})(?![\w-])", re.ASCII)


def emails(text: str) -> Iterator[Detail]:
    """E-mail addresses, the domain in lower case."""
    for match in _EMAIL.finditer(text):
        name, domain = match[0].rsplit("@", 1)
        yield Detail("email", f"{name}@{domain.lower()}", match.start(), match.end())


def phones(text: str) -> Iterator[Detail]:
    """The first twenty things like phone numbers that are valid in their country (by default NL, then BE), as E.164."""
    for match in islice(_PHONE.finditer(text), _MOST_PHONES):
        value = _e164(match[0])
        if value is not None:
            yield Detail("phone", value, match.start(), match.end())


def postcodes(text: str) -> Iterator[Detail]:
    """Dutch ones as "1234 AB", Belgian ones as "2000", the latter only after a cue such as "postcode" or "B-"."""
    for match in _AFTER_A_CUE.finditer(text):
        yield Detail("postcode", _spaced(match["code"]), match.start("code"), match.end("code"))
    for match in _BELGIAN.finditer(text):
        yield Detail("postcode", match["code"], match.start("code"), match.end("code"))
    for match in _DUTCH.finditer(text):
        yield Detail("postcode", _spaced(match[0]), match.start(), match.end())


def _e164(typed: str) -> str | None:
    typed = "+" + typed[2:] if typed.startswith("00") else typed
    if not typed.startswith(("+", "0", "(0")):
        return None
    for country in _COUNTRIES:
        try:
            number = phonenumbers.parse(typed, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None


def _spaced(code: str) -> str:
    digits, letters = code[:4], code[4:].strip().upper()
    return f"{digits} {letters}".strip()
