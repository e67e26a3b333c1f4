"""Brakes: the threshold raised because audits said that the promise could not be kept any more."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Subquery

from handdruk.decide import Threshold
from handdruk.reception.models import Brake, TrainedReader


def braked(threshold: Threshold, brakes: Iterable[float | None]) -> Threshold:
    """The threshold with these on it: the strictest counts, and None means that nothing is answered automatically."""
    values = [threshold.value, *brakes]
    numbers = [value for value in values if value is not None]
    return replace(threshold, value=max(numbers) if len(numbers) == len(values) else None)


def thresholds_of(reader: int) -> list[float | None]:
    """What the brakes on this reader raise its threshold to."""
    return list(Brake.objects.filter(reader=reader).values_list("threshold", flat=True))


def in_force() -> Brake | None:
    """The newest brake on the reader in use."""
    newest = TrainedReader.objects.order_by("-pk").values("pk")[:1]
    return Brake.objects.filter(reader=Subquery(newest)).order_by("-pk").first()


def doubtful_since(brake: Brake | None) -> datetime | None:
    """From when on answers looked wrong too often; what was labelled before says nothing of how things are now."""
    since = brake.because.get("since") if brake is not None else None
    return datetime.fromisoformat(since) if since else None


def carry_over(brake: Brake, reader: TrainedReader) -> None:
    """A new reader goes on with the brake of the one before: nothing has proved yet that it does better."""
    Brake.objects.create(
        reader=reader, threshold=brake.threshold, at=brake.at, because={**brake.because, "carried_over": True}
    )
