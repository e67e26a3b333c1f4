"""Reads as a company that has not been loaded: straight from its folder, without a database."""

from dataclasses import dataclass
from pathlib import Path

from handdruk.company.read import read_folder
from handdruk.company.values import CompanyFolder
from handdruk.core.words import Resolution
from handdruk.decide import Policy
from handdruk.reception.encoding import installed
from handdruk.reception.policy import learn_policy, policy_from
from handdruk.reception.training import lesson
from handdruk.relationship.company import settings_from
from handdruk.understand import Reader


@dataclass(frozen=True, slots=True)
class FolderJudge:
    """A reader with the policy that goes with it, and the content they were learned from."""

    reader: Reader
    policy: Policy
    content: CompanyFolder


def judge_of(folder: Path) -> FolderJudge:
    """Trains on a company folder. Raises BadFolder, or ValueError when there is too little to learn from."""
    read = read_folder(folder)
    settings = settings_from(read.settings, 0)
    lessons = [
        lesson(example.text, topic.name, example.language, example.belongs)
        for topic in read.topics.values()
        for example in topic.examples
    ]
    reader = Reader.train(lessons, encoder=installed(), order_number=settings.order_number)
    resolutions = {topic.name: Resolution(topic.resolution) for topic in read.topics.values()}
    return FolderJudge(reader, policy_from(learn_policy(reader.evidence, settings), resolutions), read)
