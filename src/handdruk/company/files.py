"""Reads and writes the files of a folder without ever leaving it."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from handdruk.company.mistakes import Mistake, Notes
from handdruk.company.values import unix_lines

LARGEST = 1_000_000  # bytes; a text this long is not a topic, an article or a settings file


class CannotWrite(ValueError):
    """A folder that must not be written to; its text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A company's folder, and the mistakes found in it so far."""

    root: Path
    found: list[Mistake] = field(default_factory=list)

    def notes(self, name: str) -> Notes:
        """Where to note what is wrong with the file of this name ("topics/warranty.md")."""
        return Notes(str(self.root / name), self.found)

    def text(self, name: str) -> str | None:
        """What the file says, or None when it cannot be used (which is noted)."""
        path = self.root / name
        problem = _problem(self.root, path)
        if problem is not None:
            self.notes(name).add(1, *problem)
            return None
        try:
            return _decoded(path.read_bytes(), self.notes(name))
        except OSError as error:
            self.notes(name).add(1, f"cannot be read: {error.strerror}", "make it readable")
            return None

    def listed(self, name: str) -> list[str]:
        """The names in a subfolder, sorted, without hidden files and editors' copies; none when it is not there."""
        path = self.root / name
        if not path.is_dir():
            return []
        if not stays_inside(self.root, path):
            self.notes(name).add(1, "is a link that leaves the folder", "put the files themselves here")
            return []
        return sorted(entry for entry in os.listdir(path) if not entry.startswith(".") and not entry.endswith("~"))

    def markdown(self, name: str) -> list[str]:
        """The names in a subfolder that holds nothing but Markdown files, without their ".md"."""
        stems = []
        for entry in self.listed(name):
            if entry.endswith(".md") and not (self.root / name / entry).is_dir():
                stems.append(entry.removesuffix(".md"))
            else:
                self.notes(f"{name}/{entry}").add(1, "is not a .md file", "rename it to end in .md, or move it")
        return stems


def stays_inside(root: Path, path: Path) -> bool:
    """Does this path, with all its links followed, lie in the folder?"""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that go in a circle lead nowhere
        return False


def _problem(root: Path, path: Path) -> tuple[str, str] | None:
    if not stays_inside(root, path):
        return "is a link that leaves the folder", "put the file itself here"
    if not path.is_file():
        return "is not there, or not an ordinary file", "write it"
    if (size := path.stat().st_size) > LARGEST:
        return f"is too large ({size:,} bytes; at most {LARGEST:,})", "make it shorter or split it"
    return None


def _decoded(content: bytes, notes: Notes) -> str | None:
    try:
        text = unix_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        notes.add(line, f"is not UTF-8 (byte 0x{content[error.start]:02x})", "save the file as UTF-8")
        return None
    if (nul := text.find("\0")) >= 0:
        notes.add(text.count("\n", 0, nul) + 1, "holds a NUL character", "remove it")
        return None
    return text


def write(path: Path, content: bytes) -> None:
    """Writes a file as a whole: whoever reads it sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def is_empty(path: Path) -> bool:
    """Is there nothing here yet, or an empty folder?"""
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))
