"""What runs in a process of its own: replaying chunk after chunk with a reader that was loaded once."""

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass, field

from handdruk.insight.archive import Broken, Chunk, Past, opened
from handdruk.insight.replay.outcome import replay_conversation
from handdruk.insight.replay.plan import Plan
from handdruk.insight.replay.sample import Sample
from handdruk.insight.replay.tally import Tally
from handdruk.understand import Reader


@dataclass(slots=True)
class Share:
    """What came of some chunks."""

    tally: Tally = field(default_factory=Tally)
    sample: Sample = field(default_factory=Sample)


_tools: tuple[Reader, Plan] | None = None


def begin(reader: bytes, plan: Plan) -> None:
    """Makes this process ready. It ends when its parent does, however that ends."""
    global _tools  # noqa: PLW0603  (a process replays for one plan only)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tools = (Reader.from_bytes(reader), plan)


def replay_chunk(chunk: Chunk) -> Share:
    """What came of one chunk."""
    assert _tools is not None
    return replayed(chunk, *_tools)


def replayed(chunk: Chunk, reader: Reader, plan: Plan) -> Share:
    """What would have happened in the chunk's conversations."""
    share = Share()
    for name, number in chunk.counted.items():
        share.tally.count("archive", name, times=number)
    for piece in chunk.pieces:
        past = opened(piece, mail=chunk.mail)
        if isinstance(past, Broken):
            share.tally.note(past)
        else:
            _replay(past, reader, plan, share)
    return share


def _replay(past: Past, reader: Reader, plan: Plan, share: Share) -> None:
    if past.wordless:
        share.tally.count("archive", "wordless", times=past.wordless)
    if past.texts:
        replay_conversation(past, reader, plan, share.tally, share.sample)
    else:
        share.tally.count("archive", "silent")


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
