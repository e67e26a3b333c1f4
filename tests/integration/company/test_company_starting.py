"""A company to start from is small, good and complete."""

from datetime import date
from pathlib import Path

import pytest

from handdruk.company.files import CannotWrite
from handdruk.company.load import load
from handdruk.company.read import read_folder
from handdruk.company.start import new
from handdruk.digital.actions import Call
from handdruk.digital.actions.registry import load as load_actions
from handdruk.relationship.company import company


@pytest.mark.django_db
@pytest.mark.parametrize("languages", [["nl", "en"], ["en", "nl"], ["nl"], ["en"]])
def test_that_a_new_company_loads_without_mistakes(tmp_path: Path, languages: list[str]) -> None:
    files = new(tmp_path / "new", 'Bakker & "Zn"\t\\', languages)
    assert all(file.is_file() for file in files)
    load(tmp_path / "new")
    assert company().name == 'Bakker & "Zn"\t\\'
    assert company().languages == tuple(languages)
    assert 'Bakker & "Zn"' in company().greeting[languages[0]]


def test_that_it_has_topics_over_the_phases_with_examples_enough(tmp_path: Path) -> None:
    new(tmp_path / "new", "Anders", ["nl", "en"])
    folder = read_folder(tmp_path / "new")
    assert len(folder.topics) == 6
    assert len({topic.phase for topic in folder.topics.values()}) == 6
    assert {topic.resolution for topic in folder.topics.values()} == {"answer", "act", "people"}
    assert len(folder.articles) == 6
    for topic in folder.topics.values():
        for language in ("nl", "en"):
            assert sum(e.language == language and e.belongs for e in topic.examples) >= 8


@pytest.mark.parametrize(
    ("ordered", "comes"), [("2026-11-23", "2026-11-25"), ("2026-11-26", "2026-11-30"), ("2026-11-28", "2026-12-01")]
)
def test_that_its_action_works(tmp_path: Path, ordered: str, comes: str) -> None:
    new(tmp_path / "new", "Anders", ["nl", "en"])
    action = load_actions(tmp_path / "new").by_name["delivery_day"]
    done = action(Call("", "en", "key"), **action.arguments({"ordered": ordered}))
    assert f"comes on {comes} at the latest" in done.said("en")
    assert date.fromisoformat(comes).strftime("%d-%m-%Y") in done.said("nl")


def test_that_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(CannotWrite, match="not empty; choose another folder"):
        new(tmp_path, "Anders", ["nl"])
    with pytest.raises(CannotWrite):
        new(tmp_path / "letter.txt", "Anders", ["nl"])
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(("name", "languages"), [(" ", ["nl"]), ("a" * 121, ["nl"]), ("A", []), ("A", ["nl", "xx"])])
def test_that_a_name_or_language_that_cannot_be_writes_nothing(tmp_path: Path, name: str, languages: list[str]) -> None:
    with pytest.raises(ValueError, match=r"needs a name|speaks nl and en"):
        new(tmp_path / "new", name, languages)
    assert not (tmp_path / "new").exists()
