"""The customer's own requests around the turn: a person, the assistant again, a word on an answer."""

from typing import Any

from handdruk.core.words import Author, Holder, OutcomeKind
from handdruk.digital.commands import stop_all
from handdruk.digital.queries import still_open
from handdruk.human import commands as human
from handdruk.reception.models import Turn
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import locked
from handdruk.relationship.models import Conversation, Message


def ask_for_a_person(conversation_id: int) -> list[Message]:
    """The customer pressed the button that is always there. Returns what they are told.

    That is nothing once a colleague has the turn: then the colleague does the talking.
    """
    with locked(conversation_id) as conversation:
        if conversation.holder == Holder.COLLEAGUE:
            return []
        waiting = human.open_one(conversation)
        if waiting is None:
            return [bring_in(conversation, "wants_human", _last_turn(conversation))]
        if not human.machine_may_speak(waiting):
            return []
        text = human.already_waiting(waiting, conversation.language)
        return [relationship.say(conversation, Author.ASSISTANT, text)]


def back_to_the_assistant(conversation_id: int) -> bool:
    """The waiting customer would rather go on with the assistant. False when nobody was being waited for."""
    with locked(conversation_id) as conversation:
        return human.withdraw(conversation)


def judge_answer(conversation_id: int, number: int, *, right: bool) -> list[Message]:
    """The customer's own word on an automatic answer; a wrong one brings in a person. Raises Message.DoesNotExist."""
    with locked(conversation_id) as conversation:
        conversation.messages.get(number=number, author=Author.ASSISTANT.value, extras__ask_outcome=True)
        kind = OutcomeKind.CONFIRMED if right else OutcomeKind.WRONG
        relationship.record_outcome(conversation, number, kind, Author.CUSTOMER)
        if right or conversation.holder != Holder.ASSISTANT:
            return []
        return [bring_in(conversation, "wrong_answer", _last_turn(conversation))]


def bring_in(conversation: Conversation, code: str, last: Turn | None, reply_to: int | None = None) -> Message:
    """Asks for a person and tells the customer so. The conversation is locked and with the assistant."""
    if not conversation.is_open:
        relationship.reopen(conversation)
    brief: dict[str, Any] = {"message": last.number, "details": _details(last)} if last else {}
    brief["open"] = [one.titles for one in still_open(conversation)]
    stop_all(conversation)
    emotion = last.reading.get("emotion", "neutral") if last else "neutral"
    handover = human.open_handover(conversation, [{"code": code, "figure": None}], emotion=emotion, brief=brief)
    return relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=reply_to)


def _details(last: Turn) -> list[dict[str, str]]:
    return [{"kind": detail["kind"], "value": detail["value"]} for detail in last.reading.get("details", ())]


def _last_turn(conversation: Conversation) -> Turn | None:
    return Turn.objects.filter(conversation=conversation).order_by("-pk").first()
