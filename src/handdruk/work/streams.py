"""Server-sent events as a small ASGI program: cheap enough for thousands of open screens.

Django's own handler keeps a thread for every open response; this keeps a task. Whoever uses it says who may listen.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections

from handdruk.work.live import Pointer, Subscription

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

HEARTBEAT = 15.0  # seconds; also how soon a proxy that swallows streams is noticed
CHECK_EVERY = 60.0  # seconds between two looks at whether this screen may still listen
_threads = ThreadPoolExecutor(4, thread_name_prefix="streams")


async def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Runs something that uses the database outside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _cleanly, function, args)


def _cleanly(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    close_old_connections()
    return function(*args)


def event(pointer: Pointer) -> bytes:
    """One event on the wire; a `revision` in the pointer becomes the id that a reconnect resumes from."""
    lines = [f"id: {pointer.data['revision']}"] if "revision" in pointer.data else []
    lines += [f"event: {pointer.kind}", f"data: {json.dumps(pointer.data)}"]
    return ("\n".join(lines) + "\n\n").encode()


async def stream(
    receive: Receive,
    send: Send,
    subscription: Subscription,
    first: list[Pointer],
    may_listen: Callable[[], bool],
    write: Callable[[Pointer], bytes] = event,
    headers: Headers | None = None,
) -> None:
    """Sends pointers until the screen leaves or may no longer listen. `subscription` is closed at the end."""
    gone = asyncio.ensure_future(_disconnected(receive))
    try:
        await _start(send, headers or [])
        await _body(send, b"retry: 2000\n\n" + b"".join(write(pointer) for pointer in first))
        await _pump(send, subscription, gone, may_listen, write)
    finally:
        gone.cancel()
        subscription.close()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pump(
    send: Send,
    subscription: Subscription,
    gone: "asyncio.Future[None]",
    may_listen: Callable[[], bool],
    write: Callable[[Pointer], bytes],
) -> None:
    loop = asyncio.get_running_loop()
    checked_at = loop.time()
    while not gone.done():
        waiting = asyncio.ensure_future(subscription.next(HEARTBEAT))
        everything: set[asyncio.Future[Any]] = {waiting, gone}
        await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            return
        pointer = waiting.result()
        await _body(send, b": still here\n\n" if pointer is None else write(pointer))
        if loop.time() - checked_at > CHECK_EVERY:
            checked_at = loop.time()
            if not await in_thread(may_listen):
                return


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


async def refuse(send: Send, status: int, title: str, headers: Headers | None = None) -> None:
    """A problem document (RFC 9457) instead of a stream."""
    body = json.dumps({"type": "about:blank", "title": title, "status": status}).encode()
    always = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": always + (headers or [])})
    await send({"type": "http.response.body", "body": body})


def header(scope: Scope, name: bytes) -> str:
    """A request header, or "" when it is absent."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
