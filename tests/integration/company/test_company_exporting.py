"""What is exported says what the database says, and nothing in the folder is lost that is not ours."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handdruk.company.export import export
from handdruk.company.files import CannotWrite
from handdruk.company.load import load
from handdruk.company.read import read_folder
from handdruk.company.start import new
from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.models import Company

pytestmark = pytest.mark.django_db

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
hostile = st.sampled_from([
    "# nl", "## examples", "## not", "\\## not", "\\\\# x", "#", "- item", "- - x", "+++", "", "   ", " # nl ", "```",
    "[title]", 'a = "b"', "é\u2028ü\x85", "a\r\nb\rc", '"""', "\\", "[x](article:returns)", "\ttab", "\x7f\x1b",
])  # fmt: skip
text = st.lists(st.one_of(hostile, st.text(characters, max_size=20)), max_size=5).map("\n".join)
said = text.filter(lambda value: bool(value.strip()))
spoken = st.fixed_dictionaries({"nl": said, "en": said})
extra = st.lists(st.tuples(st.sampled_from(["nl", "en"]), said, st.booleans()), max_size=6)


def is_new(wanted: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The examples that are not yet one of some topic, in their normal form; so that the folder has no mistake."""
    seen = {(row.language, " ".join(row.text.split()).casefold()) for row in Example.objects.all()}
    found = []
    for language, words, belongs in wanted:
        key = (language, " ".join(words.split()).casefold())
        if key not in seen:
            seen.add(key)
            found.append((language, words, belongs))
    return found


@given(answers=spoken, titles=spoken, examples=extra, title=said, summary=text, body=said, greeting=spoken)
@hypothesis_settings(max_examples=60, deadline=None)
def test_that_loading_the_export_of_any_words_changes_nothing(
    answers: dict[str, str], titles: dict[str, str], examples: list[tuple[str, str, bool]],
    title: str, summary: str, body: str, greeting: dict[str, str],
) -> None:  # fmt: skip
    Topic.objects.all().delete()
    Article.objects.all().delete()
    with tempfile.TemporaryDirectory() as place:
        new(Path(place) / "start", "Anders", ["nl", "en"])
        load(Path(place) / "start")
        Topic.objects.filter(name="complaint").update(answers=answers, titles=titles)
        topic = Topic.objects.get(name="complaint")
        for language, words, belongs in is_new(examples):
            Example.objects.create(topic=topic, language=language, text=words, belongs=belongs)
        Article.objects.filter(key="paying", language="nl").update(title=title[:200] + "x", summary=summary, body=body)
        row = Company.objects.get()
        row.settings["chat"]["greeting"] = greeting
        row.save(update_fields=["settings"])
        version = row.version
        export(Path(place) / "export")
        changes = load(Path(place) / "export")
        assert not changes, changes.describe()
        assert changes.version == version


def test_that_the_export_of_a_new_company_reads_like_the_folder_it_came_from(folder: Path, tmp_path: Path) -> None:
    load(folder)
    export(tmp_path / "export")
    before, after = read_folder(folder), read_folder(tmp_path / "export")
    assert (after.settings, after.topics, after.articles) == (before.settings, before.topics, before.articles)
    assert (tmp_path / "export/actions.py").read_bytes() == (folder / "actions.py").read_bytes()


def test_that_files_that_say_the_same_already_are_left_as_they_are(folder: Path) -> None:
    comment = "# Why we promise this\n"
    for file in (folder / "company.toml", folder / "actions.py"):
        file.write_text(comment + file.read_text())
    topic = folder / "topics/complaint.md"
    topic.write_text(topic.read_text().replace('phase = "', '# ours\nphase = "'))
    load(folder)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*.*")}
    assert export(folder).written == ()
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*.*")} == before


def test_that_only_what_changed_is_written(folder: Path) -> None:
    load(folder)
    Topic.objects.filter(name="complaint").update(phase="use")
    assert export(folder).written == ("topics/complaint.md",)
    assert read_folder(folder).topics["complaint"].phase == "use"
    assert not load(folder)


def test_that_files_of_what_is_gone_are_removed_and_no_others(folder: Path) -> None:
    load(folder)
    for name in ("README.md", "notes/idea.md", "topics/.hidden.md", "tools.py", "topics/list.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("ours")
    Topic.objects.filter(name="not_working").delete()
    Article.objects.filter(key="returns").delete()
    (folder / "articles/fr").mkdir()
    (folder / "articles/fr/old.md").write_text("vieux")
    assert set(export(folder).removed) == {
        "topics/not_working.md", "articles/nl/returns.md", "articles/en/returns.md", "articles/fr/old.md",
    }  # fmt: skip
    assert not (folder / "articles/fr").exists()
    for name in ("README.md", "notes/idea.md", "topics/.hidden.md", "tools.py", "topics/list.txt"):
        assert (folder / name).read_text() == "ours"


def test_that_code_beside_the_actions_comes_along(folder: Path, tmp_path: Path) -> None:
    (folder / "shop.py").write_text("OPEN = True\n")
    (tmp_path / "secret.py").write_text("PASSWORD = 1\n")
    load(folder)
    (folder / "outside.py").symlink_to(tmp_path / "secret.py")
    export(tmp_path / "export")
    assert (tmp_path / "export/shop.py").read_text() == "OPEN = True\n"
    assert not (tmp_path / "export/outside.py").exists()


def test_that_the_content_is_exported_when_the_folder_it_came_from_is_gone(folder: Path, tmp_path: Path) -> None:
    load(folder)
    folder.rename(tmp_path / "elsewhere")
    export(tmp_path / "export")
    assert not (tmp_path / "export/actions.py").exists()
    assert (tmp_path / "export/topics/complaint.md").exists()


def test_that_a_folder_that_is_not_a_company_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    load(folder)
    other = tmp_path / "photos"
    other.mkdir()
    (other / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(CannotWrite, match="is not empty and not a company"):
        export(other)
    with pytest.raises(CannotWrite):
        export(other / "holiday.jpg")
    assert [file.name for file in other.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize("name", ["topics", "articles", "articles/nl"])
def test_that_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    load(folder)
    (folder / name).rename(tmp_path / "outside")
    (folder / name).symlink_to(tmp_path / "outside")
    Topic.objects.all().delete()
    with pytest.raises(CannotWrite, match="is a link that leaves the folder"):
        export(folder)


def test_that_a_linked_file_is_replaced_and_what_it_pointed_to_stays(folder: Path, tmp_path: Path) -> None:
    load(folder)
    topic = folder / "topics/complaint.md"
    topic.rename(tmp_path / "outside.md")
    topic.symlink_to(tmp_path / "outside.md")
    before = (tmp_path / "outside.md").read_bytes()
    Topic.objects.filter(name="complaint").update(phase="use")
    export(folder)
    assert not topic.is_symlink()
    assert (tmp_path / "outside.md").read_bytes() == before
    assert read_folder(folder).topics["complaint"].phase == "use"


def test_that_a_name_that_would_leave_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    load(folder)
    Topic.objects.filter(name="complaint").update(name="../complaint")
    with pytest.raises(CannotWrite, match="cannot be the name of a file"):
        export(tmp_path / "export")
    assert not (tmp_path / "export").exists()


def test_that_without_a_company_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no company has been loaded"):
        export(tmp_path / "export")


def test_that_a_file_appears_as_a_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder)
    before = (folder / "topics/complaint.md").read_bytes()
    Topic.objects.filter(name="complaint").update(phase="use")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="the disk is full"):
        export(folder)
    assert (folder / "topics/complaint.md").read_bytes() == before
    assert not list(folder.rglob("*~"))
