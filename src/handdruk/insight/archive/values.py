"""What an archive holds, as values that travel between processes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol


class BadArchive(ValueError):
    """The file as a whole cannot be replayed; its text says why."""


@dataclass(frozen=True, slots=True)
class Past:
    """One conversation: the customer's messages in order, and the line of the archive it begins on."""

    line: int
    texts: tuple[str, ...]
    wordless: int = 0  # mails of the customer without words of their own


@dataclass(frozen=True, slots=True)
class Broken:
    """A piece that is no conversation: its line, and what is wrong in words that repeat nothing of it."""

    line: int
    problem: str
    entries: int = 1  # lines or mails that are lost with it


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one conversation: a line, or its mails in order, and the line it begins on."""

    line: int
    parts: tuple[bytes, ...]
    problem: str = ""  # why it cannot be opened


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some pieces, and how far (in the archive's own measure) it has been read when they are done.

    `mark` is a fingerprint of all that was read up to there; `counted` says how many `entries` (lines or mails) the chunk
    took, and how many of them were passed over, by the reason.
    """

    pieces: tuple[Piece, ...]
    until: int
    mark: str
    mail: bool = False
    counted: Counter[str] = field(default_factory=Counter)


class Archive(Protocol):
    """A file of past conversations."""

    @property
    def mail(self) -> bool:
        """Does it hold mails, rather than lines?"""
        ...

    @property
    def size(self) -> int:
        """Where the last chunk's `until` ends."""
        ...

    def chunks(self, after: int = 0, mark: str = "") -> Iterator[Chunk]:
        """All chunks in order; or those that follow the one with `after` as its `until`, and this `mark`.

        Raises BadArchive when the archive is no longer what was marked.
        """
        ...
