"""The company's own settings as one frozen value, read once and kept until its version rises."""

import threading
import time as clock
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from handdruk.core.clock import now
from handdruk.core.words import Texts
from handdruk.relationship.models import Company

AUDITS_A_DAY = 20  # where the company does not say
FRESH_FOR = 1.0  # seconds a cached version is trusted; content changes show within this time in every process


@dataclass(frozen=True, slots=True)
class Team:
    """A group of colleagues that takes a kind of work."""

    key: str
    names: Texts


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """What `company.toml` says. Hours are (opens, closes) pairs per weekday, Monday first."""

    name: str
    languages: tuple[str, ...]
    timezone: ZoneInfo
    hours: tuple[tuple[tuple[time, time], ...], ...]
    holidays: dict[date, Texts]
    at_most: float
    confidence: float
    audits_a_day: int
    miss_at_most: float
    needless_at_most: float
    ask_rate: float
    answer_within_minutes: int
    teams: tuple[Team, ...]
    greeting: Texts
    origins: tuple[str, ...]
    order_number: str | None
    version: int = 0
    raw: dict[str, Any] = field(default_factory=dict, compare=False)

    def language_for(self, wanted: str | None) -> str:
        """The language to speak: the one wanted when the company speaks it, else its first."""
        return wanted if wanted in self.languages else self.languages[0]


class NoCompany(Exception):
    """Nothing has been loaded yet."""


def service_team() -> str:
    """The team that takes what no other team was named for: the first one ("" without teams)."""
    teams = company().teams
    return teams[0].key if teams else ""


class _Cache:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.value: CompanySettings | None = None
        self.read_at = 0.0


_cache = _Cache()


def company() -> CompanySettings:
    """The company's settings. Raises NoCompany before the first `handdruk load`."""
    value = _cache.value
    if value is not None and clock.monotonic() - _cache.read_at < FRESH_FOR:
        return value
    with _cache.lock:
        row = Company.objects.only("version").first()
        if row is None:
            raise NoCompany("no company has been loaded; run: handdruk load FOLDER")
        if value is None or value.version != row.version:
            row.refresh_from_db()
            _cache.value = settings_from(row.settings, row.version)
        _cache.read_at = clock.monotonic()
        assert _cache.value is not None
        return _cache.value


def forget() -> None:
    """Reads afresh at the next use; for whoever just changed it."""
    _cache.value = None


def content_changed() -> None:
    """Raises the company's version, in the current transaction: everything made from its content is made again."""
    Company.objects.update(version=F("version") + 1, updated_at=now())
    transaction.on_commit(forget)


def settings_from(raw: dict[str, Any], version: int) -> CompanySettings:
    """Builds the value from checked, stored settings (see `handdruk.company.settings` for the checks)."""
    hours = tuple(
        tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in day) for day in raw["hours"]
    )
    return CompanySettings(
        name=raw["name"],
        languages=tuple(raw["languages"]),
        timezone=ZoneInfo(raw["timezone"]),
        hours=hours,
        holidays={date.fromisoformat(day): names for day, names in raw["holidays"].items()},
        at_most=raw["promise"]["at_most"],
        confidence=raw["promise"]["confidence"],
        audits_a_day=raw["promise"].get("audits_a_day", AUDITS_A_DAY),
        miss_at_most=raw["people"]["miss_at_most"],
        needless_at_most=raw["people"]["needless_at_most"],
        ask_rate=raw["people"]["ask_rate"],
        answer_within_minutes=raw["people"]["answer_within_minutes"],
        teams=tuple(Team(key, names) for key, names in raw["teams"].items()),
        greeting=raw["chat"]["greeting"],
        origins=tuple(raw["chat"]["origins"]),
        order_number=raw["order_number"],
        version=version,
        raw=raw,
    )
