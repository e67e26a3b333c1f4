import json
import math
from pathlib import Path

import numpy as np
import pytest

from handdruk.cli.measure import several, understanding
from handdruk.cli.measure.understanding import NoData, auroc, calibration_error, coverage, drawn, measure_understanding
from handdruk.understand import Lesson


def _write(file: Path, rows: list[tuple[str, str | None]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"text": text, "topic": topic, "language": "en"}) for text, topic in rows]
    file.write_text("\n".join(lines))


def _rows(times: range) -> list[tuple[str, str | None]]:
    return [(f"{word} question {number}", word) for word in ("parcel", "return", "password") for number in times]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    _write(tmp_path / "banking77" / "train.jsonl", _rows(range(15)))
    for name, times in (("train", range(12)), ("val", range(20, 24))):
        _write(tmp_path / "clinc150" / f"{name}.jsonl", _rows(times))
        _write(tmp_path / "clinc150" / f"oos_{name}.jsonl", [(f"the moon is {number}", None) for number in times])
    return tmp_path


@pytest.fixture(autouse=True)
def few_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = [Lesson(text, topic, "en") for text, topic in _rows(range(12))]
    monkeypatch.setattr(several, "sample_lessons", lambda: (lessons, lessons[::2]))
    monkeypatch.setattr(several, "PAIRS", 10)


def test_that_pairs_are_of_two_topics_in_one_language_and_halves_share_nothing(data: Path) -> None:
    lessons = [
        Lesson(f"{text} {language}", topic, language) for text, topic in _rows(range(9)) for language in ("nl", "en")
    ]
    made = several.halves(lessons)
    assert not {one.text for one in made["development"]} & {one.text for one in made["untouched"]}
    for pair in several.pairs_of(made["untouched"], 50):
        assert len(set(pair.topics)) == 2
        assert len({text.split()[-1] for text in (pair.text,) if text.endswith((" nl", " en"))}) == 1
        assert (" nl" in pair.text) != pair.text.endswith(" en")


def test_that_messages_about_two_matters_are_measured_beside_those_about_one(data: Path) -> None:
    figures = several.measure_several(data, None)
    assert list(figures) == ["sample company", "banking77", "clinc150"]
    for one in figures.values():
        assert 0 <= one["untouched"]["both_in_order"] + one["untouched"]["one_of_them"] <= 1
        assert one["untouched"]["singles"] > 0


def test_that_every_set_is_measured_from_all_and_from_few_examples(data: Path) -> None:
    figures = measure_understanding(data, None)
    assert figures["encoder"] is None and figures["memory_mb"] > 0
    for name in ("banking77", "clinc150"):
        assert list(figures[name]) == ["all", "5 a topic", "10 a topic"]
        assert figures[name]["all"]["accuracy"] > 0.9
        assert len(figures[name]["5 a topic"]["accuracies"]) == 5
        assert {"answered_at_1%", "answered_at_2%", "answered_at_5%", "brier"} <= set(figures[name]["all"])
    assert figures["clinc150"]["all"]["auroc_no_known_topic"] > 0.5


def test_that_what_is_asked_of_banking77_is_never_learned_from(data: Path) -> None:
    one, again = understanding._banking(data), understanding._banking(data)
    assert one == again and len(one.asked) == 9 and len(one.learned) == 36
    assert not {lesson.text for lesson in one.asked} & {lesson.text for lesson in one.learned}


def test_that_a_draw_holds_so_many_of_each_topic_and_all_that_fit_none() -> None:
    lessons = [Lesson(f"{topic} {number}", topic, "en") for topic in "ab" for number in range(9)]
    lessons.append(Lesson("elsewhere", None, "en"))
    some = drawn(lessons, 4, 1)
    assert sorted(str(lesson.topic) for lesson in some) == ["None", *"aaaa", *"bbbb"]
    assert some == drawn(lessons, 4, 1) != drawn(lessons, 4, 2)


def test_that_coverage_takes_the_surest_first_and_never_parts_what_is_equally_sure() -> None:
    probability, right = np.array([0.9, 0.8, 0.8, 0.7, 0.1]), np.array([True, True, False, True, False])
    even = np.ones(5)
    assert coverage(probability, right, even, 0.0) == pytest.approx(1 / 5)
    assert coverage(probability, right, even, 0.25) == pytest.approx(4 / 5)
    assert coverage(probability, right, np.array([1, 1, 10, 1, 1.0]), 0.25) == pytest.approx(1 / 14)
    assert coverage(probability, ~right, even, 0.1) == 0


def test_that_auroc_counts_ties_half() -> None:
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)


def test_that_calibration_error_is_the_gap_between_said_and_right() -> None:
    probability, right = np.array([0.95, 0.95, 0.25]), np.array([True, False, False])
    assert math.isclose(calibration_error(probability, right, np.ones(3)), (0.9 + 0.25) / 3)
    assert math.isclose(calibration_error(probability, right, np.array([1, 1, 2])), (0.9 + 0.5) / 4)


@pytest.mark.parametrize(
    ("line", "said"), [("{", r"train\.jsonl:2"), ('{"text": "x"}', r"train\.jsonl:2"), (None, "cannot be read")]
)
def test_that_bad_data_is_named_by_file_and_line(line: str | None, said: str, data: Path) -> None:
    file = data / "banking77" / "train.jsonl"
    if line is None:
        file.unlink()
    else:
        file.write_text(f"{json.dumps({'text': 'x', 'topic': 'y', 'language': 'en'})}\n{line}")
    with pytest.raises(NoData, match=said):
        measure_understanding(data, None, quick=True)


def test_that_a_folder_without_a_known_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="holds neither banking77 nor clinc150"):
        measure_understanding(tmp_path, None)
