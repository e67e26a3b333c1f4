"""The shapes a conversation may have in JSON."""

import json
from typing import Any

CUSTOMERS = (
    "customer client user visitor contact consumer guest buyer requester end-user end_user enduser human incoming "
    "klant gebruiker bezoeker consument koper aanvrager"
)
COMPANYS = (
    "assistant bot chatbot ai machine colleague agent employee operator admin support staff company system advisor adviser "
    "representative seller outgoing assistent medewerker collega bedrijf adviseur verkoper systeem"
)
CUSTOMER, COMPANY = frozenset(CUSTOMERS.split()), frozenset(COMPANYS.split())
AUTHOR, TEXT, MESSAGES = (
    ("author", "who", "role", "from", "sender", "speaker"),
    ("text", "body", "content", "message"),
    ("turns", "messages"),
)


class Unusable(Exception):
    """This is no conversation; says why without repeating any of it."""


def customer_texts(line: bytes) -> tuple[str, ...]:
    """What the customer said, in order, empty messages left out. Raises Unusable."""
    row = _parsed(line)
    if not isinstance(row, dict):
        raise Unusable("not a JSON object")
    given = [key for key in (*MESSAGES, "text") if key in row]
    if len(given) != 1:
        raise Unusable('needs one of "text", "turns" and "messages"')
    said = [row["text"]] if given == ["text"] else row[given[0]]
    if not isinstance(said, list):
        raise Unusable(f'"{given[0]}" is not a list')
    texts = (_text(item, number) for number, item in enumerate(said, 1))
    return tuple(text for text in texts if text.strip())


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode())
    except UnicodeDecodeError:
        raise Unusable("not UTF-8") from None
    except (ValueError, RecursionError):
        raise Unusable("not JSON") from None


def _text(item: Any, number: int) -> str:
    """One message's text; "" when it is the company's."""
    if isinstance(item, dict):
        if not _is_customers(item, number):
            return ""
        item = next((item[key] for key in TEXT if key in item), None)
    if item is None or not isinstance(item, str):
        raise Unusable(f"message {number} has no text")
    try:
        item.encode()
    except UnicodeEncodeError:
        raise Unusable(f"message {number} holds half a character") from None
    return item


def _is_customers(item: dict[str, Any], number: int) -> bool:
    who = next((item[key] for key in AUTHOR if key in item), None)
    if not isinstance(who, str):
        raise Unusable(f"message {number} does not say who wrote it")
    word = who.strip().lower()
    if word not in CUSTOMER | COMPANY:
        raise Unusable(f"message {number} was written neither by a customer nor by the company")
    return word in CUSTOMER
