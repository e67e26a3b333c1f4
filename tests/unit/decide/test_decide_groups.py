"""Thresholds for groups: their own where more may be answered for it, and together no more often wrong than promised."""

import json
from dataclasses import replace

import numpy as np
import pytest

from handdruk.decide import GroupThresholds, Labelled, Promise, Threshold
from handdruk.decide.groups import worth_splitting

PROMISE = Promise(at_most=0.05, confidence=0.9)
FACTORS = {"parcel": 0.1, "repair": 3.0, "a": 1.0, "b": 0.3, "c": 2.0}
EASY = {"parcel": 0.05, "repair": 1.5, "a": 1.5, "b": 1.5, "c": 1.5}
ALIKE = dict.fromkeys(FACTORS, 0.4)


def turns(pick: np.random.Generator, n: int, factors=FACTORS, english: float = 1.0) -> Labelled:
    """At the same probability some topics are more often right than others; in English `english` times as often wrong."""
    topic = pick.choice(list(factors), n, p=[0.4, 0.3, 0.1, 0.1, 0.1])
    language = pick.choice(["nl", "en"], n, p=[0.6, 0.4])
    score = pick.beta(5, 1.5, n)
    factor = np.array([factors[name] for name in topic]) * np.where(language == "en", english, 1.0)
    return Labelled(score, pick.random(n) > np.minimum((1 - score) * factor, 1), topic, language)


def rows(of: Labelled, numbers) -> Labelled:
    return Labelled(of.probability_right[numbers], of.was_right[numbers], of.topic[numbers], of.language[numbers])


def fit(n: int, seed: int = 1, **more) -> GroupThresholds:
    pick = np.random.default_rng(seed)
    return GroupThresholds.fit(PROMISE, turns(pick, n, **more), turns(pick, n, **more))


# -- which groups there are


def test_that_an_easy_topic_gets_a_lower_threshold_of_its_own_and_a_small_one_shares():
    found = fit(2_000)
    assert ("parcel", "") in found.own
    assert found.of("parcel", "nl").value < found.shared.value
    assert found.of("c", "en") is found.of("unheard_of", "nl") is found.shared


def test_that_where_all_are_alike_there_is_one_threshold_and_it_gets_all_of_the_risk():
    pick = np.random.default_rng(1)
    sample, guide = turns(pick, 2_000, ALIKE), turns(pick, 2_000, ALIKE)
    assert worth_splitting(PROMISE, sample, guide) == []
    found = GroupThresholds.fit(PROMISE, sample, guide)
    assert (found.own, found.shared) == ({}, PROMISE.fit(*sample.pair, guide=guide.pair))
    assert found.whole() is found.shared


def test_that_with_few_turns_there_is_one_threshold():
    assert fit(80).own == {}


def test_that_a_language_in_which_a_topic_is_easier_gets_its_own():
    found = fit(4_000, english=5.0)
    assert {("parcel", "nl"), ("parcel", "")} & set(found.own) == {("parcel", "nl")}
    dutch, english = found.of("parcel", "nl").value, found.of("parcel", "en").value
    assert english is None or dutch < english


def test_that_no_turn_belongs_to_two_groups():
    for english in (0.2, 1.0, 5.0):
        own = list(fit(6_000, english=english).own)
        assert not any((topic, "") in own for topic, language in own if language)


def test_that_which_groups_there_are_does_not_depend_on_the_labels_they_are_proved_on():
    pick = np.random.default_rng(2)
    sample, guide = turns(pick, 2_000), turns(pick, 2_000)
    other = replace(sample, was_right=pick.random(2_000) > 0.5)
    assert worth_splitting(PROMISE, sample, guide) == worth_splitting(PROMISE, other, guide) != []


def test_that_what_has_no_topic_is_no_group():
    sample = turns(np.random.default_rng(1), 2_000)
    nameless = replace(sample, topic=np.where(sample.topic == "parcel", "", sample.topic))
    assert all(topic for topic, _ in GroupThresholds.fit(PROMISE, nameless, nameless).own)


# -- what they say


def test_that_the_whole_is_the_sum_of_its_parts():
    found = fit(2_000)
    whole, parts = found.whole(), found.all()
    assert (whole.n, whole.answered) == (2_000, sum(part.answered for part in parts))
    assert whole.wrong == sum(part.wrong for part in parts)
    assert whole.coverage == pytest.approx(whole.answered / 2_000)
    assert whole.value == min(part.value for part in parts)
    assert whole.confidence == found.shared.confidence == PROMISE.confidence
    assert whole.curve[-1].answered > 1_900


def test_that_a_group_refuted_by_its_labels_is_closed_and_the_others_are_not():
    pick = np.random.default_rng(1)
    sample, guide = turns(pick, 3_000, ALIKE), turns(pick, 3_000, EASY)
    lost = replace(sample, was_right=sample.was_right & (sample.topic != "parcel"))
    found = GroupThresholds.fit(PROMISE, lost, guide)
    assert found.of("parcel", "nl").value is None
    assert found.whole().value == found.shared.value is not None


def test_that_one_threshold_is_taken_after_all_when_it_answers_more():
    pick = np.random.default_rng(1)
    guide = turns(pick, 2_000, EASY)
    sample = turns(pick, 2_000, dict.fromkeys(EASY, 0.15))  # everything became easy, and the groups only cost certainty
    assert worth_splitting(PROMISE, sample, guide) != []
    found = GroupThresholds.fit(PROMISE, sample, guide)
    assert found.own == {}
    assert found.shared.confidence == PROMISE.confidence


def test_that_they_survive_being_stored():
    found = fit(2_000)
    assert GroupThresholds.from_json(json.loads(json.dumps(found.as_json()))) == found


@pytest.mark.parametrize("least", [0.0, 0.8, 0.99, None])
def test_that_raising_them_lets_nothing_through_that_was_not(least):
    found = fit(2_000)
    raised = found.raised(least)
    for probability in np.linspace(0, 1, 101):
        for topic in FACTORS:
            admitted = raised.of(topic, "nl").admits(probability)
            above = least is not None and probability >= least
            assert admitted == (found.of(topic, "nl").admits(probability) and above)


def test_that_what_is_closed_stays_closed_when_it_is_raised():
    assert Threshold(0.05, 0.9, None, 10).raised(0.5).value is None


# -- by simulation

DRAWS = 150


@pytest.mark.parametrize(
    ("world", "guided_by"), [(FACTORS, FACTORS), (EASY, EASY), (ALIKE, EASY), (EASY, FACTORS)],
    ids=["very-different", "one-easy", "guide-sees-differences", "guide-sees-other-ones"],
)  # fmt: skip
def test_that_every_part_and_the_whole_hold_at_once_as_often_as_promised(world, guided_by):
    pick = np.random.default_rng(5)
    truth, guide = turns(pick, 30_000, world), turns(pick, 1_500, guided_by)
    broken, split = 0, 0
    for _ in range(DRAWS):
        found = GroupThresholds.fit(PROMISE, rows(truth, pick.integers(0, 30_000, 2_000)), guide)
        broken += max(_risks(truth, found)) > PROMISE.at_most
        split += bool(found.own)
    assert broken / DRAWS <= 0.1 + 3 * (0.1 * 0.9 / DRAWS) ** 0.5
    assert split or guided_by is ALIKE


def test_that_groups_answer_more_where_they_differ():
    pick = np.random.default_rng(6)
    truth, guide = turns(pick, 30_000, EASY), turns(pick, 3_000, EASY)
    one, several = [], []
    for _ in range(40):
        sample = rows(truth, pick.integers(0, 30_000, 2_500))
        one.append(PROMISE.fit(*sample.pair, guide=guide.pair).coverage)
        several.append(GroupThresholds.fit(PROMISE, sample, guide).whole().coverage)
    assert np.mean(several) > np.mean(one) + 0.05


def _risks(truth: Labelled, found: GroupThresholds) -> list[float]:
    """The true share of wrong answers in each group, in the rest, and in all together."""
    answered, wrong = [], []
    for part, threshold in zip(truth.parts(list(found.own)), [*found.own.values(), found.shared], strict=True):
        given = part.probability_right >= (2 if threshold.value is None else threshold.value)
        answered.append(given.sum())
        wrong.append((given & ~part.was_right).sum())
    return [bad / max(n, 1) for bad, n in zip([*wrong, sum(wrong)], [*answered, sum(answered)], strict=True)]
