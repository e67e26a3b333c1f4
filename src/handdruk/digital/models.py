"""Topics with their examples and approved answers, articles, and the steps of actions under way."""

from django.db import models

from handdruk.core.clock import now
from handdruk.core.words import Phase, Resolution
from handdruk.relationship.models import Conversation

PHASES = [(phase.value, phase.value) for phase in Phase]


class Topic(models.Model):
    """A reason why customers come, and how it is resolved."""

    name = models.SlugField(max_length=80, unique=True)
    phase = models.CharField(max_length=20, choices=PHASES)
    resolution = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Resolution])
    action = models.CharField(max_length=80, default="", blank=True)
    article = models.SlugField(max_length=80, default="", blank=True)
    team = models.SlugField(max_length=40, default="", blank=True)
    titles = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Example(models.Model):
    """A message as customers write it. `belongs` is false for a near miss: it looks like the topic and is not."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="examples")
    language = models.CharField(max_length=8)
    text = models.TextField()
    belongs = models.BooleanField(default=True)

    class Meta:
        ordering = ["topic_id", "pk"]

    def __str__(self) -> str:
        return self.text


class Article(models.Model):
    """A page of the help centre, in one language; `key` is the same in all languages."""

    key = models.SlugField(max_length=80)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    phase = models.CharField(max_length=20, choices=PHASES)
    summary = models.TextField(default="", blank=True)
    body = models.TextField()
    updated_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="one_article_a_key_and_language"),
            models.UniqueConstraint(fields=["slug", "language"], name="one_article_an_address"),
        ]

    def __str__(self) -> str:
        return self.title


class RunState(models.TextChoices):
    """Where an action under way is. The last three are ends."""

    EMAIL = "email"
    CODE = "code"
    DETAIL = "detail"
    CONFIRM = "confirm"
    READY = "ready"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"


ENDS = (RunState.DONE, RunState.REFUSED, RunState.STOPPED)


class ActionRun(models.Model):
    """One use of an action by one customer. `key` makes it happen once in the company's own systems.

    `then` are the topics to go on with when it has ended.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="actions")
    action = models.CharField(max_length=80)
    titles = models.JSONField(default=dict)
    topic = models.CharField(max_length=80, default="", blank=True)
    state = models.CharField(max_length=8, choices=RunState.choices)
    key = models.CharField(max_length=40, unique=True)
    values = models.JSONField(default=dict)
    asked = models.CharField(max_length=80, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    code_hash = models.CharField(max_length=64, default="", blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(null=True)
    then = models.JSONField(default=list)
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["conversation"],
                name="action_under_way",
                condition=~models.Q(state__in=["done", "refused", "stopped"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} ({self.state})"
