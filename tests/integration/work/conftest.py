"""Nothing done yet, and time that can be moved on."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models import F

from handdruk.work.define import under_way
from handdruk.work.models import Job
from tests.integration.work import chores


@pytest.fixture(autouse=True)
def nothing_done() -> Iterator[None]:
    """Each test has chores of its own."""
    for memory in (chores.done, chores.broken, under_way):
        memory.clear()
    yield
    under_way.clear()


@pytest.fixture
def later(db) -> Callable[[timedelta], None]:
    """Lets time pass for every job: what was due in a minute is due now."""

    def pass_by(time: timedelta) -> None:
        Job.objects.update(
            run_at=F("run_at") - time, created_at=F("created_at") - time, lease_until=F("lease_until") - time
        )

    return pass_by
