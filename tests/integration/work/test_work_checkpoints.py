"""The log of SQLite goes back into its file beside the work, and does not grow for ever."""

import threading
import time

import pytest
from django.db import connection

from handdruk.core.clock import now
from handdruk.work import checkpoints
from handdruk.work.checkpoints import Checkpoints, checkpoint
from handdruk.work.models import Job
from handdruk.work.transactions import writing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases do this themselves"),
]


def write(count):
    for _ in range(count):
        with writing():
            Job.objects.create(name="x" * 80, args={"a": "b" * 2000}, run_at=now(), created_at=now())


def pages_in_log():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return cursor.fetchone()[1]


def pages_not_written_back():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _, in_log, written_back = cursor.fetchone()
    return in_log - written_back


def test_that_a_log_that_grew_long_begins_anew(monkeypatch):
    monkeypatch.setattr(checkpoints, "LONG", 20)
    write(30)
    assert pages_in_log() > 20
    checkpoint()
    write(1)
    assert 0 <= pages_in_log() < 20
    assert Job.objects.count() == 31


def test_that_it_goes_on_beside_writers_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr(checkpoints, "PAUSE", 0.01)
    monkeypatch.setattr(checkpoints, "LONG", 20)
    part = Checkpoints()
    part.start()
    writers = [threading.Thread(target=_write_and_leave) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    until = time.monotonic() + 5
    while pages_not_written_back() and time.monotonic() < until:
        time.sleep(0.02)
    part.stop()
    assert pages_not_written_back() == 0
    assert Job.objects.count() == 120


def _write_and_leave():
    try:
        write(40)
    finally:
        connection.close()
