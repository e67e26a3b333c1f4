"""When the reader is trained again."""

from types import SimpleNamespace

import numpy as np
import pytest

from handdruk.cli.ready import train_if_needed
from handdruk.reception import training
from handdruk.reception.models import TrainedReader
from handdruk.reception.policy import learn_policy, policy_from
from handdruk.understand.storage import pack, unpack

pytestmark = pytest.mark.django_db(transaction=True)


def test_that_a_reader_of_the_present_content_is_kept(company):
    assert not train_if_needed()


def of_an_earlier_format(data: bytes) -> bytes:
    header, parts = unpack(data)
    return pack(header | {"format": header["format"] - 1}, parts)


@pytest.mark.parametrize("damage", [lambda data: data[:-40], of_an_earlier_format])
def test_that_a_reader_this_version_cannot_use_is_trained_again(company, damage):
    row = TrainedReader.objects.get()
    data = damage(bytes(row.data))
    assert data != bytes(row.data)
    TrainedReader.objects.update(data=data)
    training._current.judgement = None
    assert train_if_needed()
    assert training.is_usable()


def test_that_the_process_that_trained_decides_by_the_new_reader_at_once(company, monkeypatch):
    before = training.judgement()
    monkeypatch.setattr(training, "FRESH_FOR", 1_000.0)
    row = training.train()
    assert training.judgement().pk == row.pk != before.pk


def test_that_the_buttons_hold_the_right_topic_at_their_rate_among_messages_that_are_asked_about():
    draws = np.random.default_rng(5)
    sure = draws.random(4000) < 0.7  # most messages are answered, with a true topic that is nearly certain
    truth = np.where(sure, draws.uniform(0.97, 1.0, 4000), draws.beta(2, 3, 4000))
    right = np.where(sure, truth, np.maximum(truth, 0.3))
    felt = SimpleNamespace(probability=np.array([0.1, 0.9]), label=np.array([False, True]))
    names, language = np.full(4000, "parcel"), np.full(4000, "nl")
    evidence = SimpleNamespace(
        probability_right=right, was_right=sure | (draws.random(4000) < 0.5), probability_of_truth=truth,
        predicted=names, truth=names, language=language, held_out=np.zeros(4000, dtype=bool),
        wants_human=felt, vulnerable=felt, upset=felt,
    )  # fmt: skip
    wanted = SimpleNamespace(at_most=0.02, confidence=0.95, ask_rate=0.8, miss_at_most=0.1, needless_at_most=0.1)
    policy = policy_from(learn_policy(evidence, wanted), {})
    assert policy.thresholds.shared.value is not None
    asked = truth[right < policy.thresholds.shared.value]
    assert 0.79 <= (asked >= policy.plausible.floor).mean() <= 0.82
