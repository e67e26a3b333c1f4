"""What the command says when its home, its database or its settings cannot be used: one sentence, and never a traceback."""

import shutil

import pytest

from tests.command import handdruk
from tests.with_postgres import free_port

COMMANDS = [
    ["demo"],
    ["up"],
    ["load", "{company}"],
    ["load", "{company}", "--dry-run"],
    ["export", "{new}"],
    ["train"],
    ["read", "waar is mijn bestelling"],
    ["colleague", "anna"],
    ["doctor"],
]
SETTINGS = [
    ("HANDDRUK_DATABASE_URL", "nonsense"),
    ("HANDDRUK_DATABASE_URL", "mysql://somebody:secret-word@127.0.0.1/x"),
    ("HANDDRUK_DATABASE_URL", "postgres://somebody:secret-word@127.0.0.1:port/x"),
    ("HANDDRUK_DATABASE_URL", "postgres://somebody:secret-word@127.0.0.1:5432"),
    ("HANDDRUK_REDIS_URL", "somewhere:6379"),
    ("HANDDRUK_MAIL_URL", "smtp://somebody:secret-word@host:port"),
    ("HANDDRUK_LOG_LEVEL", "loud"),
    ("HANDDRUK_PUBLIC_URL", "service.example"),
]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A folder that `handdruk new` made."""
    place = tmp_path_factory.mktemp("trouble")
    assert handdruk("new", place / "company", home=place / "home").returncode == 0
    return place / "company"


@pytest.fixture(scope="module")
def loaded(company):
    """A home in which the company is loaded and trained."""
    home = company.parent / "loaded"
    assert handdruk("load", company, home=home).returncode == 0
    return home


def run(command, company, **more):
    filled = [part.format(company=company, new=company.parent / "never-made") for part in command]
    if command[0] in ("demo", "up"):
        filled += ["--port", str(free_port())]
    return handdruk(*filled, **more)


def refused_in_a_sentence(ended):
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    told = [line for line in ended.stderr.splitlines() if not line.startswith("Handdruk is getting ready")]
    assert len(told) == 1, ended.stderr
    assert "secret-word" not in ended.stderr
    return told[0]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_that_a_damaged_database_is_named_and_nothing_is_read_as_another_company(command, company, loaded, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(loaded, home)
    (home / "handdruk.sqlite3").write_bytes(b"this is no database " * 500)
    ended = run(command, company, home=home)
    assert "handdruk.sqlite3 is damaged" in refused_in_a_sentence(ended)
    assert "sample" not in ended.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_that_a_database_nobody_answers_for_is_told(command, company, tmp_path):
    url = f"postgres://somebody:secret-word@127.0.0.1:{free_port()}/x"
    ended = run(command, company, home=tmp_path, environment={"HANDDRUK_DATABASE_URL": url})
    assert "HANDDRUK_DATABASE_URL" in refused_in_a_sentence(ended)


@pytest.mark.parametrize("command", [*COMMANDS, ["new", "{new}"]], ids=" ".join)
def test_that_a_home_that_is_a_file_is_told(command, company, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    for home in (tmp_path / "file", tmp_path / "file" / "inside"):
        assert str(home) in refused_in_a_sentence(run(command, company, home=home))


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_that_a_setting_that_cannot_be_is_told_by_its_name_and_not_by_its_value(company, name, value, tmp_path):
    ended = handdruk("doctor", home=tmp_path, environment={name: value})
    assert name in refused_in_a_sentence(ended)


def test_that_a_database_damaged_further_on_is_told_too(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "home")
    file = tmp_path / "home" / "handdruk.sqlite3"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    refused_in_a_sentence(handdruk("read", "hallo", home=tmp_path / "home"))


def test_that_a_company_that_is_loaded_and_not_trained_is_not_read_as_another(company, tmp_path):
    assert handdruk("load", company, "--no-train", home=tmp_path).returncode == 0
    ended = handdruk("read", "hallo", home=tmp_path)
    assert "handdruk train" in refused_in_a_sentence(ended)


def test_that_too_little_to_learn_from_is_told(company, tmp_path):
    shutil.copytree(company, tmp_path / "small")
    for topic in list((tmp_path / "small" / "topics").glob("*.md"))[1:]:
        topic.unlink()
    ended = handdruk("read", "hallo", "--company", tmp_path / "small", home=tmp_path)
    assert ended.returncode in (0, 2)
    assert "Traceback" not in ended.stderr
