"""The customer's live stream: pointers to what changed in one conversation."""

from functools import partial

from django.conf import settings

from handdruk.channels.web.origins import may_embed
from handdruk.relationship.queries import conversation_of
from handdruk.work.hub import Pointer, hub
from handdruk.work.streams import (
    Headers,
    NoPlace,
    Receive,
    Scope,
    Send,
    address,
    header,
    in_thread,
    place,
    refuse,
    stream,
)

LATER = (b"retry-after", b"30")


async def chat_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /api/chat/conversations/{key}/stream`. The first event says where the conversation stands."""
    cors = await in_thread(_cors, header(scope, b"origin"))
    try:
        with place(f"address {address(scope)}", settings.STREAMS_PER_ADDRESS):
            await _for_whoever_has_the_token(scope, receive, send, cors)
    except NoPlace:
        await refuse(send, 429, [*cors, LATER])


async def _for_whoever_has_the_token(scope: Scope, receive: Receive, send: Send, cors: Headers) -> None:
    key = scope["path"].split("/")[4]
    scheme, _, secret = header(scope, b"authorization").partition(" ")
    look = partial(_where_it_stands, key, secret if scheme.lower() == "bearer" else "")
    subscription = hub.listen([f"chat:{key}"])  # before looking, so that nothing falls between
    try:
        first = await in_thread(look)
        if first is None:
            await refuse(send, 401, [*cors, (b"www-authenticate", b"Bearer")])
            return
        with place(f"conversation {key}", settings.STREAMS_PER_CONVERSATION):
            await stream(receive, send, subscription, first, look, headers=cors)
    finally:
        subscription.close()


def _cors(origin: str) -> Headers:
    if not origin or not may_embed(origin):
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]


def _where_it_stands(key: str, secret: str) -> Pointer | None:
    """What `relationship.commands.touch` would tell now; None for who does not hold the token."""
    found = conversation_of(key, secret) if secret else None
    if found is None:
        return None
    pointer = {"conversation": found.key, "last": found.last_number, "revision": found.revision}
    return Pointer(f"chat:{found.key}", "changed", pointer)
