"""Who listens to what, in this process."""

import asyncio
import logging
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger(__name__)
WAITING_AT_MOST = 200  # pointers a stream may lag behind; after that it is told to look at everything


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something about `name` happened: `kind` says what sort of thing, `data` where to look."""

    name: str
    kind: str
    data: dict[str, Any] = field(default_factory=dict)


EVERYTHING = Pointer("", "everything")  # pointers were lost: look at where things stand


class Subscription:
    """One open stream. Must be made and read on the event loop."""

    def __init__(self, hub: "Hub", names: Iterable[str]) -> None:
        self._hub = hub
        self.names = frozenset(names)
        self.loop = asyncio.get_running_loop()
        self._unread: deque[Pointer] = deque()
        self._waiter: asyncio.Future[None] | None = None

    async def next(self, timeout: float) -> Pointer | None:
        """The next pointer, or None when `timeout` seconds passed without one, or at a call of `wake`.

        One reader at a time. A thousand of these wait for the same pointer: no task is made for it.
        """
        if not self._unread:
            self._waiter = self.loop.create_future()
            timer = self.loop.call_later(max(0.0, timeout), self.wake)
            try:
                await self._waiter
            finally:
                timer.cancel()
                self._waiter = None
        return self._unread.popleft() if self._unread else None

    def push(self, pointer: Pointer) -> None:
        """Hands over a pointer. For a stream that reads too slowly, one EVERYTHING stands for all it has not read."""
        if len(self._unread) >= WAITING_AT_MOST:
            self._unread.clear()
            pointer = EVERYTHING
        self._unread.append(pointer)
        self.wake()

    def wake(self) -> None:
        """Lets the reader look around."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def close(self) -> None:
        """No more pointers."""
        self._hub.leave(self)


class Hub:
    """May be told from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[str, set[Subscription]] = defaultdict(set)

    def listen(self, names: Iterable[str]) -> Subscription:
        """From now on everything about these names."""
        subscription = Subscription(self, names)
        with self._lock:
            for name in subscription.names:
                self._listeners[name].add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """The inverse of `listen`."""
        with self._lock:
            for name in subscription.names:
                self._listeners[name].discard(subscription)
                if not self._listeners[name]:
                    del self._listeners[name]

    def hand_out(self, pointer: Pointer) -> None:
        """To every listener of this process."""
        with self._lock:
            listeners = set(self._listeners.get(pointer.name, ()))
        _push_on_their_loops(listeners, pointer)

    def wake_everyone(self) -> None:
        """Pointers may have been lost: every listener looks at where things stand."""
        with self._lock:
            listeners = {listener for group in self._listeners.values() for listener in group}
        _push_on_their_loops(listeners, EVERYTHING)


def _push_on_their_loops(listeners: set[Subscription], pointer: Pointer) -> None:
    """One wake-up for each event loop."""
    loops = defaultdict(list)
    for listener in listeners:
        loops[listener.loop].append(listener)
    for loop, group in loops.items():
        try:
            loop.call_soon_threadsafe(_push_all, group, pointer)
        except RuntimeError:  # that loop has closed; its streams are gone
            log.debug("a closed event loop was left out")


def _push_all(group: list[Subscription], pointer: Pointer) -> None:
    for listener in group:
        listener.push(pointer)


hub = Hub()
