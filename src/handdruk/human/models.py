"""Colleagues and handovers."""

from django.conf import settings
from django.db import models

from handdruk.core.clock import now
from handdruk.relationship.models import Conversation


class Presence(models.TextChoices):
    """What a colleague says of themselves."""

    AVAILABLE = "available"
    AWAY = "away"


class Colleague(models.Model):
    """A person of the company who works at the desk. `seen_at` is when their screen last showed life."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="colleague")
    lead = models.BooleanField(default=False)
    teams = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="", blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.AVAILABLE)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"colleague {self.pk}"


class HandoverState(models.TextChoices):
    """Nobody has it yet, somebody has, or it is over."""

    WAITING = "waiting"
    TAKEN = "taken"
    ENDED = "ended"


class HandoverEnd(models.TextChoices):
    """How a handover ended."""

    CLOSED = "closed"
    HANDED_BACK = "handed_back"
    WITHDRAWN = "withdrawn"


class Handover(models.Model):
    """A request for a person: why, until when, who has it, what the customer was told, how it ended."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handovers")
    reason = models.CharField(max_length=40)
    because = models.JSONField(default=list)
    emotion = models.CharField(max_length=12, default="neutral")
    urgent = models.BooleanField(default=False)
    team = models.CharField(max_length=40, default="", blank=True)
    brief = models.JSONField(default=dict)
    told = models.TextField(default="", blank=True)
    state = models.CharField(max_length=8, choices=HandoverState.choices, default=HandoverState.WAITING)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    deadline = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, choices=HandoverEnd.choices, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], name="one_open_handover", condition=models.Q(ended_at__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["state", "-urgent", "deadline"], name="the_queue")]

    def __str__(self) -> str:
        return f"handover {self.pk} of conversation {self.conversation_id}"
