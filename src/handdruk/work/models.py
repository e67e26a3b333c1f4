"""The table of jobs and the rows of what recurs."""

from django.db import models


class JobState(models.TextChoices):
    """Where a job is. A running one whose lease has passed is as good as ready."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Job(models.Model):
    """One piece of work that must happen, whatever crashes."""

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=160, unique=True, null=True)  # absent keys must not collide
    lane = models.CharField(max_length=80, default="", blank=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.READY)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "run_at", "id"], name="work_due"),
            models.Index(fields=["lane", "state"], name="work_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Recurring(models.Model):
    """When something that recurs is due next. Whoever moves `next_at` forward has the right to run it."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
