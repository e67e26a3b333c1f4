"""Thresholds for groups: their own where it can be proved, and together no more often wrong than promised."""

import json

import numpy as np
import pytest

from handdruk.decide import GroupThresholds, Promise

PROMISE = Promise(at_most=0.05, confidence=0.9)


def turns(pick: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Parcels are read well, repairs badly at the same probability, and there are a few of much else."""
    group = pick.choice(["parcel", "repair", "a", "b", "c"], n, p=[0.4, 0.3, 0.1, 0.1, 0.1])
    score = pick.beta(8, 1, n)
    factor = np.where(group == "parcel", 0.3, np.where(group == "repair", 1.5, 0.8))
    return score, pick.random(n) > np.minimum((1 - score) * factor, 1), group


def test_that_a_small_group_shares_a_threshold_and_a_large_one_has_its_own():
    found = GroupThresholds.fit(PROMISE, *turns(np.random.default_rng(1), 2_000))
    assert set(found.own) <= {"parcel", "repair"}
    assert "parcel" in found.own
    assert found.of("a") is found.shared
    assert found.of("parcel").value < found.shared.value


def test_that_without_a_large_group_there_is_only_the_company():
    score, right, group = turns(np.random.default_rng(1), 100)
    found = GroupThresholds.fit(PROMISE, score, right, group)
    assert (dict(found.own), found.shared) == ({}, PROMISE.fit(score, right))


def test_that_a_group_without_a_proof_belongs_to_the_rest():
    score = np.full(1_200, 0.9)
    group = np.repeat(["good", "bad"], 600)
    right = (group == "good") | (np.arange(1_200) % 4 > 0)
    found = GroupThresholds.fit(PROMISE, score, right, group)
    assert set(found.own) == {"good"}
    assert found.of("bad").value is None


def test_that_they_survive_being_stored():
    found = GroupThresholds.fit(PROMISE, *turns(np.random.default_rng(1), 2_000))
    assert GroupThresholds.from_json(json.loads(json.dumps(found.as_json()))) == found


@pytest.mark.parametrize("n", [600, 2_000])
def test_that_all_of_them_hold_at_once_as_often_as_promised(n):
    pick = np.random.default_rng(5)
    truth = turns(pick, 60_000)
    broken = 0
    for _ in range(200):
        rows = pick.integers(0, 60_000, n)
        found = GroupThresholds.fit(PROMISE, *(column[rows] for column in truth))
        broken += any(_risk(truth, name, found) > PROMISE.at_most for name in (*found.own, None))
    assert broken / 200 <= 0.1 + 3 * (0.1 * 0.9 / 200) ** 0.5


def _risk(truth, name: str | None, found: GroupThresholds) -> float:
    score, right, group = truth
    part = group == name if name is not None else ~np.isin(group, list(found.own))
    threshold = found.shared if name is None else found.own[name]
    if threshold.value is None:
        return 0.0
    answered = part & (score >= threshold.value)
    return float((~right[answered]).mean()) if answered.any() else 0.0
