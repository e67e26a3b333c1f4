"""Everything that changes a job. Each is one short statement, so that no lock is held while work is done."""

import logging
import random
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from handdruk.core.clock import now
from handdruk.core.errors import describe
from handdruk.work.define import JOBS, RECURRING, Permanent, new_work, under_way
from handdruk.work.models import Job, JobState, Recurring
from handdruk.work.names import LEASE, WORKER
from handdruk.work.statements import update_by_key
from handdruk.work.transactions import writing

log = logging.getLogger(__name__)
KEEP_DONE = timedelta(days=3)
MOST_CRASHES = 3  # times a job may be under way in a process that dies, beyond the times it may fail


def claim() -> Job | None:
    """The next job that is due, now leased to this process; None when nothing is due.

    One that was under way each time a process died is not given another process to end.
    """
    if not any(jobs.exists() for jobs in due()):
        return None
    with writing():
        for jobs in due():
            while (job := jobs.select_for_update(skip_locked=True, of=("self",)).first()) is not None:
                if not _deadly(job):
                    return _leased(job)
                _lay_to_rest(job, "its process died each time")
    return None


def _deadly(job: Job) -> bool:
    definition = JOBS.get(job.name)
    return definition is not None and job.attempts >= definition.attempts + MOST_CRASHES


def due() -> tuple[QuerySet[Job], QuerySet[Job]]:
    """What may be claimed: what was left behind, and what is ready and due. Two questions, since no index answers both.

    In each lane only the oldest that is not finished, and not while another is under way.
    """
    moment = now()
    left_behind = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=moment)
    ready = Job.objects.filter(state=JobState.READY, run_at__lte=moment)
    lane = Job.objects.filter(lane=OuterRef("lane"))
    older = lane.filter(pk__lt=OuterRef("pk"), state__in=[JobState.READY, JobState.RUNNING])
    busy = lane.filter(
        state=JobState.RUNNING, lease_until__gte=moment
    )  # such as a younger one, when a dead one revives
    free = Q(lane="") | (~Exists(older) & ~Exists(busy))
    return left_behind.filter(free).order_by("run_at", "pk"), ready.filter(free).order_by("run_at", "pk")


def _leased(job: Job) -> Job:
    job.state, job.worker, job.lease_until = JobState.RUNNING, WORKER, now() + LEASE
    job.attempts += 1
    job.save(update_fields=["state", "worker", "lease_until", "attempts"])
    under_way.add(job.pk)
    return job


def finish(job_id: int) -> None:
    """Marks a job of this process done. Call it inside the transaction of the work, and both happen or neither."""
    done = {"state": JobState.DONE.value, "finished_at": now(), "lease_until": None, "error": ""}
    with writing():
        update_by_key(Job, job_id, done)
    under_way.discard(job_id)


def fail(job_id: int, error: Exception) -> None:
    """Puts a failed job back with back-off, or among the dead when trying again is of no use.

    Should this fail too, the job is not under way any more: its lease passes, and a worker tries again.
    """
    under_way.discard(job_id)
    with writing():
        mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING, worker=WORKER)
        job = mine.select_for_update().first()
        if job is None:
            return  # somebody else has it by now
        definition = JOBS.get(job.name)
        if isinstance(error, Permanent) or definition is None or job.attempts >= definition.attempts:
            _lay_to_rest(job, describe(error))
            return
        again = now() + back_off(job.attempts)
        mine.update(state=JobState.READY, run_at=again, lease_until=None, error=describe(error))
    log.warning("job %s failed and is tried again: %s", job, describe(error))


def _lay_to_rest(job: Job, error: str) -> None:
    """Among the dead; what its room does about that is a job of its own, with attempts of its own."""
    job.state, job.error, job.lease_until, job.finished_at = JobState.DEAD, error, None, now()
    job.save(update_fields=["state", "error", "lease_until", "finished_at"])
    definition = JOBS.get(job.name)
    if definition is not None and definition.on_dead is not None:
        definition.on_dead.enqueue(run_at=job.created_at, **job.args)  # before what waits in its lane
    log.error("job %s is dead: %s", job, error)


def back_off(attempts: int) -> timedelta:
    """1, 2, 4, 8 ... seconds, at most an hour, and up to a quarter more so that failures do not march in step."""
    seconds = min(2.0 ** (attempts - 1), 3600)
    return timedelta(seconds=seconds * random.uniform(1, 1.25))  # noqa: S311  (spreading load, not a secret)


def beat() -> None:
    """Extends the leases of what this process has under way."""
    with writing():
        mine = Job.objects.filter(pk__in=[*under_way], worker=WORKER, state=JobState.RUNNING)
        mine.update(lease_until=now() + LEASE)


def recover_all() -> int:
    """Frees every running job at once. Only for a process that knows it is alone."""
    return (
        Job.objects.filter(state=JobState.RUNNING)
        .exclude(worker=WORKER)
        .update(state=JobState.READY, lease_until=None, run_at=now())
    )


def enqueue_recurring() -> None:
    """Enqueues whatever recurs and is due. Of several processes exactly one moves the row forward."""
    moment = now()
    for name, (every, definition) in RECURRING.items():
        row, _ = Recurring.objects.get_or_create(name=name, defaults={"next_at": moment})
        if row.next_at > moment:
            continue
        with writing():
            moved = Recurring.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=moment + every)
            if moved:
                definition.enqueue(key=f"{name}:{row.next_at.isoformat()}")


def revive(job_id: int) -> None:
    """Gives a dead job a new life, at somebody's request."""
    Job.objects.filter(pk=job_id, state=JobState.DEAD).update(
        state=JobState.READY, attempts=0, run_at=now(), finished_at=None
    )
    new_work.set()


def bury(job_id: int) -> None:
    """Somebody looked at a dead job and decided that it need not be done."""
    Job.objects.filter(pk=job_id, state=JobState.DEAD).update(state=JobState.DONE, finished_at=now())


def sweep() -> None:
    """Forgets jobs that were done days ago; the dead stay until somebody has looked."""
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now() - KEEP_DONE).delete()
