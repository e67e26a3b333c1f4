"""The encoder in the home folder: taken into use when training, missed without harm."""

import shutil
from pathlib import Path

import pytest

from handdruk.cli import doctor
from handdruk.reception import encoding, training
from handdruk.understand.encoder import install
from tests.unit.understand.tiny_encoder import hub_folder


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.HOME = tmp_path / "home"
    install(hub_folder(tmp_path / "hub"), settings.HOME / "encoder")
    return settings.HOME


def _found() -> tuple[str, str]:
    [finding] = doctor._encoder()
    return finding.state, finding.text


def test_that_training_uses_the_encoder_that_is_installed(company, home):
    row = training.train()
    held = training.judgement()
    assert held.reader.encoder is encoding.installed() is not None
    assert row.summary["encoder"] == held.reader.trained_with
    assert _found() == (doctor.GOOD, "2 x 24 numbers for a text")


def test_that_a_reader_whose_encoder_is_gone_reads_on_by_what_its_words_prove(company, home, caplog):
    row = training.train()
    by_words = training.Reader.from_bytes(bytes(row.data)).evidence
    proved = training.policy_from(training.learn_policy(by_words, training.company()), {})
    shutil.rmtree(home / "encoder")
    held = training.judgement()
    assert held.reader.encoder is None and held.reader.read("waar is mijn pakket").topics
    assert (held.policy.thresholds, held.policy.plausible) == (proved.thresholds, proved.plausible)
    assert held.policy.plausible.as_json() != row.policy["plausible"]
    assert "by words alone" in caplog.text
    state, text = _found()
    assert state == doctor.WARNING and "install it again" in text


def test_that_a_damaged_encoder_is_told_and_left_alone(company, home, caplog):
    (home / "encoder" / "model.onnx").write_bytes(b"not a model")
    row = training.train()
    assert row.summary["encoder"] is None and training.judgement().reader.encoder is None
    assert "model.onnx is damaged" in caplog.text
    assert _found()[0] == doctor.WARNING


def test_that_another_encoder_asks_for_training(company, home, tmp_path):
    training.train()
    install(tmp_path / "hub", home / "encoder", exact=True)
    assert training.judgement().reader.encoder is None
    assert _found() == (doctor.WARNING, "the reader was not trained with this one; run: handdruk train")


def test_that_without_one_nothing_is_missed(company, settings, tmp_path):
    settings.HOME = tmp_path
    assert training.train().summary["encoder"] is None
    assert _found() == (doctor.GOOD, "none: messages are read by their words")
