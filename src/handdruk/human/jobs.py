"""Nobody is left waiting: looks after handovers whose time has passed, and after colleagues who are gone."""

from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery

from handdruk.core.clock import now
from handdruk.core.words import Author, Holder
from handdruk.human import commands
from handdruk.human.models import Colleague, Handover, HandoverState
from handdruk.human.promise import people_are_there
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation, Message
from handdruk.work.define import recurring

GONE_AFTER = timedelta(minutes=5)  # without a sign of life from the colleague's screen


@recurring(timedelta(seconds=20), "human.escalate_overdue")
def escalate_overdue() -> None:
    """Handovers nobody took in time."""
    overdue = Handover.objects.filter(state=HandoverState.WAITING, escalated_at=None, deadline__lt=now())
    for pk in overdue.values_list("pk", flat=True)[:200]:
        commands.escalate(pk)


@recurring(timedelta(seconds=60), "human.free_the_forgotten")
def free_the_forgotten() -> None:
    """Conversations whose colleague is gone while the customer waits for an answer."""
    if not people_are_there():
        return
    patience = now() - max(GONE_AFTER, timedelta(minutes=company().answer_within_minutes))
    last = Message.objects.filter(conversation=OuterRef("pk"), number=OuterRef("last_number"))
    gone = Colleague.objects.filter(Q(seen_at__lt=now() - GONE_AFTER) | Q(seen_at=None)).values("user_id")
    waiting = (
        Conversation.objects.filter(holder=Holder.COLLEAGUE.value, colleague_id__in=gone, changed_at__lt=patience)
        .annotate(last_author=Subquery(last.values("author")))
        .filter(last_author=Author.CUSTOMER.value)
    )
    for pk in waiting.values_list("pk", flat=True)[:200]:
        commands.give_up(pk)
