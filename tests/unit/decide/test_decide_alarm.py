"""From which probability on a feeling brings in a person."""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from handdruk.decide import Alarm

SHARE = st.floats(0, 1)
EVIDENCE = st.lists(st.tuples(SHARE | st.sampled_from([0.0, 0.5, 1.0]), st.booleans()), max_size=40)


def fit(evidence, miss_at_most, needless_at_most):
    return Alarm.fit([p for p, _ in evidence], [y for _, y in evidence],
                     miss_at_most=miss_at_most, needless_at_most=needless_at_most)  # fmt: skip


def test_that_an_alarm_misses_no_more_than_it_may():
    probability = np.arange(1, 101) / 100
    alarm = Alarm.fit(probability, np.ones(100, bool), miss_at_most=0.05, needless_at_most=1)
    assert (alarm.threshold, alarm.missed) == (0.06, 0.05)
    assert not alarm.rings(0.05)
    assert alarm.rings(0.06)


def test_that_an_alarm_that_may_miss_nothing_rings_for_the_faintest_cry_it_was_shown():
    alarm = fit([(0.03, True), (0.9, True), (0.01, False), (0.5, False)], 0, 1)
    assert (alarm.threshold, alarm.missed, alarm.false, alarm.n) == (0.03, 0.0, 0.5, 4)


def test_that_needless_alarms_raise_the_threshold_and_the_misses_are_told():
    alarm = fit([(0.03, True), (0.9, True), (0.01, False), (0.5, False)], 0, 0)
    assert 0.5 < alarm.threshold < 0.501
    assert (alarm.missed, alarm.false) == (0.5, 0.0)


def test_that_without_a_single_cry_to_learn_from_an_even_chance_rings():
    alarm = fit([(0.1, False), (0.9, False)], 0.05, 0.1)
    assert (alarm.threshold, alarm.n) == (0.5, 2)
    assert fit([], 0.05, 0.1) == Alarm(0.5, 0.0, 0.0, 0)


@given(EVIDENCE, SHARE)
def test_that_at_most_the_allowed_share_is_missed_when_needless_alarms_do_not_matter(evidence, miss_at_most):
    alarm = fit(evidence, miss_at_most, 1)
    cries = [p for p, cry in evidence if cry]
    if not cries:
        return
    missed = sum(not alarm.rings(p) for p in cries)
    assert alarm.missed == missed / len(cries)
    assert missed < len(cries), "an alarm that never rings is none"
    assert missed <= miss_at_most * len(cries)
    louder = [p for p in cries if p > alarm.threshold]
    if louder:  # the highest such threshold: one step up would miss too many
        assert sum(p < min(louder) for p in cries) > miss_at_most * len(cries) - 1e-9


@given(EVIDENCE, SHARE, SHARE)
def test_that_the_allowed_share_of_needless_alarms_is_kept_but_a_certain_sign_always_rings(evidence, misses, needless):
    alarm = fit(evidence, misses, needless)
    assert alarm.rings(1.0)
    quiet = [p for p, cry in evidence if not cry]
    if quiet and any(cry for _, cry in evidence):
        rung = sum(alarm.rings(p) for p in quiet)
        assert alarm.false == rung / len(quiet)
        assert rung <= needless * len(quiet) or alarm.threshold == 1.0


@given(EVIDENCE)
def test_that_an_alarm_survives_being_stored(evidence):
    alarm = fit(evidence, 0.05, 0.3)
    assert Alarm(**json.loads(json.dumps(alarm.as_json()))) == alarm
