"""The lists at the left of the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from handdruk.core.clock import now
from handdruk.core.words import Author, Holder
from handdruk.human.models import Handover, HandoverState
from handdruk.human.wait import SOON
from handdruk.relationship.models import Conversation, Message

PAGE = 30
MOST_MINE = 100
LATELY = timedelta(days=7)
EXCERPT = 160
LISTS = ("assistant", "colleagues", "closed")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. `since` is when the customer began to wait, or when something last happened."""

    pk: int
    name: str
    words: str
    since: datetime
    deadline: datetime | None = None
    reason: str = ""
    emotion: str = "neutral"
    urgent: bool = False
    late: bool = False
    soon: bool = False
    escalated: bool = False
    unread: bool = False
    callback: bool = False
    team: str = ""
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list, and whether there is more."""

    rows: tuple[Row, ...]
    number: int = 1
    more: bool = False


def waiting(number: int = 1) -> Page:
    """Who waits for a person: urgent first, then whoever must be answered first."""
    moment = now()
    found = _handovers(Handover.objects.filter(state=HandoverState.WAITING).order_by("-urgent", "deadline", "pk"))
    return _page(found, number, lambda values: _waiting_row(values, moment))


def how_many_wait() -> int:
    """The number on the tab."""
    return Handover.objects.filter(state=HandoverState.WAITING).count()


def mine(user: User) -> tuple[Row, ...]:
    """What this colleague has: customers who wait for an answer first, the longest wait at the top."""
    found = _handovers(Handover.objects.filter(state=HandoverState.TAKEN, owner=user).order_by("-pk"))[:MOST_MINE]
    rows = [_taken_row(values) for values in found]
    return (*sorted((row for row in rows if row.unread), key=lambda row: row.since),
            *sorted((row for row in rows if not row.unread), key=lambda row: row.since, reverse=True))  # fmt: skip


def elsewhere(which: str, user: User, number: int = 1) -> Page:
    """One of the lists that stay folded: with the assistant, with other colleagues, closed lately."""
    if which == "colleagues":
        taken = Handover.objects.filter(state=HandoverState.TAKEN).exclude(owner=user)
        return _page(_handovers(taken.order_by("-pk")), number, _taken_row)
    held = Conversation.objects.filter(holder=Holder.ASSISTANT.value)
    held = (
        held.filter(changed_at__gt=now() - LATELY, closed_at__isnull=False)
        if which == "closed"
        else held.filter(closed_at=None)
    )
    return _page(_conversations(held), number, _conversation_row)


def how_it_stands() -> Values:
    """A few values that differ as soon as people have something else to look at: one short look, as JSON."""
    held = Conversation.objects.filter(holder__in=[Holder.QUEUE.value, Holder.COLLEAGUE.value])
    found = held.aggregate(newest=Max("changed_at"), held=Count("pk"))
    return {"held": found["held"], "newest": found["newest"].isoformat() if found["newest"] else None}


def name_of(pk: int, customer: str, email: str) -> str:
    """What to call a customer: their name, else the address they proved, else a number."""
    return customer or email or _("Visitor %(number)s") % {"number": pk}


def _page(found: "QuerySet[Any, Any]", number: int, row: Callable[[Values], Row]) -> Page:
    first = (number - 1) * PAGE
    values = list(found[first : first + PAGE + 1])
    return Page(tuple(map(row, values[:PAGE])), number, len(values) > PAGE)


def _handovers(found: QuerySet[Handover]) -> "QuerySet[Any, Any]":
    said = Message.objects.filter(conversation=OuterRef("conversation_id"))
    words, last_author = _spoken(said, OuterRef("conversation__last_number"))
    return found.annotate(words=words, last_author=last_author).values(
        "conversation_id", "conversation__customer__name", "conversation__verified_email", "conversation__changed_at",
        "opened_at", "deadline", "reason", "emotion", "urgent", "escalated_at", "brief", "team", "owner__first_name",
        "words", "last_author",
    )  # fmt: skip


def _conversations(found: QuerySet[Conversation]) -> "QuerySet[Any, Any]":
    said = Message.objects.filter(conversation=OuterRef("pk"))
    words, last_author = _spoken(said, OuterRef("last_number"))
    return (
        found.order_by("-changed_at")
        .annotate(words=words, last_author=last_author)
        .values("pk", "customer__name", "verified_email", "changed_at", "words", "last_author")
    )


def _spoken(said: QuerySet[Message], last: OuterRef) -> tuple[Left, Subquery]:
    """What the customer last said, and who spoke last."""
    theirs = said.filter(author=Author.CUSTOMER.value).order_by("-number").values("text")[:1]
    return Left(Subquery(theirs), EXCERPT), Subquery(said.filter(number=last).values("author")[:1])


def _waiting_row(values: Values, moment: datetime) -> Row:
    deadline: datetime = values["deadline"]
    return Row(
        **_who(values), since=values["opened_at"], deadline=deadline, reason=values["reason"],
        emotion=values["emotion"], urgent=values["urgent"], late=deadline < moment,
        soon=moment <= deadline < moment + SOON, escalated=values["escalated_at"] is not None,
        callback=bool(values["brief"].get("callback")), team=values["team"],
    )  # fmt: skip


def _taken_row(values: Values) -> Row:
    return Row(
        **_who(values), since=values["conversation__changed_at"], reason=values["reason"], emotion=values["emotion"],
        unread=values["last_author"] == Author.CUSTOMER, callback=bool(values["brief"].get("callback")),
        with_whom=values["owner__first_name"] or "",
    )  # fmt: skip


def _who(values: Values) -> Values:
    pk = values["conversation_id"]
    name = name_of(pk, values["conversation__customer__name"], values["conversation__verified_email"])
    return {"pk": pk, "name": name, "words": values["words"] or ""}


def _conversation_row(values: Values) -> Row:
    name = name_of(values["pk"], values["customer__name"], values["verified_email"])
    return Row(values["pk"], name, values["words"] or "", values["changed_at"])
