"""Work that got stuck: seen by leads, without what customers wrote, tried again or put aside."""

import pytest

from handdruk.core.clock import now
from handdruk.work.models import Job


@pytest.fixture
def dead() -> Job:
    moment = now()
    return Job.objects.create(
        name="relationship.deliver", args={"to": "jan@voorbeeld.example"}, state="dead", run_at=moment,
        created_at=moment, finished_at=moment, attempts=10, error="TimeoutError at connect:12",
    )  # fmt: skip


def test_that_a_lead_sees_what_got_stuck_and_no_arguments(as_sanne, dead):
    page = as_sanne.get("/desk/dead-letters/").content.decode()
    assert "relationship.deliver" in page and "TimeoutError at connect:12" in page
    assert "jan@voorbeeld.example" not in page


def test_that_a_lead_tries_it_again(as_sanne, dead):
    assert as_sanne.post(f"/desk/dead-letters/{dead.pk}/revival")["Location"] == "/desk/dead-letters/"
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("ready", 0)


def test_that_a_lead_puts_it_aside(as_sanne, dead):
    as_sanne.post(f"/desk/dead-letters/{dead.pk}/burial")
    dead.refresh_from_db()
    assert dead.state == "done"
    assert "Niets is vastgelopen." in as_sanne.get("/desk/dead-letters/").content.decode()


def test_that_stuck_work_comes_a_page_at_a_time(as_sanne):
    moment = now()
    Job.objects.bulk_create(
        Job(name=f"a.job{number}", state="dead", run_at=moment, created_at=moment) for number in range(31)
    )
    assert "?page=2" in as_sanne.get("/desk/dead-letters/").content.decode()
    assert as_sanne.get("/desk/dead-letters/?page=2").content.decode().count("revival") == 1
