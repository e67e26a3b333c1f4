"""Settles the ledger: looks at automatic answers, and again while something may still change."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handdruk.core.clock import now
from handdruk.insight.facts import automatic_answers, facts
from handdruk.insight.ledger import ending, look_again
from handdruk.insight.models import LedgerEntry
from handdruk.reception.models import Turn
from handdruk.relationship.models import Outcome
from handdruk.work.transactions import writing

BATCH = 200
OLDEST = timedelta(days=30)  # an answer nobody looked at for so long, because nothing ran, is not looked at any more


def settle(moment: datetime | None = None) -> int:
    """Brings every entry up to date; how many were looked at. Doing it twice changes nothing more."""
    moment = moment or now()
    looked_at = 0
    for find in (_new, _to_look_at):
        last = 0
        while turns := list(find(moment).filter(pk__gt=last).select_related("conversation").order_by("pk")[:BATCH]):
            _settle(turns, moment)
            looked_at, last = looked_at + len(turns), turns[-1].pk
    return looked_at


def _new(moment: datetime) -> QuerySet[Turn]:
    return automatic_answers().filter(at__gt=moment - OLDEST, at__lte=moment, ledger_entry=None)


def _to_look_at(moment: datetime) -> QuerySet[Turn]:
    """Those whose time has come, and those about which something happened since the last look."""
    word = Outcome.objects.filter(conversation=OuterRef("conversation"), at__gt=OuterRef("ledger_entry__at"))
    open_entries = Turn.objects.filter(ledger_entry__look_at__isnull=False)
    return open_entries.filter(
        Q(ledger_entry__look_at__lte=moment)
        | Q(conversation__changed_at__gt=F("ledger_entry__at"))
        | Exists(word)
    )  # fmt: skip


def _settle(turns: Sequence[Turn], moment: datetime) -> None:
    known = facts(turns)
    rows = []
    for turn in turns:
        found = ending(*known.of(turn), moment)
        rows.append(
            LedgerEntry(
                turn=turn, kind=found.kind.value if found else "", by=found.by.value if found else "", at=moment,
                look_at=look_again(turn.at, moment),
            )
        )  # fmt: skip
    with writing():
        LedgerEntry.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["turn"], update_fields=["kind", "by", "at", "look_at"]
        )
