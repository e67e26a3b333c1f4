"""What a login for the desk must look like."""

import re
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from handdruk.relationship.company import NoCompany, company

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{1,59}")
LONGEST_NAME = 60


def check_login(username: str, name: str, teams: Iterable[str]) -> None:
    """Raises ValueError for a login that cannot be; its text says what to do."""
    if not USERNAME.fullmatch(username):
        raise ValueError("a user name has 2 to 60 letters, digits and . _ - + @, and begins with a letter or digit")
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"customers see the name: write one of at most {LONGEST_NAME} characters, on one line")
    if User.objects.filter(username__iexact=username).exists():
        raise ValueError(f"there is already a colleague called {username}")
    unknown = sorted(set(teams) - set(_teams())) if teams else []
    if unknown:
        known = ", ".join(sorted(_teams())) or "none; add one to company.toml"
        raise ValueError(f"there is no team {', '.join(unknown)}; the company's teams: {known}")


def check_password(password: str, user: User | None = None) -> None:
    """Raises ValueError for a password that is too short or too common."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error


def _teams() -> list[str]:
    try:
        return [team.key for team in company().teams]
    except NoCompany:
        return []
