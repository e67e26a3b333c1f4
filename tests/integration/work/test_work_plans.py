"""Claiming stays quick with a hundred thousand jobs: the plans of the databases say so, and so does the clock."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from handdruk.core.clock import now
from handdruk.work.commands import claim, due
from handdruk.work.models import Job, JobState

MANY = 100_000


@pytest.fixture(scope="module")
def a_hundred_thousand(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Most of them done, many due, some dead and some under way; every second one in a lane."""
    with django_db_blocker.unblock():
        _make()
        yield
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM work_job")


def _make() -> None:
    moment = now()
    rows = []
    for number in range(MANY):
        kind = number % 10
        state = JobState.DONE if kind < 6 else JobState.READY if kind < 9 else JobState.DEAD
        rows.append(
            Job(
                name="chores.note", args={"what": number}, state=state, created_at=moment,
                lane=f"conversation:{number % 3000}" if number % 2 else "",
                run_at=moment - timedelta(hours=1) + timedelta(milliseconds=number),
            )
        )  # fmt: skip
    rows += [
        Job(name="chores.note", args={"what": number}, state=JobState.RUNNING, created_at=moment, run_at=moment,
            worker="other", lease_until=moment + timedelta(hours=1))
        for number in range(20)
    ]  # fmt: skip
    Job.objects.bulk_create(rows, batch_size=2000)
    if connection.vendor == "postgresql":  # which does so by itself, some time later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE work_job")


def plan_of(jobs) -> list[str]:
    sql, values = jobs[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return [row[3] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN {sql}", values)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize("which", [0, 1], ids=["left behind", "ready"])
def test_that_claiming_reads_an_index_and_never_the_table(a_hundred_thousand, which):
    plan = plan_of(due()[which])
    assert any("work_due" in line for line in plan), plan
    assert any("work_lane" in line for line in plan), plan
    for step in ("SCAN", "Seq Scan", "PRIMARY KEY"):
        assert not any(step in line for line in plan), plan


@pytest.mark.django_db
def test_that_the_next_job_is_the_first_of_its_index_and_nothing_is_sorted(a_hundred_thousand):
    plan = plan_of(due()[1])
    assert not any("TEMP B-TREE" in line or "Sort" in line for line in plan), plan


@pytest.mark.django_db
def test_that_claiming_takes_no_longer_than_with_a_few(a_hundred_thousand):
    took = []
    for _ in range(20):
        began = time.perf_counter()
        assert claim() is not None
        took.append(time.perf_counter() - began)
    assert sorted(took)[10] < 0.05, "seconds; reading the table would take several times as long"
