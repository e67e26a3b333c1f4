"""What runs in a process of its own: replaying chunk after chunk with a reader that was loaded once."""

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from handdruk.insight.archive import Broken, Chunk, Past, opened
from handdruk.insight.replay.outcome import Read, replay_conversation
from handdruk.insight.replay.plan import Plan
from handdruk.insight.replay.sample import Sample
from handdruk.insight.replay.tally import Tally
from handdruk.understand import Reader, Reading

SHORT = 40  # letters of a message that is likely to come again
REMEMBERED = 4_096  # readings of these


@dataclass(slots=True)
class Share:
    """What came of some chunks."""

    tally: Tally = field(default_factory=Tally)
    sample: Sample = field(default_factory=Sample)


@dataclass(frozen=True, slots=True)
class SavedReader:
    """A reader as it travels to another process, with the folder of the encoder it reads with, if any."""

    data: bytes
    encoder: Path | None = None


_tools: tuple[Read, Plan] | None = None


def begin(reader: SavedReader, plan: Plan) -> None:
    """Makes this process ready. It ends when its parent does, however that ends."""
    global _tools  # noqa: PLW0603  (a process replays for one plan only)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tools = (remembering(Reader.from_bytes(reader.data, encoder=reader.encoder)), plan)


def replay_chunk(chunk: Chunk) -> Share:
    """What came of one chunk."""
    assert _tools is not None
    return replayed(chunk, *_tools)


def remembering(reader: Reader) -> Read:
    """Reads as `reader` does; short messages that came by before ("ok", "bedankt") cost nothing."""

    @lru_cache(maxsize=REMEMBERED)
    def remembered(text: str, language: str | None) -> Reading:
        return reader.read(text, hint=language)

    def read(text: str, language: str | None) -> Reading:
        return remembered(text, language) if len(text) <= SHORT else reader.read(text, hint=language)

    return read


def replayed(chunk: Chunk, read: Read, plan: Plan) -> Share:
    """What would have happened in the chunk's conversations."""
    share = Share()
    for name, number in chunk.counted.items():
        share.tally.count("archive", name, times=number)
    for piece in chunk.pieces:
        past = opened(piece, mail=chunk.mail)
        if isinstance(past, Broken):
            share.tally.note(past)
        else:
            _replay(past, read, plan, share)
    return share


def _replay(past: Past, read: Read, plan: Plan, share: Share) -> None:
    if past.wordless:
        share.tally.count("archive", "wordless", times=past.wordless)
    if past.texts:
        replay_conversation(past, read, plan, share.tally, share.sample)
    else:
        share.tally.count("archive", "silent")


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
