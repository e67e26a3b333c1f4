"""Documents that cannot go stale: what exists is documented, and what is documented exists."""

import re
from pathlib import Path

from handdruk.channels.web.api import api
from handdruk.cli.options import COMMANDS

ROOT = Path(__file__).parents[2]


def test_that_every_setting_is_documented_and_every_documented_setting_exists():
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        used |= set(re.findall(r'"(HANDDRUK_[A-Z_]+)"', path.read_text()))
    documented = set(re.findall(r"^\| `(HANDDRUK_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))
    assert used == documented


def test_that_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for name in COMMANDS:
        assert f"`handdruk {name}" in readme


def test_that_every_call_of_the_api_is_documented():
    text = (ROOT / "docs/api.md").read_text()
    for path, calls in api.get_openapi_schema()["paths"].items():
        for method in calls:
            assert re.search(rf"`{method.upper()} {re.escape(path)}[`?]", text), f"{method.upper()} {path}"


def test_that_every_link_between_documents_leads_somewhere():
    for document in [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            if ("KEY" not in target and "/" in target) or target.endswith(".md"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_that_every_room_stands_in_the_architecture():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    for room in (ROOT / "src/handdruk").iterdir():
        if (room / "__init__.py").exists():
            assert f"  {room.name}/" in text, room.name
