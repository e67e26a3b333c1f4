"""Mail that a demo shows on a page instead of sending it."""

from django.db import models

from handdruk.core.clock import now


class ShownMail(models.Model):
    """One mail of a demo."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"mail {self.pk}"
