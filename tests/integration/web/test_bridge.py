"""The bridge between the asynchronous server and synchronous Django."""

import asyncio
import threading

import pytest

from handdruk.config.asgi import is_short, is_urgent, pages
from handdruk.config.bridge import MOST_BODY, Bridge, _environ

PERSON = "/api/chat/conversations/abc/human"


def scope(path="/", method="GET", headers=()):
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in headers], "client": ("10.0.0.1", 5),
    }  # fmt: skip


async def ask(app, asked, body=b""):
    """The status, headers and body of the answer."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        sent.append(message)

    await app(asked, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent)


def test_that_while_slow_work_has_every_thread_the_way_to_a_person_the_desk_and_the_sign_of_life_stay_open():
    done = threading.Event()

    def application(environ, start):
        if environ["PATH_INFO"].endswith("/messages"):
            done.wait(10)
        start("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    bridge = Bridge(application, 2, is_urgent, is_short)

    async def scene():
        slow = [asyncio.ensure_future(ask(bridge, scope("/api/chat/conversations/abc/messages"))) for _ in range(5)]
        await asyncio.sleep(0.1)
        for path in ("/health", PERSON, "/desk/", "/desk/login/", "/desk/conversations/3/"):
            status, _, body = await asyncio.wait_for(ask(bridge, scope(path)), 2)
            assert (status, body) == (200, path.encode())
        done.set()
        await asyncio.gather(*slow)

    try:
        asyncio.run(scene())
    finally:
        done.set()


@pytest.mark.parametrize("path", ["/nl/", "/api/chat/conversations", "/healthy", "/deskjet", f"{PERSON}/x"])
def test_that_nothing_else_is_urgent(path):
    assert not is_urgent(path)


def test_that_cookies_in_several_headers_are_all_kept():
    environ = _environ(scope(headers=[("cookie", "a=1"), ("cookie", "b=2")]), b"")
    assert environ["HTTP_COOKIE"] == "a=1; b=2"


def test_that_a_header_cannot_pass_for_another():
    environ = _environ(scope(headers=[("x_forwarded_for", "1.1.1.1"), ("content_type", "x"), ("x-real-ip", "2")]), b"")
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert "CONTENT_TYPE" not in environ
    assert environ["HTTP_X_REAL_IP"] == "2"


def test_that_what_was_announced_of_the_body_does_not_matter():
    headers = [("content-length", "5"), ("content-length", "999"), ("transfer-encoding", "chunked, gzip")]
    environ = _environ(scope(headers=headers), b"ab")
    assert environ["CONTENT_LENGTH"] == "2"
    assert not any("TRANSFER" in name for name in environ)
    assert environ["wsgi.input"].read() == b"ab"


def test_that_a_body_that_is_far_too_large_is_a_problem_document_of_the_same_title():
    status, headers, body = asyncio.run(ask(pages, scope(PERSON, "POST"), b"x" * (MOST_BODY + 1)))
    assert (status, headers[b"content-type"]) == (413, b"application/problem+json")
    assert b"The request is too large" in body
