"""How an order goes, from the click to the doormat: one story, and all its moments follow from it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from .days import AMSTERDAM, packing_day, promised_day, working_day_after, working_day_by
from .products import PRODUCTS
from .values import Customer

Status = Literal["ordered", "packed", "shipped", "delivered", "returned", "cancelled"]
Basket = tuple[tuple[str, int], ...]  # product and quantity


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to one order.

    It arrives `late_by` working days after the promised day. `missed`: nobody is home twice, so that it goes to a
    pick-up point and is fetched `fetched_after` days later. `silent`: the carrier gives no new day. `until` brings the
    story to that status and stops it there.
    """

    customer: Customer
    basket: Basket
    ordered_at: datetime
    late_by: int = 0
    missed: bool = False
    fetched_after: int = 2
    silent: bool = False
    cancelled: bool = False
    returned_after: int | None = None  # days from delivery to the announcement; it arrives 4 days later
    until: Status | None = None
    number: str = ""

    @property
    def by_appointment(self) -> bool:
        """Mowers come by appointment."""
        return any(PRODUCTS[key].kind == "mower" for key, _ in self.basket)


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of a story; None for what does not happen (or not yet)."""

    promised: date
    arrives: date
    ordered: datetime
    packed: datetime | None = None
    shipped: datetime | None = None
    tried_again: datetime | None = None
    delivered: datetime | None = None
    announced: datetime | None = None
    returned: datetime | None = None
    cancelled: datetime | None = None

    @property
    def status(self) -> Status:
        """How far it is."""
        if self.cancelled:
            return "cancelled"
        reached: tuple[tuple[Status, datetime | None], ...] = (
            ("returned", self.returned),
            ("delivered", self.delivered),
            ("shipped", self.shipped),
            ("packed", self.packed),
        )
        return next((status for status, moment in reached if moment is not None), "ordered")


MOMENTS = ("packed", "shipped", "tried_again", "delivered", "announced", "returned", "cancelled")
STOPS: dict[Status | None, tuple[str, ...]] = {"ordered": MOMENTS, "packed": MOMENTS[1:], "shipped": MOMENTS[3:]}


def course(story: Story, moment: datetime) -> Course:
    """What of the story has happened at `moment`."""
    whole = _whole(story)
    later = [name for name in MOMENTS if (planned := getattr(whole, name)) is not None and planned > moment]
    undone: dict[str, Any] = dict.fromkeys([*later, *STOPS.get(story.until, ())])
    past = replace(whole, **undone)
    if story.until in ("packed", "shipped") and past.packed is None:
        past = replace(past, packed=_between(story.ordered_at, moment))
    if story.until == "shipped" and past.shipped is None:
        past = replace(past, shipped=_between(past.packed or story.ordered_at, moment))
    return past


def _between(start: datetime, end: datetime) -> datetime:
    """A moment out of hours, for a demo that is made in the evening."""
    return start + (end - start) / 2


def _whole(story: Story) -> Course:
    ordered, country = story.ordered_at, story.customer.address.country
    promised = promised_day(ordered, country, by_appointment=story.by_appointment)
    arrives = working_day_after(promised, story.late_by)
    begun = Course(promised, arrives, ordered)
    if story.cancelled:
        return replace(begun, cancelled=ordered + timedelta(minutes=20))
    packs = packing_day(ordered)
    leaves = working_day_by(arrives - timedelta(days=1)) if story.by_appointment else packs
    begun = replace(begun, packed=max(ordered + timedelta(minutes=30), at(packs, 9)), shipped=at(leaves, 23, 20))
    return _arrived(story, begun)


def _arrived(story: Story, begun: Course) -> Course:
    minute = int(story.ordered_at.timestamp() // 60) % 400  # somewhere between 10:00 and 16:40
    delivered = at(begun.arrives, 10) + timedelta(minutes=minute)
    again = None
    if story.missed:
        again = at(working_day_after(begun.arrives), 11, 5)
        delivered = again + timedelta(days=story.fetched_after, hours=4)
    if story.returned_after is None:
        return replace(begun, tried_again=again, delivered=delivered)
    announced = delivered + timedelta(days=story.returned_after, hours=1)
    received = at(working_day_after(announced.date(), 4), 8, 45)
    return replace(begun, tried_again=again, delivered=delivered, announced=announced, returned=received)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of that day, on the clock in Utrecht."""
    return datetime.combine(day, time(hour, minute), AMSTERDAM)
