"""Synchronous Django on an asynchronous server: one trip to a pool of threads for each request, and one back.

The body is read and the response is sent on the event loop, so that a slow customer holds no thread; in between, a thread
with its own lasting database connection runs the request from beginning to end. (Adapters that pass every piece of a
request between loop and thread cost a third of a web chat turn.)
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from handdruk.config.one_by_one import OneByOne
from handdruk.work.streams import Receive, Scope, Send, refuse

MOST_BODY = 2 * 1024 * 1024  # bytes; the pages and the API have lower limits of their own
NOT_PASSED_ON = {"CONTENT-LENGTH", "TRANSFER-ENCODING"}  # the body is whole; what was announced no longer matters
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TooLarge(Exception):
    """More was sent than anything here reads."""


@dataclass(slots=True)
class Answer:
    """A whole response."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class Bridge:
    """An ASGI application that runs a WSGI application in pools of threads.

    What `is_urgent` has threads of its own: slow functions of a company can take all others, and even then the way to a
    person, the desk and the sign of life must stay open. What `is_short` is done one by one.
    """

    def __init__(
        self, application: Wsgi, threads: int, is_urgent: Callable[[str], bool], is_short: Callable[[str], bool]
    ) -> None:
        self._application, self._is_urgent, self._is_short = application, is_urgent, is_short
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._urgent_pool = ThreadPoolExecutor(max(2, threads // 2), thread_name_prefix="urgent")
        self._short = OneByOne(threads, "short")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _body(receive)
        except TooLarge:
            await refuse(send, 413)
            return
        if body is None:
            return  # the customer left before they had said everything
        environ = _environ(scope, body)
        answer = await self._answer(scope["path"], environ)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, path: str, environ: dict[str, Any]) -> Answer:
        if self._is_urgent(path):
            return await asyncio.get_running_loop().run_in_executor(self._urgent_pool, self._run, environ)
        if self._is_short(path):
            return await self._short.run(self._run, environ)
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, environ)

    def _run(self, environ: dict[str, Any]) -> Answer:
        answer = Answer()

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

        parts = self._application(environ, start)
        try:
            answer.body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return answer


async def _body(receive: Receive) -> bytes | None:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BODY:
            raise TooLarge
        if not message.get("more_body"):
            return b"".join(parts)


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    server, client = scope.get("server") or ("localhost", 0), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        if name in NOT_PASSED_ON or "_" in name:  # X_Forwarded_For would pass for X-Forwarded-For
            continue
        key = name.replace("-", "_") if name == "CONTENT-TYPE" else f"HTTP_{name.replace('-', '_')}"
        between = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ
