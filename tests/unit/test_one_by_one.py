"""Short tasks are done one by one, and nobody waits long behind one that is held up."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from handdruk.config.one_by_one import HELD_UP, OneByOne


def run(scene):
    """On an event loop of its own, in a thread of its own: a browser's tests leave one running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene()).result()


def test_that_short_tasks_are_done_in_their_order_by_one_thread():
    done: list[tuple[int, str]] = []

    def task(number):
        time.sleep(0.001)
        done.append((number, threading.current_thread().name))
        return number * 2

    async def scene():
        pool = OneByOne(4, "short")
        return await asyncio.gather(*(pool.run(task, number) for number in range(40)))

    assert run(scene) == [number * 2 for number in range(40)]
    assert [number for number, _ in done] == list(range(40))
    assert len({thread for _, thread in done}) == 1


def test_that_a_backlog_of_short_tasks_stays_with_one_thread():
    threads = set()

    def task():
        time.sleep(0.01)
        threads.add(threading.current_thread().name)

    async def scene():
        pool = OneByOne(4, "short")
        await asyncio.gather(*(pool.run(task) for _ in range(40)))

    run(scene)
    assert len(threads) == 1


def test_that_while_one_is_held_up_others_go_on_and_each_is_done_once():
    held_up = threading.Event()
    done: list[int] = []

    async def scene():
        pool = OneByOne(2, "short")
        slow = asyncio.ensure_future(pool.run(held_up.wait, 10))
        await asyncio.sleep(0)
        await asyncio.wait_for(asyncio.gather(*(pool.run(done.append, number) for number in range(20))), 5)
        held_up.set()
        assert await slow
        assert await pool.run(len, done) == 20

    try:
        run(scene)
    finally:
        held_up.set()
    assert sorted(done) == list(range(20))


def test_that_several_that_are_held_up_use_the_spare_threads_and_the_rest_waits():
    held_up = threading.Event()

    async def scene():
        pool = OneByOne(2, "short")
        slow = [asyncio.ensure_future(pool.run(held_up.wait, 10)) for _ in range(3)]
        last = asyncio.ensure_future(pool.run(str, 1))
        await asyncio.sleep(HELD_UP * 4)
        assert not last.done()
        held_up.set()
        assert all(await asyncio.gather(*slow))
        assert await last == "1"

    try:
        run(scene)
    finally:
        held_up.set()


def test_that_what_a_task_raises_is_raised():
    async def scene():
        pool = OneByOne(1, "short")
        with pytest.raises(ZeroDivisionError):
            await pool.run(divmod, 1, 0)
        assert await pool.run(divmod, 7, 2) == (3, 1)

    run(scene)


def test_that_a_customer_who_left_costs_nobody_an_answer():
    begun, held_up = threading.Event(), threading.Event()

    def task():
        begun.set()
        held_up.wait(10)

    async def scene():
        pool = OneByOne(1, "short")
        left, waiting = asyncio.ensure_future(pool.run(task)), asyncio.ensure_future(pool.run(str, 1))
        await asyncio.to_thread(begun.wait, 5)
        left.cancel()
        waiting.cancel()
        held_up.set()
        assert await asyncio.wait_for(pool.run(str, 2), 5) == "2"

    run(scene)
