"""What the shop tells: frozen values, times as the clock in Utrecht shows them, money in euro cents."""

from dataclasses import dataclass
from datetime import date, datetime

from .products import PRODUCTS, Product


@dataclass(frozen=True, slots=True)
class Address:
    """Where something goes. `street` holds the house number; `country` is NL, BE, LU or DE."""

    street: str
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, with a number such as K-20817 and the language they read."""

    number: str
    email: str
    name: str
    language: str
    address: Address


@dataclass(frozen=True, slots=True)
class Line:
    """One article in an order; `number` counts from 1 within it, `price` is for one piece."""

    number: int
    product_key: str
    quantity: int
    price: int

    @property
    def product(self) -> Product:
        """The article itself."""
        return PRODUCTS[self.product_key]

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Event:
    """One scan of a parcel: collected, sorted, delayed, out, missed, at_point or delivered."""

    at: datetime
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel with the carrier. `status` is under_way, missed, at_point or delivered.

    `expected` is the carrier's own latest word on the day; None when it gives none.
    """

    track_code: str
    carrier: str
    status: str
    expected: date | None
    point: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A line that was announced to come back, under the code the customer shows at the pick-up point."""

    code: str
    line: int
    reason: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """An order with all that belongs to it. `status` is ordered, packed, shipped, delivered, returned or cancelled."""

    number: str
    status: str
    ordered_at: datetime
    packed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    returned_at: datetime | None
    cancelled_at: datetime | None
    promised: date
    address: Address
    total: int
    lines: tuple[Line, ...]
    parcel: Parcel | None
    returns: tuple[Return, ...]

    @property
    def ended_at(self) -> datetime | None:
        """When it came, came back or was cancelled; None while it is open."""
        return self.cancelled_at or self.returned_at or self.delivered_at

    @property
    def is_open(self) -> bool:
        """Is it still to arrive?"""
        return self.status in ("ordered", "packed", "shipped")

    @property
    def address_may_change(self) -> bool:
        """Not once it has been handed to the carrier."""
        return self.status in ("ordered", "packed")

    @property
    def has_mower(self) -> bool:
        """Mowers come, and go back, by appointment."""
        return any(line.product.kind == "mower" for line in self.lines)

    def line(self, number: int) -> Line | None:
        """The line of that number."""
        return next((line for line in self.lines if line.number == number), None)
