"""`handdruk replay` as an engineer uses it."""

import json

import pytest

from tests.journeys.test_command import handdruk


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("replay")
    assert handdruk("new", home / "company", "--name", "Bakker Bol", home=home).returncode == 0
    assert handdruk("load", home / "company", home=home).returncode == 0
    return home


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.jsonl"
    good = [{"text": "waar is mijn bestelling"}, {"turns": ["hoi", "ik wil een mens spreken"]}] * 5
    path.write_text("\n".join([*map(json.dumps, good), "kapot", ""]))
    return path


def test_that_a_replay_writes_one_page_and_prints_one_document(home, archive, tmp_path):
    page = tmp_path / "page.html"
    done = handdruk("replay", archive, "--report", page, "--json", home=home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["company"] == "Bakker Bol"
    assert found["archive"]["conversations"] == 10
    assert "archive.jsonl:11: not JSON" in done.stderr
    assert '<html lang="nl">' in page.read_text()
    assert page.stat().st_mode & 0o077 == 0, "it holds customers' words"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive.jsonl", "page.html"]


def test_that_a_folder_can_be_replayed_that_was_not_loaded_and_the_summary_is_short(archive, tmp_path, home):
    page = tmp_path / "page.html"
    done = handdruk("replay", archive, "--company", home / "company", "--report", page, "--language", "en",
                    home=tmp_path / "nowhere")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "10 conversations:" in done.stdout
    assert '<html lang="en">' in page.read_text()
    assert not (tmp_path / "nowhere" / "handdruk.sqlite3").exists()


@pytest.mark.parametrize(
    "arguments", [["/no/such/file"], ["."], ["--workers", "0", "x"], ["--report", "/no/such/folder/x", "x"]]
)
def test_that_what_cannot_be_replayed_ends_with_two_and_a_word(home, arguments):
    refused = handdruk("replay", *arguments, home=home)
    assert refused.returncode == 2
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr


def test_that_an_archive_without_a_single_conversation_is_refused_and_the_archive_is_never_written_over(home, tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text("kapot\n")
    empty = handdruk("replay", path, "--report", tmp_path / "page.html", home=home)
    assert empty.returncode == 2
    assert f"{path}:1: not JSON" in empty.stderr
    over = handdruk("replay", path, "--report", path, home=home)
    assert over.returncode == 2
    assert path.read_text() == "kapot\n"


def test_that_another_reader_does_not_go_on_with_what_was_kept_unless_it_begins_afresh(home, archive, tmp_path):
    page = tmp_path / "page.html"
    kept = {"format": 1, "by": "another", "until": 0, "mark": "", "tally": {"counts": [], "broken": []}, "sample": []}
    (tmp_path / "page.html.unfinished").write_text(json.dumps(kept))
    refused = handdruk("replay", archive, "--report", page, home=home)
    assert refused.returncode == 2
    assert "--afresh" in refused.stderr
    assert handdruk("replay", archive, "--report", page, "--afresh", home=home).returncode == 0
