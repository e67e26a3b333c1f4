"""Work that failed for good and waits for somebody to look."""

from dataclasses import dataclass
from datetime import datetime

from handdruk.work.models import Job, JobState

PAGE = 30


@dataclass(frozen=True, slots=True)
class Stuck:
    """A dead job, without its arguments: those may hold what a customer wrote."""

    pk: int
    name: str
    since: datetime
    attempts: int
    error: str


def stuck(number: int = 1) -> tuple[list[Stuck], bool]:
    """A page of dead jobs, the newest first, and whether there are more."""
    first = (number - 1) * PAGE
    dead = Job.objects.filter(state=JobState.DEAD).order_by("-run_at", "-pk")
    rows = dead.values_list("pk", "name", "finished_at", "created_at", "attempts", "error")[first : first + PAGE + 1]
    shown = [Stuck(pk, name, ended or made, attempts, error) for pk, name, ended, made, attempts, error in rows]
    return shown[:PAGE], len(shown) > PAGE


def how_many_stuck() -> int:
    """The number beside the link."""
    return Job.objects.filter(state=JobState.DEAD).count()
