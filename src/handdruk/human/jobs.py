"""Nobody is left waiting: looks after handovers whose time has passed, and after colleagues who are gone."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet

from handdruk.core.errors import describe
from handdruk.human import commands
from handdruk.human.models import Handover
from handdruk.human.promise import people_are_there
from handdruk.human.queries.waiting import forgotten, overdue
from handdruk.work.define import recurring

log = logging.getLogger(__name__)
AT_A_TIME = 200


@recurring(timedelta(seconds=20), "human.escalate_overdue")
def escalate_overdue() -> None:
    """Handovers to which nobody answered in time."""
    _each(overdue(), commands.escalate)


@recurring(timedelta(seconds=60), "human.free_the_forgotten")
def free_the_forgotten() -> None:
    """Conversations whose colleague is gone while the customer waits for a word."""
    if people_are_there():
        _each(forgotten(), commands.free)


def _each(handovers: QuerySet[Handover], look_after: Callable[[int], None]) -> None:
    """One that goes wrong keeps nobody else waiting."""
    for pk in handovers.values_list("pk", flat=True)[:AT_A_TIME]:
        try:
            look_after(pk)
        except Exception as error:
            log.error("handover %s could not be looked after: %s", pk, describe(error))
