"""Live updates: tells open screens that something changed, never what.

A screen holds a cursor and fetches what is new through the ordinary, authorised view; a pointer that gets lost on the
way therefore costs a moment, not a message. Within one process a hub hands pointers to the open streams; with Redis
every process hears those of all others.
"""

import atexit
import json
import logging
import threading
from collections import deque
from typing import Any

from django.conf import settings
from django.db import transaction

from handdruk.core.errors import describe
from handdruk.work import redis
from handdruk.work.hub import Pointer, hub
from handdruk.work.names import WORKER

log = logging.getLogger(__name__)
CHANNEL = "handdruk:live"
UNTOLD_AT_MOST = 1000  # pointers that wait for Redis; the oldest give way, and their screens' cursors make up for it
PAUSE = 1.0  # seconds between two tries to reach Redis


def tell(name: str, kind: str = "changed", /, **data: Any) -> None:
    """Tells every open screen that listens to `name`, as soon as the current transaction is committed."""
    pointer = Pointer(name, kind, data)
    transaction.on_commit(lambda: _send(pointer), robust=True)


def _send(pointer: Pointer) -> None:
    """This process's own screens at once; those of others from a thread that may wait, as a request may not."""
    hub.hand_out(pointer)
    if settings.REDIS_URL:
        mouth.say(pointer)


class RedisMouth:
    """A thread that tells the other processes. Begins with the first pointer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._untold: deque[Pointer] = deque(maxlen=UNTOLD_AT_MOST)
        self._news, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, pointer: Pointer) -> None:
        """Returns at once; may be called from any thread."""
        with self._lock:
            self._untold.append(pointer)
            if self._thread is None:
                self._stopping.clear()
                self._thread = threading.Thread(target=self._speak, name="redis-mouth", daemon=True)
                self._thread.start()
        self._news.set()

    def stop(self) -> None:
        """Tells what still waits if Redis answers, and ends within two seconds."""
        with self._lock:
            thread, self._thread = self._thread, None
        self._stopping.set()
        self._news.set()
        if thread is not None:
            thread.join(2)
        self._untold.clear()

    def _speak(self) -> None:
        reached = True
        while not (self._stopping.is_set() and not self._untold):
            self._news.wait()
            self._news.clear()
            while self._untold:
                reached = self._tell_oldest(quietly=not reached)
                if not reached and self._stopping.wait(PAUSE):
                    return

    def _tell_oldest(self, *, quietly: bool) -> bool:
        with self._lock:
            pointer = self._untold.popleft()
        try:
            redis.client().publish(CHANNEL, json.dumps([WORKER, pointer.name, pointer.kind, pointer.data]))
        except Exception as error:
            log.log(logging.DEBUG if quietly else logging.WARNING,
                    "Redis cannot be reached (%s); only this process's screens are told", describe(error))  # fmt: skip
            with self._lock:
                if len(self._untold) < UNTOLD_AT_MOST:
                    self._untold.appendleft(pointer)
            return False
        return True


mouth = RedisMouth()
atexit.register(mouth.stop)  # what a command changed is told before it ends


class RedisEar:
    """A thread that hears the pointers of the other processes and hands them out in this one."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="redis-ear", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds."""
        self._stopping.set()
        self._thread.join(2)

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                with redis.client().pubsub() as pubsub:
                    pubsub.subscribe(CHANNEL)
                    while not self._stopping.is_set():
                        _hear(pubsub.get_message(timeout=1))
            except Exception as error:
                log.warning("lost touch with Redis (%s); trying again", describe(error))
                self._stopping.wait(PAUSE)


def _hear(message: dict[str, Any] | None) -> None:
    """Others' pointers; our own screens know ours. Once we hear again, whatever was told meanwhile is made up for."""
    if message is None:
        return
    if message["type"] == "subscribe":
        hub.wake_everyone()
    if message["type"] == "message":
        sender, name, kind, data = json.loads(message["data"])
        if sender != WORKER:
            hub.hand_out(Pointer(name, kind, data))
