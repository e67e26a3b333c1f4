"""The measurement of the promise: right by hand where it can be counted, and the same every time."""

import numpy as np
import pytest
from scipy.stats import binom

from handdruk.cli.ending import Ending
from handdruk.cli.measure.promise import Pool, certifiable_limit, measure_promise, trial
from handdruk.cli.measure.promise_document import write_document
from handdruk.cli.measure.promise_groups import at, turns
from handdruk.cli.measure.promise_groups import trial as groups_trial
from handdruk.decide import GroupThresholds, Promise, Threshold
from handdruk.decide.promise import Ranked

STRICT = Promise(0.02, 0.95)


def pool(n: int = 3_000) -> Pool:
    pick = np.random.default_rng(2)
    score = np.where(pick.random(2 * n) < 0.7, pick.beta(60, 0.5, 2 * n), pick.beta(3, 2, 2 * n))
    right = pick.random(2 * n) < score
    return Pool(Ranked.of(score[:n], right[:n]), (score[n:], right[n:]))


def test_that_the_limit_of_a_pool_with_one_threshold_is_the_power_of_one_test():
    one = Ranked.of([0.9] * 1_000, [True] * 990 + [False] * 10)
    most = max(wrong for wrong in range(50) if binom.cdf(wrong, 600, 0.02) <= 0.05)
    assert certifiable_limit(one, STRICT, 600) == pytest.approx(binom.cdf(most, 600, 0.01))


def test_that_a_limit_counts_how_many_answers_a_sample_happens_to_hold():
    half = Ranked.of([0.9] * 500 + [0.1] * 500, [True] * 500 + [False] * 500)
    enough = 1 - binom.cdf(148, 300, 0.5)  # 149 right answers are a proof
    assert certifiable_limit(half, STRICT, 300) == pytest.approx(0.5 * enough)


def test_that_a_trial_keeps_the_promise_answers_nearly_the_limit_and_is_the_same_every_time():
    first = trial(pool(), STRICT, 1_000, 60)
    assert first["broken"] <= 0.05 + 3 * (0.05 * 0.95 / 60) ** 0.5
    assert first["of_limit"] >= 0.95
    assert trial(pool(), STRICT, 1_000, 60) == first


def test_that_the_document_gets_its_table_and_its_picture(tmp_path):
    document = tmp_path / "promise.md"
    document.write_text(
        "before\n<!-- figures -->\nearlier\n<!-- end of figures -->\nbetween\n"
        "<!-- figures of groups -->\nearlier\n<!-- end of figures of groups -->\nafter\n"
    )
    groups = [groups_trial("one easy topic", 1_000, 2)]
    write_document({"rows": [trial(pool(), STRICT, 200, 3)], "groups": groups}, document)
    text = document.read_text()
    assert "earlier" not in text
    assert text.startswith("before\n<!-- figures -->\n| promise |")
    assert "| at most 2% wrong, 95% sure | 200 |" in text
    assert "between" in text and "| one easy topic | 1,000 |" in text
    assert (tmp_path / "pictures/promise.svg").read_text().startswith("<svg")


def test_that_groups_are_judged_by_their_own_part_of_the_pool():
    some = turns("one easy topic", 4_000, 1)
    closed, open_to_all = Threshold(0.02, 0.95, None, 0), Threshold(0.02, 0.95, 0.0, 0)
    found = at(some, GroupThresholds(closed, {("topic 0", ""): open_to_all}))
    mine = some.topic == "topic 0"
    assert found.coverage == pytest.approx(mine.mean())
    assert found.risks == pytest.approx((1 - some.was_right[mine].mean(), 0, 1 - some.was_right[mine].mean()))


def test_that_groups_are_found_where_topics_differ_and_the_trial_is_the_same_every_time():
    first = groups_trial("one easy topic", 10_000, 2)
    assert first["split"] == 1 and first["groups"]["coverage"] > first["one"]["coverage"]
    assert groups_trial("all alike", 3_000, 3)["split"] == 0
    assert groups_trial("one easy topic", 10_000, 2) == first


def test_that_data_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(Ending, match="--data"):
        measure_promise(tmp_path, 1)
