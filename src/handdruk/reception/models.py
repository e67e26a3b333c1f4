"""Turns (the decision stored with its message), what colleagues said of them, readers, brakes, and what an archive taught."""

from django.conf import settings
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

    `topics` are all that were decided on, `topic` the first of them. `number` is the message's, `until` that of the last
    message up to which nothing of the customer is left unanswered.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="turn")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    reader = models.ForeignKey(TrainedReader, on_delete=models.SET_NULL, null=True)
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=10)
    topic = models.CharField(max_length=80, default="", blank=True)
    topics = models.JSONField(default=list)
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
        indexes = [
            models.Index(fields=["conversation", "-id"], name="turn_in_conversation"),
            models.Index(fields=["at"], name="turn_by_time"),
        ]

    def __str__(self) -> str:
        return f"turn on message {self.message_id}"


class AuditUse(models.TextChoices):
    """What an audit is for, drawn by lot together with it.

    One that a reader learns from can no longer tell how good that reader is; and if people chose which are kept as
    proof, the wrong ones would become examples and the proof would be of the rest.
    """

    PROOF = "proof"
    EXAMPLE = "example"


class Verdict(models.TextChoices):
    """What a colleague said of the answer the assistant gave or would have given."""

    RIGHT = "right"
    OTHER = "other"
    NONE = "none"
    PERSON = "person"
    UNSURE = "unsure"


WRONG = (Verdict.OTHER, Verdict.NONE, Verdict.PERSON)


class Audit(models.Model):
    """A turn drawn at random to be looked at by a person, and what they said of it.

    `probability` is the chance with which it was drawn. `sent` says whether the assistant went by its own judgement at
    the time. `truth` is the topic it should have been, "" for none of ours; several stand in order with commas between
    them. `taught_at` is when it became an example.
    """

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="audit")
    drawn_at = models.DateTimeField(default=now)
    probability = models.FloatField()
    sent = models.BooleanField()
    use = models.CharField(max_length=8, choices=AuditUse.choices, default=AuditUse.PROOF)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default="", blank=True)
    truth = models.CharField(max_length=255, default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    labelled_at = models.DateTimeField(null=True)
    taught_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["labelled_at", "id"], name="audit_in_order")]

    def __str__(self) -> str:
        return f"audit of turn {self.turn_id}"


class Brake(models.Model):
    """The threshold was raised because the promise could not be kept any more. It counts for one reader.

    `threshold` None means that nothing is answered automatically; `because` are the monitor's figures.
    """

    reader = models.ForeignKey(TrainedReader, on_delete=models.CASCADE, related_name="brakes")
    threshold = models.FloatField(null=True)
    because = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"brake {self.pk} on reader {self.reader_id}"
