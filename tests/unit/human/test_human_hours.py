"""When people are there, and by when a customer has an answer: across midnight, holidays and the change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from handdruk.human.hours import Hours, deadline, is_open, next_opening

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TEN = timedelta(minutes=10)
CLOSED: tuple = ()
OFFICE = (((time(8), time(12)), (time(13), time(18))),) * 5 + (CLOSED, CLOSED)
NIGHT = ((time(22), time(6)),)
ALWAYS = ((time(0), time(0)),)


def hours(*week, closed=()) -> Hours:
    return Hours(tuple(week) if len(week) == 7 else tuple(week) * 7, frozenset(closed), AMSTERDAM)


def at(text: str) -> datetime:
    """A moment by the clock in Amsterdam, in UTC as the system has it."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


WEEKDAYS = hours(*OFFICE)  # 2026-11-23 is a Monday


# -- open or not


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-11-23 07:59:59", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 11:59:59", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 13:00", True),
        ("2026-11-23 18:00", False),
        ("2026-11-28 10:00", False),
    ],
)
def test_that_people_are_there_from_opening_until_just_before_closing(moment, there):
    assert is_open(WEEKDAYS, at(moment)) is there


@pytest.mark.parametrize(
    ("moment", "there"),
    [("2026-11-24 21:59", False), ("2026-11-24 22:00", True), ("2026-11-25 00:00", True), ("2026-11-25 06:00", False)],
)
def test_that_hours_may_pass_midnight(moment, there):
    assert is_open(hours(NIGHT), at(moment)) is there


def test_that_a_night_belongs_to_the_day_it_begins_on():
    only_monday = hours(NIGHT, *(CLOSED,) * 6)
    assert is_open(only_monday, at("2026-11-24 05:59"))
    assert not is_open(only_monday, at("2026-11-23 05:59"))
    sunday = hours(*(CLOSED,) * 6, NIGHT)
    assert is_open(sunday, at("2026-11-23 05:59"))


def test_that_on_a_holiday_nobody_begins_but_the_night_before_is_finished():
    there = hours(NIGHT, closed=[date(2026, 12, 25)])
    assert is_open(there, at("2026-12-25 05:59"))
    assert not is_open(there, at("2026-12-25 23:00"))
    assert not is_open(there, at("2026-12-26 05:00"))


def test_that_people_can_be_there_around_the_clock():
    for moment in ("2026-11-23 00:00", "2026-11-23 23:59:59", "2026-03-29 02:30", "2026-10-25 02:30"):
        assert is_open(hours(ALWAYS), at(moment))


# -- when they are back


@pytest.mark.parametrize(
    ("moment", "back"),
    [
        ("2026-11-23 07:00", "2026-11-23 08:00"),
        ("2026-11-23 09:30", "2026-11-23 09:30"),
        ("2026-11-23 12:00", "2026-11-23 13:00"),
        ("2026-11-27 18:00", "2026-11-30 08:00"),
    ],
)
def test_that_the_next_opening_is_now_later_today_or_after_the_weekend(moment, back):
    assert next_opening(WEEKDAYS, at(moment)) == at(back)


def test_that_holidays_are_skipped():
    there = hours(*OFFICE, closed=[date(2026, 12, 24), date(2026, 12, 25)])
    assert next_opening(there, at("2026-12-23 18:00")) == at("2026-12-28 08:00")


def test_that_nobody_can_say_when_people_are_back_who_are_never_there():
    assert next_opening(hours(CLOSED), at("2026-11-23 09:00")) is None
    assert not is_open(hours(CLOSED), at("2026-11-23 09:00"))


# -- by when


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:10"),
        ("2026-11-23 06:00", "2026-11-23 08:10"),
        ("2026-11-23 11:50", "2026-11-23 12:00"),
        ("2026-11-23 11:55", "2026-11-23 13:05"),
        ("2026-11-27 17:55", "2026-11-30 08:05"),
        ("2026-11-28 15:00", "2026-11-30 08:10"),
    ],
)
def test_that_only_opening_time_counts_towards_the_deadline(moment, until):
    assert deadline(WEEKDAYS, at(moment), TEN) == at(until)


def test_that_a_long_wait_runs_over_several_days():
    assert deadline(WEEKDAYS, at("2026-11-23 08:00"), timedelta(hours=20)) == at("2026-11-25 10:00")


def test_that_a_wait_in_the_night_runs_past_midnight():
    assert deadline(hours(NIGHT), at("2026-11-23 23:55"), TEN) == at("2026-11-24 00:05")
    assert deadline(hours(NIGHT), at("2026-11-24 05:55"), TEN) == at("2026-11-24 22:05")


def test_that_without_opening_hours_a_day_is_promised():
    assert deadline(hours(CLOSED), at("2026-11-23 09:00"), TEN) == at("2026-11-24 09:00")


# -- the change of the clock


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-28 12:00+00:00", "2026-03-30 06:00+00:00"),  # summer time began on Sunday: 08:00 is 06:00 UTC
        ("2026-10-24 12:00+00:00", "2026-10-26 07:00+00:00"),  # and ended on Sunday: 08:00 is 07:00 UTC
    ],
)
def test_that_opening_hours_follow_the_clock_on_the_wall(moment, opens):
    assert next_opening(WEEKDAYS, datetime.fromisoformat(moment)) == datetime.fromisoformat(opens)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-03-28 23:00+00:00", "2026-03-29 02:00+00:00"),  # from 00:00 until 04:00 on the wall: three hours
        ("2026-10-24 22:00+00:00", "2026-10-25 01:00+00:00"),  # from 00:00 until 02:00 on the wall, the second time
    ],
)
def test_that_a_wait_under_way_when_the_clock_changes_takes_as_long_as_it_says(moment, until):
    assert deadline(hours(ALWAYS), datetime.fromisoformat(moment), timedelta(hours=3)) == datetime.fromisoformat(until)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-03-28 18:00+00:00", "2026-03-29 03:00+00:00"),  # opens at 21:00 UTC; six hours later
        ("2026-10-24 18:00+00:00", "2026-10-25 02:00+00:00"),  # opens at 20:00 UTC; six hours later
    ],
)
def test_that_a_wait_that_begins_at_opening_time_also_survives_the_change_of_the_clock(moment, until):
    found = deadline(hours(NIGHT), datetime.fromisoformat(moment), timedelta(hours=6))
    assert found == datetime.fromisoformat(until)


def test_that_hours_in_any_order_are_read_as_the_day_goes():
    there = hours(((time(13), time(18)), (time(8), time(12))))
    assert next_opening(there, at("2026-11-23 07:00")) == at("2026-11-23 08:00")
    assert deadline(there, at("2026-11-23 07:00"), TEN) == at("2026-11-23 08:10")


# -- whatever the hours

QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def days(draw):
    """None, one or two spans, one after the other; the last may pass midnight."""
    times = sorted(draw(st.lists(QUARTERS, unique=True, max_size=4)))
    times = times[: len(times) // 2 * 2]
    spans = list(zip(times[::2], times[1::2], strict=True))
    if spans and draw(st.booleans()):
        opens, _ = spans[-1]
        spans[-1] = (opens, time(0))
    return tuple(spans)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda later: datetime(2026, 1, 1, tzinfo=UTC) + later)
WITHIN = st.integers(1, 60).map(
    lambda minutes: timedelta(minutes=minutes)
)  # fits into any opening hours within 60 days
HOLIDAYS = st.frozensets(st.dates(date(2026, 3, 25), date(2026, 4, 10)), max_size=5)
WEEKS = st.tuples(*[days()] * 7)


def minutes_open(there: Hours, since: datetime, until: datetime) -> int:
    """Counted one by one: slow, and too simple to be wrong."""
    count = int((until - since) / timedelta(minutes=1))
    return sum(is_open(there, since + timedelta(minutes=n)) for n in range(count))


@given(WEEKS, HOLIDAYS, MOMENTS, WITHIN)
@example((ALWAYS,) * 7, frozenset(), datetime(2026, 3, 28, 23, tzinfo=UTC), timedelta(hours=5))
def test_that_the_deadline_is_never_in_closed_time_and_never_before_the_moment(week, closed, moment, within):
    there = Hours(week, closed, AMSTERDAM)
    until = deadline(there, moment, within)
    assert until >= moment + within
    assume(any(week))
    assert is_open(there, until - timedelta(microseconds=1)), "the last instant of the wait is opening time"


@settings(max_examples=60)
@given(WEEKS, HOLIDAYS, st.integers(0, 8 * 24 * 60), st.integers(1, 600))
@example((ALWAYS,) * 7, frozenset(), (3 * 24 + 23) * 60, 240)
def test_that_exactly_the_promised_opening_time_lies_before_the_deadline(week, closed, later, minutes):
    assume(sum(len(day) for day in week) >= 3)
    there = Hours(week, closed, AMSTERDAM)
    moment = datetime(2026, 3, 25, tzinfo=UTC) + timedelta(minutes=later)
    until = deadline(there, moment, timedelta(minutes=minutes))
    assume(until - moment < timedelta(days=1))
    assert minutes_open(there, moment, until) == minutes


@given(WEEKS, HOLIDAYS, MOMENTS)
def test_that_people_are_there_at_the_next_opening_and_not_just_before(week, closed, moment):
    there = Hours(week, closed, AMSTERDAM)
    opens = next_opening(there, moment)
    assert (opens == moment) == is_open(there, moment)
    if opens is not None and opens != moment:
        assert opens > moment
        assert is_open(there, opens)
        assert not is_open(there, opens - timedelta(microseconds=1))
