"""Everything people do with conversations. Permission first; one transaction; the holder decides who may speak."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from handdruk.core.clock import now
from handdruk.core.words import Author, Holder, OutcomeKind
from handdruk.human.login_rules import check_login
from handdruk.human.models import Colleague, Handover, HandoverEnd, HandoverState, Presence
from handdruk.human.promise import deadline_from, what_happens, when
from handdruk.human.queries.waiting import forgotten, overdue
from handdruk.human.wording import say
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import NotAllowed, locked
from handdruk.relationship.models import Conversation, Message, MessageKind
from handdruk.work.live import tell
from handdruk.work.transactions import writing

URGENT = frozenset({"vulnerable", "upset", "action_failed"})
QUIET_AFTER_A_WORD = timedelta(minutes=3)


def open_handover(
    conversation: Conversation,
    because: list[dict[str, Any]],
    *,
    emotion: str = "neutral",
    team: str = "",
    brief: dict[str, Any] | None = None,
    moment: datetime | None = None,
    urgent: bool = False,
    lead_in: str = "",
) -> Handover:
    """Asks for a person. The conversation is locked by the caller, who also says `told` to the customer.

    `because` are reasons as `{code, figure}`, the main one first; `lead_in` is an approved sentence that comes before the
    time. A conversation that already waits keeps its place.
    """
    waiting = open_one(conversation)
    if waiting is not None:
        return waiting
    moment = moment or now()
    until = deadline_from(moment)
    reason = because[0]["code"]
    told = what_happens(reason, conversation.language, moment, until)
    handover = Handover.objects.create(
        conversation=conversation, reason=reason, because=because, emotion=emotion, team=team, brief=brief or {},
        urgent=urgent or bool(URGENT & {row["code"] for row in because}), opened_at=moment, deadline=until,
        told=f"{lead_in}\n\n{told}" if lead_in else told,
    )  # fmt: skip
    relationship.give_turn(conversation, Holder.QUEUE)
    queue_changed()
    return handover


def open_one(conversation: Conversation) -> Handover | None:
    """The handover that is not over yet."""
    return Handover.objects.filter(conversation=conversation, ended_at=None).select_related("owner").first()


def take(user: User, conversation_id: int, *, from_colleague: bool = False) -> None:
    """This colleague has the turn from now on; the assistant is silent until it is handed back."""
    _must_be_colleague(user)
    with locked(conversation_id) as conversation:
        if conversation.holder == Holder.COLLEAGUE and conversation.colleague_id == user.pk:
            return
        if conversation.holder == Holder.COLLEAGUE and not from_colleague:
            raise NotAllowed("a colleague already has this conversation")
        if not conversation.is_open:
            relationship.reopen(conversation)
        handover = open_one(conversation) or _stepped_in(conversation)
        handover.state, handover.owner, handover.taken_at = HandoverState.TAKEN, user, now()
        handover.save(update_fields=["state", "owner", "taken_at"])
        relationship.give_turn(conversation, Holder.COLLEAGUE, user)
        _notice(conversation, user, "joined")
    queue_changed()


def answer(user: User, conversation_id: int, text: str, client_id: str | None = None) -> Message:
    """Says something to the customer. Sending the same `client_id` twice says it once."""
    _must_be_colleague(user)
    with locked(conversation_id) as conversation:
        earlier = conversation.messages.filter(client_id=client_id).first() if client_id else None
        if earlier is not None:
            return earlier
        _must_hold(user, conversation)
        said = relationship.say(conversation, Author.COLLEAGUE, text, colleague=user, client_id=client_id)
        Handover.objects.filter(conversation=conversation, ended_at=None, answered_at=None).update(answered_at=now())
    queue_changed()
    return said


def hand_back(user: User, conversation_id: int) -> None:
    """The assistant may speak again."""
    _must_be_colleague(user)
    with locked(conversation_id) as conversation:
        _must_hold(user, conversation)
        _notice(conversation, user, "handed_back")
        _end(conversation, HandoverEnd.HANDED_BACK)
        relationship.give_turn(conversation, Holder.ASSISTANT)
    queue_changed()


def close(user: User, conversation_id: int) -> None:
    """Nothing is left to do. When the customer writes again it opens again."""
    _must_be_colleague(user)
    with locked(conversation_id) as conversation:
        _must_hold(user, conversation)
        _notice(conversation, user, "closed")
        _end(conversation, HandoverEnd.CLOSED)
        relationship.record_outcome(conversation, None, OutcomeKind.ASSUMED, Author.COLLEAGUE)
        relationship.close(conversation)
    queue_changed()


def withdraw(conversation: Conversation) -> bool:
    """The customer no longer waits for a person; the conversation is locked by the caller. False when nobody waited."""
    if conversation.holder != Holder.QUEUE:
        return False
    _end(conversation, HandoverEnd.WITHDRAWN)
    relationship.give_turn(conversation, Holder.ASSISTANT)
    relationship.say(conversation, Author.ASSISTANT, say("withdrawn", conversation.language), kind=MessageKind.NOTICE)
    queue_changed()
    return True


def note_callback(conversation: Conversation, phone: str, reply_to: int) -> Message | None:
    """The waiting customer would rather be called. Returns what they are told."""
    handover = open_one(conversation)
    if handover is None or handover.brief.get("callback") == phone:
        return None
    handover.brief = {**handover.brief, "callback": phone}
    handover.save(update_fields=["brief"])
    queue_changed()
    if conversation.holder != Holder.QUEUE or not machine_may_speak(handover):
        return None
    text = say("callback", conversation.language, phone=phone)
    return relationship.say(conversation, Author.ASSISTANT, text, reply_to=reply_to)


def reassure(conversation: Conversation, reply_to: int) -> Message | None:
    """One calm word, with the time, for a waiting customer who asks whether anybody is there.

    None when they heard it a moment ago: more of the same would be a machine's chatter in a wait for a person.
    """
    handover = open_one(conversation)
    if handover is None or conversation.holder != Holder.QUEUE or not machine_may_speak(handover):
        return None
    moment, before = now(), handover.brief.get("reassured_at")
    if before is not None and moment - datetime.fromisoformat(before) < QUIET_AFTER_A_WORD:
        return None
    handover.brief = {**handover.brief, "reassured_at": moment.isoformat()}
    handover.save(update_fields=["brief"])
    text = f"{say('not_forgotten', conversation.language)} {when(conversation.language, moment, handover.deadline)}"
    return relationship.say(conversation, Author.ASSISTANT, text, reply_to=reply_to)


def note(conversation: Conversation, text: str) -> None:
    """Something the colleague should know and the customer is not told, beside the handover."""
    handover = open_one(conversation)
    if handover is not None:
        handover.brief = {**handover.brief, "notes": [*handover.brief.get("notes", []), text]}
        handover.save(update_fields=["brief"])
        queue_changed()


def escalate(handover_id: int) -> None:
    """The promised time has passed: first in the queue, the lead is told, and so is a customer nobody has taken yet."""
    row = Handover.objects.filter(pk=handover_id).values("conversation_id").first()
    if row is None:
        return
    with locked(row["conversation_id"]) as conversation:
        handover = overdue().filter(pk=handover_id).first()
        if handover is None:
            return
        handover.escalated_at, handover.urgent = now(), True
        handover.save(update_fields=["escalated_at", "urgent"])
        if conversation.holder == Holder.QUEUE and machine_may_speak(handover):
            relationship.say(conversation, Author.ASSISTANT, say("late", conversation.language))
    queue_changed()
    tell("desk", "escalated")


def free(handover_id: int) -> None:
    """Gives up for a colleague who is gone, unless they are back or have answered meanwhile."""
    row = Handover.objects.filter(pk=handover_id).values("conversation_id").first()
    if row is None:
        return
    with locked(row["conversation_id"]) as conversation:
        if forgotten().filter(pk=handover_id).exists():
            give_up(conversation.pk)


def give_up(conversation_id: int) -> None:
    """The colleague who has the turn cannot go on while the customer waits: back to the queue, at the front.

    Nobody handed it back, so the machine stays silent; the customer's screen shows the new time. What the next colleague
    should know stays beside it.
    """
    with locked(conversation_id) as conversation:
        before = open_one(conversation)
        if conversation.holder != Holder.COLLEAGUE or before is None:
            return
        _end(conversation, HandoverEnd.HANDED_BACK)
        because = [{"code": "colleague_away", "figure": None}]
        open_handover(
            conversation, because, emotion=before.emotion, team=before.team, brief=before.brief, urgent=True
        )  # fmt: skip
    queue_changed()


def appear(user: User, presence: str | None = None) -> None:
    """The colleague's screen shows life, or they say whether they are available."""
    row = Colleague.objects.filter(user=user)
    row.update(seen_at=now())
    if presence in Presence.values:
        row.update(presence=presence)
        queue_changed()


def set_language(user: User, language: str) -> None:
    """The language this colleague reads the desk in."""
    Colleague.objects.filter(user=user).update(language=language)


def make_colleague(username: str, name: str, password: str, *, lead: bool, language: str, teams: list[str]) -> User:
    """A login for the desk. Raises ValueError for one that cannot be, or that is there already."""
    check_login(username, name, teams)
    with writing():
        user = User.objects.create_user(username=username, password=password, first_name=name)
        Colleague.objects.create(user=user, lead=lead, language=language, teams=teams)
    return user


def machine_may_speak(handover: Handover) -> bool:
    """Not once a person had the turn and never handed it back."""
    return handover.state == HandoverState.WAITING and handover.reason != "colleague_away"


def queue_changed() -> None:
    """Tells every open desk."""
    tell("desk", "queue")


def already_waiting(handover: Handover, language: str) -> str:
    """What a waiting customer hears who asks again."""
    moment = now()
    if handover.deadline < moment:
        return say("late", language)
    return f"{say('already_waiting', language)} {when(language, moment, handover.deadline)}"


def _stepped_in(conversation: Conversation) -> Handover:
    moment = now()
    return Handover.objects.create(
        conversation=conversation, reason="stepped_in", because=[{"code": "stepped_in", "figure": None}],
        opened_at=moment, deadline=deadline_from(moment),
    )  # fmt: skip


def _end(conversation: Conversation, end: HandoverEnd) -> None:
    Handover.objects.filter(conversation=conversation, ended_at=None).update(
        state=HandoverState.ENDED, end=end, ended_at=now()
    )


def _notice(conversation: Conversation, user: User, code: str) -> None:
    text = say(code, conversation.language, name=user.first_name or user.username)
    relationship.say(conversation, Author.COLLEAGUE, text, kind=MessageKind.NOTICE, colleague=user)


def _must_be_colleague(user: User) -> None:
    if not Colleague.objects.filter(user=user, user__is_active=True).exists():
        raise NotAllowed("only colleagues may do this")


def _must_hold(user: User, conversation: Conversation) -> None:
    if conversation.holder != Holder.COLLEAGUE or conversation.colleague_id != user.pk:
        raise NotAllowed("take the conversation first")
