"""What is wrong with a folder, and where, and what to do about it."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend."""

    file: str
    line: int
    wrong: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}; {self.do}"


class BadFolder(ValueError):
    """A folder that was refused. Its text, and `mistakes`, hold everything that is wrong, by file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


@dataclass(frozen=True, slots=True)
class Notes:
    """Collects the mistakes of one file."""

    file: str
    found: list[Mistake]

    def add(self, line: int, wrong: str, do: str) -> None:
        """Notes a mistake; reading goes on, so that all of them are found at once."""
        self.found.append(Mistake(self.file, line, wrong, do))


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to write instead of a word nobody knows; `otherwise` is for when nothing comes near."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"did you mean {quoted(close[0])}?"
    if otherwise:
        return otherwise
    some = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
    return f"use one of: {some}" if words else "remove it, or write one"


def quoted(text: str) -> str:
    """As it would stand in a file, on one line, shortened when long."""
    shown = json.dumps(text, ensure_ascii=False)
    return shown if len(shown) <= 82 else f'{shown[:80]}…"'
