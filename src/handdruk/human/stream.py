"""The desk's live stream, for whoever is logged in as a colleague; looked at again and again."""

import json
from datetime import timedelta
from functools import partial
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from handdruk.core.clock import now
from handdruk.human import commands
from handdruk.human.models import Colleague
from handdruk.human.queries.queue import how_it_stands
from handdruk.human.sessions import SessionStore
from handdruk.work.hub import Pointer, hub
from handdruk.work.streams import NoPlace, Receive, Scope, Send, header, in_thread, place, refuse, stream

SIGN_OF_LIFE = timedelta(seconds=45)


async def desk_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /desk/stream`: the names of what changed. The first event makes every part of the screen fetch afresh."""
    session = _session_key(header(scope, b"cookie"))
    look = partial(_where_things_stand, session)
    subscription = hub.listen(["desk"])
    try:
        first = await in_thread(look)
        if first is None:
            await refuse(send, 401)
            return
        with place(f"session {session}", settings.STREAMS_PER_CONVERSATION):
            await stream(receive, send, subscription, first, look, _write)
    except NoPlace:
        await refuse(send, 429, [(b"retry-after", b"30")])
    finally:
        subscription.close()


def _session_key(cookies: str) -> str:
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _where_things_stand(session_key: str) -> Pointer | None:
    """None when this session is no colleague's (any more). An open screen counts as a sign of life."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)  # also checks that they are active, and that the password is still the same
    colleague = Colleague.objects.filter(user_id=user.pk).first() if user.is_authenticated else None
    if colleague is None:
        return None
    if colleague.seen_at is None or now() - colleague.seen_at > SIGN_OF_LIFE:
        commands.appear(colleague.user)
    return Pointer("desk", "poll", how_it_stands())


def _write(pointer: Pointer) -> bytes:
    return f"event: changed\ndata: {json.dumps({'name': pointer.kind, **pointer.data})}\n\n".encode()
