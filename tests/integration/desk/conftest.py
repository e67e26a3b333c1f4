"""A company with two colleagues and customers who wait, made through the real commands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from handdruk.company.read import read_folder
from handdruk.core.words import Author
from handdruk.human import commands as human
from handdruk.human.commands import make_colleague
from handdruk.relationship import commands as relationship
from handdruk.relationship.company import forget
from handdruk.relationship.models import Company, Conversation
from handdruk.work import limits

FOLDER = Path(__file__).parents[2] / "company"
SETTINGS = read_folder(FOLDER).settings
Waits = Callable[..., Conversation]


@pytest.fixture(autouse=True)
def desk(db) -> Iterator[None]:
    """The company's settings, without a reader: the desk needs none. Nobody tried to log in yet."""
    forget()
    limits.forget()
    Company.objects.create(name="Proef", settings=SETTINGS)
    yield
    forget()


@pytest.fixture
def sanne() -> User:
    """A team lead who reads Dutch."""
    return make_colleague("sanne", "Sanne", "a long password", lead=True, language="nl", teams=[])


@pytest.fixture
def piet() -> User:
    """A colleague who reads English."""
    return make_colleague("piet", "Piet", "a long password", lead=False, language="en", teams=[])


@pytest.fixture
def as_sanne(sanne: User) -> Client:
    """Sanne's browser."""
    return browser_of(sanne)


@pytest.fixture
def as_piet(piet: User) -> Client:
    """Piet's browser."""
    return browser_of(piet)


def browser_of(user: User) -> Client:
    """A browser in which this user has logged in."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def conversation(*words: str, name: str = "") -> Conversation:
    """A customer said these things to the assistant."""
    made, _ = relationship.open_conversation("web", "nl")
    if name:
        relationship.name_customer(made, name)
    with relationship.locked(made.pk) as held:
        for text in words:
            relationship.say(held, Author.CUSTOMER, text)
    return made


@pytest.fixture
def waits() -> Waits:
    """Makes a customer who waits for a person."""

    def make(*words: str, name: str = "", code: str = "wants_human", emotion: str = "neutral", **brief) -> Conversation:
        made = conversation(*(words or ("Waar is mijn pakje?",)), name=name)
        with relationship.locked(made.pk) as held:
            handover = human.open_handover(held, [{"code": code, "figure": None}], emotion=emotion, brief=brief)
            relationship.say(held, Author.ASSISTANT, handover.told)
        return made

    return make
