"""The words that rooms share: the values behind them are what is stored."""

from enum import StrEnum
from typing import NewType

Language = NewType("Language", str)  # ISO 639-1, lower case; "und" when nobody can tell
DUTCH = Language("nl")
ENGLISH = Language("en")
LANGUAGES: tuple[Language, ...] = (DUTCH, ENGLISH)  # the languages every fixed sentence of Handdruk exists in

Texts = dict[str, str]  # one sentence per language


class Author(StrEnum):
    """Who said a message."""

    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    COLLEAGUE = "colleague"


class Holder(StrEnum):
    """Who has the turn in a conversation. Exactly one, always."""

    ASSISTANT = "assistant"
    QUEUE = "queue"
    COLLEAGUE = "colleague"


class Phase(StrEnum):
    """Where in the purchase a topic or an article belongs."""

    ORIENTATE = "orientate"
    CHOOSE = "choose"
    BUY = "buy"
    RECEIVE = "receive"
    USE = "use"
    GET_HELP = "get_help"
    RENEW_OR_LEAVE = "renew_or_leave"


class Resolution(StrEnum):
    """How a topic is resolved: an approved answer, an action, or a person."""

    ANSWER = "answer"
    ACT = "act"
    PEOPLE = "people"


class OutcomeKind(StrEnum):
    """How an automatic answer or a conversation ended."""

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"
    WRONG = "wrong"
    REOPENED = "reopened"
    ABANDONED = "abandoned"


def in_language(texts: Texts, language: str) -> str:
    """The sentence in `language`, else in English, else whichever there is ("" if there is none)."""
    return texts.get(language) or texts.get(ENGLISH) or next(iter(texts.values()), "")
