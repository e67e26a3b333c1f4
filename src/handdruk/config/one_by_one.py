"""Short tasks, done one after another by one thread, as long as none of them takes long.

Python computes in one thread at a time anyway. With several, each query of SQLite lets another one begin, on another
processor, with a connection whose pages have just been changed by somebody else; with a dozen customers at once that made a turn
cost half as much again. So one thread takes them all; only while it is held up, by a slow system of the company for
example, others go on with what waits behind it.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

T = TypeVar("T")
HELD_UP = 0.1  # seconds after which a task is no short one; a turn of the web chat takes some 0.005


class OneByOne:
    """A pool of which one thread does everything it can; the spare ones do what waits while that one is held up."""

    def __init__(self, spare_threads: int, name: str) -> None:
        self._one = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._spare = ThreadPoolExecutor(spare_threads, thread_name_prefix=f"{name}-spare")
        self._began: float | None = None  # when the one thread began with what it is doing

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """What the function returns, or raises."""
        task = _Task(function, arguments)
        self._one.submit(self._do, task)
        loop = asyncio.get_running_loop()
        look = loop.call_later(HELD_UP, self._look, task, loop)
        try:
            return await asyncio.wrap_future(task.done)
        finally:
            look.cancel()

    def _do(self, task: "_Task[Any]") -> None:
        self._began = time.monotonic()
        task.run()
        self._began = None

    def _look(self, task: "_Task[Any]", loop: asyncio.AbstractEventLoop) -> None:
        """On the event loop: has the task begun, is it only one of many, or does it wait behind one that is held up?"""
        if task.has_begun:
            return
        began = self._began
        if began is not None and time.monotonic() - began >= HELD_UP:
            self._spare.submit(task.run)
        else:
            loop.call_later(HELD_UP, self._look, task, loop)


class _Task(Generic[T]):
    """Something that is done once, by whichever thread comes first."""

    def __init__(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> None:
        self._function, self._arguments = function, arguments
        self._first = threading.Lock()
        self.done: Future[T] = Future()

    @property
    def has_begun(self) -> bool:
        """Did a thread take it?"""
        return self._first.locked()

    def run(self) -> None:
        """Does it, unless another thread took it."""
        if not self._first.acquire(blocking=False) or not self.done.set_running_or_notify_cancel():
            return
        try:
            self.done.set_result(self._function(*self._arguments))
        except BaseException as error:
            self.done.set_exception(error)
