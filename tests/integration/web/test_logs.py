"""What goes wrong is logged as its kind and place, never with the words that were in it."""

import asyncio
import io
import logging

import pytest
from django.test import Client

from handdruk.config import asgi
from handdruk.config.logs import Line

pytestmark = pytest.mark.django_db(transaction=True)
MARKER = "ik-woon-op-kerkstraat-4"


@pytest.fixture
def logged(settings):
    """Everything that reaches the log at WARNING, written as the settings say."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(Line("{levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


def broken(*args, **more):
    try:
        raise ValueError(MARKER)
    except ValueError as error:
        raise RuntimeError(f"while {MARKER}") from error


def test_that_the_settings_write_logs_this_way(settings):
    assert settings.LOGGING["formatters"]["line"]["()"] == "handdruk.config.logs.Line"


def test_that_a_call_that_fails_logs_no_words_and_no_key(company, logged, monkeypatch):
    http = Client(raise_request_exception=False)
    opened = http.generic("POST", "/api/chat/conversations").json()
    monkeypatch.setattr("handdruk.channels.web.api.receive", broken)
    answer = http.post(
        f"/api/chat/conversations/{opened['conversation']}/messages", {"client_id": "a", "text": MARKER},
        content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {opened['token']}",
    )  # fmt: skip
    assert answer.status_code == 500
    text = logged.getvalue()
    assert "RuntimeError at broken" in text
    assert "{key}" in text or "<key>" in text
    assert MARKER not in text
    assert opened["conversation"] not in text


def test_that_a_page_that_fails_logs_no_words_and_no_address(company, logged, monkeypatch):
    monkeypatch.setattr("handdruk.channels.web.views.connection.cursor", broken)
    assert Client(raise_request_exception=False).get(f"/health?{MARKER}").status_code == 500
    assert "RuntimeError at broken" in logged.getvalue()
    assert MARKER not in logged.getvalue()


def test_that_a_stream_that_fails_logs_no_words(logged, monkeypatch):
    monkeypatch.setattr(asgi, "chat_stream", broken)
    scope = {"type": "http", "method": "GET", "path": "/api/chat/conversations/abc/stream", "headers": []}
    asyncio.run(asgi.application(scope, None, None))
    assert "RuntimeError at broken" in logged.getvalue()
    assert MARKER not in logged.getvalue()
