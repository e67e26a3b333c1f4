"""Draws the turns that colleagues look at: by lot, whatever was said in them.

What a sample says of all answers holds only when nothing about an answer decides whether it is in it. So each turn gets
one number that follows from its own number and the installation's secret, spread evenly over [0, 1), and is drawn when
that is below the share which gives about as many audits a day as the company wants.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max, QuerySet, Sum
from django.utils.crypto import salted_hmac

from handdruk.core.clock import now
from handdruk.insight.models import Draw
from handdruk.reception.models import Audit, AuditUse, Turn
from handdruk.relationship.company import company
from handdruk.work.transactions import writing

SETTLED = timedelta(minutes=10)  # by now the transaction of every turn with an earlier number has ended
ON_ITS_TOPIC = (
    "sure", "people_topic", "same_again", "failed_twice", "one_plausible", "several_plausible", "several_matters",
    "not_sure", "no_known_topic", "no_proof_yet", "answer_missing", "action_failed",
)  # fmt: skip
SHARE_FOR_PROOF = 0.75
BATCH = 500  # rows a statement


def draw() -> int:
    """Gives every turn since the last drawing its chance; how many were drawn. Two at once draw once."""
    last = Draw.objects.order_by("-pk").first()
    first, through = (last.through if last else 0) + 1, _through()
    if through < first:
        return 0
    could_be = drawable(first, through).count()
    probability = _probability(could_be)
    audits = list(_by_lot(first, through, probability))
    with writing():
        newest = Draw.objects.select_for_update().order_by("-pk").first()
        if newest != last:
            return 0
        Draw.objects.create(through=through, turns=could_be, probability=probability)
        return len(Audit.objects.bulk_create(audits, BATCH))


def drawable(first: int, through: int) -> QuerySet[Turn]:
    """The turns the promise speaks of: decided by what the message is about, with a topic that could be answered.

    Buttons, kind words, steps of an action and what goes to a person for how the customer feels are none of them.
    """
    found = Turn.objects.filter(pk__gte=first, pk__lte=through, reasons__0__code__in=ON_ITS_TOPIC)
    return found.exclude(reading__topics=[])


def lot(number: int, what: str) -> float:
    """A number in [0, 1) for this turn: the same each time, and known to nobody without the installation's secret."""
    digest = salted_hmac(f"handdruk.insight.{what}", str(number), algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _through() -> int:
    """Up to which turn everything is certainly stored."""
    young = Turn.objects.filter(at__gte=now() - SETTLED).order_by("pk").values_list("pk", flat=True).first()
    newest = Turn.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return newest if young is None else young - 1


def _probability(could_be: int) -> float:
    """From how many turns there were in a day, and nothing else."""
    day = Draw.objects.filter(at__gt=now() - timedelta(days=1)).aggregate(turns=Sum("turns"))["turns"] or 0
    return min(1.0, company().audits_a_day / max(day + could_be, 1))


def _by_lot(first: int, through: int, probability: float) -> Iterator[Audit]:
    numbers = Turn.objects.filter(pk__gte=first, pk__lte=through).order_by("pk").values_list("pk", flat=True)
    drawn = [pk for pk in numbers.iterator() if lot(pk, "audit") < probability]
    for start in range(0, len(drawn), BATCH):
        found = drawable(first, through).filter(pk__in=drawn[start : start + BATCH]).order_by("pk")
        for pk, kind, reasons in found.values_list("pk", "kind", "reasons"):
            sent = kind in ("answer", "act") and reasons[0]["code"] == "sure"
            use = AuditUse.PROOF if lot(pk, "use") < SHARE_FOR_PROOF else AuditUse.EXAMPLE
            yield Audit(turn_id=pk, probability=probability, sent=sent, use=use)
