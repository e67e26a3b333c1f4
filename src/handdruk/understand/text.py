"""From what somebody typed to the words the models see."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4_000
"""Characters of a message that are read for meaning; what comes after is left alone, so that reading stays fast."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NOT = re.compile(r"n't\b")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_DIGITS = re.compile(r"\d+")
_SIGN = re.compile(r"[!?]+|\.{2,}|[^\w\s,.;:'’‘`\"()-]")
_APOSTROPHES = str.maketrans("’‘`", "'''")
_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 2, 5, 25


def tidy(text: str) -> str:
    """Lower case, no accents, straight apostrophes, "can't" as "ca not", "sooooo" as "soo", digits as zeros."""
    text = unicodedata.normalize("NFKD", text[:LONGEST].lower())[: 2 * LONGEST]
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_APOSTROPHES)
    text = _DRAWN_OUT.sub(r"\1\1", _NOT.sub(" not", text))
    return _DIGITS.sub(lambda digits: "0" * min(len(digits[0]), 4), text)


def words(text: str) -> list[str]:
    """The tidied words of a text, in order, without punctuation."""
    return _WORD.findall(tidy(text))


def signs(text: str, length: int) -> list[str]:
    """How it was written, as words that start with "#": "#!", "#??", an emoji, "#loud" for capitals, and how long.

    `length` is the number of words.
    """
    text = text[:LONGEST]
    found = ["#" + (sign[:2] if sign[0] in "!?." else sign) for sign in _SIGN.findall(text)]
    capitals = sum(map(str.isupper, text))
    if capitals > 5 and capitals > 0.6 * sum(map(str.isalpha, text)):
        found.append("#loud")
    if length <= _FEW_WORDS:
        found.append("#few")
    elif length <= _SOME_WORDS:
        found.append("#some")
    elif length >= _MANY_WORDS:
        found.append("#many")
    return found


def pieces(word: str, shortest: int, longest: int) -> list[str]:
    """Every run of `shortest` to `longest` letters of a word between spaces; a sign has none."""
    if word.startswith("#"):
        return []
    word = f" {word} "
    runs = range(shortest, min(longest, len(word)) + 1)
    return [word[start : start + run] for run in runs for start in range(len(word) - run + 1)]
