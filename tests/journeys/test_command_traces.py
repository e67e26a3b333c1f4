"""Commands that only look leave nothing behind; loading tells exactly what it changes."""

import json

import pytest

from tests.command import handdruk


@pytest.fixture
def company(tmp_path):
    """A folder that `handdruk new` made, beside a home that nobody made yet."""
    assert handdruk("new", tmp_path / "company", home=tmp_path / "home").returncode == 0
    return tmp_path / "company"


def everything(folder):
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["load", "{company}", "--dry-run", "--json"], 0),
        (["doctor"], 1),
        (["doctor", "--json"], 1),
        (["read", "waar is mijn pakket"], 0),
        (["read", "waar is mijn pakket", "--company", "{company}"], 0),
    ],
    ids=["dry run", "doctor", "doctor as json", "read", "read a folder"],
)
def test_that_looking_makes_no_home_no_key_and_no_database(company, tmp_path, command, code):
    before = everything(tmp_path)
    done = handdruk(*(part.format(company=company) for part in command), home=tmp_path / "home")
    assert done.returncode == code, done.stderr
    assert everything(tmp_path) == before


def test_that_a_new_company_is_the_only_thing_that_new_makes(company, tmp_path):
    assert list(tmp_path.iterdir()) == [company]


def test_that_a_dry_run_shows_what_would_be_loaded_and_then_loading_does_that(company, tmp_path):
    shown, loaded, again, dry = (
        json.loads(handdruk("load", company, "--json", *more, home=tmp_path / "home").stdout)
        for more in (["--dry-run"], ["--no-train"], ["--no-train"], ["--dry-run"])
    )
    assert shown["changed"] is loaded["changed"] is True
    assert shown["changes"] == loaded["changes"]
    assert any("when_will_it_arrive" in line for line in shown["changes"])
    assert again == {"changed": False, "dry_run": False, "changes": []}
    assert dry == {"changed": False, "dry_run": True, "changes": []}


def test_that_loading_twice_says_that_nothing_changes(company, tmp_path):
    first, again = (handdruk("load", company, home=tmp_path / "home") for _ in range(2))
    assert first.returncode == again.returncode == 0
    assert first.stdout.splitlines()[-1].startswith("Loaded: ")
    assert again.stdout.startswith("Nothing changes")
    assert "trained" in first.stderr
    assert "trained" not in again.stderr


def test_that_other_code_is_a_change_that_is_told_and_needs_no_training(company, tmp_path):
    handdruk("load", company, home=tmp_path / "home")
    with (company / "actions.py").open("a") as file:
        file.write("\n# another line\n")
    dry, changed, again = (
        json.loads(handdruk("load", company, "--json", *more, home=tmp_path / "home").stdout)
        for more in (["--dry-run"], [], [])
    )
    assert dry["changes"] == changed["changes"] == ["~ code actions.py and what stands beside it"]
    assert changed["changed"] is True
    assert again["changes"] == []


@pytest.mark.parametrize("there", ["notes.txt", ".git/config", "topics/mine.md"])
def test_that_new_leaves_a_folder_with_something_in_it_as_it_was(tmp_path, there):
    (tmp_path / "full" / there).parent.mkdir(parents=True)
    (tmp_path / "full" / there).write_text("mine")
    before = everything(tmp_path)
    refused = handdruk("new", tmp_path / "full", home=tmp_path / "home")
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert everything(tmp_path) == before


def findings(home, **environment):
    done = handdruk("doctor", "--json", home=home, environment=environment)
    return {(row["about"], row["state"]): row["text"] for row in json.loads(done.stdout)["findings"]}


def test_that_the_doctor_of_a_demo_says_that_its_mail_shows_on_a_page(company, tmp_path):
    home = tmp_path / "home"
    handdruk("load", company, home=home)
    assert ("mail", "warning") in findings(home)
    (home / "demo-login").write_text("as the demo keeps it")
    assert "shows on a page" in findings(home)["mail", "good"]


def test_that_the_doctor_warns_when_machines_that_share_a_database_do_not_share_the_rest(postgres, company, tmp_path):
    home = tmp_path / "home"
    alone = {"HANDDRUK_DATABASE_URL": postgres}
    told = findings(home, **alone)
    assert "HANDDRUK_SECRET_KEY" in told["secret key", "warning"]
    assert "HANDDRUK_REDIS_URL" in told["redis", "warning"]
    told = findings(home, **alone, HANDDRUK_SECRET_KEY="the same on every machine " * 2)
    assert ("secret key", "warning") not in told
    assert not home.exists()
    assert handdruk("read", "hallo", home=home, environment=alone).returncode == 0
    assert handdruk("load", company, "--dry-run", home=home, environment=alone).returncode == 0
    assert ("database", "wrong") in findings(home, **alone)
