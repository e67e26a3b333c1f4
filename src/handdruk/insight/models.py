"""How automatic answers ended, how audits were drawn, and who has seen that a brake was put on."""

from django.conf import settings
from django.db import models

from handdruk.core.clock import now
from handdruk.core.words import OutcomeKind
from handdruk.insight.ledger import By
from handdruk.reception.models import Brake, Turn


class LedgerEntry(models.Model):
    """How one automatic answer ended; `kind` is "" while it is too early to tell.

    `look_at` is when time alone may tell more; without it the entry is final.
    """

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="ledger_entry")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in OutcomeKind], default="", blank=True)
    by = models.CharField(max_length=10, choices=[(b.value, b.value) for b in By], default="", blank=True)
    at = models.DateTimeField(default=now)
    look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [models.Index(fields=["look_at"], name="not_final_yet")]

    def __str__(self) -> str:
        return f"turn {self.turn_id}: {self.kind or 'too early'}"

    @property
    def final(self) -> bool:
        """Nothing will change it any more."""
        return self.look_at is None


class Draw(models.Model):
    """One drawing of audits: every turn up to number `through` had its chance, once.

    `turns` of them could be drawn, each with the same `probability`.
    """

    at = models.DateTimeField(default=now)
    through = models.PositiveBigIntegerField()
    turns = models.PositiveIntegerField()
    probability = models.FloatField()

    def __str__(self) -> str:
        return f"draw through turn {self.through}"


class BrakeSeen(models.Model):
    """A lead has seen this brake: the desk need not tell them again."""

    brake = models.ForeignKey(Brake, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brake", "user"], name="a_brake_is_seen_once")]

    def __str__(self) -> str:
        return f"brake {self.brake_id} seen by user {self.user_id}"
