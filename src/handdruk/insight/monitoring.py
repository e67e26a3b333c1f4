"""How the promise stands while it is lived by: what audits say of the answers that were really given."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from scipy.special import betaln

from handdruk.decide import Monitor, Promise
from handdruk.decide.monitor import FALSE_ALARM
from handdruk.reception.models import Audit, Brake, TrainedReader, Verdict
from handdruk.reception.watched import watched_since
from handdruk.relationship.company import company

DAYS = 365
HALVINGS = 40  # of the interval in which the bound is sought


@dataclass(frozen=True, slots=True)
class Answer:
    """One audited answer that the assistant gave by its own judgement."""

    at: datetime
    probability_right: float
    right: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`error` is the share of wrong ones so far; with the promise's confidence the true share is at most `bound`.

    `suspicion` runs from 0 (none) to 1 (the alarm rings).
    """

    audited: int
    wrong: int
    error: float
    bound: float
    suspicion: float
    unsure: int  # audits of which nobody could tell


@dataclass(frozen=True, slots=True)
class _Seen:
    """What this process had seen when it last looked."""

    start: Monitor
    answers: tuple[Answer, ...]
    monitor: Monitor


_last: _Seen | None = None


def standing() -> Standing:
    """Of the answers given under this promise since its last brake."""
    answers = audited_answers()
    seen = run(answers)
    promise = _promise()
    unsure = _given_under_the_promise().filter(verdict=Verdict.UNSURE).count()
    error = seen.wrong / seen.audited if seen.audited else 0.0
    bound = upper_bound(seen.wrong, seen.audited, promise.at_most, promise.confidence)
    return Standing(seen.audited, seen.wrong, error, bound, suspicion_of(seen), unsure)


def audited_answers() -> list[Answer]:
    """In the order in which colleagues looked at them, which says nothing of whether they were right."""
    rows = _given_under_the_promise().exclude(verdict=Verdict.UNSURE).order_by("labelled_at", "pk")
    found = rows.values_list("turn__at", "turn__probability_right", "verdict")
    return [Answer(at, probability, verdict == Verdict.RIGHT) for at, probability, verdict in found]


def run(answers: Sequence[Answer]) -> Monitor:
    """The monitor after these; it stops at its first alarm.

    It goes on from where it was in this process when the same answers come with more after them.
    """
    global _last  # noqa: PLW0603  (a memory of one)
    start = Monitor.start(_promise(), audits_a_year=max(company().audits_a_day, 1) * DAYS)
    goes_on = _last is not None and _last.start == start and _last.answers == tuple(answers[: len(_last.answers)])
    before, monitor = (len(_last.answers), _last.monitor) if _last is not None and goes_on else (0, start)
    for answer in answers[before:]:
        if monitor.alarm:
            break
        monitor = monitor.after(answer.probability_right, answer.right)
    _last = _Seen(start, tuple(answers), monitor)
    return monitor


def suspicion_of(monitor: Monitor) -> float:
    """How far the evidence is on its way to the alarm, on a logarithmic scale."""
    return min(math.log(max(monitor.evidence, 1.0)) / math.log(1 / FALSE_ALARM), 1.0)


def upper_bound(wrong: int, audited: int, at_most: float, confidence: float) -> float:
    """With this confidence at most this share is wrong, at whichever moment one looks.

    The upper end of the prior-posterior ratio confidence sequence (Waudby-Smith & Ramdas 2020, arXiv:2006.04347) with a
    Beta(1, 1 / at_most) prior, which is tight near the promised share.
    """
    if audited == 0:
        return 1.0
    a, b = 1.0, 1.0 / at_most
    limit = math.log(1 - confidence)
    constant = betaln(a, b) - betaln(a + wrong, b + audited - wrong)

    def log_ratio(p: float) -> float:
        return float(constant + wrong * math.log(p) + (audited - wrong) * math.log1p(-p) - limit)

    low, high = max(wrong / audited, 1e-9), 1 - 1e-12
    if wrong == audited or log_ratio(high) > 0:
        return 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if log_ratio(middle) > 0 else (low, middle)
    return high


def _given_under_the_promise() -> QuerySet[Audit]:
    """Audited answers since this promise is watched over, by whichever reader; after a brake those that it let through."""
    reader = TrainedReader.objects.only("summary").order_by("-pk").first()
    if reader is None:
        return Audit.objects.none()
    given, since = Audit.objects.filter(sent=True, labelled_at__isnull=False), watched_since(reader)
    given = given.filter(turn__reader=reader) if since is None else given.filter(turn__at__gte=since)
    brake = Brake.objects.filter(reader=reader).order_by("-pk").first()
    if brake is None:
        return given
    return given.filter(turn__at__gt=brake.at, turn__probability_right__gte=brake.threshold or 0)


def _promise() -> Promise:
    settings = company()
    return Promise(settings.at_most, settings.confidence)
