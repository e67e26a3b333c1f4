"""Takes values out of a TOML table one by one; what is wrong is noted, and something harmless is returned instead."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handdruk.company.mistakes import Notes, nearest, quoted
from handdruk.company.toml import Path, Toml
from handdruk.core.words import Texts

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")  # what may be the name of a topic, an article or a team, and of its file


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `path` is where it is in the text; `data` is what it holds."""

    toml: Toml
    notes: Notes
    data: dict[str, Any]
    path: Path = ()

    def wrong(self, key: str | int | None, wrong: str, do: str) -> None:
        """Notes a mistake on the line of a key, or of the table itself."""
        path = self.path if key is None else (*self.path, key)
        self.notes.add(self.toml.line(path), wrong, do)

    def only(self, *known: str, elsewhere: Iterable[str] = ()) -> None:
        """Notes every key that is not known. `elsewhere` are keys that belong above the first table."""
        for key in self.data:
            if key in known:
                continue
            if key in elsewhere:
                self.wrong(key, f"{quoted(key)} stands inside [{self.path[0]}]", "move it above the first [table]")
            else:
                self.wrong(key, f"nothing is called {quoted(key)} here", nearest(key, known))

    def text(self, key: str, *, default: str | None = None, longest: int = 10_000) -> str:
        """A text that is not blank. Without a default it must be there."""
        if key not in self.data and default is not None:
            return default
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"{quoted(key)} {self._is(key)}", f'write {key} = "..."')
            return default or ""
        if len(value) > longest:
            self.wrong(key, f"{quoted(key)} has {len(value)} characters; {longest} is the most", "make it shorter")
        return value

    def one_of(self, key: str, known: Iterable[str], *, optional: bool = False) -> str:
        """A text that is one of these."""
        if optional and key not in self.data:
            return ""
        value, known = self.text(key), list(known)
        if value and value not in known:
            self.wrong(key, f"there is no {key} called {quoted(value)}", nearest(value, known))
        return value

    def named(self, key: str, *, longest: int, optional: bool = False) -> str:
        """A text that may be part of an address: lower case letters, digits, "-" and "_"."""
        value = self.text(key, default="" if optional else None, longest=longest)
        if value and not NAME.fullmatch(value):
            self.wrong(key, f"{quoted(value)} cannot be a {key}", 'use lower case letters, digits and "-"')
        return value

    def number(self, key: str, low: float, high: float, *, open_low: bool = True, open_high: bool = True) -> float:
        """A number between these; "open" ends do not belong."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.wrong(key, f"{quoted(key)} {self._is(key)}", f"write a number, such as {key} = {(low + high) / 2:g}")
            return low
        low_fits = low < value if open_low else low <= value
        if not (low_fits and (value < high if open_high else value <= high)):
            words = f"{'above' if open_low else 'at least'} {low:g} and {'below' if open_high else 'at most'} {high:g}"
            self.wrong(key, f"{key} = {value:g} is out of range", f"write a number {words}")
        return float(value)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, f"{quoted(key)} {self._is(key)}", f"write a whole number from {low} to {high}")
            return low
        return value

    def texts(self, key: str, languages: tuple[str, ...]) -> Texts:
        """One text in each of the company's languages. Without languages (they could not be read) any will do."""
        table = self.table(key)
        if table is None:
            return {}
        return table.in_languages(languages)

    def in_languages(self, languages: tuple[str, ...]) -> Texts:
        """This whole table as one text a language."""
        if languages:
            for key in self.data:
                if key not in languages:
                    do = f'write one of {", ".join(languages)}, or add "{key}" to languages in company.toml'
                    self.wrong(key, f"the company does not speak {quoted(key)}", do)
        wanted = languages or tuple(self.data)
        return {language: self.text(language) for language in wanted}

    def table(self, key: str, *, optional: bool = False) -> "Table | None":
        """A table inside this one."""
        value = self.data.get(key)
        if key not in self.data and optional:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"the table [{'.'.join(map(str, (*self.path, key)))}] {self._is(key)}", "write it")
            return None
        return Table(self.toml, self.notes, value, (*self.path, key))

    def _is(self, key: str) -> str:
        """What is wrong with a value that is not of its kind."""
        if key not in self.data:
            return "is missing"
        value = self.data[key]
        return "is empty" if value in ("", [], {}) or (isinstance(value, str) and not value.strip()) else "is not right"
