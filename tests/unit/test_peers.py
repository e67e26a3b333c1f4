"""The comparison with peers, on a small set and with the readers that need nothing installed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import peers  # noqa: E402
from beside import rasa_bot  # noqa: E402
from beside.environments import NotInstalled, python_with  # noqa: E402

from handdruk.understand import Lesson  # noqa: E402

ASKED = [Lesson(f"{topic} {n}", topic, "en") for topic in ("parcel", "refund") for n in range(2)]
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
STRANGE = [Lesson("the moon", None, "en"), Lesson("the sun", None, "en")]


def _rows(words, times):
    return "\n".join(
        json.dumps({"text": f"{word or 'moon'} question {n}", "topic": word, "language": "en"})
        for word in words
        for n in times
    )


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "clinc150"
    folder.mkdir(parents=True)
    for name, times in (("train", range(8)), ("val", range(20, 24))):
        (folder / f"{name}.jsonl").write_text(_rows(("parcel", "return", "password"), times))
        (folder / f"oos_{name}.jsonl").write_text(_rows((None,), times))
    return folder.parent


def _measured(data, *options):
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/peers.py", "--data", data, "--few", "5", "--json", *options],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    return json.loads(done.stdout)


def test_that_a_reader_in_its_own_process_is_measured_over_draws_and_what_is_missing_is_told(data):
    figures = _measured(data, "--peers", "handdruk_words,handdruk_encoder", "--seeds", "2")
    words = figures["clinc150"]["handdruk_words"]
    assert words["draws"] == len(words["accuracies"]) == 2 and words["accuracy"] == 1.0
    assert words["megabytes"] > 10 and words["seconds_to_train"] > 0 and words["milliseconds_a_message"] > 0
    assert figures["missing"] == {"handdruk_encoder": "--encoder is not given"}


def test_that_a_reader_that_fails_is_told_and_the_others_go_on(data, tmp_path):
    figures = _measured(data, "--encoder", tmp_path, "--peers", "handdruk_encoder,handdruk_words", "--seeds", "1")
    assert figures["clinc150"]["handdruk_encoder"] == {"failed": "CalledProcessError", "draws_that_did_not": 0}
    assert figures["clinc150"]["handdruk_words"]["accuracy"] == 1.0


def test_that_no_reader_learns_one_topic_after_the_other():
    lessons = [Lesson(f"{topic} {n}", topic, "en") for topic in "abc" for n in range(20)]
    order = [str(lesson.topic) for lesson in peers.mixed(lessons, 0)]
    assert order != sorted(order) and sorted(order) == [lesson.topic for lesson in lessons]
    assert peers.mixed(lessons, 0) == peers.mixed(lessons, 0) != peers.mixed(lessons, 1)


def test_that_an_answer_to_what_fits_no_topic_counts_as_wrong():
    sure = [("parcel", 0.9, None), ("parcel", 0.8, None), ("refund", 0.7, None), ("refund", 0.6, None)]
    figures = peers.worth([*sure, ("refund", 0.95, None), ("refund", 0.1, None)], [*ASKED, *STRANGE])
    assert figures["accuracy"] == 1.0 and figures["auroc_no_known_topic"] == 0.5
    assert figures["answered_at_1%"] == 0.0
    assert "answered_as_it_comes" not in figures


def test_that_what_a_reader_declines_is_not_answered_as_it_comes():
    answers = [("parcel", 0.9, False), ("parcel", 0.8, False), ("refund", 0.7, False), ("parcel", 0.6, True)]
    figures = peers.worth([*answers, ("refund", 0.5, False), ("refund", 0.1, True)], [*ASKED, *STRANGE])
    each = 0.18 / 0.82 * 2
    assert figures["accuracy"] == 0.75
    assert figures["answered_as_it_comes"] == pytest.approx((3 + each) / (4 + 2 * each))
    assert figures["wrong_as_it_comes"] == pytest.approx(each / (3 + each))


def test_that_an_environment_without_its_python_is_refused_and_one_that_is_made_is_kept(tmp_path):
    with pytest.raises(NotInstalled, match="is not here"):
        python_with(tmp_path / "none", "2.1")
    python = python_with(tmp_path / "made", VERSION)
    (tmp_path / "made" / "kept").touch()
    assert python_with(tmp_path / "made", VERSION) == python and (tmp_path / "made" / "kept").exists()


def test_that_the_bot_has_an_intent_a_rule_and_an_answer_for_each_topic_of_the_sample():
    files = rasa_bot.project()
    intents = files["domain.yml"]["intents"]
    assert len(intents) == len(list(rasa_bot.TOPICS.glob("*.md"))) > 50
    assert {f"utter_{name}" for name in intents} < set(files["domain.yml"]["responses"])
    assert [rule["rule"] for rule in files["data/rules.yml"]["rules"]] == [*intents, "nlu_fallback"]
    for intent in files["data/nlu.yml"]["nlu"]:
        assert intent["examples"].count("- ") >= 2 * rasa_bot.EXAMPLES
    assert rasa_bot.as_yaml({"version": "3.1", "intents": ["één"]}) == 'version: "3.1"\nintents: ["één"]\n'
