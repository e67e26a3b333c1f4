"""The rows of a new shop agree with each other, whenever it is made."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handdruk.thuis import shop, status
from handdruk.thuis.shop import demo
from handdruk.thuis.shop.days import is_working_day
from handdruk.thuis.shop.fill import fill
from handdruk.thuis.shop.products import PRODUCTS, delivery_cost, vat_in
from handdruk.thuis.shop.read import order_in

SCHEMA = Path(shop.__file__).with_name("schema.sql").read_text(encoding="utf-8")
WHEN = [
    datetime(2026, 11, 23, 9, 30, tzinfo=shop.AMSTERDAM),  # a Monday
    datetime(2026, 11, 21, 0, 5, tzinfo=shop.AMSTERDAM),  # just after midnight, a Saturday
    datetime(2026, 12, 27, 13, 0, tzinfo=shop.AMSTERDAM),  # a Sunday after two holidays
    datetime(2027, 3, 29, 23, 55, tzinfo=shop.AMSTERDAM),  # Easter Monday, the night after summer time began
    datetime(2028, 2, 29, 17, 30, tzinfo=shop.AMSTERDAM),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # the hour that is there twice
]
pytestmark = pytest.mark.parametrize("moment", WHEN, ids=str)


@pytest.fixture
def rows(moment: datetime) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(SCHEMA)
    fill(connection, moment)
    return connection


def test_that_there_are_as_many_customers_and_orders_as_promised(rows, moment):
    assert rows.execute("SELECT count(*) FROM customers").fetchone()[0] == 120
    assert rows.execute("SELECT count(*) FROM orders").fetchone()[0] == 300
    assert rows.execute("PRAGMA foreign_key_check").fetchall() == []


def test_that_the_same_moment_gives_the_same_rows(rows, moment):
    again = sqlite3.connect(":memory:")
    again.row_factory = sqlite3.Row
    again.executescript(SCHEMA)
    fill(again, moment)
    assert list(again.iterdump()) == list(rows.iterdump())


def test_that_totals_lines_and_invoices_agree(rows, moment):
    for order in rows.execute("SELECT * FROM orders"):
        lines = rows.execute("SELECT * FROM order_lines WHERE order_number = ?", (order["number"],)).fetchall()
        assert all(line["price"] == PRODUCTS[line["product"]].price for line in lines)
        amount = sum(line["price"] * line["quantity"] for line in lines)
        assert order["delivery"] == delivery_cost(amount) and order["total"] == amount + order["delivery"]
        papers = rows.execute("SELECT * FROM invoices WHERE order_number = ?", (order["number"],)).fetchall()
        assert all(paper["vat"] == vat_in(paper["total"]) for paper in papers)
        given_back = order["status"] in ("returned", "cancelled")
        assert sum(paper["total"] for paper in papers) == (0 if given_back else order["total"])


def test_that_every_moment_of_an_order_comes_after_the_one_before_and_none_in_the_future(rows, moment):
    for row in rows.execute("SELECT * FROM orders"):
        moments = [row[name] for name in ("ordered_at", "packed_at", "shipped_at", "delivered_at", "returned_at")]
        known = [datetime.fromisoformat(text) for text in moments if text]
        assert known == sorted(known) and known[-1] <= moment
        reached = ["ordered", "packed", "shipped", "delivered", "returned"]
        if row["status"] == "cancelled":
            assert row["packed_at"] is None and row["cancelled_at"] > row["ordered_at"]
        else:
            assert [text is not None for text in moments] == [
                place <= reached.index(row["status"]) for place in range(5)
            ]


def test_that_parcels_and_their_scans_fit_their_orders(rows, moment):
    found = "SELECT number, customers.email AS email FROM orders JOIN customers ON customers.number = orders.customer"
    for row in rows.execute(found.replace("number,", "orders.number AS number,", 1)):
        order = order_in(rows, row["number"], row["email"])
        assert (order.parcel is not None) == (order.shipped_at is not None)
        if order.parcel is None:
            continue
        scans = [event.at for event in order.parcel.events]
        assert scans == sorted(scans) and scans[0] == order.shipped_at and scans[-1] <= moment
        assert (order.parcel.status == "delivered") == (order.delivered_at is not None)
        assert order.delivered_at is None or scans[-1] == order.delivered_at
        assert (order.parcel.status == "at_point") <= bool(order.parcel.point)


def test_that_promised_days_are_working_days_after_the_order(rows, moment):
    for row in rows.execute("SELECT * FROM orders"):
        promised = date.fromisoformat(row["promised"])
        assert is_working_day(promised)
        assert promised > datetime.fromisoformat(row["ordered_at"]).astimezone(shop.AMSTERDAM).date()


def test_that_devices_belong_to_delivered_orders_and_were_seen_since(rows, moment):
    devices = rows.execute("SELECT devices.*, delivered_at FROM devices JOIN orders ON orders.number = order_number")
    seen = [(row["delivered_at"], row["last_seen"]) for row in devices]
    assert len(seen) > 50
    assert all(delivered <= last <= moment.astimezone(UTC).isoformat() for delivered, last in seen)


def test_that_every_situation_can_be_told_in_both_languages(rows, moment):
    day = moment.astimezone(shop.AMSTERDAM).date()
    orders = "SELECT orders.number, email FROM orders JOIN customers ON customers.number = orders.customer"
    for number, email in rows.execute(orders):
        order = order_in(rows, number, email)
        for language in ("nl", "en"):
            text = status.said(order, language, day)
            assert number in text and "{" not in text and "None" not in text


def test_that_the_well_known_customers_are_as_documented(rows, moment):
    day = moment.astimezone(shop.AMSTERDAM).date()
    expected = {
        "TH-104233": {"under_way", "out"}, "TH-104310": {"ordered"}, "TH-104150": {"delivered"},
        "TH-104163": {"at_point"}, "TH-104305": {"packed"}, "TH-104148": {"delivered"},
        "TH-104171": {"late_silent"}, "TH-104167": {"late_new_day"},
        "TH-104301": {"packed"}, "TH-104102": {"delivered"},
        "TH-103988": {"delivered"}, "TH-104020": {"returned", "refunded"}, "TH-104295": {"cancelled"},
    }  # fmt: skip
    for story in demo.stories(moment):
        order = order_in(rows, story.number, story.customer.email)
        assert status.situation(order, day) in expected[story.number], story.number
        assert shop.may_return(order, day) == (story.number in ("TH-104150", "TH-104148", "TH-104102"))
        assert story.number in shop.__doc__
