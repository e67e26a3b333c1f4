"""One conversation's messages as the desk shows them, each customer message with why it was decided so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handdruk.core.words import Author, in_language
from handdruk.decide.wording import REASONS, sentence
from handdruk.human.names import DECISIONS, EMOTIONS, in_words, named
from handdruk.human.queries.queue import name_of
from handdruk.human.rendered import rendered, safe_address
from handdruk.relationship.models import Conversation, Message, MessageKind

PAGE = 50
LEANS = frozenset(
    {"gave_details", "follow_up", "wrong_answer"}
)  # on what came before: no figure of the message is about that


@dataclass(frozen=True, slots=True)
class Why:
    """What was made of a customer's message, in words."""

    decision: str
    reasons: tuple[str, ...]
    topic: str
    certainty: int | None  # per cent
    emotion: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message on the screen; `day` is set when it begins a new day."""

    number: int
    author: str
    who: str
    at: datetime
    html: SafeString
    notice: bool
    buttons: tuple[str, ...]
    article: tuple[str, str] | None  # title and address
    why: Why | None
    day: date | None = None


def newest(conversation: Conversation, language: str, before: int | None = None) -> list[Said]:
    """The newest fifty, or the fifty before number `before`, oldest first."""
    page = _messages(conversation).order_by("-number")
    if before is not None:
        page = page.filter(number__lt=before)
    return _all_said(conversation, reversed(page[:PAGE]), language)


def after(conversation: Conversation, number: int, language: str) -> list[Said]:
    """What was said after `number`, oldest first, a page at most."""
    page = list(_messages(conversation).filter(number__gte=number).order_by("number")[: PAGE + 1])
    return [said for said in _all_said(conversation, page, language) if said.number > number]


def _messages(conversation: Conversation) -> QuerySet[Message]:
    return conversation.messages.select_related("colleague", "turn")


def _all_said(conversation: Conversation, messages: Iterable[Message], language: str) -> list[Said]:
    customer = name_of(conversation.pk, conversation.customer.name, conversation.verified_email)
    shown, day = [], None
    for message in messages:
        today = timezone.localtime(message.at).date()
        shown.append(_said(message, customer, language, today if today != day else None))
        day = today
    return shown


def _said(message: Message, customer: str, language: str, day: date | None) -> Said:
    article = message.extras.get("article") or {}
    address = safe_address(article.get("url", ""))
    return Said(
        number=message.number,
        author=message.author,
        who=_who(message, customer),
        at=message.at,
        html=rendered(message.author, message.text),
        notice=message.kind == MessageKind.NOTICE,
        buttons=tuple(button["label"] for button in message.extras.get("buttons", ())),
        article=(article.get("title", address), address) if address else None,
        why=_why(message, language),
        day=day,
    )


def _who(message: Message, customer: str) -> str:
    if message.author == Author.CUSTOMER:
        return customer
    if message.author == Author.ASSISTANT:
        return _("Assistant")
    return (message.colleague and (message.colleague.first_name or message.colleague.username)) or _("Colleague")


def _why(message: Message, language: str) -> Why | None:
    """From the turn that reception stored with the message; nothing to explain while a person has the conversation."""
    turn = getattr(message, "turn", None)
    if turn is None or any(reason["code"] == "with_a_person" for reason in turn.reasons):
        return None
    return Why(
        decision=named(DECISIONS, turn.kind),
        reasons=reasons(turn.reasons, language),
        topic=in_language(turn.titles, language) or in_words(turn.topic),
        certainty=round(turn.probability_right * 100) if turn.topic and turn.reasons[0]["code"] not in LEANS else None,
        emotion=named(EMOTIONS, turn.reading.get("emotion", "neutral")),
    )


def reasons(because: Iterable[dict[str, object]], language: str) -> tuple[str, ...]:
    """Stored reasons as sentences; one that is not known any more is shown as words."""
    return tuple(_reason(str(row["code"]), row.get("figure"), language) for row in because)


def _reason(code: str, figure: object, language: str) -> str:
    if code not in REASONS:
        return in_words(code)
    return sentence(code, language, figure if isinstance(figure, float | int) else None)
