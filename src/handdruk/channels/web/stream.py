"""The customer's live stream: pointers to what changed in one conversation."""

from handdruk.channels.web.origins import may_embed
from handdruk.relationship.models import Conversation
from handdruk.relationship.queries import conversation_of
from handdruk.work.live import Pointer, hub
from handdruk.work.streams import Headers, Receive, Scope, Send, header, in_thread, refuse, stream


async def chat_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /api/chat/conversations/{key}/stream`. The first event says where the conversation stands."""
    key = scope["path"].split("/")[4]
    cors = await in_thread(_cors, header(scope, b"origin"))
    scheme, _, secret = header(scope, b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        await refuse(send, 401, "A valid token is needed", [*cors, (b"www-authenticate", b"Bearer")])
        return
    subscription = hub.listen([f"chat:{key}"])  # before looking, so that nothing falls between
    try:
        conversation = await in_thread(conversation_of, key, secret)
    except Exception:
        subscription.close()
        raise
    if conversation is None:
        subscription.close()
        await refuse(send, 401, "This token is not of a conversation here", [*cors, (b"www-authenticate", b"Bearer")])
        return
    await stream(receive, send, subscription, [_now(conversation)], lambda: True, headers=cors)


def _cors(origin: str) -> Headers:
    if not origin or not may_embed(origin):
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]


def _now(conversation: Conversation) -> Pointer:
    return Pointer(
        f"chat:{conversation.key}",
        "changed",
        {"conversation": conversation.key, "last": conversation.last_number, "revision": conversation.revision},
    )
