"""Live updates: tells open screens that something changed, never what.

A screen holds a cursor and fetches what is new through the ordinary, authorised view; a pointer that gets lost on the
way therefore costs a moment, not a message. Within one process a hub hands pointers to the open streams; with Redis
every process hears those of all others.
"""

import asyncio
import json
import logging
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)
CHANNEL = "handdruk:live"
WAITING_AT_MOST = 200  # pointers a stream may lag behind; after that it is told to start over


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something about `name` happened: `kind` says what sort of thing, `data` where to look."""

    name: str
    kind: str
    data: dict[str, Any] = field(default_factory=dict)


class Subscription:
    """One open stream. Must be made and read on the event loop."""

    def __init__(self, hub: "Hub", names: Iterable[str]) -> None:
        self._hub = hub
        self.names = frozenset(names)
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[Pointer] = asyncio.Queue(WAITING_AT_MOST)

    async def next(self, timeout: float) -> Pointer | None:
        """The next pointer, or None when `timeout` seconds passed without one."""
        try:
            return await asyncio.wait_for(self.queue.get(), timeout)
        except TimeoutError:
            return None

    def push(self, pointer: Pointer) -> None:
        """Hands over a pointer; a stream that reads too slowly loses the oldest, and its cursor makes up for it."""
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(pointer)

    def close(self) -> None:
        """No more pointers."""
        self._hub.leave(self)


class Hub:
    """Who listens to what, in this process. May be told from any thread."""

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
        """To every listener of this process, one wake-up for each event loop."""
        with self._lock:
            listeners = list(self._listeners.get(pointer.name, ()))
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


def tell(name: str, kind: str = "changed", /, **data: Any) -> None:
    """Tells every open screen that listens to `name`, as soon as the current transaction is committed."""
    pointer = Pointer(name, kind, data)
    transaction.on_commit(lambda: _send(pointer), robust=True)


def _send(pointer: Pointer) -> None:
    if not settings.REDIS_URL:
        hub.hand_out(pointer)
        return
    try:
        _redis().publish(CHANNEL, json.dumps([pointer.name, pointer.kind, pointer.data]))
    except Exception:
        log.warning("Redis cannot be reached; only this process's screens were told")
        hub.hand_out(pointer)


def _redis() -> Any:
    """This process's Redis client; made at first use, since Redis is optional."""
    global _client  # noqa: PLW0603  (one client a process)
    if _client is None:
        from redis import Redis  # noqa: PLC0415  (an optional part)

        # A Redis that hangs is waited for in the middle of a customer's turn, so not for long.
        _client = Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, health_check_interval=30
        )
    return _client


_client: Any = None


class RedisEar:
    """A thread that hears the pointers of all processes and hands them out in this one."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="redis-ear", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends within a second."""
        self._stopping.set()
        self._thread.join(2)

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                with _redis().pubsub(ignore_subscribe_messages=True) as pubsub:
                    pubsub.subscribe(CHANNEL)
                    while not self._stopping.is_set():
                        message = pubsub.get_message(timeout=1)
                        if message is not None:
                            name, kind, data = json.loads(message["data"])
                            hub.hand_out(Pointer(name, kind, data))
            except Exception:
                log.warning("lost touch with Redis; trying again")
                self._stopping.wait(1)
