"""Customers, identities, conversations, messages and outcomes."""

from django.conf import settings
from django.db import models

from handdruk.core.clock import now
from handdruk.core.ids import public_id
from handdruk.core.words import Author, Holder, OutcomeKind


class Company(models.Model):
    """The one company this installation serves.

    `version` rises with every change of its content; `fingerprint` is that of the folder when it was last loaded.
    """

    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    folder = models.CharField(max_length=500, default="", blank=True)
    fingerprint = models.CharField(max_length=64, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """A person the company serves."""

    name = models.CharField(max_length=120, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name or f"customer {self.pk}"


class IdentityKind(models.TextChoices):
    """How a customer can be known."""

    EMAIL = "email"
    PHONE = "phone"
    DEVICE = "device"


class Identity(models.Model):
    """One way a customer is known; `verified_at` says when they last proved it is theirs."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=8, choices=IdentityKind.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_customer_an_identity")]

    def __str__(self) -> str:
        return f"{self.kind} of customer {self.customer_id}"


class Conversation(models.Model):
    """Everything said about one matter. `revision` rises with every change; it is the cursor of open screens."""

    key = models.CharField(max_length=32, unique=True, default=public_id)
    token_hash = models.CharField(max_length=64)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="conversations")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    holder = models.CharField(
        max_length=10, choices=[(h.value, h.value) for h in Holder], default=Holder.ASSISTANT.value
    )
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    last_number = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    seen_number = models.PositiveIntegerField(default=0)
    verified_email = models.CharField(max_length=254, default="", blank=True)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_colleague_holds_it_or_nobody_does",
                condition=models.Q(holder=Holder.COLLEAGUE.value, colleague__isnull=False)
                | ~models.Q(holder=Holder.COLLEAGUE.value) & models.Q(colleague__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["holder", "-changed_at"], name="conversation_by_holder"),
            models.Index(fields=["customer", "-changed_at"], name="conversation_by_customer"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Is there still something to say?"""
        return self.closed_at is None


class MessageKind(models.TextChoices):
    """Words, or a short notice such as "you are talking to Sanne now"."""

    TEXT = "text"
    NOTICE = "notice"


class Message(models.Model):
    """One thing said. `number` counts up from 1 within its conversation, without gaps."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Author])
    kind = models.CharField(max_length=8, choices=MessageKind.choices, default=MessageKind.TEXT)
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    client_id = models.CharField(max_length=80, null=True)  # absent ids must not collide
    reply_to = models.PositiveIntegerField(null=True)
    extras = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["conversation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="numbered_within_its_conversation"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="the_same_message_once"),
        ]

    def __str__(self) -> str:
        return f"message {self.number} of conversation {self.conversation_id}"


class Outcome(models.Model):
    """How an automatic answer ended: what was said of one assistant message, or of the conversation as a whole."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in OutcomeKind])
    by = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Author])
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_outcome_an_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for conversation {self.conversation_id}"
