"""The desk's live stream, for whoever is logged in as a colleague; looked at again every minute."""

import json
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from handdruk.human import commands
from handdruk.human.models import Colleague
from handdruk.work.live import Pointer, hub
from handdruk.work.streams import Receive, Scope, Send, header, in_thread, refuse, stream

Store = import_module(settings.SESSION_ENGINE).SessionStore


async def desk_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /desk/stream`: the names of what changed. The first event makes every part of the screen fetch afresh."""
    session = _session_key(header(scope, b"cookie"))
    subscription = hub.listen(["desk"])
    try:
        may_listen = await in_thread(_may_listen, session)
    except Exception:
        subscription.close()
        raise
    if not may_listen:
        subscription.close()
        await refuse(send, 401, "Log in first")
        return
    await stream(receive, send, subscription, [Pointer("desk", "queue")], lambda: _may_listen(session), _write)


def _session_key(cookies: str) -> str:
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _may_listen(session_key: str) -> bool:
    """Is this session still a colleague's? An open screen counts as a sign of life."""
    user_id = Store(session_key=session_key).get(SESSION_KEY) if session_key else None
    if user_id is None:
        return False
    colleague = Colleague.objects.select_related("user").filter(user_id=user_id, user__is_active=True).first()
    if colleague is None:
        return False
    commands.appear(colleague.user)
    return True


def _write(pointer: Pointer) -> bytes:
    return f"event: changed\ndata: {json.dumps({'name': pointer.kind, **pointer.data})}\n\n".encode()
