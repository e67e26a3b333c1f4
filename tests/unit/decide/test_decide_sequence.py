"""The tests behind a threshold: exact where they can be counted, and their start by reason."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from handdruk.decide.sequence import Outlook, run, start, steps


@given(st.integers(1, 800), st.sampled_from([0.01, 0.02, 0.05, 0.3, 0.5]), st.sampled_from([0.0025, 0.05, 0.1, 0.25]))
def test_that_each_step_is_the_first_at_which_one_more_wrong_answer_is_bearable(most, at_most, level):
    counts = steps(most, at_most, level)
    for wrong, answered in enumerate(counts[:-1]):
        assert binom.cdf(wrong, answered, at_most) <= level * (1 + 1e-9)
        assert binom.cdf(wrong, answered - 1, at_most) > level
    assert len(counts) == 0 or (counts[-1] == most and (np.diff(counts) > 0).all())
    assert (len(counts) == 0) == ((1 - at_most) ** most > level)


def test_that_a_run_ends_before_the_first_failure_and_never_begins_again():
    answered = np.array([150, 240, 320, 400])
    assert run(answered, np.array([0, 0, 9, 0]), 0, 0.02, 0.05) == 1
    assert run(answered, np.array([0, 0, 9, 0]), 2, 0.02, 0.05) == -1
    assert run(answered, np.array([0, 0, 0, 0]), 1, 0.02, 0.05) == 3


def outlook(answered: np.ndarray, share_wrong: np.ndarray, scale: float = 1.0) -> Outlook:
    """So many of the answers wrong at each step as expected; `scale` times as many below it."""
    wrong = share_wrong * answered
    below = wrong[-1] - wrong
    return Outlook(wrong, below, np.round(below * scale).astype(np.int64), 5.0)


def test_that_the_start_is_stricter_when_more_is_wrong_below_it_than_was_expected():
    answered = steps(2000, 0.02, 0.05)
    rising = 0.08 * (answered / 2000) ** 4
    as_expected = start(answered, outlook(answered, rising), 0.02)
    worse = start(answered, outlook(answered, rising, 4.0), 0.02)
    assert 0 < worse < as_expected
    assert rising[as_expected] < 0.02


def test_that_the_labels_above_a_start_have_no_part_in_choosing_it():
    answered = steps(2000, 0.02, 0.05)
    before = outlook(answered, 0.08 * (answered / 2000) ** 4)
    first = start(answered, before, 0.02)
    for step in range(first):
        seen = before.seen_below.copy()
        seen[: step + 1] += 30  # thirty more wrong answers among those at or above the start
        assert start(answered, Outlook(before.wrong, before.wrong_below, seen, before.rows), 0.02) == first


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_that_a_hopeless_reader_is_tested_at_the_strictest_step(share):
    answered = steps(500, 0.02, 0.05)
    assert start(answered, outlook(answered, np.full(len(answered), share)), 0.02) == 0
