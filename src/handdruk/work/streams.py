"""Server-sent events as a small ASGI program: cheap enough for thousands of open screens.

Django's own handler keeps a thread for every open response; this keeps a task. Whoever uses it says who may listen.
"""

import asyncio
import json
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import close_old_connections

from handdruk.core.errors import describe
from handdruk.core.problems import TITLES
from handdruk.work.hub import EVERYTHING, Pointer, Subscription

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Look = Callable[[], Pointer | None]

log = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds; also how soon a proxy that swallows streams is noticed
CHECK_EVERY = 15.0  # seconds between two looks at where things stand, and at whether this screen may still listen
_threads = ThreadPoolExecutor(4, thread_name_prefix="streams")
_written: tuple[Pointer | None, bytes] = (None, b"")
_open: Counter[str] = Counter()  # streams by whom; only the event loop counts


class NoPlace(Exception):
    """This listener has as many streams as they may have."""


@contextmanager
def place(who: str, most: int) -> Iterator[None]:
    """Takes one of the `most` places that `who` has for open streams. Raises NoPlace when all are taken."""
    if _open[who] >= most:
        raise NoPlace(who)
    _open[who] += 1
    try:
        yield
    finally:
        _open[who] -= 1
        if not _open[who]:
            del _open[who]


async def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Runs something that uses the database outside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _cleanly, function, args)


def _cleanly(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    close_old_connections()
    return function(*args)


def event(pointer: Pointer) -> bytes:
    """One event on the wire; a `revision` in the pointer becomes the id that a reconnect resumes from."""
    global _written  # noqa: PLW0603  (a thousand screens are told the same, one after another, on one event loop)
    if _written[0] is not pointer:
        _written = (pointer, _event(pointer))
    return _written[1]


def _event(pointer: Pointer) -> bytes:
    lines = [f"id: {pointer.data['revision']}"] if "revision" in pointer.data else []
    lines += [f"event: {pointer.kind}", f"data: {json.dumps(pointer.data)}"]
    return ("\n".join(lines) + "\n\n").encode()


async def stream(
    receive: Receive,
    send: Send,
    subscription: Subscription,
    first: Pointer,
    look: Look,
    write: Callable[[Pointer], bytes] = event,
    headers: Headers | None = None,
) -> None:
    """Sends pointers until the screen leaves or may no longer listen. `subscription` is closed at the end.

    `first` says where things stand. So does `look`, or None for who may not listen any more: it is asked again and again
    in a thread, and what it says is sent when it differs. So a pointer that never came, from a process that cannot
    reach this one, costs CHECK_EVERY seconds at most.
    """
    gone = asyncio.ensure_future(_disconnected(receive))
    gone.add_done_callback(lambda _: subscription.wake())
    try:
        await _start(send, headers or [])
        await _body(send, b"retry: 2000\n\n" + write(first))
        await _pump(send, subscription, gone, first, look, write)
    finally:
        gone.cancel()
        subscription.close()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pump(
    send: Send,
    subscription: Subscription,
    gone: "asyncio.Future[None]",
    stands: Pointer,
    look: Look,
    write: Callable[[Pointer], bytes],
) -> None:
    loop = asyncio.get_running_loop()
    check_at = loop.time() + _until_check()
    while True:
        pointer = await subscription.next(min(HEARTBEAT, check_at - loop.time()))
        if gone.done():
            return
        news = [] if pointer is None or pointer is EVERYTHING else [pointer]
        stands = next((new for new in news if (new.name, new.kind) == (stands.name, stands.kind)), stands)
        if pointer is EVERYTHING or loop.time() >= check_at:
            check_at = loop.time() + _until_check()
            found = await _look(look)
            if found is None:
                return
            if pointer is EVERYTHING or found != stands:
                news.append(found)
            stands = found
        await _body(send, b"".join(map(write, news)) or b": still here\n\n")


def _until_check() -> float:
    """Not all screens at the same moment, even when all came at the same moment."""
    return CHECK_EVERY * random.uniform(0.5, 1)  # noqa: S311  (spreading load, not a secret)


async def _look(look: Look) -> Pointer | None:
    """Where things stand. Who cannot be told so now is let go, and comes back."""
    try:
        found: Pointer | None = await in_thread(look)
    except Exception as error:
        log.warning("a stream could not look at where things stand (%s)", describe(error))
        return None
    return found


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send, headers: Headers) -> None:
    always = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": always + headers})


async def _body(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def refuse(send: Send, status: int, headers: Headers | None = None) -> None:
    """A problem document (RFC 9457) instead of a stream."""
    body = json.dumps({"type": "about:blank", "title": TITLES[status], "status": status}).encode()
    always = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": always + (headers or [])})
    await send({"type": "http.response.body", "body": body})


def address(scope: Scope) -> str:
    """Where the request comes from."""
    return str((scope.get("client") or [""])[0])


def header(scope: Scope, name: bytes) -> str:
    """A request header, or "" when it is absent."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
