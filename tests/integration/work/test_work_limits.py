"""Limits: the same with and without Redis, and never in the way when Redis is gone."""

import socket
import time

import pytest

from handdruk.work import limits, redis
from handdruk.work.limits import use
from tests import with_postgres


@pytest.fixture(autouse=True)
def afresh(settings):
    """Each test says where its Redis is."""
    settings.REDIS_URL = ""
    for made in (redis.client, limits._shared):
        made.cache_clear()
    limits.forget()
    yield
    for made in (redis.client, limits._shared):
        made.cache_clear()
    limits._rests_until = 0.0


def test_that_what_is_done_too_often_is_told_how_long_to_wait():
    assert [use("try", "me", times=2) for _ in range(2)] == [0, 0]
    assert (
        0 < use("try", "me", times=2) <= 90
    )  # all of this window, and half of the next, in which these two still weigh
    assert use("try", "you", times=2) == 0


def test_that_without_redis_the_process_counts_for_itself(settings, caplog):
    settings.REDIS_URL = f"redis://127.0.0.1:{with_postgres.free_port()}/0"
    assert [use("try", "me", times=2) for _ in range(2)] == [0, 0]
    assert use("try", "me", times=2) > 0
    assert caplog.text.count("Redis cannot be reached") == 1


def test_that_a_redis_that_hangs_is_waited_for_once_and_not_by_everyone(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        assert use("try", "me", times=100) == 0
        assert time.monotonic() - began < 5
        began = time.monotonic()
        assert [use("try", "me", times=100) for _ in range(20)] == [0] * 20
        assert time.monotonic() - began < 5


def test_that_counting_goes_back_to_redis_when_it_is_there_again(settings, monkeypatch):
    monkeypatch.setattr(limits, "REST", 0.1)
    port = with_postgres.free_port()
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    assert use("try", "me", times=2) == 0
    try:
        with with_postgres.redis(port):
            time.sleep(0.15)
            assert use("try", "me", times=2) == 0
            assert redis.client().keys("LIMITS*")
    except with_postgres.Missing as missing:
        pytest.skip(str(missing))
