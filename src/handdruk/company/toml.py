"""A TOML text together with the line every key is on (the standard library tells the values only)."""

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handdruk.company.mistakes import Notes

LONGEST = 100  # lines of one statement that are looked at; no file of ours has a longer one
Path = tuple[str | int, ...]
AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Toml:
    """What the text says. `first_line` is the line of the file on which the text begins."""

    data: dict[str, Any]
    text: str
    first_line: int

    def line(self, path: Path) -> int:
        """The line of a key, or else of the nearest table around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self.first_line + self._lines.get(path, 0)

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return _index(self.text.split("\n"))


def read_toml(text: str, first_line: int, notes: Notes) -> Toml | None:
    """Parses; None when the text is not TOML (which is noted, with its line)."""
    try:
        return Toml(tomllib.loads(text), text, first_line)
    except tomllib.TOMLDecodeError as error:
        at = AT.search(str(error))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
        wrong = AT.sub("", str(error))
        notes.add(first_line + line - 1, f"is not valid TOML here: {wrong}", 'write KEY = "VALUE", tables as [NAME]')
        return None


def _index(lines: list[str]) -> dict[Path, int]:
    """Every key's path and the number of its line, from 0. The n-th [[table]] has n-1 at the end of its path."""
    found: dict[Path, int] = {}
    here: Path = ()
    at = 0
    while at < len(lines):
        data, after = _statement(lines, at)
        head = lines[at].lstrip()
        for path in _paths(data):
            full = path if head.startswith("[") else here + path
            if head.startswith("[["):
                full = _numbered(path, found)
            if head.startswith("["):
                here = full
            found.setdefault(full, at)
        at = after
    return found


def _statement(lines: list[str], start: int) -> tuple[dict[str, Any], int]:
    """The statement that begins here and the line after it: the shortest run of lines that is TOML by itself."""
    last = min(start + LONGEST, len(lines))
    for after in range(start + 1, last + 1):
        with suppress(tomllib.TOMLDecodeError):
            return tomllib.loads("\n".join(lines[start:after])), after
    return {lines[start].split("=")[0].strip(): None}, last


def _paths(data: dict[str, Any]) -> list[Path]:
    """The paths to everything in one statement, ends only."""
    paths: list[Path] = []
    for key, value in data.items():
        if isinstance(value, dict) and value:
            paths.append((key,))
            paths += [(key, *rest) for rest in _paths(value)]
        else:
            paths.append((key,))
    return paths


def _numbered(path: Path, found: dict[Path, int]) -> Path:
    number = 0
    while (*path, number) in found:
        number += 1
    return (*path, number)
