"""The topics offered hold the right one at the stated rate."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.decide import Plausible


def test_that_the_floor_is_the_one_that_conformal_prediction_gives():
    nineteen = np.arange(1, 20) / 100
    assert Plausible.fit(nineteen, rate=0.9) == Plausible(0.02, 0.9, 19)  # (19 + 1) * 0.1 = 2 may fall below


def test_that_with_too_little_evidence_everything_is_plausible():
    assert Plausible.fit([0.9] * 8, rate=0.9).floor == 0.0
    assert Plausible.fit([], rate=0.9).among([("a", 0.0)]) == ("a",)


def test_that_the_plausible_are_those_from_the_floor_upwards_in_the_given_order():
    assert Plausible(0.2, 0.9, 10).among([("b", 0.5), ("a", 0.2), ("c", 0.19)]) == ("b", "a")


@pytest.mark.parametrize(("n", "rate"), [(20, 0.9), (99, 0.9), (200, 0.95), (60, 0.8)])
def test_that_the_right_topic_is_among_them_at_the_rate_and_not_needlessly_more_often(n, rate):
    draws = 3000
    pick = np.random.default_rng(n)
    # The probability of the true topic is Beta(3, 1): P(above floor) = 1 - floor ** 3, exactly.
    held = np.array([1 - Plausible.fit(pick.beta(3, 1, n), rate=rate).floor ** 3 for _ in range(draws)])
    error = 3 * held.std() / np.sqrt(draws)
    assert held.mean() >= rate - error
    assert held.mean() <= rate + 1 / (n + 1) + error


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0.5, 0.99))
def test_that_at_least_the_rate_of_the_evidence_itself_is_above_the_floor(probabilities, rate):
    fitted = Plausible.fit(probabilities, rate=rate)
    assert sum(p < fitted.floor for p in probabilities) <= (1 - rate) * (len(probabilities) + 1)
    assert Plausible(**json.loads(json.dumps(fitted.as_json()))) == fitted
