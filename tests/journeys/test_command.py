"""The `handdruk` command as an engineer uses it: in processes of its own, with right and wrong input."""

import json
import time

import httpx
import pytest

from tests.archives import by_lot, repeating
from tests.command import handdruk
from tests.server import Server


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in which a new company was made, loaded and trained."""
    home = tmp_path_factory.mktemp("command")
    assert handdruk("new", home / "company", "--name", "Bakker Bol", home=home).returncode == 0
    loaded = handdruk("load", home / "company", home=home)
    assert loaded.returncode == 0, loaded.stderr
    return home


def test_that_loading_the_same_folder_again_changes_nothing(home):
    again = handdruk("load", home / "company", "--json", home=home)
    assert json.loads(again.stdout) == {
        "changed": False,
        "dry_run": False,
        "changes": json.loads(again.stdout)["changes"],
    }


def test_that_a_dry_run_tells_what_would_change_and_changes_nothing(home, tmp_path):
    handdruk("export", tmp_path / "copy", home=home)
    settings = tmp_path / "copy" / "company.toml"
    settings.write_text(settings.read_text().replace("Bakker Bol", "Bakker Bal"))
    for _ in range(2):
        told = handdruk("load", tmp_path / "copy", "--dry-run", "--json", home=home)
        assert json.loads(told.stdout)["changed"] is True


def test_that_an_export_loads_as_no_change(home, tmp_path):
    exported = handdruk("export", tmp_path / "out", home=home)
    assert exported.returncode == 0
    assert "company.toml" in exported.stdout
    assert "0 written" in handdruk("export", tmp_path / "out", home=home).stdout
    again = handdruk("load", tmp_path / "out", "--dry-run", "--json", home=home)
    assert json.loads(again.stdout)["changed"] is False


def test_that_a_mistake_is_refused_with_file_and_line_and_nothing_is_loaded(home, tmp_path):
    handdruk("export", tmp_path / "bad", home=home)
    settings = tmp_path / "bad" / "company.toml"
    lines = settings.read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("timezone"))
    lines[number] = 'timezone = "Europe/Nowhere"'
    settings.write_text("\n".join(lines))
    refused = handdruk("load", tmp_path / "bad", home=home)
    assert refused.returncode == 2
    assert f"company.toml:{number + 1}:" in refused.stderr
    assert refused.stdout == ""


def test_that_a_new_company_is_not_written_over_another(home):
    refused = handdruk("new", home / "company", home=home)
    assert refused.returncode == 2
    assert refused.stderr.strip()


def test_that_training_and_reading_print_one_document_and_nothing_else(home):
    assert json.loads(handdruk("train", "--json", home=home).stdout)["topics"] >= 5
    read = json.loads(handdruk("read", "waar is mijn bestelling", "--json", home=home).stdout)
    assert {"text", "reading", "decision"} <= set(read)
    assert set(read["decision"]) == {"kind", "topic", "topics", "options", "probability_right", "reasons"}


def test_that_a_file_of_messages_is_read_line_by_line(home, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text('{"text": "hallo", "id": 7}\n\n{"turns": ["hoi", "ik wil een mens", "nog iets"]}\n')
    out = [json.loads(line) for line in handdruk("read", "--jsonl", file, home=home).stdout.splitlines()]
    assert out[0]["id"] == 7
    assert len(out[1]["readings"]) == len(out[1]["decisions"]) == 3
    assert out[1]["decisions"][1]["kind"] == "hand_over"


@pytest.mark.parametrize("bad", ["nonsense", "[]", '{"text": 5}', '{"turns": "x"}', '{"text": "a", "turns": []}', "{}"])
def test_that_a_bad_line_is_refused_with_its_number(home, tmp_path, bad):
    file = tmp_path / "bad.jsonl"
    file.write_text('{"text": "goed"}\n' + bad + "\n")
    refused = handdruk("read", "--jsonl", file, home=home)
    assert refused.returncode == 2
    assert "bad.jsonl:2:" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("arguments", [["read"], ["read", "a", "--jsonl", "b"], ["read", "--jsonl", "/no/such/file"],
                                       ["load", "/no/such/folder"], ["nonsense"], ["up", "--port", "99999"]])  # fmt: skip
def test_that_bad_arguments_end_with_two_and_a_word(home, arguments):
    refused = handdruk(*arguments, home=home)
    assert refused.returncode == 2
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr


def test_that_reading_without_any_company_uses_the_sample_and_leaves_no_trace(tmp_path):
    read = handdruk("read", "hoe lang heb ik garantie", "--json", home=tmp_path / "nowhere")
    assert json.loads(read.stdout)["decision"]["topic"] == "warranty"
    assert not (tmp_path / "nowhere" / "handdruk.sqlite3").exists()


def test_that_the_doctor_says_what_is_missing_and_what_is_well(home, tmp_path):
    ill = handdruk("doctor", "--json", home=tmp_path / "empty")
    assert ill.returncode == 1
    assert json.loads(ill.stdout)["healthy"] is False
    handdruk("colleague", "anna", home=home)
    well = handdruk("doctor", "--json", home=home)
    assert json.loads(well.stdout)["healthy"] is True, well.stdout


def lines(path, *rows):
    """A file of JSON lines; what is not a value is written as it is."""
    path.write_bytes(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))
    return path


def test_that_handovers_are_learned_measured_and_forgotten(home, tmp_path):
    archive = lines(tmp_path / "archive.jsonl", *repeating(80))
    tried = json.loads(handdruk("learn", "handover", archive, "--dry-run", "--json", home=home).stdout)
    assert (tried["lines"], tried["used"], tried["refused"]) == (80, 80, 0)
    assert (tried["teaches"], tried["kept"]) == (True, False)
    assert json.loads(handdruk("learn", "handover", "--forget", "--json", home=home).stdout) == {"forgot": False}
    told = handdruk("learn", "handover", archive, home=home)
    assert told.returncode == 0
    for word in ("F1", "AUC", "never a person", "always a person", "threshold", "In use from now on"):
        assert word in told.stdout
    assert json.loads(handdruk("learn", "handover", "--forget", "--json", home=home).stdout) == {"forgot": True}


def test_that_an_archive_that_teaches_nothing_is_told_so_and_not_used(home, tmp_path):
    told = handdruk("learn", "handover", lines(tmp_path / "lot.jsonl", *by_lot(80)), home=home)
    assert told.returncode == 0
    assert "no more than chance" in told.stdout
    assert json.loads(handdruk("learn", "handover", "--forget", "--json", home=home).stdout) == {"forgot": False}


def test_that_bad_lines_are_told_by_number_and_the_rest_is_used(home, tmp_path):
    good = repeating(80)
    bad = [b"{broken", b"\xff\xfe", b"[]", b"", {"turns": [{"who": "Jan Geheim", "text": "a"}]}, good[0]]
    archive = lines(tmp_path / "archive.jsonl", *good, *bad)
    told = handdruk("learn", "handover", archive, "--dry-run", "--json", home=home)
    report = json.loads(told.stdout)
    assert told.returncode == 0
    assert (report["lines"], report["used"], report["refused"]) == (85, 80, 5)
    assert [f"{archive}:{number}:" in told.stderr for number in range(80, 88)] == [
        *[False, *[True] * 3, False, *[True] * 2],
        False,
    ]
    assert "Jan Geheim" not in told.stderr


@pytest.mark.parametrize(
    "rows", [[], [b""], [b"{broken"], [{"turns": []}], [{"turns": [{"who": "customer", "text": "a"}]}]]
)
def test_that_an_archive_with_nothing_to_learn_from_is_refused(home, tmp_path, rows):
    refused = handdruk("learn", "handover", lines(tmp_path / "archive.jsonl", *rows), home=home)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "archive.jsonl" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_that_a_file_or_forgetting_must_be_named_and_the_file_must_be_there(home, tmp_path):
    for arguments in ([], [tmp_path / "nowhere.jsonl"], [tmp_path, "--json"], [tmp_path / "a", "--forget"]):
        refused = handdruk("learn", "handover", *arguments, home=home)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr


def test_that_a_colleague_gets_a_random_password_once(home):
    first, again = (handdruk("colleague", "piet", home=home) for _ in range(2))
    assert first.returncode == 0
    assert again.returncode == 2
    assert len(first.stdout.strip().rsplit(" ", 1)[1]) >= 12


def test_that_logins_are_listed_changed_and_shut_and_no_password_stands_in_the_arguments(home):
    made = handdruk("colleague", "karin", "--team", "care", "--password-stdin", home=home, input="a long password\n")
    assert made.returncode == 0, made.stderr
    assert "a long password" not in made.stdout + made.stderr
    changed = handdruk("colleague", "karin", "--new-password", home=home)
    assert len(changed.stdout.strip().rsplit(" ", 1)[1]) >= 12
    assert handdruk("colleague", "karin", "--disable", home=home).returncode == 0
    listed = json.loads(handdruk("colleague", "--list", "--json", home=home).stdout)
    [karin] = [login for login in listed if login["username"] == "karin"]
    assert karin["enabled"] is False
    assert karin["teams"] == ["care"]
    table = handdruk("colleague", "--list", home=home).stdout.splitlines()
    assert table[0].split()[:2] == ["user", "name"]
    assert any(line.startswith("karin") and "disabled" in line for line in table)
    assert handdruk("colleague", "karin", "--enable", home=home).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["anna", "--list"], ["eva", "--json"], ["eva", "--team", "nowhere"], ["x y"], ["nobody", "--disable"],
     ["nobody", "--new-password"], ["eva", "--disable", "--enable"], ["eva", "--name", "e" * 61]],
)  # fmt: skip
def test_that_a_login_that_cannot_be_is_told_in_a_sentence(home, arguments):
    refused = handdruk("colleague", *arguments, home=home)
    assert refused.returncode == 2
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr
    assert not any(
        row["username"] == "eva" for row in json.loads(handdruk("colleague", "--list", "--json", home=home).stdout)
    )


def test_that_a_company_of_ones_own_runs_ends_and_starts_again(home):
    server = Server(home, "up", str(home / "company"))
    server.start()
    opened = httpx.post(f"{server.address}/api/chat/conversations", json={})
    assert opened.status_code == 201
    assert opened.json()["company"] == "Bakker Bol"

    second = handdruk("up", "--port", str(server.port + 1), home=home)
    assert second.returncode == 1
    assert "already running" in second.stderr

    begun = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - begun < 10
    assert "Traceback" not in server.log.read_text()
    server.start()
    key, token = opened.json()["conversation"], opened.json()["token"]
    status = httpx.get(f"{server.address}/api/chat/conversations/{key}", headers={"Authorization": f"Bearer {token}"})
    assert status.status_code == 200
    assert server.stop() == 0


def test_that_an_open_stream_does_not_hold_up_the_end_of_the_server(home):
    server = Server(home, "up", str(home / "company"))
    server.start()
    opened = httpx.post(f"{server.address}/api/chat/conversations", json={}).json()
    path = f"{server.address}/api/chat/conversations/{opened['conversation']}/stream"
    with httpx.stream("GET", path, headers={"Authorization": f"Bearer {opened['token']}"}) as stream:
        assert next(line for line in stream.iter_lines() if line.startswith("event")) == "event: changed"
        begun = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begun < 10
