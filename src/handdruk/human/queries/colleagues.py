"""Everybody who has a login for the desk."""

from dataclasses import dataclass
from datetime import datetime

from handdruk.human.models import Colleague


@dataclass(frozen=True, slots=True)
class Login:
    """A colleague as a lead sees them. `seen_at` is when their screen last showed life."""

    username: str
    name: str
    lead: bool
    teams: tuple[str, ...]
    language: str
    enabled: bool
    seen_at: datetime | None


def logins() -> list[Login]:
    """All of them, by user name."""
    rows = Colleague.objects.select_related("user").order_by("user__username")
    return [
        Login(row.user.username, row.user.first_name, row.lead, tuple(row.teams), row.language,
              row.user.is_active, row.seen_at)
        for row in rows
    ]  # fmt: skip
