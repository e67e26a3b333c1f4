"""Live updates: from any thread to any open stream, from any process with Redis, and still here when Redis is gone."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, transaction

from handdruk.work import live
from handdruk.work import redis as our_redis
from handdruk.work.hub import EVERYTHING, WAITING_AT_MOST, Hub, Pointer, hub
from handdruk.work.live import UNTOLD_AT_MOST, RedisEar, RedisMouth, mouth, tell
from tests import with_postgres

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def without_redis(settings) -> Iterator[None]:
    """Unless a test says otherwise; and each test with a client of its own."""
    settings.REDIS_URL = ""
    our_redis.client.cache_clear()
    yield
    mouth.stop()
    our_redis.client.cache_clear()


async def told(*what, **data) -> None:
    """Tells something in a thread of its own, as requests and jobs do."""

    def tell_and_leave():
        tell(*what, **data)
        connection.close()

    await asyncio.to_thread(tell_and_leave)


async def news(subscription, wait: float = 0.1) -> list[Pointer]:
    """The same without the word to look at everything, which comes whenever Redis is heard again."""
    return [pointer for pointer in await everything(subscription, wait) if pointer is not EVERYTHING]


async def everything(subscription, wait: float = 0.1) -> list[Pointer]:
    """What has arrived, and what still does within `wait`."""
    found = []
    while (pointer := await subscription.next(wait)) is not None:
        found.append(pointer)
    return found


def test_that_what_is_told_in_a_thread_arrives_at_every_stream_that_listens_and_no_other():
    async def scene():
        both = [hub.listen(["a", "b"]), hub.listen(["a"])]
        other = hub.listen(["c"])
        thread = threading.Thread(target=lambda: (tell("a", "changed", last=1), tell("b"), connection.close()))
        thread.start()
        heard = [[pointer.name for pointer in await everything(one)] for one in (*both, other)]
        thread.join()
        for one in (*both, other):
            one.close()
        return heard

    assert asyncio.run(scene()) == [["a", "b"], ["a"], []]


def test_that_streams_on_several_event_loops_all_hear_it():
    heard, listening = [], threading.Barrier(4)

    def loop():
        async def scene():
            subscription = hub.listen(["a"])
            await asyncio.to_thread(listening.wait)
            heard.append(await subscription.next(5))
            subscription.close()

        asyncio.run(scene())

    threads = [threading.Thread(target=loop) for _ in range(3)]
    for thread in threads:
        thread.start()
    listening.wait()
    tell("a", "changed", revision=7)
    for thread in threads:
        thread.join()
    assert heard == [Pointer("a", "changed", {"revision": 7})] * 3


def test_that_a_closed_loop_does_not_keep_the_news_from_the_others():
    gone = []

    async def leave_without_a_word():
        gone.append(hub.listen(["a"]))

    async def scene():
        subscription = hub.listen(["a"])
        await told("a")
        heard = await everything(subscription)
        subscription.close()
        return heard

    asyncio.run(leave_without_a_word())
    assert len(asyncio.run(scene())) == 1
    gone[0].close()


def test_that_nothing_is_told_before_the_fact_is_certain_and_nothing_that_was_undone():
    async def scene():
        subscription = hub.listen(["a"])
        during = await asyncio.to_thread(write, subscription)
        heard = [pointer.data["fact"] for pointer in await everything(subscription)]
        subscription.close()
        return during, heard

    def write(subscription):
        with transaction.atomic():
            tell("a", fact="kept")
            time.sleep(0.05)
            during = len(subscription._unread)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell("a", fact="undone")
            raise ZeroDivisionError
        connection.close()
        return during

    assert asyncio.run(scene()) == (0, ["kept"])


def test_that_a_slow_reader_is_told_to_look_at_everything_and_a_quick_one_loses_nothing():
    extra = 5

    async def scene():
        slow, quick = hub.listen(["a"]), hub.listen(["a"])
        heard = []
        for number in range(WAITING_AT_MOST + extra):
            hub.hand_out(Pointer("a", "changed", {"n": number}))
            pointer = await quick.next(1)
            assert pointer is not None
            heard.append(pointer.data["n"])
        kept = await everything(slow)
        slow.close()
        quick.close()
        return heard, kept

    heard, kept = asyncio.run(scene())
    assert heard == list(range(WAITING_AT_MOST + extra))
    assert kept[0] is EVERYTHING
    assert [pointer.data["n"] for pointer in kept[1:]] == list(range(WAITING_AT_MOST + 1, WAITING_AT_MOST + extra))


def test_that_whoever_left_hears_nothing_and_leaves_nothing_behind():
    own = Hub()

    async def scene():
        subscription = own.listen(["a", "b"])
        subscription.close()
        subscription.close()
        own.hand_out(Pointer("a", "changed"))
        return await everything(subscription)

    assert asyncio.run(scene()) == []
    assert not own._listeners


# -- several processes


@pytest.fixture
def ear(redis, settings) -> Iterator[RedisEar]:
    """This process hears what all processes tell."""
    settings.REDIS_URL = redis
    ear = RedisEar()
    ear.start()
    wait_until_heard_by(1)
    yield ear
    ear.stop()


def wait_until_heard_by(count: int) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            if our_redis.client().pubsub_numsub(live.CHANNEL)[0][1] == count:
                return
        except Exception:
            our_redis.client.cache_clear()
        assert time.monotonic() < until, "nobody listens to Redis"
        time.sleep(0.02)


ELSEWHERE = """
import django
django.setup()
from handdruk.work.live import tell
tell("chat:1", "changed", last=3)
"""


def test_that_what_another_process_tells_arrives_here_through_redis(ear, redis, tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": "handdruk.config.settings", "HANDDRUK_REDIS_URL": redis,
                   "HANDDRUK_HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}  # fmt: skip

    async def scene():
        subscription = hub.listen(["chat:1"])
        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", ELSEWHERE], env=environment, check=True)
        heard = await news(subscription, 1)
        subscription.close()
        return heard

    assert asyncio.run(scene()) == [Pointer("chat:1", "changed", {"last": 3})]


def test_that_what_this_process_tells_arrives_here_once_and_elsewhere_too(ear, redis):
    import redis as library

    async def scene():
        subscription = hub.listen(["a"])
        await told("a", "changed", revision=2)
        heard = await news(subscription, 0.5)
        subscription.close()
        return heard

    with library.Redis.from_url(redis).pubsub(ignore_subscribe_messages=True) as elsewhere:
        elsewhere.subscribe(live.CHANNEL)
        wait_until_heard_by(2)
        assert asyncio.run(scene()) == [Pointer("a", "changed", {"revision": 2})]
        messages = [elsewhere.get_message(timeout=1) for _ in range(2)]
    assert [json.loads(message["data"])[1:] for message in messages if message] == [["a", "changed", {"revision": 2}]]


def test_that_without_redis_this_process_is_still_told_and_at_once(settings, caplog):
    settings.REDIS_URL = f"redis://127.0.0.1:{with_postgres.free_port()}/0"

    async def scene():
        subscription = hub.listen(["a"])
        began = time.monotonic()
        await told("a")
        took = time.monotonic() - began
        heard = await everything(subscription)
        subscription.close()
        return took, heard

    took, heard = asyncio.run(scene())
    assert heard == [Pointer("a", "changed")]
    assert took < 0.2
    mouth.stop()
    assert "Redis cannot be reached" in caplog.text


def test_that_redis_may_go_and_come_back(settings):
    port = with_postgres.free_port()
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"

    async def heard() -> int:
        subscription = hub.listen(["a"])
        await told("a")
        count = len(await news(subscription, 0.5))
        subscription.close()
        return count

    with ExitStack() as stack:
        try:
            first = stack.enter_context(ExitStack())
            first.enter_context(with_postgres.redis(port))
        except with_postgres.Missing as missing:
            pytest.skip(str(missing))
        ear = RedisEar()
        ear.start()
        stack.callback(ear.stop)
        wait_until_heard_by(1)
        assert asyncio.run(heard()) == 1
        first.close()
        assert asyncio.run(heard()) == 1, "told within this process while Redis is gone"
        with with_postgres.redis(port):
            wait_until_heard_by(1)
            assert asyncio.run(heard()) == 1


def test_that_every_screen_looks_again_once_redis_is_heard_again(settings):
    port = with_postgres.free_port()
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"

    def lose_and_regain(first: ExitStack, second: ExitStack) -> None:
        first.close()
        second.enter_context(with_postgres.redis(port))

    async def scene(first: ExitStack, second: ExitStack):
        subscription = hub.listen(["a"])
        await everything(subscription, 0.3)
        await asyncio.to_thread(lose_and_regain, first, second)
        heard = await subscription.next(5)
        subscription.close()
        return heard

    with ExitStack() as stack:
        first, second = stack.enter_context(ExitStack()), stack.enter_context(ExitStack())
        try:
            first.enter_context(with_postgres.redis(port))
        except with_postgres.Missing as missing:
            pytest.skip(str(missing))
        ear = RedisEar()
        ear.start()
        stack.callback(ear.stop)
        wait_until_heard_by(1)
        assert asyncio.run(scene(first, second)) is EVERYTHING


def test_that_nobody_who_tells_waits_for_a_redis_that_hangs_and_that_it_ends_in_time(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        for number in range(UNTOLD_AT_MOST + 100):
            tell("a", "changed", n=number)
        assert time.monotonic() - began < 5
        assert len(mouth._untold) <= UNTOLD_AT_MOST
        assert mouth._untold[-1].data["n"] == UNTOLD_AT_MOST + 99, "the newest is kept"
        began = time.monotonic()
        mouth.stop()
        assert time.monotonic() - began < 2.5


def test_that_what_waits_to_be_told_is_told_before_the_process_ends(redis, settings):
    import redis as library

    settings.REDIS_URL = redis
    own = RedisMouth()
    with library.Redis.from_url(redis).pubsub(ignore_subscribe_messages=True) as elsewhere:
        elsewhere.subscribe(live.CHANNEL)
        wait_until_heard_by(1)
        for number in range(300):
            own.say(Pointer("a", "changed", {"n": number}))
        own.stop()
        heard = [
            json.loads(message["data"])[3]["n"] for _ in range(400) if (message := elsewhere.get_message(timeout=0.05))
        ]
    assert heard == list(range(300))
