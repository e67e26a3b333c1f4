"""Brakes: the thresholds raised because audits said that the promise could not be kept any more."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Subquery

from handdruk.decide import GroupThresholds
from handdruk.reception.models import Brake, TrainedReader


def braked(thresholds: GroupThresholds, brakes: Iterable[float | None]) -> GroupThresholds:
    """The thresholds with these on them, every group's own as well: a brake never lets more through.

    The strictest counts, and None means that nothing is answered automatically.
    """
    for least in brakes:
        thresholds = thresholds.raised(least)
    return thresholds


def brakes_on(reader: int) -> list[float | None]:
    """What the brakes on this reader raise its thresholds to."""
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
