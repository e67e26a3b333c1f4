"""How far a replay has come, kept in a file beside its report, so that it can go on after whatever ended it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handdruk.insight.archive import Chunk
from handdruk.insight.replay.sample import Sample
from handdruk.insight.replay.tally import Tally
from handdruk.insight.replay.worker import Share

FORMAT = 1


class CannotGoOn(Exception):
    """What was kept does not belong to this archive and this reader; its text says which."""


@dataclass(slots=True)
class Progress:
    """What came of everything up to `until` (see `Chunk`), by which plan and reader."""

    by: str
    until: int
    mark: str
    share: Share

    def add(self, chunk: Chunk, share: Share) -> None:
        """What came of the chunk that follows."""
        self.share.tally.add(share.tally)
        for unknown in share.sample.messages():
            self.share.sample.offer(unknown)
        self.until, self.mark = chunk.until, chunk.mark


def keep(path: Path, progress: Progress) -> None:
    """Writes the file whole or not at all."""
    stored = {"format": FORMAT, "by": progress.by, "until": progress.until, "mark": progress.mark,
              "tally": progress.share.tally.as_json(), "sample": progress.share.sample.as_json()}  # fmt: skip
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(stored, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def kept(path: Path, by: str) -> Progress | None:
    """What was kept there, None if nothing was. Raises CannotGoOn."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        progress = _progress(stored)
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CannotGoOn("is damaged, or of another version") from error
    if progress.by != by:
        raise CannotGoOn("belongs to another reader or other content of the company")
    return progress


def _progress(stored: dict[str, Any]) -> Progress:
    if stored["format"] != FORMAT:
        raise ValueError("another format")
    share = Share(Tally.from_json(stored["tally"]), Sample.from_json(stored["sample"]))
    return Progress(stored["by"], int(stored["until"]), str(stored["mark"]), share)
