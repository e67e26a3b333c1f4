"""Trains the reader on the company's topics and stores it with the policy that follows from its evidence."""

import threading
import time
from dataclasses import dataclass, replace

from handdruk.decide import Policy
from handdruk.digital.models import Example
from handdruk.digital.topics import known
from handdruk.reception.brakes import braked, carry_over, doubtful_since, in_force, thresholds_of
from handdruk.reception.labels import labels_for
from handdruk.reception.models import Brake, TrainedReader
from handdruk.reception.policy import learn_policy, policy_from
from handdruk.relationship.company import company
from handdruk.understand import Lesson, Reader
from handdruk.work.transactions import writing

KEEP = 3  # earlier readers stay for a while, for turns that were read by them
FRESH_FOR = 1.0  # seconds


class NotTrained(Exception):
    """There is no reader yet; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reader and the policy that goes with it, brakes included: everything needed to read and to decide."""

    pk: int
    reader: Reader
    policy: Policy
    content_version: int
    brakes: int = 0


def lessons() -> list[Lesson]:
    """The company's examples as lessons; a near miss is only known not to be its topic."""
    rows = Example.objects.values_list("text", "topic__name", "language", "belongs")
    return [lesson(*row) for row in rows]


def lesson(text: str, topic: str, language: str, belongs: bool) -> Lesson:
    """One example of a topic, or one near miss of it, as a lesson."""
    return Lesson(text, topic, language) if belongs else Lesson(text, None, language, unlike=topic)


def train() -> TrainedReader:
    """Trains on what is in the database now and takes the result into use. Raises ValueError when there is too little."""
    started = time.perf_counter()
    settings = company()
    examples = lessons()
    reader = Reader.train(examples, order_number=settings.order_number)
    brake = in_force()
    labels = labels_for(reader, known().resolutions(), doubtful_since(brake))
    policy = learn_policy(reader.evidence, settings, labels)
    summary = {
        "topics": len(reader.topics),
        "examples": len(examples),
        "seconds": round(time.perf_counter() - started, 2),
        "threshold": policy["threshold"]["value"],
        "coverage": policy["threshold"]["coverage"],
        "provisional": policy["threshold"]["provisional"],
        "labels": policy["labels"],
    }
    with writing():
        row = TrainedReader.objects.create(
            content_version=settings.version, data=reader.to_bytes(), policy=policy, summary=summary
        )
        if brake is not None and (policy["threshold"]["provisional"] or policy["threshold"]["value"] is None):
            carry_over(brake, row)
        old = TrainedReader.objects.order_by("-pk").values_list("pk", flat=True)[KEEP:]
        TrainedReader.objects.filter(pk__in=list(old)).delete()
    return row


class _Current:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.judgement: Judgement | None = None
        self.looked_at = 0.0


_current = _Current()


def judgement() -> Judgement:
    """The reader and policy in use, the newest in the database. Raises NotTrained when there is none."""
    held = _current.judgement
    if held is not None and time.monotonic() - _current.looked_at < FRESH_FOR:
        return held
    with _current.lock:
        newest = TrainedReader.objects.order_by("-pk").values_list("pk", flat=True).first()
        if newest is None:
            raise NotTrained("the reader has not been trained yet; run: handdruk train")
        seen = (newest, known().version, Brake.objects.filter(reader=newest).count())
        held = _current.judgement
        if held is None or (held.pk, held.content_version, held.brakes) != seen:
            _current.judgement = held = _load(held, *seen)
        _current.looked_at = time.monotonic()
        return held


def look_again() -> None:
    """Reads afresh at the next use; for whoever just changed what is decided by."""
    _current.looked_at = 0.0


def _load(held: Judgement | None, pk: int, version: int, brakes: int) -> Judgement:
    row = (
        TrainedReader.objects.get(pk=pk)
        if held is None or held.pk != pk
        else TrainedReader.objects.defer("data").get(pk=pk)
    )
    reader = held.reader if held is not None and held.pk == pk else Reader.from_bytes(bytes(row.data))
    policy = policy_from(row.policy, known().resolutions())
    policy = replace(policy, threshold=braked(policy.threshold, thresholds_of(pk)))
    return Judgement(pk, reader, policy, version, brakes)
