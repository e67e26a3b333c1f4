"""Makes a small company to start from. What it says is in `starter/`; the files explain themselves."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from handdruk.company.around import Around
from handdruk.company.files import CannotWrite, Folder, is_empty, write
from handdruk.company.mistakes import BadFolder
from handdruk.company.read import ARTICLES, SETTINGS, TOPICS
from handdruk.company.topic import read_topic
from handdruk.company.values import TopicFile
from handdruk.company.write_files import topic_text
from handdruk.company.write_settings import settings_text
from handdruk.core.words import LANGUAGES, Texts

STARTER = Path(__file__).parent / "starter"
OPEN = [["09:00", "17:00"]]
TEAMS = {"service": {"nl": "Klantenservice", "en": "Customer service"}, "care": {"nl": "Zorg", "en": "Care"}}
GREETING = {
    "nl": "Hallo! Ik ben de digitale assistent van {name}. Waarmee kan ik je helpen? Een collega spreken kan altijd.",
    "en": "Hello! I am the digital assistant of {name}. How can I help? You can talk to a colleague at any time.",
}


def new(path: Path | str, name: str, languages: Iterable[str]) -> list[Path]:
    """Writes the company; the first language is its default. Returns the files.

    Raises CannotWrite for a folder with something in it, ValueError for a name or languages that cannot be.
    """
    root, spoken = Path(path), tuple(dict.fromkeys(languages))
    _check(root, name, spoken)
    files = {
        SETTINGS: settings_text(_settings(name, spoken)).encode(),
        "actions.py": (STARTER / "actions.py").read_bytes(),
        **dict(_topics(spoken)),
        **{file: (STARTER / file).read_bytes() for language in spoken for file in _pages(language)},
    }
    for file, content in files.items():
        write(root / file, content)
    return [root / file for file in files]


def _check(root: Path, name: str, languages: tuple[str, ...]) -> None:
    if not is_empty(root):
        raise CannotWrite(f"{root} is there already and not empty; choose another folder")
    if not name.strip() or len(name) > 120:
        raise ValueError("the company needs a name of at most 120 characters")
    unknown = [language for language in languages if language not in LANGUAGES]
    if unknown or not languages:
        raise ValueError(f"the company to start from speaks {' and '.join(LANGUAGES)}; choose one of these, or both")


def _settings(name: str, languages: tuple[str, ...]) -> dict[str, Any]:
    def spoken(texts: Texts) -> Texts:
        return {language: texts[language].replace("{name}", name) for language in languages}

    return {
        "name": name,
        "languages": list(languages),
        "timezone": "Europe/Amsterdam",
        "order_number": "[A-Z]{2}-[0-9]{6}",
        "hours": [OPEN] * 5 + [[], []],
        "holidays": {},
        "promise": {"at_most": 0.02, "confidence": 0.95},
        "people": {"answer_within_minutes": 10, "miss_at_most": 0.05, "needless_at_most": 0.04, "ask_rate": 0.8},
        "teams": {team: spoken(names) for team, names in TEAMS.items()},
        "chat": {"greeting": spoken(GREETING), "origins": []},
    }


def _topics(languages: tuple[str, ...]) -> Iterable[tuple[str, bytes]]:
    folder = Folder(STARTER)
    for name in folder.markdown(TOPICS):
        file = f"{TOPICS}/{name}.md"
        topic = read_topic(name, folder.text(file) or "", _starter(folder), folder.notes(file))
        if topic is None or folder.found:
            raise BadFolder(folder.found)
        yield file, topic_text(_in(topic, languages), languages).encode()


def _in(topic: TopicFile, languages: tuple[str, ...]) -> TopicFile:
    """The topic in some of its languages."""
    return replace(
        topic,
        titles={language: topic.titles[language] for language in languages},
        answers={language: topic.answers[language] for language in languages},
        examples=tuple(example for example in topic.examples if example.language in languages),
    )


def _starter(folder: Folder) -> Around:
    return Around(languages=LANGUAGES, articles=frozenset(folder.markdown(f"{ARTICLES}/{LANGUAGES[0]}")))


def _pages(language: str) -> list[str]:
    return [f"{ARTICLES}/{language}/{key}.md" for key in Folder(STARTER).markdown(f"{ARTICLES}/{language}")]
