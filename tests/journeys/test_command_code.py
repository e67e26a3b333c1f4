"""The command with a company whose own code prints, breaks or vanishes."""

import json
import shutil

import httpx
import pytest

from tests.command import handdruk
from tests.server import Server


@pytest.fixture
def company(tmp_path):
    """A folder whose code prints whenever it is imported."""
    assert handdruk("new", tmp_path / "company", home=tmp_path / "home").returncode == 0
    with (tmp_path / "company" / "actions.py").open("a") as file:
        file.write("\nprint('from the company')\n")
    return tmp_path / "company"


def test_that_code_that_prints_does_not_get_into_a_result(company, tmp_path):
    home = tmp_path / "home"
    (tmp_path / "in.jsonl").write_text('{"text": "hallo"}\n')
    for command in (
        ["load", company, "--dry-run", "--json"],
        ["load", company, "--json"],
        ["read", "hallo", "--company", company, "--json"],
        ["read", "--jsonl", tmp_path / "in.jsonl", "--company", company],
        ["doctor", "--json"],
    ):
        done = handdruk(*command, home=home)
        assert json.loads(done.stdout), done.stderr
        assert "from the company" in done.stderr


def test_that_code_that_broke_or_vanished_is_told_at_the_start_and_the_server_serves(company, tmp_path):
    home = tmp_path / "home"
    assert handdruk("load", company, home=home).returncode == 0
    (company / "actions.py").write_text("import nowhere_at_all\n")
    server = Server(home, "up")
    server.start()
    assert httpx.post(f"{server.address}/api/chat/conversations", json={}).status_code == 201
    assert server.stop() == 0
    told = server.log.read_text()
    assert "actions.py:1: ModuleNotFoundError" in told
    assert "Traceback" not in told

    shutil.rmtree(company)
    server.log.unlink()
    server.start()
    assert httpx.post(f"{server.address}/api/chat/conversations", json={}).status_code == 201
    assert server.stop() == 0
    assert "has no delivery_day" in server.log.read_text()
    findings = json.loads(handdruk("doctor", "--json", home=home).stdout)["findings"]
    [actions] = [finding for finding in findings if finding["about"] == "actions"]
    assert actions["state"] == "wrong"
    assert "delivery_day" in actions["text"]
