"""The promise of being right: exact by hand where that can be done, and kept as often as it says by simulation."""

import json
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from handdruk.decide import Promise, Threshold

EVEN = Promise(at_most=0.5, confidence=0.75)  # small enough for counting on fingers: two right answers are proof
STRICT = Promise(at_most=0.02, confidence=0.95)
LOOSE = Promise(at_most=0.05, confidence=0.9)
TURNS = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), max_size=120)


def near(probability: float):
    """A threshold lies a hair below the last probability that was answered."""
    return pytest.approx(probability, abs=1e-4)


def fit(turns, promise=LOOSE, **more) -> Threshold:
    return promise.fit([p for p, _ in turns], [right for _, right in turns], **more)


# -- by hand


def test_that_two_right_answers_prove_at_most_half_wrong_and_one_does_not():
    one = EVEN.fit([0.9], [True])
    assert one.value is None  # P(Bin(1, 1/2) = 0) = 1/2 > 1/4
    assert one.labels_missing >= 1
    two = EVEN.fit([0.9, 0.8], [True, True])
    assert (two.value, two.answered, two.wrong, two.coverage) == (near(0.8), 2, 0, 1.0)  # 1/4 <= 1/4


def test_that_the_sequence_ends_before_the_first_threshold_that_cannot_be_proved():
    threshold = EVEN.fit([0.9, 0.8, 0.7, 0.6], [True, True, False, False])
    assert (threshold.value, threshold.answered, threshold.wrong, threshold.coverage) == (near(0.8), 2, 0, 0.5)


def test_that_a_wrong_answer_can_be_made_up_for():
    # P(Bin(5, 1/2) <= 1) = 6/32 <= 1/4, but P(Bin(4, 1/2) <= 1) = 5/16 > 1/4.
    assert EVEN.fit([0.9, 0.8, 0.7, 0.6, 0.5], [True, True, True, True, False]).value == near(0.5)
    assert EVEN.fit([0.9, 0.8, 0.7, 0.6], [True, True, True, False]).value == near(
        0.8
    )  # tests: two, five, or all answers


def test_that_a_proof_is_exact_at_its_edge():
    assert (STRICT.answers_needed(), LOOSE.answers_needed()) == (149, 45)
    assert STRICT.fit([0.9] * 148, [True] * 148).value is None
    proved = STRICT.fit([0.9] * 149, [True] * 149)
    assert proved.value == near(0.9)
    assert proved.bound == pytest.approx(1 - 0.05 ** (1 / 149))  # Clopper-Pearson with nothing wrong
    assert proved.bound <= 0.02


def test_that_too_few_labels_automate_nothing_and_say_how_many_are_missing():
    for given_labels in (0, 1, 100, 148):
        threshold = STRICT.fit([0.9] * given_labels, [True] * given_labels)
        assert (threshold.value, threshold.coverage) == (None, 0.0)
        assert threshold.labels_missing >= 149 - given_labels
        assert not threshold.admits(1.0)


@pytest.mark.parametrize("n", [50, 200, 1000])
def test_that_so_many_more_labels_as_are_missing_are_mostly_enough(n):
    """Turns whose probabilities mean what they say; about half of such samples of 1,000 prove nothing."""
    proved = []
    for seed in range(40):
        pick = np.random.default_rng(seed)
        scores, right = _as_sure_as_they_say(pick, n)
        first = STRICT.fit(scores, right)
        if first.value is None:
            later = _as_sure_as_they_say(pick, first.labels_missing)
            proved.append(STRICT.fit(np.append(scores, later[0]), np.append(right, later[1])).value is not None)
    assert np.mean(proved) >= 0.65


def _as_sure_as_they_say(pick, n):
    scores = pick.beta(3, 0.6, n)
    return scores, pick.random(n) < scores


def test_that_before_the_first_label_a_few_times_the_strictest_proof_is_asked_for():
    assert STRICT.answers_needed() < STRICT.fit([], []).labels_missing < 3 * STRICT.answers_needed()


def test_that_a_large_sample_that_proved_nothing_is_not_asked_for_a_few_labels_more():
    scores = [1 - k / 1000 for k in range(1000)]
    nearly = STRICT.fit(scores, [k % 60 != 59 for k in range(1000)])
    assert nearly.value is None
    assert nearly.labels_missing >= 250


def test_that_labels_are_not_asked_for_when_no_number_of_them_would_do():
    threshold = STRICT.fit([0.9] * 1000, [True, True, True, False] * 250)
    assert (threshold.value, threshold.labels_missing) == (None, None)


def test_that_nothing_is_missing_once_something_may_be_automated():
    assert STRICT.fit([0.9] * 200, [True] * 200).labels_missing == 0


def test_that_equal_probabilities_are_answered_together_or_not_at_all():
    probability = [0.9] * 10 + [0.5] * 2
    right = [True] * 8 + [False] * 2 + [True] * 2
    for order in (range(12), reversed(range(12))):
        rows = list(order)
        threshold = EVEN.fit([probability[i] for i in rows], [right[i] for i in rows])
        assert (threshold.answered, threshold.wrong) in ((10, 2), (12, 2))
    assert all(point.answered in (10, 12) for point in threshold.curve)


@pytest.mark.parametrize(
    "labels",
    [["no"] * 300, ["True"] * 300, [math.nan] * 300, [None] * 300, [2] * 300, [0.5] * 300, (True for _ in range(300))],
)
def test_that_what_is_no_label_never_counts_as_right(labels):
    with pytest.raises(ValueError, match="was_right"):
        STRICT.fit([0.9] * 300, labels)


@pytest.mark.parametrize("probabilities", [["a"] * 300, [None] * 300, (0.9 for _ in range(300)), [math.nan] * 300])
def test_that_what_is_no_probability_is_refused_in_words(probabilities):
    with pytest.raises(ValueError, match="probability_right"):
        STRICT.fit(probabilities, [True] * 300)


@pytest.mark.parametrize(
    "kind", [list, tuple, np.array, lambda rows: np.array(rows, dtype=object), lambda rows: np.array(rows, dtype=float)]
)
def test_that_labels_may_come_in_any_array_of_booleans_or_of_nought_and_one(kind):
    assert STRICT.fit(kind([0.9] * 300), kind([True] * 299 + [False])).wrong == 1


def test_that_the_curve_runs_from_the_strictest_to_the_loosest_threshold_and_holds_the_one_that_was_proved():
    probability = [1 - n / 7001 for n in range(7000)]
    threshold = STRICT.fit(probability, [n % 1000 != 999 for n in range(6000)] + [False] * 1000)
    answered = [point.answered for point in threshold.curve]
    assert (answered[0], answered[-1]) == (1, 7000)
    assert threshold.answered in answered
    assert answered == sorted(answered)


def test_that_a_text_reaches_the_threshold_it_was_proved_on_when_it_is_read_with_other_last_bits():
    value = EVEN.fit([0.9, 0.8, 0.7], [True, True, False]).value
    assert 0.7 < value < 0.8 - 3e-5
    assert EVEN.fit([0.9, 0.8], [True, True]).admits(0.8 - 3e-5)


def test_that_a_threshold_never_goes_down_to_a_probability_that_was_not_answered():
    threshold = EVEN.fit([0.9, 0.8, 0.8 - 1e-9], [True, True, False])
    assert (threshold.answered, threshold.admits(0.8), threshold.admits(0.8 - 1e-9)) == (2, True, False)
    assert EVEN.fit([0.0, 0.0], [True, True]).value == 0.0


def test_that_a_guide_is_used_to_begin_where_proof_is_likeliest():
    # Some labels at the very top are wrong, as happens: beginning there ends at once, beginning further on does not.
    probability = np.linspace(0.999, 0.6, 1000)
    right = np.ones(1000, bool)
    right[[3, 40, 90]] = False
    guided = STRICT.fit(probability, right, guide=(probability, right))
    assert (guided.value, guided.coverage) == (near(0.6), 1.0)


def test_that_a_useless_guide_does_not_make_a_broken_promise():
    right = np.zeros(1000, bool)
    guide = (np.linspace(0, 1, 500), np.ones(500, bool))
    assert STRICT.fit(np.linspace(0, 1, 1000), right, guide=guide).value is None


def test_that_the_evidence_says_whether_it_is_provisional():
    assert STRICT.fit([0.9] * 200, [True] * 200, provisional=True).provisional
    assert not STRICT.fit([0.9] * 200, [True] * 200).provisional
    assert STRICT.fit([], [], provisional=True).provisional


@pytest.mark.parametrize(
    ("probability", "right"),
    [
        ([0.5, 0.6], [True]),
        ([[0.5]], [[True]]),
        (0.5, True),
        ([1.1], [True]),
        ([-0.1], [True]),
        ([math.nan], [True]),
        ([math.inf], [True]),
    ],
)
def test_that_arrays_that_make_no_sense_are_refused_whole(probability, right):
    with pytest.raises(ValueError):
        STRICT.fit(probability, right)
    with pytest.raises(ValueError):
        STRICT.fit([0.9] * 200, [True] * 200, guide=(probability, right))


@pytest.mark.parametrize(
    ("at_most", "confidence"), [(0, 0.9), (1, 0.9), (-1, 0.9), (0.1, 1), (0.1, 0.4), (math.nan, 0.9)]
)
def test_that_a_promise_that_cannot_be_kept_cannot_be_made(at_most, confidence):
    with pytest.raises(ValueError):
        Promise(at_most, confidence)


# -- for any evidence


@given(TURNS, st.sampled_from([LOOSE, Promise(0.3, 0.8)]))
def test_that_the_evidence_shown_is_the_evidence_there_is(turns, promise):
    threshold = fit(turns, promise)
    assert threshold.n == len(turns)
    for point in threshold.curve:
        above = [right for p, right in turns if p >= point.threshold]
        assert (point.answered, point.wrong) == (len(above), above.count(False))
    if threshold.value is None:
        assert threshold.labels_missing is None or threshold.labels_missing >= 1
        return
    above = [right for p, right in turns if threshold.admits(p)]
    assert (threshold.answered, threshold.wrong) == (len(above), above.count(False))
    assert threshold.coverage == len(above) / len(turns)
    assert binom.cdf(threshold.wrong, threshold.answered, promise.at_most) <= 1 - promise.confidence + 1e-12
    assert threshold.bound <= promise.at_most + 1e-12


@given(TURNS, st.randoms())
def test_that_the_order_of_the_evidence_does_not_matter(turns, random):
    shuffled = random.sample(turns, len(turns))
    assert fit(shuffled) == fit(turns)


@given(TURNS)
def test_that_a_threshold_survives_being_stored(turns):
    threshold = fit(turns, Promise(0.3, 0.8))
    assert Threshold.from_json(json.loads(json.dumps(threshold.as_json()))) == threshold


# -- by simulation

DRAWS = 400


@cache
def pool(kind: str, size: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """A fixed world of turns: what the reader thinks of its candidate, and whether that is right."""
    pick = np.random.default_rng(len(kind))
    sure = pick.random(size) < 0.7
    chance = np.where(sure, pick.beta(60, 0.5, size), pick.beta(3, 2, size))
    right = pick.random(size) < chance
    if kind == "coarse":
        return np.round(chance, 2), right
    if kind == "worthless":  # the probabilities say nothing, and just too many are wrong
        return pick.random(size), pick.random(size) > 0.021
    if kind == "mislabelled":  # a few labels at the top are wrong
        return chance, right & (pick.random(size) > 0.004)
    return chance, right


@cache
def broken_and_answered(kind: str, promise: Promise, n: int, guided: bool, draws: int = DRAWS) -> tuple[float, float]:
    """Over many calibration samples: how often the true risk is above the bound, and the share of turns answered."""
    probability, right = pool(kind)
    order = np.argsort(-probability)
    sorted_down, wrong = -probability[order], np.cumsum(~right[order])
    pick = np.random.default_rng(7)
    broken = answered = 0.0
    for _ in range(draws):
        rows, others = pick.integers(0, len(right), n), pick.integers(0, len(right), n)
        guide = (probability[others], right[others]) if guided else None
        value = promise.fit(probability[rows], right[rows], guide=guide).value
        if value is not None:
            count = np.searchsorted(sorted_down, -value, side="right")
            broken += wrong[count - 1] / count > promise.at_most
            answered += count / len(right)
    return broken / draws, answered / draws


def provable(kind: str, promise: Promise) -> float:
    """The share of turns that could be answered by somebody who knows the whole pool."""
    probability, right = pool(kind)
    share = np.cumsum(~right[np.argsort(-probability)]) / np.arange(1, len(right) + 1)
    return (np.flatnonzero(share <= promise.at_most)[-1] + 1) / len(right)


@pytest.mark.parametrize("guided", [False, True], ids=["alone", "guided"])
@pytest.mark.parametrize(("promise", "n"), [(STRICT, 1000), (LOOSE, 200)], ids=["2%-95%-1000", "5%-90%-200"])
@pytest.mark.parametrize("kind", ["calibrated", "coarse", "worthless"])
def test_that_the_promise_is_broken_no_more_often_than_it_says(kind, promise, n, guided):
    broken, _ = broken_and_answered(kind, promise, n, guided)
    allowed = 1 - promise.confidence
    assert broken <= allowed + 3 * math.sqrt(allowed * (1 - allowed) / DRAWS)


@pytest.mark.parametrize("guided", [False, True], ids=["alone", "guided"])
@pytest.mark.parametrize(("kind", "least"), [("calibrated", 0.85), ("mislabelled", 0.65)])
def test_that_most_of_what_could_be_answered_is_answered(kind, least, guided):
    _, answered = broken_and_answered(kind, STRICT, 1000, guided, 120)
    assert answered >= least * provable(kind, STRICT)
