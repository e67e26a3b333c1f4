"""When people are there, and until when a customer may have to wait. Pure rules on plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Day = tuple[tuple[time, time], ...]
LOOK_AHEAD = 60  # days; a company closed longer than this has no opening hours


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: for each weekday, Monday first, (opens, closes) in the company's own time zone; and closed days."""

    week: tuple[Day, ...]
    closed: frozenset[date]
    zone: ZoneInfo


def is_open(hours: Hours, moment: datetime) -> bool:
    """Are people there at this moment?"""
    return any(opens <= moment < closes for opens, closes in _spans(hours, moment, 1))


def next_opening(hours: Hours, moment: datetime) -> datetime | None:
    """When people are there again (this very moment if they are there now); None when that cannot be said."""
    for opens, closes in _spans(hours, moment, LOOK_AHEAD):
        if closes > moment:
            return max(opens, moment)
    return None


def deadline(hours: Hours, moment: datetime, within: timedelta) -> datetime:
    """By when a person answers: after `within` of opening time. Without opening hours, a day later."""
    left = within
    for opens, closes in _spans(hours, moment, LOOK_AHEAD):
        start = max(opens, moment)
        if closes <= start:
            continue
        if closes - start >= left:
            return start + left
        left -= closes - start
    return moment + timedelta(days=1)


def _spans(hours: Hours, moment: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
    """The spans in which people are there, from the day before `moment` on, as aware moments in order."""
    first = moment.astimezone(hours.zone).date() - timedelta(days=1)
    for offset in range(days + 2):
        day = first + timedelta(days=offset)
        if day in hours.closed:
            continue
        for opens, closes in sorted(hours.week[day.weekday()]):
            start = datetime.combine(day, opens, hours.zone)
            end = datetime.combine(day + timedelta(days=int(closes <= opens)), closes, hours.zone)
            yield start.astimezone(UTC), end.astimezone(UTC)  # in UTC an hour is an hour, also when the clock changes
