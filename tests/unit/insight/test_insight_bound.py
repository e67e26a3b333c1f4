"""The upper bound that holds at whichever moment one looks."""

import random

import pytest

from handdruk.insight.monitoring import upper_bound


def test_that_without_audits_nothing_is_known():
    assert upper_bound(0, 0, 0.02, 0.95) == 1


def test_that_the_bound_lies_above_the_share_seen_and_comes_down_with_more_of_the_same():
    bounds = [upper_bound(n // 50, n, 0.02, 0.95) for n in (50, 200, 1000, 5000)]
    assert bounds == sorted(bounds, reverse=True)
    assert all(bound > 0.02 for bound in bounds)
    assert bounds[-1] < 0.03


def test_that_all_wrong_is_bounded_by_nothing():
    assert upper_bound(5, 5, 0.02, 0.95) == 1


@pytest.mark.parametrize("true", [0.01, 0.02, 0.1])
def test_that_whoever_looks_after_every_audit_is_misled_in_at_most_one_series_of_twenty(true):
    """Looking at an ordinary interval 1,000 times misleads in far more."""
    pick, misled, series = random.Random(5), 0, 200
    for _ in range(series):
        wrong = 0
        for n in range(1, 1001):
            wrong += pick.random() < true
            if (n % 10 == 0 or n < 30) and upper_bound(wrong, n, 0.02, 0.95) < true:
                misled += 1
                break
    assert misled / series <= 0.05
