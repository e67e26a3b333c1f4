"""Which kind of archive a file is."""

from collections.abc import Callable, Collection
from pathlib import Path

from handdruk.insight.archive.lines import Lines
from handdruk.insight.archive.mbox import Mbox
from handdruk.insight.archive.values import Archive, BadArchive


def open_archive(path: Path, ours: Collection[str] = (), told: Callable[[int, int], None] = lambda *_: None) -> Archive:
    """The archive in a file: an mbox when it begins as one, else JSON lines. Raises OSError or BadArchive.

    `ours` are the company's own addresses and domains, whose mails are no customer's; `told` hears how many of how many
    bytes of an mbox have been looked through.
    """
    if not path.is_file():
        raise BadArchive("is not a file")
    with path.open("rb") as file:
        start = file.read(64)
    if not start:
        raise BadArchive("is empty")
    return Mbox(path, ours, told) if start.startswith(b"From ") else Lines(path)
