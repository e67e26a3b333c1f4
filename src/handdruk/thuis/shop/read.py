"""Looking things up. Every question names the customer's e-mail address: nobody sees what is another's."""

import sqlite3
from datetime import date, datetime

from .database import reading
from .days import AMSTERDAM
from .values import Address, Customer, Event, Line, Order, Parcel, Return


class NoSuchOrder(LookupError):
    """This customer has no order of that number."""


def customer(email: str) -> Customer | None:
    """The customer behind an e-mail address (capitals do not matter); None for a stranger."""
    with reading() as connection:
        row = connection.execute("SELECT * FROM customers WHERE email = ?", (email,)).fetchone()
    return Customer(row["number"], row["email"], row["name"], row["language"], _address(row)) if row else None


def orders_of(email: str) -> tuple[Order, ...]:
    """The orders of this customer, newest first."""
    with reading() as connection:
        rows = connection.execute(
            "SELECT orders.* FROM orders JOIN customers ON customers.number = orders.customer"
            " WHERE email = ? ORDER BY ordered_at DESC",
            (email,),
        ).fetchall()
        return tuple(_order(connection, row) for row in rows)


def order(number: str, email: str) -> Order:
    """That order of this customer. Raises NoSuchOrder, also when it is another customer's."""
    with reading() as connection:
        return order_in(connection, number, email)


def order_in(connection: sqlite3.Connection, number: str, email: str) -> Order:
    """The same, within a transaction."""
    row = connection.execute(
        "SELECT orders.* FROM orders JOIN customers ON customers.number = orders.customer"
        " WHERE email = ? AND orders.number = ?",
        (email, number),
    ).fetchone()
    if row is None:
        raise NoSuchOrder(number)
    return _order(connection, row)


def _order(connection: sqlite3.Connection, row: sqlite3.Row) -> Order:
    number = row["number"]
    lines = connection.execute("SELECT * FROM order_lines WHERE order_number = ? ORDER BY number", (number,))
    returns = connection.execute("SELECT * FROM returns WHERE order_number = ? ORDER BY line", (number,))
    return Order(
        number=number,
        status=row["status"],
        ordered_at=_needed(row["ordered_at"]),
        packed_at=_moment(row["packed_at"]),
        shipped_at=_moment(row["shipped_at"]),
        delivered_at=_moment(row["delivered_at"]),
        returned_at=_moment(row["returned_at"]),
        cancelled_at=_moment(row["cancelled_at"]),
        promised=date.fromisoformat(row["promised"]),
        address=_address(row),
        total=row["total"],
        lines=tuple(Line(line["number"], line["product"], line["quantity"], line["price"]) for line in lines),
        parcel=_parcel(connection, number),
        returns=tuple(
            Return(return_code(back["id"]), back["line"], back["reason"], _needed(back["opened_at"]))
            for back in returns
        ),
    )


def _parcel(connection: sqlite3.Connection, number: str) -> Parcel | None:
    row = connection.execute("SELECT * FROM parcels WHERE order_number = ?", (number,)).fetchone()
    if row is None:
        return None
    found = connection.execute("SELECT * FROM parcel_events WHERE track_code = ? ORDER BY at", (row["track_code"],))
    events = tuple(Event(_needed(event["at"]), event["what"], event["place"]) for event in found)
    expected = date.fromisoformat(row["expected"]) if row["expected"] else None
    return Parcel(row["track_code"], row["carrier"], row["status"], expected, row["point"], events)


def return_code(row_id: int) -> str:
    """The code a customer shows at the pick-up point."""
    return f"RC-{row_id}"


def _address(row: sqlite3.Row) -> Address:
    return Address(row["street"], row["postcode"], row["city"], row["country"])


def _needed(stored: str) -> datetime:
    return datetime.fromisoformat(stored).astimezone(AMSTERDAM)


def _moment(stored: str | None) -> datetime | None:
    return _needed(stored) if stored else None
