"""A shop of its own for every test, made on the spot."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.unit.thuis.demo_people import SANNE

from handdruk.thuis import shop


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's shop lives."""
    monkeypatch.setenv("HANDDRUK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def sql(home: Path) -> Callable[..., list[Any]]:
    """Asks or edits the shop's tables directly, as the warehouse would."""

    def run(statement: str, *values: object) -> list[Any]:
        shop.customer(SANNE)  # it exists from here on
        with closing(sqlite3.connect(home / "shop.sqlite3")) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return run
