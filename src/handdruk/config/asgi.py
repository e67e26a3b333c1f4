"""The server's front door.

Pages and the API run as ordinary synchronous Django in a fixed pool of threads, each with its own lasting database
connection; only streams are asynchronous. Django's own ASGI handler would start a thread, and with it a database
connection, for each request.
"""

import logging
import os
import re
from typing import Any, cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handdruk.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up before its rooms are loaded)
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402

from handdruk.channels.web.stream import chat_stream  # noqa: E402
from handdruk.config.bridge import Bridge  # noqa: E402
from handdruk.core.errors import describe  # noqa: E402
from handdruk.human.stream import desk_stream  # noqa: E402
from handdruk.work.streams import Receive, Scope, Send  # noqa: E402

CHAT_STREAM = re.compile(r"/api/chat/conversations/[^/]+/stream")
URGENT = re.compile(r"/health|/desk(/.*)?|/api/chat/conversations/[^/]+/human")
THREADS = settings.ENVIRONMENT.threads
log = logging.getLogger(__name__)
ONE_BY_ONE = connection.vendor == "sqlite"  # elsewhere a thread mostly waits for the database, and others can go on


def is_urgent(path: str) -> bool:
    """Must it be answered even when everything else is held up?"""
    return URGENT.fullmatch(path) is not None


def is_short(path: str) -> bool:
    """Is it quickly computed?"""
    return ONE_BY_ONE and path.startswith("/api/")


pages = Bridge(cast(Any, WSGIHandler()), THREADS, is_urgent, is_short)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: streams here, everything else to the pools."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    try:
        await _answer(scope, receive, send)
    except Exception as error:  # the server would log its text, which may be a customer's
        log.error("a request was not answered: %s", describe(error))
        log.debug("how it came about", exc_info=error)


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope["path"]
    if path == "/desk/stream":
        await desk_stream(scope, receive, send)
    elif scope["method"] == "GET" and CHAT_STREAM.fullmatch(path):
        await chat_stream(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
