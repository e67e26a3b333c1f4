"""Which files of a folder already say what is in the database, though perhaps in other words or another order."""

from pathlib import Path
from typing import Any

from handdruk.company.around import Around
from handdruk.company.article import read_article
from handdruk.company.files import Folder
from handdruk.company.read import ARTICLES, SETTINGS, TOPICS
from handdruk.company.settings import read_settings
from handdruk.company.topic import read_topic
from handdruk.company.values import CompanyFolder, TopicFile


def says(root: Path, content: CompanyFolder) -> set[str]:
    """The names of the files that can stay as they are, with their comments."""
    languages = tuple(content.settings["languages"])
    around = Around(languages, frozenset(key for key, _ in content.articles))
    names = {SETTINGS: _settings(root, content.settings)}
    for name, topic in content.topics.items():
        names[f"{TOPICS}/{name}.md"] = _topic(root, topic, around)
    for key, language in content.articles:
        file = f"{ARTICLES}/{language}/{key}.md"
        folder = Folder(root)
        text = _text(folder, file)
        read = read_article(key, language, text, around, folder.notes(file)) if text is not None else None
        names[file] = read == content.articles[key, language] and not folder.found
    return {name for name, same in names.items() if same}


def _settings(root: Path, settings: dict[str, Any]) -> bool:
    folder = Folder(root)
    text = _text(folder, SETTINGS)
    return text is not None and read_settings(text, folder.notes(SETTINGS)) == settings and not folder.found


def _topic(root: Path, topic: TopicFile, around: Around) -> bool:
    folder = Folder(root)
    file = f"{TOPICS}/{topic.name}.md"
    text = _text(folder, file)
    read = read_topic(topic.name, text, around, folder.notes(file)) if text is not None else None
    return read is not None and _unordered(read) == _unordered(topic) and not folder.found


def _unordered(topic: TopicFile) -> tuple[object, ...]:
    """The order of the examples does not matter."""
    return (topic.phase, topic.resolution, topic.action, topic.article, topic.team, topic.titles, topic.answers,
            frozenset(topic.examples))  # fmt: skip


def _text(folder: Folder, file: str) -> str | None:
    return folder.text(file) if (folder.root / file).is_file() else None
