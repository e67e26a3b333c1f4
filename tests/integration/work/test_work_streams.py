"""Streams: news as it comes, a sign of life when there is none, an end when somebody leaves or may not listen any more."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from handdruk.channels.web.stream import chat_stream
from handdruk.core.clock import now
from handdruk.human.commands import make_colleague
from handdruk.human.models import Colleague
from handdruk.human.stream import desk_stream
from handdruk.relationship.commands import open_conversation
from handdruk.relationship.models import Conversation
from handdruk.work import streams
from handdruk.work.hub import Pointer, hub
from handdruk.work.streams import _cleanly, stream

pytestmark = pytest.mark.django_db(transaction=True)


STANDS = Pointer("a", "changed", {"revision": 1})


class Screen:
    """The two functions an ASGI server gives: what it sent is kept, and it can leave."""

    def __init__(self) -> None:
        self.sent: list[dict] = []
        self._left, self._more = asyncio.Event(), asyncio.Event()

    async def receive(self) -> dict:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        self.sent.append(message)
        self._more.set()

    def leave(self) -> None:
        self._left.set()

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def is_over(self) -> bool:
        return self.sent[-1]["type"] == "http.response.body" and not self.sent[-1].get("more_body", False)

    async def shows(self, text: str) -> None:
        while text not in self.text:
            self._more.clear()
            await asyncio.wait_for(self._more.wait(), 5)


@asynccontextmanager
async def watching(screen: Screen, names=("a",), first=STANDS, look: Callable[[], Pointer | None] = lambda: STANDS):
    """A stream under way; what was started here ends here."""
    task = asyncio.ensure_future(stream(screen.receive, screen.send, hub.listen(names), first, look))
    try:
        await screen.shows("retry:")
        yield task
    finally:
        screen.leave()
        await asyncio.wait_for(task, 5)


def nobody_listens() -> bool:
    return not hub._listeners


@pytest.fixture(autouse=True)
def no_connection_is_left_open():
    """The database connections of the streams' own threads would keep the test database from being removed."""
    yield
    from django.db import connections

    list(streams._threads.map(lambda _: connections.close_all(), range(16)))


@pytest.fixture(autouse=True)
def without_redis(settings):
    settings.REDIS_URL = ""


def test_that_a_screen_gets_where_things_stand_and_then_the_news_as_it_comes():
    async def scene():
        screen = Screen()
        first = Pointer("a", "changed", {"revision": 4})
        async with watching(screen, first=first):
            await screen.shows("id: 4\n")
            hub.hand_out(Pointer("a", "changed", {"last": 9, "revision": 5}))
            await screen.shows("id: 5\n")
            hub.hand_out(Pointer("other", "changed", {"revision": 6}))
            hub.hand_out(Pointer("a", "typing", {}))
            await screen.shows("event: typing\n")
        return screen

    screen = asyncio.run(scene())
    assert screen.status == 200
    assert screen.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert screen.headers[b"cache-control"] == b"no-store"
    assert screen.headers[b"x-accel-buffering"] == b"no"
    assert 'id: 5\nevent: changed\ndata: {"last": 9, "revision": 5}\n\n' in screen.text
    assert "id: 6" not in screen.text
    assert screen.text.endswith("event: typing\ndata: {}\n\n")


def test_that_a_silent_stream_shows_that_it_is_still_there(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.02)

    async def scene():
        screen = Screen()
        async with watching(screen):
            while screen.text.count(": still here\n\n") < 3:
                await asyncio.sleep(0.01)
        return screen

    assert asyncio.run(scene()).is_over


def test_that_a_stream_ends_at_once_when_the_screen_is_gone_and_leaves_nothing_behind():
    async def scene():
        screen = Screen()
        async with watching(screen) as task:
            assert not nobody_listens()
            screen.leave()
            await asyncio.wait_for(task, 1)
        return screen

    assert asyncio.run(scene()).is_over
    assert nobody_listens()


def test_that_a_stream_that_cannot_send_leaves_nothing_behind():
    async def scene():
        screen = Screen()

        async def broken(message):
            raise OSError("the line is cut")

        with pytest.raises(OSError):
            await stream(screen.receive, broken, hub.listen(["a"]), STANDS, lambda: STANDS)

    asyncio.run(scene())
    assert nobody_listens()


def test_that_whoever_may_not_listen_any_more_is_cut_off(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.02)
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    allowed = [True]

    async def scene():
        screen = Screen()
        async with watching(screen, look=lambda: STANDS if allowed[0] else None) as task:
            await asyncio.sleep(0.2)
            assert not task.done()
            allowed[0] = False
            await asyncio.wait_for(task, 1)
        return screen

    assert asyncio.run(scene()).is_over
    assert nobody_listens()


def test_that_a_screen_is_told_what_no_pointer_told_it_and_only_that(monkeypatch):
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    stands = [STANDS]

    async def scene():
        screen = Screen()
        async with watching(screen, look=lambda: stands[0]):
            stands[0] = Pointer("a", "changed", {"revision": 2})
            await screen.shows("id: 2\n")
            stands[0] = Pointer("a", "changed", {"revision": 3})
            hub.hand_out(stands[0])
            await screen.shows("id: 3\n")
            await asyncio.sleep(0.2)
        return screen

    screen = asyncio.run(scene())
    assert [screen.text.count(f"id: {n}\n") for n in (1, 2, 3)] == [1, 1, 1]
    assert "still here" in screen.text


def test_that_a_screen_that_lost_pointers_is_told_where_things_stand():
    async def scene():
        screen = Screen()
        async with watching(screen):
            hub.wake_everyone()
            await screen.shows('id: 1\nevent: changed\ndata: {"revision": 1}\n\nid: 1\n')

    asyncio.run(scene())


def test_that_a_look_that_fails_ends_the_stream_and_says_nothing_of_what_was_inside(monkeypatch, caplog):
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)

    def look():
        raise RuntimeError("a secret")

    async def scene():
        screen = Screen()
        async with watching(screen, look=look) as task:
            await asyncio.wait_for(asyncio.shield(task), 2)
        return screen

    assert asyncio.run(scene()).is_over
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


# -- the customer's stream


def scope(path: str, **headers: str) -> dict:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "headers": pairs}


async def answer(app, scope: dict, until: str | None = None) -> Screen:
    """What a screen is sent; a stream is left once `until` was shown."""
    screen = Screen()
    task = asyncio.ensure_future(app(scope, screen.receive, screen.send))
    if until is not None:
        await screen.shows(until)
        screen.leave()
    await asyncio.wait_for(task, 5)
    return screen


def test_that_a_customer_with_the_token_is_told_where_the_conversation_stands():
    conversation, token = open_conversation("web", "nl")
    address = f"/api/chat/conversations/{conversation.key}/stream"
    screen = asyncio.run(answer(chat_stream, scope(address, authorization=f"Bearer {token}"), "event: changed"))
    assert screen.status == 200
    assert json.loads(screen.text.split("data: ")[1]) == {"conversation": conversation.key, "last": 0, "revision": 0}
    assert nobody_listens()


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic abc"])
def test_that_a_customer_without_a_token_is_refused(authorization):
    conversation, _ = open_conversation("web", "nl")
    address = f"/api/chat/conversations/{conversation.key}/stream"
    screen = asyncio.run(answer(chat_stream, scope(address, authorization=authorization)))
    assert (screen.status, screen.headers[b"content-type"]) == (401, b"application/problem+json")
    assert nobody_listens()


def test_that_somebody_elses_token_opens_nothing_and_is_not_told_from_a_conversation_that_does_not_exist():
    mine, _ = open_conversation("web", "nl")
    _, theirs = open_conversation("web", "nl")
    answers = [
        asyncio.run(
            answer(chat_stream, scope(f"/api/chat/conversations/{key}/stream", authorization=f"Bearer {theirs}"))
        )
        for key in (mine.key, "nothing")
    ]
    assert [screen.status for screen in answers] == [401, 401]
    assert answers[0].text == answers[1].text
    assert nobody_listens()


# -- the desk's stream


@pytest.fixture
def sanne() -> User:
    return make_colleague("sanne", "Sanne", "a long password", lead=False, language="nl", teams=[])


def cookie_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_that_a_colleague_hears_that_everything_must_be_fetched_and_counts_as_present(sanne):
    screen = asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie_of(sanne)), "event: changed"))
    assert screen.status == 200
    assert 'data: {"name": "poll"' in screen.text
    assert Colleague.objects.get().seen_at is not None


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=made-up", "a=b; =; ;", "sessionid"])
def test_that_a_stranger_hears_nothing_from_the_desk(cookie):
    screen = asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie)))
    assert screen.status == 401
    assert nobody_listens()


def test_that_a_login_that_is_no_colleague_or_not_any_more_hears_nothing_from_the_desk(sanne):
    nobody = User.objects.create_user("nobody", password="a long password")
    assert asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie_of(nobody)))).status == 401
    cookie = cookie_of(sanne)
    User.objects.filter(pk=sanne.pk).update(is_active=False)
    assert asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie))).status == 401
    assert nobody_listens()


def test_that_a_colleague_who_leaves_the_company_is_cut_off_from_a_stream_under_way(sanne, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.02)
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    cookie = cookie_of(sanne)

    async def scene():
        screen = Screen()
        task = asyncio.ensure_future(desk_stream(scope("/desk/stream", cookie=cookie), screen.receive, screen.send))
        await screen.shows("event: changed")
        await streams.in_thread(Colleague.objects.filter(user=sanne).delete)
        await asyncio.wait_for(task, 3)
        return screen

    assert asyncio.run(scene()).is_over
    assert nobody_listens()


def test_that_a_changed_password_ends_the_streams_of_the_old_one(sanne, monkeypatch):
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    cookie = cookie_of(sanne)

    def change_password():
        sanne.set_password("another long password")
        sanne.save()

    async def scene():
        screen = Screen()
        task = asyncio.ensure_future(desk_stream(scope("/desk/stream", cookie=cookie), screen.receive, screen.send))
        await screen.shows("event: changed")
        await streams.in_thread(change_password)
        await asyncio.wait_for(task, 3)
        return screen

    assert asyncio.run(scene()).is_over
    assert asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie))).status == 401


def test_that_the_desk_is_told_of_a_change_no_pointer_told_it(sanne, monkeypatch):
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    conversation, _ = open_conversation("web", "nl")

    def elsewhere():
        Conversation.objects.filter(pk=conversation.pk).update(holder="queue", changed_at=now())

    async def scene():
        screen = Screen()
        cookie = await streams.in_thread(cookie_of, sanne)
        task = asyncio.ensure_future(desk_stream(scope("/desk/stream", cookie=cookie), screen.receive, screen.send))
        await screen.shows('"name": "poll", "held": 0')
        await streams.in_thread(elsewhere)
        await screen.shows('"name": "poll", "held": 1')
        screen.leave()
        await task

    asyncio.run(scene())


def test_that_one_conversation_has_so_many_streams_and_no_more(settings):
    settings.STREAMS_PER_CONVERSATION = 2
    conversation, token = open_conversation("web", "nl")
    where = scope(f"/api/chat/conversations/{conversation.key}/stream", authorization=f"Bearer {token}")

    async def scene():
        screens = [Screen() for _ in range(3)]
        tasks = []
        for screen in screens:
            tasks.append(asyncio.ensure_future(chat_stream(where, screen.receive, screen.send)))
            while not screen.sent:
                await asyncio.sleep(0.01)
        screens[0].leave()
        await tasks[0]
        again = await answer(chat_stream, where, "event: changed")
        for screen in screens:
            screen.leave()
        await asyncio.gather(*tasks)
        return [*screens, again]

    found = asyncio.run(scene())
    assert [screen.status for screen in found] == [200, 200, 429, 200]
    assert found[2].headers[b"retry-after"]
    assert nobody_listens()
    assert not streams._open


def test_that_one_address_has_so_many_streams_of_customers_even_of_other_conversations(settings):
    settings.STREAMS_PER_ADDRESS = 1
    both = [open_conversation("web", "nl") for _ in range(2)]
    first, second = (
        {
            **scope(f"/api/chat/conversations/{made.key}/stream", authorization=f"Bearer {token}"),
            "client": ("10.0.0.1", 1),
        }
        for made, token in both
    )

    async def scene():
        screen = Screen()
        task = asyncio.ensure_future(chat_stream(first, screen.receive, screen.send))
        await screen.shows("event: changed")
        here = await answer(chat_stream, second)
        elsewhere = await answer(chat_stream, {**second, "client": ("10.0.0.2", 1)}, "event: changed")
        screen.leave()
        await task
        return here.status, elsewhere.status

    assert asyncio.run(scene()) == (429, 200)


def test_that_a_session_key_that_cannot_be_one_is_nobodys(client):
    for key in ('"abcdefgh\\000"', "a" * 500, "ABCDEFGH-IJ"):
        cookie = f"{settings.SESSION_COOKIE_NAME}={key}"
        assert asyncio.run(answer(desk_stream, scope("/desk/stream", cookie=cookie))).status == 401
        assert client.get("/desk/", headers={"cookie": cookie}).status_code == 302


def test_that_work_outside_the_event_loop_raises_its_errors_there():
    async def scene():
        await streams.in_thread(int, "x")

    with pytest.raises(ValueError):
        asyncio.run(scene())
    assert _cleanly(max, (1, 2)) == 2
