"""Customers who said things a while ago, audits of what was decided on them; archives, and the reader that replays them."""

import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from handdruk.company.judge import judge_of
from handdruk.core.clock import now
from handdruk.core.words import Resolution
from handdruk.human.commands import make_colleague
from handdruk.insight.commands.draw import draw
from handdruk.insight.replay.plan import Plan, TopicFacts
from handdruk.reception.models import Audit, Turn
from handdruk.reception.policy import policy_from

FOLDER = Path(__file__).parents[2] / "company"
SAID = [
    "waar is mijn pakket", "hoe lang heb ik garantie", "what are your opening hours", "hoi", "bedankt", "ik wil een mens spreken",
    "dit is belachelijk, ik ben woedend", "TH-104233", "ja", "kan ik bij jullie parkeren", "verkopen jullie ook taarten",
    "is parkeren gratis", "ik wil mijn adres wijzigen", "waar kan ik parkeren",
]  # fmt: skip


@pytest.fixture(scope="session")
def plan(trained) -> Plan:
    content = judge_of(FOLDER).content
    topics = {topic.name: TopicFacts(topic.titles, topic.phase) for topic in content.topics.values()}
    resolutions = {topic.name: Resolution(topic.resolution) for topic in content.topics.values()}
    policy = policy_from(trained.policy, resolutions)
    return Plan.of("Proef", topics, policy, [])


@pytest.fixture
def archive(tmp_path):
    """An archive of so many conversations, every tenth line of which is unusable; the same each time."""

    def write(conversations: int) -> Path:
        pick = random.Random(4)
        path = tmp_path / "archive.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number in range(conversations):
                broken = number % 10 == 3
                turns = [pick.choice(SAID) for _ in range(pick.randint(1, 5))]
                file.write("kapot\n" if broken else json.dumps({"turns": turns}) + "\n")
        return path

    return write


@pytest.fixture
def piet(company) -> User:
    """A colleague who reads English and leads nobody."""
    return make_colleague("piet", "Piet", "a long password", lead=False, language="en", teams=[])


@pytest.fixture
def as_sanne(sanne: User) -> Client:
    """The browser of a lead who reads Dutch."""
    return browser_of(sanne)


@pytest.fixture
def as_piet(piet: User) -> Client:
    """Piet's browser."""
    return browser_of(piet)


def browser_of(user: User) -> Client:
    """A browser in which this user has logged in."""
    client = Client()
    client.force_login(user)
    return client


def long_ago(**wait: float) -> None:
    """Everything that was said so far was said this long ago."""
    earlier = now() - timedelta(**wait)
    Turn.objects.update(at=earlier)


def draw_all() -> list[Audit]:
    """Draws; with so few turns all that can be drawn are."""
    long_ago(minutes=20)
    draw()
    return list(Audit.objects.order_by("turn_id"))
