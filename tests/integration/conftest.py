"""A small company that is loaded, with a reader trained on it once and a policy under which the tests can answer."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from handdruk.company.judge import judge_of
from handdruk.company.load import load
from handdruk.company.read import read_folder
from handdruk.digital import search, topics
from handdruk.digital.actions import registry
from handdruk.human.commands import make_colleague
from handdruk.reception import training
from handdruk.reception.models import TrainedReader
from handdruk.reception.policy import learn_policy
from handdruk.relationship import company as the_company
from handdruk.relationship.company import settings_from
from handdruk.work import limits

FOLDER = Path(__file__).parents[1] / "company"


@pytest.fixture(scope="session")
def trained() -> SimpleNamespace:
    """The reader of the test company as bytes, and its policy.

    The thresholds are set by hand here: how good a reader of five topics is, is not what these tests are about.
    """
    judge = judge_of(FOLDER)
    settings = settings_from(read_folder(FOLDER).settings, 1)
    policy = learn_policy(judge.reader.evidence, settings)
    policy["threshold"]["value"] = 0.35
    for alarm in ("wants_human", "vulnerable", "upset"):
        policy[alarm]["threshold"] = 0.5
    return SimpleNamespace(data=judge.reader.to_bytes(), policy=policy)


def forget_everything() -> None:
    """Clears what a process remembers of a company."""
    the_company.forget()
    topics._known = None
    training._current.judgement = None
    search._indexes.clear()
    registry._loaded.clear()


@pytest.fixture
def company(db, trained: SimpleNamespace) -> Iterator[Path]:
    """The test company, loaded and trained. Gives the folder in which its actions leave their traces."""
    forget_everything()
    limits.forget()
    load(FOLDER)
    TrainedReader.objects.create(content_version=1, data=trained.data, policy=trained.policy)
    done = Path(os.environ["HANDDRUK_HOME"]) / "done"
    shutil.rmtree(done, ignore_errors=True)
    done.mkdir(parents=True)
    yield done
    forget_everything()


@pytest.fixture
def sanne(company):
    """A colleague."""
    return make_colleague("sanne", "Sanne", "a long password", lead=True, language="nl", teams=[])
