"""The package's own lessons: feelings, social messages and talk that is about nothing a company sells."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from handdruk.understand.values import COURTESIES, EMOTIONS, Lesson

LANGUAGES = ("nl", "en")


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
