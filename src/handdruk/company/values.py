"""What a whole company folder says, as frozen values. A folder on disk and the database are both read into these.

Text is kept in its normal form, so that what a file cannot hold is not a difference: one line has single spaces, many
lines have no blank edges and end in "\\n" alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handdruk.core.words import Texts


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A message as customers write it; `belongs` is false for a near miss."""

    language: str
    text: str
    belongs: bool = True


@dataclass(frozen=True, slots=True)
class TopicFile:
    """One `topics/NAME.md`."""

    name: str
    phase: str
    resolution: str
    action: str
    article: str
    team: str
    titles: Texts
    answers: Texts
    examples: tuple[ExampleLine, ...]


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One `articles/LANGUAGE/KEY.md`."""

    key: str
    language: str
    title: str
    slug: str
    phase: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class CompanyFolder:
    """Everything a company's folder says. `settings` is exactly what `relationship.company.settings_from` reads."""

    path: Path
    settings: dict[str, Any]
    topics: dict[str, TopicFile]
    articles: dict[tuple[str, str], ArticleFile]  # by key and language


def one_line(text: str) -> str:
    """The normal form of what stands on one line: line ends and runs of white space become one space."""
    return " ".join(text.split())


def many_lines(text: str) -> str:
    """The normal form of a text of several lines."""
    return unix_lines(text).strip()


def unix_lines(text: str) -> str:
    """With "\\n" as the only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
