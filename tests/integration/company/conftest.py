"""A company folder of any size, and what the database says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handdruk.company.start import new
from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.company import forget
from handdruk.relationship.models import Company


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """The company of another test is not this one's."""
    forget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The company that `handdruk new` makes."""
    new(tmp_path / "anders", "Anders", ["nl", "en"])
    return tmp_path / "anders"


@pytest.fixture
def content() -> Callable[[], list[Any]]:
    """Everything the database says of a company, with the keys of its rows."""

    def everything() -> list[Any]:
        return [list(model._default_manager.order_by("pk").values()) for model in (Company, Topic, Example, Article)]

    return everything
