"""Replays a whole archive over several processes, in memory that does not grow with it."""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from handdruk.core.machine import ONE_THREAD
from handdruk.insight.archive import Archive, BadArchive, Chunk
from handdruk.insight.replay.checkpoint import CannotGoOn, Progress, keep, kept
from handdruk.insight.replay.plan import Plan
from handdruk.insight.replay.worker import SavedReader, Share, begin, replay_chunk

AHEAD = 3  # chunks a process has waiting

Told = Callable[[int, Share], None]


def replay(
    archive: Archive, reader: SavedReader, plan: Plan, unfinished: Path, *, workers: int, every: float, told: Told
) -> Share:
    """What came of the whole archive; the same whether or not it was interrupted, and by however many `workers`.

    What was done is kept in `unfinished` at least `every` so many seconds; a file that is there already is gone on from, and
    at the end it is removed. `told` hears how far it is and what came of it so far. Raises CannotGoOn, BadArchive, or
    BrokenProcessPool when a worker was killed.
    """
    by = plan.fingerprint(reader.data)
    progress = kept(unfinished, by) or Progress(by, 0, "", Share())
    try:
        _go_on(archive, reader, plan, progress, unfinished, workers, every, told)
    except BadArchive as error:
        raise CannotGoOn(f"belongs to an archive that {error}") from error
    unfinished.unlink(missing_ok=True)
    return progress.share


def _go_on(archive: Archive, reader: SavedReader, plan: Plan, progress: Progress, unfinished: Path, workers: int,
           every: float, told: Told) -> None:  # fmt: skip
    saved, whole = time.monotonic(), True
    with _one_thread_each(), _pool(workers, reader, plan) as pool:
        try:
            for chunk, share in _in_order(pool, archive.chunks(progress.until, progress.mark), AHEAD * workers):
                whole = False
                progress.add(chunk, share)
                whole = True
                told(progress.until, progress.share)
                if time.monotonic() - saved >= every:
                    keep(unfinished, progress)
                    saved = time.monotonic()
        except BaseException:
            if whole and progress.until:  # an interrupt may have come halfway through adding; what was kept stands
                keep(unfinished, progress)
            raise


def _in_order(pool: ProcessPoolExecutor, chunks: Iterator[Chunk], ahead: int) -> Iterator[tuple[Chunk, Share]]:
    """Each chunk with what came of it, at most `ahead` of them under way."""
    waiting: deque[tuple[Chunk, Future[Share]]] = deque()
    for chunk in chunks:
        waiting.append((chunk, pool.submit(replay_chunk, chunk)))
        if len(waiting) >= ahead:
            done, share = waiting.popleft()
            yield done, share.result()
    for done, share in waiting:
        yield done, share.result()


@contextmanager
def _pool(workers: int, reader: SavedReader, plan: Plan) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=begin, initargs=(reader, plan))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
