"""Counting uses within a sliding window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.work import counter
from handdruk.work.counter import Counter


class Clock:
    def __init__(self) -> None:
        self.moment = 1_000_000_000.0

    def time(self) -> float:
        return self.moment


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(counter, "time", made)
    return made


def test_that_so_many_uses_are_allowed_and_one_more_waits(clock):
    counts = Counter()
    assert [counts.use("say", "me", 3, 60) for _ in range(3)] == [0, 0, 0]
    assert counts.use("say", "me", 3, 60) > 0
    assert counts.use("say", "you", 3, 60) == 0
    assert counts.use("open", "me", 3, 60) == 0


def test_that_after_the_wait_it_is_allowed_again(clock):
    counts = Counter()
    for _ in range(3):
        counts.use("say", "me", 3, 60)
    wait = counts.use("say", "me", 3, 60)
    clock.moment += wait
    assert counts.use("say", "me", 3, 60) == 0


def test_that_two_windows_of_uses_cannot_be_had_around_their_border(clock):
    counts = Counter()
    clock.moment = 60 * 20_000_000 - 1
    assert [counts.use("say", "me", 10, 60) for _ in range(10)] == [0] * 10
    clock.moment += 2
    assert counts.use("say", "me", 10, 60) > 0


def test_that_what_is_over_is_forgotten(clock, monkeypatch):
    monkeypatch.setattr(counter, "SWEEP", 5)
    counts = Counter()
    for who in "abcd":
        counts.use("say", who, 3, 60)
    clock.moment += 180
    counts.use("say", "e", 3, 60)
    assert len(counts._counts) == 1


@given(st.lists(st.tuples(st.floats(0, 90), st.booleans()), max_size=60), st.integers(1, 8))
def test_that_no_window_holds_twice_as_many_and_a_wait_is_never_too_short(steps, times):
    counts, clock = Counter(), Clock()
    used: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "time", clock)
        for pause, obeys in steps:
            clock.moment += pause
            wait = counts.use("say", "me", times, 60)
            if wait and obeys:
                clock.moment += wait
                wait = counts.use("say", "me", times, 60)
                assert wait == 0
            if not wait:
                used.append(clock.moment)
    for begin in used:
        assert sum(begin <= at < begin + 60 for at in used) <= 2 * times
