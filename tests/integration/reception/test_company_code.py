"""New code is taken into use by a load, and code that is gone or broken leaves customers with a person."""

import shutil
from pathlib import Path

import pytest

from handdruk.company.load import load
from handdruk.digital import queries
from handdruk.digital.actions import BadActions, registry
from handdruk.human.models import Handover
from tests.integration.conftest import FOLDER
from tests.integration.reception.talk import Customer, do_all_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(company: Path, tmp_path: Path) -> Path:
    """The company, loaded from a folder that may be changed."""
    shutil.copytree(FOLDER, tmp_path / "company")
    load(tmp_path / "company")
    return tmp_path / "company"


def write(folder: Path, old: str, new: str) -> None:
    text = (folder / "actions.py").read_text()
    assert old in text
    (folder / "actions.py").write_text(text.replace(old, new))


def test_that_a_load_takes_new_code_into_use_in_a_process_that_runs(folder):
    assert queries.company_actions().by_name["parcel_status"].titles["en"] == "Track a parcel"
    write(folder, "Track a parcel", "Trace a parcel")
    assert queries.company_actions().by_name["parcel_status"].titles["en"] == "Track a parcel"
    assert [change.kind for change in load(folder).code] == ["changed"]
    assert queries.company_actions().by_name["parcel_status"].titles["en"] == "Trace a parcel"


def test_that_code_is_imported_once_as_long_as_nothing_was_loaded(folder):
    assert queries.company_actions() is queries.company_actions()
    load(folder)
    first = queries.company_actions()
    load(folder)
    assert queries.company_actions() is first


def test_that_broken_code_gives_customers_a_person(folder):
    registry._loaded.clear()
    write(folder, "import os\n", "import os\n1 / 0\n")
    customer = Customer("nl")
    customer.say("waar is mijn pakket")
    assert Handover.objects.get().reason == "action_failed"
    with pytest.raises(BadActions, match=r"actions\.py:4: ZeroDivisionError"):
        queries.missing_actions()


def test_that_code_that_breaks_in_the_middle_of_an_action_stops_no_turn(folder):
    customer = Customer("nl")
    assert customer.say("waar is mijn pakket")["decision"]["kind"] == "act"
    registry._loaded.clear()
    write(folder, "import os\n", "import os\n1 / 0\n")
    assert customer.say("anna@voorbeeld.example")["replies"]


def test_that_a_folder_that_is_gone_gives_customers_a_person(folder):
    registry._loaded.clear()
    shutil.rmtree(folder)
    Customer("nl").say("waar is mijn pakket")
    assert Handover.objects.get().reason == "action_failed"
    assert "parcel_status" in queries.missing_actions()


def test_that_no_code_is_mailed_when_nothing_can_tell_who_is_a_customer(folder, mailoutbox):
    customer = Customer("nl")
    customer.say("waar is mijn pakket")
    customer.say("somebody@else.example")
    registry._loaded.clear()
    shutil.rmtree(folder)
    do_all_jobs()
    assert mailoutbox == []


def test_that_code_that_could_not_be_imported_is_tried_again_later_and_not_at_every_turn(folder, monkeypatch):
    registry._loaded.clear()
    write(folder, "import os\n", "import os\nraise ImportError\n")
    with pytest.raises(BadActions):
        queries.company_actions()
    write(folder, "raise ImportError\n", "")
    with pytest.raises(BadActions):
        queries.company_actions()
    monkeypatch.setattr(registry, "AGAIN_AFTER", 0)
    assert queries.company_actions().by_name
