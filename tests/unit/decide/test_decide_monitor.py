"""The monitor: exact by hand, quiet while the promise is kept, quick when it is not."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.cli.measure.monitor import YEAR, alarms, measure_monitor
from handdruk.decide import Monitor, Promise
from handdruk.decide.monitor import ALTERNATIVES, FALSE_ALARM, FIRST

PROMISE = Promise(at_most=0.05, confidence=0.9)
AUDITS = st.lists(st.tuples(st.integers(10, 20).map(lambda n: n / 20), st.booleans()), max_size=60)


def seeing(audits, promise=PROMISE, **more) -> Monitor:
    monitor = Monitor.start(promise, audits_a_year=YEAR, **more)
    for probability, right in audits:
        monitor = monitor.after(probability, right)
    return monitor


def test_that_one_wrong_answer_pays_what_the_alternatives_say():
    monitor = seeing([(0.9, False)])
    money = FIRST + (1 - FIRST) / YEAR
    assert monitor.wealth == pytest.approx([money * times for times, _ in ALTERNATIVES])
    assert (monitor.audited, monitor.wrong) == (1, 1)


def test_that_a_bet_gains_nothing_on_average_when_exactly_the_promised_share_is_wrong():
    money = FIRST + (1 - FIRST) / YEAR
    for sampling in (1.0, 0.2):
        start = Monitor.start(PROMISE, audits_a_year=YEAR, least_sampling=0.2)
        wrong = start.after(0.9, False, sampling=sampling).wealth
        right = start.after(0.9, True, sampling=sampling).wealth
        for lost, won in zip(right, wrong, strict=True):
            assert 0.05 * won + 0.95 * lost == pytest.approx(money)
            assert lost > 0


def test_that_an_answer_that_was_likelier_to_be_audited_counts_for_less():
    start = Monitor.start(PROMISE, audits_a_year=YEAR, least_sampling=0.2)
    seldom, often = start.after(0.6, False, sampling=0.2), start.after(0.6, False, sampling=1.0)
    assert start.evidence < often.evidence < seldom.evidence


@given(AUDITS, AUDITS)
def test_that_a_monitor_read_back_goes_on_where_it_stopped(before, after):
    stopped = seeing(before)
    resumed = Monitor.from_json(json.loads(json.dumps(stopped.as_json())))
    for probability, right in after:
        resumed = resumed.after(probability, right)
    assert resumed == seeing(before + after)


def test_that_an_alarm_stays_and_proposes_a_threshold_that_the_audited_answers_prove():
    pick = np.random.default_rng(3)
    scores = 0.8 + 0.2 * pick.random(2_000)
    right = (scores > 0.9) | (pick.random(2_000) > 0.3)
    monitor = seeing([(float(score), bool(ok)) for score, ok in zip(scores, right, strict=True)])
    assert monitor.alarm
    proposed = monitor.proposal()
    assert proposed.value is not None
    assert 0.87 < proposed.value < 0.95
    assert proposed.provisional
    assert monitor.after(0.99, True).alarm


def test_that_too_little_evidence_proposes_to_answer_nothing():
    monitor = seeing([(0.9, False)] * 10)
    assert monitor.alarm
    assert monitor.proposal().value is None


@pytest.mark.parametrize(("more", "then"), [({"audits_a_year": 0}, {}), ({"least_sampling": 0}, {}),
                                            ({"least_sampling": 0.5}, {"sampling": 0.4}), ({}, {"sampling": 1.5})])  # fmt: skip
def test_that_numbers_that_cannot_be_are_refused(more, then):
    with pytest.raises(ValueError):
        Monitor.start(PROMISE, **{"audits_a_year": YEAR, **more}).after(0.9, True, **then)


# -- by simulation: the same recursion for many monitors at once, checked against the monitor itself


def test_that_the_simulation_is_the_monitor():
    risks = np.full(600, 0.1)
    wrong = np.random.default_rng(1).random(600) < risks
    monitor = Monitor.start(PROMISE, audits_a_year=YEAR)
    for was_wrong in wrong:
        if not monitor.alarm:
            monitor = monitor.after(0.9, not was_wrong)
    assert alarms(0.05, risks, 1)[0] == monitor.audited < 600


@pytest.mark.parametrize("at_most", [0.01, 0.02, 0.05])
def test_that_it_rings_in_at_most_one_year_in_twenty_while_exactly_the_promised_share_is_wrong(at_most):
    assert (alarms(at_most, np.full(YEAR, at_most), 1_000) <= YEAR).mean() <= FALSE_ALARM


@pytest.mark.parametrize(("at_most", "within"), [(0.05, 250), (0.02, 600)])
def test_that_twice_the_promised_share_is_noticed_in_time(at_most, within):
    assert np.median(alarms(at_most, np.full(3 * within, 2 * at_most), 1_000)) <= within


@pytest.mark.parametrize(("at_most", "within"), [(0.05, 450), (0.02, 1_000)])
def test_that_a_problem_is_noticed_after_a_long_good_time(at_most, within):
    good = 3_000
    rang = alarms(at_most, np.concatenate([np.full(good, at_most / 2), np.full(3 * within, 2 * at_most)]), 400)
    assert np.median(rang[rang > good]) - good <= within


def test_that_the_measure_tells_delays_from_the_change_on():
    figures = measure_monitor(30)["at most 5% wrong"]
    delays = figures["audits_until_twice_the_bound_is_noticed"]
    assert 50 < delays["from the start"] < delays["after 3000 audits at half the bound"] < 1_500
    assert figures["years_with_a_false_alarm"]["half of that"] == 0
