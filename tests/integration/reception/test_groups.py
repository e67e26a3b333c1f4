"""Topics with a threshold of their own: learned from labels or examples, kept, decided by, and never above a brake."""

from dataclasses import replace

import numpy as np
import pytest

from handdruk.cli import train as train_command
from handdruk.decide import Labelled, Promise
from handdruk.reception import training
from handdruk.reception.models import Brake, TrainedReader, Turn
from handdruk.reception.policy import learn_policy, policy_from, thresholds_of, thresholds_under
from handdruk.reception.rehearsal import rehearse, rehearse_singles
from handdruk.relationship.company import company as settings
from handdruk.understand import Evidence
from tests.integration.reception.talk import Customer

pytestmark = pytest.mark.django_db(transaction=True)
EASY = {"warranty": 0.02, "opening_hours": 1.5, "where_is_my_parcel": 1.5}
QUESTION = "hoe lang heb ik garantie"


def said(n: int, seed: int, factors=EASY) -> Labelled:
    """Turns in which one topic is far more often right than its probability says."""
    pick = np.random.default_rng(seed)
    topic = pick.choice(list(factors), n, p=[0.4, 0.3, 0.3])
    score = pick.beta(5, 1.5, n)
    wrong = (1 - score) * np.array([factors[name] for name in topic])
    return Labelled(score, pick.random(n) > wrong, topic, pick.choice(["nl", "en"], n))


def evidence_of(turns: Labelled, like: Evidence) -> Evidence:
    """A reader's evidence in which topics do as in these turns."""
    truth = np.where(turns.was_right, turns.topic, "")
    return replace(
        like, probability_right=turns.probability_right, was_right=turns.was_right, language=turns.language,
        probability_of_truth=turns.probability_right, predicted=turns.topic, truth=truth, held_out=np.zeros(len(turns), bool),
    )  # fmt: skip


@pytest.fixture
def evidence(company) -> Evidence:
    return evidence_of(said(4_000, 1), training.judgement().reader.evidence)


def with_own(**values: float | None) -> None:
    """The reader in use gets thresholds of their own for these topics, in every language."""
    row = TrainedReader.objects.latest()
    own = [
        {"topic": topic, "language": "", "threshold": row.policy["threshold"] | {"value": value}}
        for topic, value in values.items()
    ]
    row.policy["groups"] = {"own": own, "curve": row.policy["threshold"]["curve"]}
    row.save()
    training._current.judgement = None


def test_that_examples_alone_may_give_a_topic_its_own_provisional_threshold(evidence):
    thresholds = thresholds_of(learn_policy(evidence, settings()))
    assert ("warranty", "") in thresholds.own
    assert all(threshold.provisional for threshold in thresholds.all())


def test_that_labels_prove_a_topics_own_threshold_and_more_is_answered_that_way(evidence):
    labels = said(3_000, 2)
    thresholds = thresholds_of(learn_policy(evidence, settings(), labels))
    assert ("warranty", "") in thresholds.own
    assert not any(threshold.provisional for threshold in thresholds.all())
    one = Promise(0.05, 0.9).fit(*labels.pair, guide=(evidence.probability_right, evidence.was_right))
    assert thresholds.whole().coverage > one.coverage


def test_that_a_stored_policy_gives_the_same_thresholds_back(evidence):
    stored = learn_policy(evidence, settings(), said(3_000, 2))
    assert policy_from(stored, {}).thresholds == thresholds_of(stored)
    assert thresholds_of(stored).whole().n == 3_000


def test_that_a_policy_from_before_there_were_groups_still_loads(company):
    stored = TrainedReader.objects.get().policy
    stored.pop("groups", None)
    thresholds = policy_from(stored, {}).thresholds
    assert (thresholds.own, thresholds.shared.value) == ({}, 0.35)
    assert thresholds.whole() == thresholds.shared


def test_that_labels_against_any_of_the_provisional_thresholds_end_all_of_them(evidence):
    at_first = thresholds_of(learn_policy(evidence, settings()))
    wrong = said(60, 3, dict.fromkeys(EASY, 3.0))
    wrong = replace(wrong, topic=np.array(["warranty"] * 60), was_right=np.arange(60) % 3 > 0)
    assert at_first.whole().value is not None
    assert thresholds_of(learn_policy(evidence, settings(), wrong)).whole().value is None


def test_that_other_promises_are_compared_by_the_same_evidence(evidence):
    moves = learn_policy(evidence, settings())["moves"]
    own = next(move for move in moves if move["at_most"] == 0.05)
    assert own["coverage"] == thresholds_under(Promise(0.05, 0.9), evidence).whole().coverage


@pytest.mark.parametrize(("value", "kind"), [(0.1, "answer"), (0.999, "ask"), (None, "ask")])
def test_that_a_turn_is_decided_by_its_topics_own_threshold_and_stores_it(company, value, kind):
    with_own(warranty=value)
    Customer().say(QUESTION)
    stored = Turn.objects.get()
    assert stored.threshold == value
    assert (stored.kind == "answer") == (kind == "answer")
    Customer().say("hoe laat gaan jullie open")
    assert Turn.objects.latest("pk").threshold == 0.35


def test_that_reading_and_replaying_decide_by_the_same_thresholds(company):
    with_own(warranty=0.999)
    judge = training.judgement()
    [(_, single)] = rehearse_singles([QUESTION], judge)
    [(_, turn)] = rehearse([QUESTION], judge)
    Customer().say(QUESTION)
    assert single.kind.value == turn.kind.value == Turn.objects.get().kind != "answer"


@pytest.mark.parametrize(("brake", "own"), [(0.5, 0.5), (0.2, 0.3), (None, None)])
def test_that_a_brake_raises_every_threshold_and_lowers_none(company, brake, own):
    with_own(warranty=0.3, opening_hours=None)
    Brake.objects.create(reader=TrainedReader.objects.get(), threshold=brake, because={})
    training.look_again()
    thresholds = training.judgement().policy.thresholds
    assert thresholds.of("warranty", "nl").value == own
    assert thresholds.of("opening_hours", "nl").value is None
    assert thresholds.shared.value == (None if brake is None else max(brake, 0.35))


def test_that_training_says_how_many_topics_have_their_own(company, evidence, monkeypatch, capsys):
    monkeypatch.setattr(training, "learn_policy", lambda *_: learn_policy(evidence, settings()))
    row = training.train()
    assert row.summary["own_thresholds"] == len(training.judgement().policy.thresholds.own) == 1
    monkeypatch.setattr(train_command, "migrate", lambda: None)
    assert train_command.run(type("Options", (), {"json": False})) == 0
    assert "Topics with a threshold of their own, counted by language: 1." in capsys.readouterr().out
