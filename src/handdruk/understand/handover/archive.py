"""One conversation of an archive, as JSON, to what was said in it. Liberal in names, strict in what they mean."""

from __future__ import annotations

from typing import Any

from handdruk.understand.handover.values import Said, Talk, talk_in

CUSTOMER = frozenset({"customer", "user", "client", "visitor", "klant"})
ASSISTANT = frozenset({"assistant", "bot", "chatbot", "machine"})
COLLEAGUE = frozenset({"colleague", "agent", "human", "employee", "medewerker", "operator"})
HELPER = frozenset({"helper", "company", "support"})  # the company's side, nobody knows whether a person or a machine
MOST_TURNS = 500
SHAPE = '{"turns": [{"who": "customer" or "helper", "text": "...", "hand_over": true or false}, ...]}'


class BadConversation(ValueError):
    """A conversation that cannot be understood; its text says why and holds nothing of what was said."""


def talk_of(row: Any) -> Talk:
    """The turns of one conversation, from its first customer turn on. Raises BadConversation.

    Without a mark of its own, the first turn of a colleague after one of the assistant counts as taking over.
    """
    turns = row.get("turns") if isinstance(row, dict) else None
    if not isinstance(turns, list):
        raise BadConversation(f"a line must be {SHAPE}")
    if len(turns) > MOST_TURNS:
        raise BadConversation(f"more than {MOST_TURNS} turns are not one conversation")
    talk: list[Said] = []
    before = ""  # who spoke last on the company's side
    for number, turn in enumerate(turns, 1):
        side, text, mark = _checked(number, turn)
        if side == "customer":
            talk.append(Said(text, True, bool(mark), with_person=before == "takes over"))
            continue
        takes_over = side == "colleague" and before in ("assistant", "takes over")
        begins = takes_over and before == "assistant"
        talk.append(Said(text, False, begins if mark is None else mark))
        before = "takes over" if takes_over else side
    if not any(said.by_customer for said in talk):
        raise BadConversation("no turn is the customer's")
    return talk_in(talk)


def _checked(number: int, turn: Any) -> tuple[str, str, bool | None]:
    if not isinstance(turn, dict):
        raise BadConversation(f"turn {number} must be an object with who, text and hand_over")
    return _side(number, turn.get("who", turn.get("author"))), _text(number, turn), _mark(number, turn)


def _side(number: int, who: Any) -> str:
    name = who.strip().lower() if isinstance(who, str) else ""
    sides = {"customer": CUSTOMER, "assistant": ASSISTANT, "colleague": COLLEAGUE, "helper": HELPER}
    for side, names in sides.items():
        if name in names:
            return side
    raise BadConversation(f"turn {number}: who must be customer, assistant, colleague or helper")


def _text(number: int, turn: dict[str, Any]) -> str:
    text = turn.get("text")
    try:
        if isinstance(text, str) and text.encode() is not None:
            return text
    except UnicodeEncodeError:
        pass
    raise BadConversation(f"turn {number}: text must be a string of real characters")


def _mark(number: int, turn: dict[str, Any]) -> bool | None:
    mark = turn.get("hand_over")
    if mark is None or isinstance(mark, bool):
        return mark
    if isinstance(mark, int) and mark in (0, 1):
        return mark == 1
    raise BadConversation(f"turn {number}: hand_over must be true or false")
