"""What one file must know of the rest of its folder to be checked."""

import re
from dataclasses import dataclass, field

from handdruk.company.mistakes import Notes, nearest, quoted

LINK = re.compile(r"\]\(article:([^)\s]*)\)")


@dataclass(frozen=True, slots=True)
class Around:
    """The names a file may use. `languages` is empty, and the others None, when they could not be read themselves."""

    languages: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    actions: frozenset[str] | None = None
    teams: frozenset[str] | None = None
    seen: dict[tuple[str, ...], str] = field(default_factory=dict)  # what must be unique, and where it was first

    def check_links(self, text: str, first_line: int, notes: Notes) -> None:
        """Notes every link to an article that is not there."""
        for number, line in enumerate(text.split("\n"), first_line):
            for key in LINK.findall(line):
                if key not in self.articles:
                    notes.add(number, f"the link article:{key} leads nowhere", nearest(key, self.articles))

    def check_known(self, kind: str, name: str, known: frozenset[str] | None, line: int, notes: Notes) -> None:
        """Notes a name that nothing has."""
        if name and known is not None and name not in known:
            notes.add(line, f"there is no {kind} {quoted(name)}", nearest(name, known))

    def first(self, what: tuple[str, ...], line: int, notes: Notes) -> str | None:
        """Where this was seen before; None when this is the first time."""
        here = f"{notes.file}:{line}"
        before = self.seen.setdefault(what, here)
        return None if before == here else before
