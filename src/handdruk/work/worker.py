"""Does the jobs: claims one, runs it, says how it went; meanwhile another thread keeps the leases alive."""

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections, connection

from handdruk.core.errors import describe
from handdruk.work import commands
from handdruk.work.define import JOBS, Permanent, new_work, under_way
from handdruk.work.models import Job
from handdruk.work.names import LEASE

log = logging.getLogger(__name__)
POLL = 1.0  # seconds between looks when nobody in this process has enqueued anything
BEAT = LEASE / 3


class Worker:
    """Threads that do jobs until `stop` is called.

    Without threads it only keeps alive the leases of what this process does itself.
    """

    def __init__(self, threads: int = 1) -> None:
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, name=f"worker-{n}", daemon=True) for n in range(threads)]
        self._threads.append(threading.Thread(target=self._tick, name="worker-beat", daemon=True))

    def start(self) -> None:
        """Returns at once; the work is done in the background."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience: timedelta = timedelta(seconds=5)) -> None:
        """Lets what is under way finish, for as long as `patience` lasts; the rest another worker takes over."""
        self._stopping.set()
        new_work.set()
        until = time.monotonic() + patience.total_seconds()
        for thread in self._threads:
            thread.join(max(0, until - time.monotonic()))

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                if not run_next():
                    new_work.wait(POLL)
                    new_work.clear()
            except Exception as error:
                log.error("the worker could not reach its jobs and tries again: %s", describe(error))
                close_old_connections()
                self._stopping.wait(POLL)
        connection.close()

    def _tick(self) -> None:
        while not self._stopping.is_set():
            try:
                commands.enqueue_recurring()
                commands.beat()
            except Exception as error:
                log.error("the worker's heartbeat failed and is tried again: %s", describe(error))
                close_old_connections()
            self._stopping.wait(BEAT.total_seconds())
        connection.close()


def run_next() -> bool:
    """Does one job, if one is due. True when it did."""
    job = commands.claim()
    if job is None:
        return False
    run(job)
    return True


def run_begun(job_id: int) -> None:
    """Does a job that this process has begun (`JobDefinition.begin`); if it fails, a worker tries again."""
    try:
        run(Job.objects.get(pk=job_id))
    finally:
        under_way.discard(job_id)


def run(job: Job) -> None:
    """Does a claimed job and records how it went; an error never leaves this function."""
    try:
        definition = JOBS.get(job.name)
        if definition is None:
            raise Permanent(f"nobody knows how to do {job.name}")
        definition.run(**job.args)
        commands.finish(job.pk)
    except Exception as error:
        log.debug("job %s failed", job, exc_info=True)
        _fail(job, error)
    finally:
        under_way.discard(job.pk)


def _fail(job: Job, error: Exception) -> None:
    try:
        commands.fail(job.pk, error)
    except Exception as trouble:
        what = describe(trouble)
        log.error("how job %s went could not be stored (%s); it is done again when its lease has passed", job, what)
