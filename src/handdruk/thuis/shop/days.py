"""Which days parcels are packed and delivered on, and the day that is promised to a customer."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_HOUR = 22  # ordered before this hour on a working day: packed that day
WORKING_DAYS_TO = {"NL": 1, "BE": 2, "LU": 3, "DE": 3}
MOWER_TAKES = 4  # working days; a mower comes by appointment
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday
FIXED = ((1, 1), (12, 25), (12, 26))


def now() -> datetime:
    """The moment, as the clock in Utrecht shows it."""
    return datetime.now(AMSTERDAM)


def today() -> date:
    """The day it is in Utrecht."""
    return now().date()


def is_working_day(day: date) -> bool:
    """Monday to Friday, except the Dutch public holidays."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def working_day_after(day: date, count: int = 1) -> date:
    """The `count`-th working day after `day`."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_day_by(day: date) -> date:
    """`day` itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def packing_day(ordered_at: datetime) -> date:
    """The day on which an order leaves, when all goes well."""
    local = ordered_at.astimezone(AMSTERDAM)
    if is_working_day(local.date()) and local.hour < LAST_HOUR:
        return local.date()
    return working_day_after(local.date())


def promised_day(ordered_at: datetime, country: str, *, by_appointment: bool = False) -> date:
    """The day on which an order is to be delivered. `country` is NL, BE, LU or DE."""
    return working_day_after(packing_day(ordered_at), MOWER_TAKES if by_appointment else WORKING_DAYS_TO[country])


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def _holidays(year: int) -> frozenset[date]:
    moving = {easter(year) + timedelta(days=days) for days in AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in FIXED} | moving | {_kings_day(year)})


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == 6 else day
