"""The parcels of a new shop and what their carriers scanned."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from .days import AMSTERDAM, working_day_after
from .story import Course, Story, at

CENTRES = {"PostNL": "Nieuwegein", "bpost": "Antwerpen", "Thuis": "Utrecht"}
POINTS = {"PostNL": "Boekhandel De Hoek, Marktplein 2", "bpost": "Krantenwinkel Het Nieuws, Marktplein 5"}
Scan = tuple[datetime, str, str]


def add_parcel(connection: sqlite3.Connection, story: Story, went: Course, number: str, moment: datetime) -> None:
    """Adds the parcel of an order that was handed to a carrier, with its scans up to `moment`."""
    if went.shipped is None:
        return
    carrier = _carrier(story)
    city = story.customer.address.city
    scans = [scan for scan in _scans(story, went, CENTRES[carrier]) if scan[0] <= moment]
    code = _track_code(carrier, number)
    status = {"delivered": "delivered", "at_point": "at_point", "missed": "missed"}.get(scans[-1][1], "under_way")
    expected = _expected(story, went, status, moment)
    point = f"{POINTS[carrier]}, {city}" if story.missed and went.tried_again else ""
    connection.execute(
        "INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?)",
        (code, number, carrier, status, expected.isoformat() if expected else None, point),
    )
    connection.executemany(
        "INSERT INTO parcel_events VALUES (?, ?, ?, ?)",
        [(code, when.astimezone(UTC).isoformat(timespec="seconds"), what, place) for when, what, place in scans],
    )


def _scans(story: Story, went: Course, centre: str) -> Iterator[Scan]:
    """Everything the carrier scans, in order; those to come are for the caller to leave out."""
    assert went.shipped is not None
    city = story.customer.address.city
    yield went.shipped, "collected", "Utrecht"
    if not story.by_appointment:
        yield went.shipped + timedelta(hours=3), "sorted", centre
    if went.arrives > went.promised and at(went.promised, 7, 30) > went.shipped:
        yield at(went.promised, 7, 30), "delayed", centre
    yield at(went.arrives, 8, 40), "out", city
    if story.missed:
        yield at(went.arrives, 14, 20), "missed", city
    if went.tried_again is not None:
        yield went.tried_again, "missed", city
        yield went.tried_again + timedelta(hours=4), "at_point", city
    if went.delivered is not None:
        yield went.delivered, "delivered", city


def _carrier(story: Story) -> str:
    if story.by_appointment:
        return "Thuis"  # our own van
    return "bpost" if story.customer.address.country == "BE" else "PostNL"


def _track_code(carrier: str, number: str) -> str:
    start = {"PostNL": "3STHUI0", "bpost": "32320401", "Thuis": "TB-"}[carrier]
    return f"{start}{number[3:]}"


def _expected(story: Story, went: Course, status: str, moment: datetime) -> date | None:
    """The carrier's word on the day: of a late parcel the next one it is tried on."""
    today = moment.astimezone(AMSTERDAM).date()
    if status in ("delivered", "at_point"):
        return None
    if status == "missed":
        return working_day_after(went.arrives)
    if went.promised >= today:
        return went.promised
    return None if story.silent else max(today, min(went.arrives, working_day_after(today)))
