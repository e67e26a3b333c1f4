"""What customers may change. Each takes a key: under one key it happens once, however often it is tried."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date
from typing import Any

from .database import writing
from .days import now, promised_day, today
from .read import order_in, return_code
from .values import Address, Order

RETURN_WITHIN = 30  # days after delivery


class TooLate(Exception):
    """The order has gone too far for this."""


class AlreadyReturned(Exception):
    """This line was announced before; `code` is the code it got then."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def change_address(number: str, email: str, address: Address, *, once: str) -> date:
    """Sends an order elsewhere; gives the day it is now promised for, which a country further away may move.

    Raises NoSuchOrder, and TooLate when the carrier has it.
    """
    with writing() as connection:
        asked = ["change_address", number, email.casefold(), _written(address)]
        return date.fromisoformat(_once(connection, once, asked, lambda: _move(connection, number, email, address)))


def open_return(number: str, email: str, line: int, reason: str, *, once: str) -> str:
    """Announces that a line of an order comes back; gives the return code.

    Raises NoSuchOrder (also for a line that is not there), TooLate when it is not delivered or over 30 days ago, and
    AlreadyReturned.
    """
    with writing() as connection:
        asked = ["open_return", number, email.casefold(), line, reason]
        return _once(connection, once, asked, lambda: _take_back(connection, number, email, line, reason))


def may_return(order: Order, day: date) -> bool:
    """Was it delivered at most 30 days before `day`?"""
    if order.status != "delivered" or order.delivered_at is None:
        return False
    return (day - order.delivered_at.date()).days <= RETURN_WITHIN


def day_at(order: Order, address: Address) -> date:
    """The day an order is promised for when it goes to this address: never sooner than it was."""
    if address.country == order.address.country:
        return order.promised
    return max(order.promised, promised_day(now(), address.country, by_appointment=order.has_mower))


def _once(connection: sqlite3.Connection, key: str, asked: list[Any], do: Callable[[], str]) -> str:
    """The result of what was done under this key, now or before. One key for two different things is a mistake."""
    request = json.dumps(asked)
    before = connection.execute("SELECT asked, result FROM once WHERE key = ?", (key,)).fetchone()
    if before is None:
        result = do()
        connection.execute("INSERT INTO once (key, asked, result) VALUES (?, ?, ?)", (key, request, result))
        return result
    if before["asked"] != request:
        raise ValueError(f"the key {key} was used for something else: {before['asked']}")
    return str(before["result"])


def _move(connection: sqlite3.Connection, number: str, email: str, address: Address) -> str:
    order = order_in(connection, number, email)
    if not order.address_may_change:
        raise TooLate(number)
    promised = day_at(order, address)
    connection.execute(
        "UPDATE orders SET street = ?, postcode = ?, city = ?, country = ?, promised = ? WHERE number = ?",
        (address.street, address.postcode, address.city, address.country, promised.isoformat(), number),
    )
    connection.execute(
        "INSERT INTO address_changes (order_number, at, old, new) VALUES (?, ?, ?, ?)",
        (number, _moment(), _written(order.address), _written(address)),
    )
    return promised.isoformat()


def _take_back(connection: sqlite3.Connection, number: str, email: str, line: int, reason: str) -> str:
    order = order_in(connection, number, email)
    if order.line(line) is None:
        raise LookupError(f"{number} has no line {line}")
    before = next((back.code for back in order.returns if back.line == line), None)
    if before is not None:
        raise AlreadyReturned(before)
    if not may_return(order, today()):
        raise TooLate(number)
    made = connection.execute(
        "INSERT INTO returns (order_number, line, reason, opened_at) VALUES (?, ?, ?, ?)",
        (number, line, reason, _moment()),
    )
    assert made.lastrowid is not None
    return return_code(made.lastrowid)


def _moment() -> str:
    return now().astimezone(UTC).isoformat(timespec="seconds")


def _written(address: Address) -> str:
    return f"{address.street}, {address.postcode} {address.city}, {address.country}"
