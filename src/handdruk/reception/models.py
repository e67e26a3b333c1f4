"""Turns (the decision stored with its message), trained readers, and what an archive taught about handovers."""

from django.db import models

from handdruk.core.clock import now
from handdruk.relationship.models import Conversation, Message


class TrainedReader(models.Model):
    """A reader as data, with the evidence its policy rests on. The newest one is in use."""

    content_version = models.PositiveIntegerField()
    data = models.BinaryField()
    policy = models.JSONField()
    summary = models.JSONField(default=dict)
    trained_at = models.DateTimeField(default=now)

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"reader {self.pk}"


class TrainedHandover(models.Model):
    """When a person takes over, learned from the company's archive, as data. Without a row nothing was learned."""

    data = models.BinaryField()
    summary = models.JSONField(default=dict)
    learned_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"handovers {self.pk}"


class Turn(models.Model):
    """What was made of one customer message: the reading, the decision with its reasons, and the situation after it.

    `number` is the message's, `until` that of the last message up to which nothing of the customer is left unanswered.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="turn")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    reader = models.ForeignKey(TrainedReader, on_delete=models.SET_NULL, null=True)
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=10)
    topic = models.CharField(max_length=80, default="", blank=True)
    titles = models.JSONField(default=dict)
    probability_right = models.FloatField(default=0)
    threshold = models.FloatField(null=True)
    provisional = models.BooleanField(default=True)
    reasons = models.JSONField(default=list)
    options = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    situation = models.JSONField(default=dict)
    holder = models.CharField(max_length=10)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="turn_in_conversation")]

    def __str__(self) -> str:
        return f"turn on message {self.message_id}"
