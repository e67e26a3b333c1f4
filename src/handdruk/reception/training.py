"""Trains the reader on the company's topics and stores it with the policy that follows from its evidence."""

import logging
import threading
import time
from dataclasses import dataclass, replace

from handdruk.decide import GroupThresholds, Policy
from handdruk.digital.models import Example
from handdruk.digital.topics import known
from handdruk.reception.brakes import braked, brakes_on, carry_over, doubtful_since, in_force
from handdruk.reception.encoding import installed
from handdruk.reception.handovers import alarm_of, model_of, newest
from handdruk.reception.labels import labels_for
from handdruk.reception.models import Brake, TrainedReader
from handdruk.reception.policy import Stored, learn_policy, policy_from, thresholds_of
from handdruk.reception.watched import watch_goes_on
from handdruk.relationship.company import company
from handdruk.understand import Lesson, ModelDamaged, Reader
from handdruk.understand.handover import HandoverModel
from handdruk.work.transactions import writing

log = logging.getLogger(__name__)
KEEP = 3  # earlier readers stay for a while, for turns that were read by them
FRESH_FOR = 1.0  # seconds


class NotTrained(Exception):
    """There is no reader yet; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reader and the policy that goes with it, brakes included: everything needed to read and to decide.

    `proved` are the thresholds without the brakes. `handovers` is what an archive taught, stored under `handovers_pk`.
    """

    pk: int
    reader: Reader
    policy: Policy
    proved: GroupThresholds
    content_version: int
    brakes: int = 0
    handovers_pk: int | None = None
    handovers: HandoverModel | None = None

    def is_of(self, pk: int, version: int, brakes: int, handovers_pk: int | None) -> bool:
        """Is this made of these?"""
        return (self.pk, self.content_version, self.brakes, self.handovers_pk) == (pk, version, brakes, handovers_pk)


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
    reader = Reader.train(examples, encoder=installed(), order_number=settings.order_number)
    before, brake = TrainedReader.objects.defer("data").order_by("-pk").first(), in_force()
    labels = labels_for(reader, known().resolutions(), doubtful_since(brake))
    policy = learn_policy(reader.evidence, settings, labels)
    thresholds = thresholds_of(policy)
    proved = thresholds.whole()
    carries = brake is not None and (proved.provisional or proved.value is None)
    watched = watch_goes_on(before, settings, lifted=brake is not None and not carries)
    summary = {
        "topics": len(reader.topics),
        "examples": len(examples),
        "seconds": round(time.perf_counter() - started, 2),
        "threshold": proved.value,
        "own_thresholds": len(thresholds.own),
        "coverage": proved.coverage,
        "provisional": proved.provisional,
        "labels": policy["labels"],
        "encoder": reader.trained_with,
        "watched_since": watched.isoformat(),
    }
    with writing():
        row = TrainedReader.objects.create(
            content_version=settings.version, data=reader.to_bytes(), policy=policy, summary=summary
        )
        if brake is not None and carries:
            carry_over(brake, row)
        old = TrainedReader.objects.order_by("-pk").values_list("pk", flat=True)[KEEP:]
        TrainedReader.objects.filter(pk__in=list(old)).delete()
    look_again()
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
        pk = TrainedReader.objects.order_by("-pk").values_list("pk", flat=True).first()
        if pk is None:
            raise NotTrained("the reader has not been trained yet; run: handdruk train")
        seen = (pk, known().version, Brake.objects.filter(reader=pk).count(), newest())
        held = _current.judgement
        if held is None or not held.is_of(*seen):
            _current.judgement = held = _load(held, *seen)
        _current.looked_at = time.monotonic()
        return held


def look_again() -> None:
    """Reads afresh at the next use; for whoever just changed what is decided by."""
    _current.looked_at = 0.0


def is_usable() -> bool:
    """Is there a reader that this version can use? One that is damaged, or of an earlier format, must be trained again."""
    try:
        judgement()
    except (NotTrained, ModelDamaged):
        return False
    return True


def _load(held: Judgement | None, pk: int, version: int, brakes: int, handovers_pk: int | None) -> Judgement:
    row = (
        TrainedReader.objects.get(pk=pk)
        if held is None or held.pk != pk
        else TrainedReader.objects.defer("data").get(pk=pk)
    )
    reader = (
        held.reader
        if held is not None and held.pk == pk
        else Reader.from_bytes(bytes(row.data), encoder=installed() if row.summary.get("encoder") else None)
    )
    reader.read("")  # what is made at the first reading is made here, once
    same = held is not None and held.handovers_pk == handovers_pk
    handovers = held.handovers if held is not None and same else model_of(handovers_pk)
    takeover = alarm_of(handovers.judged, company()) if handovers is not None else None
    policy = policy_from(_policy(row, reader), known().resolutions(), takeover)
    proved = policy.thresholds
    policy = replace(policy, thresholds=braked(proved, brakes_on(pk)))
    return Judgement(pk, reader, policy, proved, version, brakes, handovers_pk, handovers)


def _policy(row: TrainedReader, reader: Reader) -> Stored:
    """The stored policy; without the encoder it was proved with, one that the words alone prove."""
    if reader.trained_with is None or reader.encoder is not None:
        return dict(row.policy)
    log.warning("the encoder that the reader was trained with is not there: messages are read by words alone")
    return learn_policy(reader.evidence, company())
