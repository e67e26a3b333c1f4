"""Archives, and the test company's reader as it replays them."""

import json
import random
from pathlib import Path

import pytest

from handdruk.company.judge import judge_of
from handdruk.core.words import Resolution
from handdruk.insight.replay.plan import Plan, TopicFacts
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
