"""Promised days, and the orders of the demo on any day it is made."""

from datetime import date, datetime, timedelta

from handdruk.thuis import shop
from handdruk.thuis.shop import demo
from handdruk.thuis.shop.days import easter, promised_day, working_day_after
from handdruk.thuis.shop.story import course


def test_that_the_well_known_orders_are_as_documented_at_every_hour_of_the_year():
    for hours in range(0, 24 * 366, 7):
        later = datetime(2026, 11, 23, 0, 20, tzinfo=shop.AMSTERDAM) + timedelta(hours=hours)
        stories = {story.number: story for story in demo.stories(later)}
        reached = {number: course(story, later) for number, story in stories.items()}
        assert reached["TH-104233"].status == "shipped" and reached["TH-104233"].promised >= later.date()
        assert reached["TH-104163"].status == "shipped" and reached["TH-104163"].tried_again is not None
        assert reached["TH-104171"].status == "shipped" and reached["TH-104171"].promised < later.date()
        assert reached["TH-104150"].status == reached["TH-104148"].status == "delivered"
        assert reached["TH-104020"].status == "returned"


def test_that_delivery_takes_as_long_as_the_help_centre_says():
    monday = datetime(2026, 11, 23, 21, 59, tzinfo=shop.AMSTERDAM)
    assert promised_day(monday, "NL") == date(2026, 11, 24)
    assert promised_day(monday + timedelta(minutes=1), "NL") == date(2026, 11, 25)
    assert promised_day(monday, "BE") == date(2026, 11, 25)
    assert promised_day(monday, "DE") == promised_day(monday, "LU") == date(2026, 11, 26)
    assert working_day_after(date(2026, 12, 24)) == date(2026, 12, 28)
    assert [easter(year) for year in (2026, 2027, 2028)] == [date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16)]
