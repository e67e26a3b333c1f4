"""The package's own lessons: feelings, social messages and talk that is about nothing a company sells."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handdruk.understand.text import signs, words
from handdruk.understand.values import COURTESIES, EMOTIONS, Lesson

LANGUAGES = ("nl", "en")
Key = tuple[tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class SenseLesson:
    """One message with what a careful colleague would say about the customer's state."""

    text: str
    language: str
    emotion: str
    wants_human: bool
    vulnerable: bool
    courtesy: str | None


def sense_lessons() -> list[SenseLesson]:
    """Every row of `lessons/senses.LANGUAGE.tsv`; a language without the file has none. ValueError names a bad row."""
    return [lesson for language in LANGUAGES for lesson in _senses(language)]


def elsewhere() -> list[Lesson]:
    """Every line of `lessons/elsewhere.LANGUAGE.txt` as a lesson that fits no topic."""
    return [
        Lesson(line.strip(), None, language)
        for language in LANGUAGES
        for line in _lines(f"elsewhere.{language}.txt")
        if line.strip()
    ]


@cache
def small_courtesies() -> dict[Key, str]:
    """The courtesies that are known word for word, such as "hi" or a thumb; by `key`."""
    lessons = sense_lessons()
    other = {key(lesson.text, words(lesson.text)) for lesson in lessons if lesson.courtesy is None}
    social = ((key(lesson.text, words(lesson.text)), lesson.courtesy) for lesson in lessons if lesson.courtesy)
    return {known: courtesy for known, courtesy in social if known not in other}


def key(text: str, found: Sequence[str]) -> Key:
    """What two texts share that differ only in spelling and in how often a sign is repeated; `found` are the words."""
    return tuple(found), frozenset(signs(text, len(found)))


def _senses(language: str) -> list[SenseLesson]:
    name = f"senses.{language}.tsv"
    lessons = []
    for number, row in enumerate(csv.reader(_lines(name), delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if number == 1 or not row:
            continue
        if len(row) != 5 or row[0] not in EMOTIONS or {row[1], row[2]} - {"0", "1"} or row[3] not in ("", *COURTESIES):
            raise ValueError(f"{name}:{number}: expected emotion, 0 or 1, 0 or 1, courtesy, text")
        emotion, wants_human, vulnerable, courtesy, text = row
        lessons.append(SenseLesson(text, language, emotion, wants_human == "1", vulnerable == "1", courtesy or None))
    return lessons


def _lines(name: str) -> list[str]:
    file = files("handdruk.understand") / "lessons" / name
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
