"""Fills a new shop. The same moment gives the same rows."""

import sqlite3
from datetime import UTC, datetime
from itertools import count
from random import Random

from . import demo
from .invent import invented
from .parcels import add_parcel
from .people import strangers
from .products import PRODUCTS, delivery_cost, vat_in
from .story import Course, Story, course
from .values import Customer

SEED = 20817
CUSTOMERS, ORDERS = 120, 300
FIRST_ORDER, FIRST_RETURN = 103601, 48200


def fill(connection: sqlite3.Connection, moment: datetime) -> None:
    """Adds every row, with dates around `moment`, within the caller's transaction."""
    rng = Random(SEED)  # noqa: S311 - a demo has to be the same every time; nothing here is secret
    others = strangers(rng, CUSTOMERS - len(demo.CUSTOMERS), 20830)
    for customer in (*demo.CUSTOMERS, *others):
        _add_customer(connection, customer)
    known = demo.stories(moment)
    connection.execute("INSERT INTO sqlite_sequence VALUES ('returns', ?)", (FIRST_RETURN,))
    buyers = others[:-8]  # some customers never bought anything
    for number, story in enumerate(invented(rng, buyers, ORDERS - len(known), moment), FIRST_ORDER):
        _add_order(connection, story, f"TH-{number}", moment)
    for story in known:
        _add_order(connection, story, story.number, moment)
    _add_invoices(connection)


def _add_customer(connection: sqlite3.Connection, customer: Customer) -> None:
    home = customer.address
    connection.execute(
        "INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (customer.number, customer.email, customer.name, customer.language,
         home.street, home.postcode, home.city, home.country),
    )  # fmt: skip


def _add_order(connection: sqlite3.Connection, story: Story, number: str, moment: datetime) -> None:
    went, home = course(story, moment), story.customer.address
    goods = sum(PRODUCTS[key].price * quantity for key, quantity in story.basket)
    moments = [
        _text(at) for at in (went.ordered, went.packed, went.shipped, went.delivered, went.returned, went.cancelled)
    ]
    connection.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, story.customer.number, went.status, *moments, went.promised.isoformat(),
         home.street, home.postcode, home.city, home.country, delivery_cost(goods), goods + delivery_cost(goods)),
    )  # fmt: skip
    for line, (key, quantity) in enumerate(story.basket, 1):
        price = PRODUCTS[key].price
        connection.execute("INSERT INTO order_lines VALUES (?, ?, ?, ?, ?)", (number, line, key, quantity, price))
    add_parcel(connection, story, went, number, moment)
    _add_return(connection, story, went, number)
    _add_devices(connection, story, went, number, moment)


def _add_return(connection: sqlite3.Connection, story: Story, went: Course, number: str) -> None:
    """Everything in the order was announced to come back."""
    if went.announced is None:
        return
    for line, (key, _) in enumerate(story.basket, 1):
        if PRODUCTS[key].kind != "visit":
            connection.execute(
                "INSERT INTO returns (order_number, line, reason, opened_at, received_at) VALUES (?, ?, ?, ?, ?)",
                (number, line, "not_needed", _text(went.announced), _text(went.returned)),
            )


def _add_devices(connection: sqlite3.Connection, story: Story, went: Course, number: str, moment: datetime) -> None:
    """Connected products report from the day they arrived until they are sent back."""
    if went.status != "delivered" or went.delivered is None or went.announced is not None:
        return
    seen = moment - (moment - went.delivered) / 50
    pieces = count(1)
    for key, quantity in story.basket:
        for _ in range(quantity if PRODUCTS[key].serial else 0):
            serial = f"{PRODUCTS[key].serial}-{number[3:]}-{next(pieces)}"
            device = (
                serial,
                story.customer.number,
                number,
                key,
                "2.4.1" if int(number[3:]) % 3 else "2.3.0",
                _text(seen),
            )
            connection.execute("INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?)", device)


def _add_invoices(connection: sqlite3.Connection) -> None:
    """An invoice on the day of the order; one below zero on the day it is cancelled or comes back."""
    orders = connection.execute("SELECT * FROM orders ORDER BY ordered_at, number").fetchall()
    papers = [(row["ordered_at"][:10], row["number"], row["total"]) for row in orders]
    ended = [(row["returned_at"] or row["cancelled_at"], row) for row in orders]
    papers += [(at[:10], row["number"], -row["total"]) for at, row in ended if at]
    for place, (day, number, total) in enumerate(sorted(papers), 1):
        paper = (f"F-{day[:4]}-{place:05}", number, day, total, vat_in(total))
        connection.execute("INSERT INTO invoices VALUES (?, ?, ?, ?, ?)", paper)


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
