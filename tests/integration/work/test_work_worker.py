"""The worker's threads: quick to begin, patient at the end, and not put off by a database that goes away."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError, connection

from handdruk.core.clock import now
from handdruk.work import worker
from handdruk.work.define import RECURRING, job
from handdruk.work.models import Job, JobState
from handdruk.work.worker import Worker
from tests.integration.work.chores import done, note

pytestmark = pytest.mark.django_db(transaction=True)
begun, may_end = threading.Event(), threading.Event()


@job("chores.slow")
def slow() -> None:
    begun.set()
    may_end.wait(10)


@pytest.fixture
def crew() -> Iterator[list[Worker]]:
    """Workers to begin; they are ended, with their connections, before the database is emptied."""
    known = dict(RECURRING)
    RECURRING.clear()
    begun.clear()
    may_end.clear()
    crew: list[Worker] = []
    yield crew
    may_end.set()
    for one in crew:
        one.stop()
        for thread in one._threads:
            thread.join(10)
            assert not thread.is_alive()
    RECURRING.update(known)


def start(crew: list[Worker], threads: int = 1) -> Worker:
    crew.append(Worker(threads))
    crew[-1].start()
    return crew[-1]


def wait_until(condition, patience: float = 5) -> None:
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_that_a_job_is_begun_at_once_and_not_at_the_next_look(crew, monkeypatch):
    monkeypatch.setattr(worker, "POLL", 60)
    start(crew)
    time.sleep(0.3)  # it has found nothing to do and sleeps
    note.enqueue(what="x")
    wait_until(lambda: done == ["x"], 2)


def test_that_a_job_that_another_process_enqueued_is_found_at_the_next_look(crew, monkeypatch):
    monkeypatch.setattr(worker, "POLL", 0.05)
    start(crew)
    time.sleep(0.2)
    Job.objects.create(name="chores.note", args={"what": "x"}, run_at=now(), created_at=now())
    wait_until(lambda: done == ["x"], 2)


def test_that_one_slow_job_does_not_hold_up_the_others(crew):
    start(crew, threads=2)
    slow.enqueue()
    assert begun.wait(5)
    note.enqueue(what="x")
    wait_until(lambda: done == ["x"])
    assert Job.objects.get(name="chores.slow").state == JobState.RUNNING


def test_that_stopping_lets_what_is_under_way_finish_and_begins_nothing_new(crew):
    ours = start(crew)
    slow.enqueue()
    assert begun.wait(5)
    note.enqueue(what="later")
    threading.Timer(0.3, may_end.set).start()
    ours.stop()
    assert Job.objects.get(name="chores.slow").state == JobState.DONE
    assert Job.objects.get(name="chores.note").state == JobState.READY


def test_that_stopping_waits_no_longer_than_its_patience_however_many_threads_there_are(crew):
    ours = start(crew, threads=3)
    for _ in range(3):
        slow.enqueue()
    wait_until(lambda: Job.objects.filter(state=JobState.RUNNING).count() == 3)
    began = time.monotonic()
    ours.stop(timedelta(seconds=0.3))
    assert 0.2 < time.monotonic() - began < 5


def test_that_a_worker_goes_on_when_its_database_was_away_for_a_moment(crew, monkeypatch, caplog):
    monkeypatch.setattr(worker, "POLL", 0.05)
    away = mock.Mock(side_effect=OperationalError("the server closed the connection"))
    with monkeypatch.context() as moment:
        moment.setattr(worker.commands, "claim", away)
        start(crew)
        wait_until(lambda: away.call_count > 1)
    note.enqueue(what="x")
    wait_until(lambda: done == ["x"])
    assert "could not reach its jobs" in caplog.text


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL: tests/with_postgres.py")
def test_that_a_worker_goes_on_after_postgresql_cut_its_connections(crew, monkeypatch):
    monkeypatch.setattr(worker, "POLL", 0.05)
    start(crew)
    note.enqueue(what="before")
    wait_until(lambda: done == ["before"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1
    note.enqueue(what="after")
    wait_until(lambda: done == ["before", "after"])


assert connection  # the condition of skipif names it
