"""How a room says what its jobs are.

@job("reception.answer", attempts=8)
def answer(message: int) -> None: ...

answer.enqueue(message=12, key="answer:12", lane="conversation:3")
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from handdruk.core.clock import now
from handdruk.work.models import Job, JobState
from handdruk.work.names import LEASE, WORKER
from handdruk.work.statements import insert
from handdruk.work.transactions import writing

JOBS: dict[str, "JobDefinition"] = {}
ATTEMPTS_FOR_THE_DEAD = 12  # over an hour: whoever waits must be told, even after a failure of the database
RECURRING: dict[str, tuple[timedelta, "JobDefinition"]] = {}
new_work = threading.Event()  # set when this process has enqueued something that is due
under_way: set[int] = set()  # the jobs this process is doing: only their leases are kept alive


class Permanent(Exception):
    """Trying again will not help: the job is dead at once."""


@dataclass(frozen=True, slots=True)
class JobDefinition:
    """A job that can be enqueued. `on_dead` is another, which gets the same arguments when the last attempt has failed."""

    name: str
    run: Callable[..., None]
    attempts: int
    on_dead: "JobDefinition | None" = field(default=None)

    def enqueue(self, *, key: str | None = None, lane: str = "", run_at: datetime | None = None, **args: Any) -> None:
        """Stores the job in the current transaction. With a `key` that is already there, nothing happens."""
        with writing():
            insert(self._new(JobState.READY, key, lane, run_at or now(), args), unless_there=key is not None)
            transaction.on_commit(new_work.set)

    def begin(self, *, key: str, lane: str = "", **args: Any) -> int:
        """Stores the job as already under way in this process, which is about to do it itself.

        Should the process die, the lease passes and a worker does it. The key must be new.
        """
        job = self._new(JobState.RUNNING, key, lane, now(), args)
        insert(job)
        transaction.on_commit(lambda: under_way.add(job.pk))
        return job.pk

    def _new(self, state: str, key: str | None, lane: str, run_at: datetime, args: dict[str, Any]) -> Job:
        moment = now()
        running = state == JobState.RUNNING
        return Job(
            name=self.name,
            args=args,
            key=key,
            lane=lane,
            state=state,
            run_at=run_at,
            created_at=moment,
            attempts=int(running),
            worker=WORKER if running else "",
            lease_until=moment + LEASE if running else None,
        )


def job(
    name: str, *, attempts: int = 5, on_dead: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], JobDefinition]:
    """Makes a function a durable job. Its arguments must be JSON values; it must bear being run twice, as must `on_dead`."""

    def define(function: Callable[..., None]) -> JobDefinition:
        last_word = _known(JobDefinition(f"{name}.dead", on_dead, ATTEMPTS_FOR_THE_DEAD)) if on_dead else None
        return _known(JobDefinition(name, function, attempts, last_word))

    return define


def _known(definition: JobDefinition) -> JobDefinition:
    JOBS[definition.name] = definition
    return definition


def recurring(every: timedelta, name: str) -> Callable[[Callable[[], None]], JobDefinition]:
    """Makes a function run again and again, once in each period over all processes."""

    def define(function: Callable[[], None]) -> JobDefinition:
        definition = job(name, attempts=1)(function)
        RECURRING[name] = (every, definition)
        return definition

    return define
