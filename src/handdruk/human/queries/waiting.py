"""Customers who wait longer than they should."""

from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from handdruk.core.clock import now
from handdruk.core.words import Author, Holder
from handdruk.human.models import Colleague, Handover, HandoverState
from handdruk.relationship.company import company
from handdruk.relationship.models import Message, MessageKind

GONE_AFTER = timedelta(minutes=5)  # without a sign of life from the colleague's screen


def overdue() -> QuerySet[Handover]:
    """Handovers whose time has passed without a word from a person, taken or not, and that nobody was told of yet."""
    unanswered = Handover.objects.filter(ended_at=None, answered_at=None, escalated_at=None, deadline__lt=now())
    return unanswered.order_by("deadline")


def forgotten() -> QuerySet[Handover]:
    """Handovers of a colleague who is gone, and whose customer has waited longer than was promised.

    Waited since the colleague took it, when they never said a word; else since the customer's first message after their
    last. What the customer writes meanwhile does not begin the waiting anew.
    """
    moment = now()
    patience = moment - max(GONE_AFTER, timedelta(minutes=company().answer_within_minutes))
    gone = Colleague.objects.filter(Q(seen_at__lt=moment - GONE_AFTER) | Q(seen_at=None)).values("user_id")
    here = Message.objects.filter(conversation=OuterRef("conversation"))
    said = here.filter(author=Author.COLLEAGUE.value, kind=MessageKind.TEXT, at__gte=OuterRef("opened_at"))
    heard = here.filter(author=Author.CUSTOMER.value, number__gt=OuterRef("said"))
    return (
        Handover.objects.filter(state=HandoverState.TAKEN, ended_at=None, owner__in=gone)
        .filter(conversation__holder=Holder.COLLEAGUE.value)
        .annotate(said=Subquery(said.order_by("-number").values("number")[:1]))
        .annotate(since=Subquery(heard.order_by("number").values("at")[:1]))
        .filter(Q(said=None, taken_at__lt=patience) | Q(since__lt=patience))
        .order_by("taken_at")
    )
