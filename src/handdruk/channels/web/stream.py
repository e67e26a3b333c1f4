"""The customer's live stream: pointers to what changed in one conversation."""

from handdruk.relationship.models import Conversation
from handdruk.relationship.queries import conversation_of
from handdruk.work.live import Pointer, hub
from handdruk.work.streams import Receive, Scope, Send, header, in_thread, refuse, stream

CORS = [(b"access-control-allow-origin", b"*")]


async def chat_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /api/chat/conversations/{key}/stream`. The first event says where the conversation stands."""
    key = scope["path"].split("/")[4]
    scheme, _, secret = header(scope, b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        await refuse(send, 401, "A valid token is needed", [*CORS, (b"www-authenticate", b"Bearer")])
        return
    subscription = hub.listen([f"chat:{key}"])  # before looking, so that nothing falls between
    conversation = await in_thread(conversation_of, key, secret)
    if conversation is None:
        subscription.close()
        await refuse(send, 404, "There is no such conversation for this token", CORS)
        return
    await stream(receive, send, subscription, [_now(conversation)], lambda: True, headers=CORS)


def _now(conversation: Conversation) -> Pointer:
    return Pointer(
        f"chat:{conversation.key}",
        "changed",
        {"conversation": conversation.key, "last": conversation.last_number, "revision": conversation.revision},
    )
