"""How well messages about two matters are told from messages about one.

Pairs of messages about different topics that were not learned from are joined as people join them. Of each set the
messages are halved, always alike: choices were made on the first half, the second is what the figures stand for.
"""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handdruk.cli.measure.asking import measure_asking
from handdruk.cli.measure.understanding import Set, drawn, lessons_of, sets_in
from handdruk.cli.ready import sample_company
from handdruk.company.read import read_folder
from handdruk.decide import Promise
from handdruk.decide.several import held_to_the_threshold
from handdruk.reception.policy import thresholds_under
from handdruk.reception.training import lesson
from handdruk.understand import Encoder, Lesson, Reader, Reading

PAIRS = 600
ENOUGH = 50  # lessons a topic
HELD_OUT = 0.2
PROMISES = (Promise(0.02, 0.95), Promise(0.05, 0.9), Promise(0.1, 0.9))  # the first that the lessons prove counts
JOINS = {
    "en": (". ", " and ", ", also ", "? ", ", and ", "\n", " but also ", " and also "),
    "nl": (". ", " en ", ", ook ", "? ", ", en ", "\n", " maar ook ", " en ook "),
}
_SAMPLE, _BANKING, _HALVES = 3, 7, 11  # what chance begins with
Figures = dict[str, Any]
Halves = dict[str, list[Lesson]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two messages as one, with the topics in order."""

    text: str
    topics: tuple[str, ...]


def measure_several(data: Path, encoder: Path | None) -> Figures:
    """Figures of the sample company, of each set in the folder, and of hard single requests."""
    with_encoder = None if encoder is None else Encoder.load(encoder)
    sets = {one.name: _parted(one, data) for one in sets_in(data)}
    figures: Figures = {}
    readers = {}
    for name, (learned, asked) in {"sample company": sample_lessons(), **sets}.items():
        readers[name] = reader = Reader.train(learned, encoder=with_encoder)
        figures[name] = {half: _figures(reader, lessons) for half, lessons in halves(asked).items()}
    for file, name in (("nlupp/folds_0_14.jsonl", "banking77"), ("xsid_nl/valid.jsonl", "sample company")):
        if (data / file).is_file() and name in readers:
            figures[f"{file.partition('/')[0]}, read by {name}"] = _taken_apart(readers[name], data / file)
    return figures


def sample_lessons() -> tuple[list[Lesson], list[Lesson]]:
    """The sample company's examples: four fifths to learn from, and a fifth of those with a topic to ask about."""
    chance = random.Random(_SAMPLE)  # noqa: S311  (the same each time, not a secret)
    learned: list[Lesson] = []
    held: list[Lesson] = []
    for topic in read_folder(sample_company()).topics.values():
        for example in topic.examples:
            one = lesson(example.text, topic.name, example.language, example.belongs)
            (held if example.belongs and chance.random() < HELD_OUT else learned).append(one)
    return learned, held


def _parted(one: Set, data: Path) -> tuple[list[Lesson], list[Lesson]]:
    """What to learn from, fifty a topic at most, and the messages to make pairs of."""
    if one.name == "banking77":
        return some_held_out(lessons_of(data / "banking77" / "train.jsonl"))
    return drawn(one.learned, ENOUGH, 1), one.asked


def some_held_out(lessons: Sequence[Lesson]) -> tuple[list[Lesson], list[Lesson]]:
    """Four fifths to learn from and a fifth to ask about, of a set that does not come in parts."""
    mixed = list(lessons)
    random.Random(_BANKING).shuffle(mixed)  # noqa: S311
    held = len(mixed) // 5
    return mixed[held:], mixed[:held]


def halves(asked: Sequence[Lesson]) -> Halves:
    """The half on which choices were made, and the half on which none was."""
    mixed = list(asked)
    random.Random(_HALVES).shuffle(mixed)  # noqa: S311
    return {"development": mixed[: len(mixed) // 2], "untouched": mixed[len(mixed) // 2 :]}


def pairs_of(lessons: Iterable[Lesson], count: int) -> list[Pair]:
    """So many pairs of one language and two topics, joined in a way of that language."""
    chance = random.Random(_HALVES)  # noqa: S311
    by_language: dict[str, list[Lesson]] = {}
    for one in lessons:
        if one.topic is not None:
            by_language.setdefault(one.language, []).append(one)
    found: list[Pair] = []
    while len(found) < count:
        language = chance.choice(sorted(by_language))
        first, second = chance.sample(by_language[language], 2)
        if first.topic != second.topic:
            text = first.text.strip().rstrip(".?! ") + chance.choice(JOINS[language]) + second.text.strip()
            found.append(Pair(text, (str(first.topic), str(second.topic))))
    return found


def _figures(reader: Reader, lessons: list[Lesson]) -> Figures:
    pairs = pairs_of(lessons, PAIRS)
    read = [(pair.topics, reader.read(pair.text)) for pair in pairs]
    at_most, enough = _enough(reader)
    singles = [(one, reader.read(one.text)) for one in lessons]
    answered = [reading for _, reading in singles if reading.topics and reading.topics[0][1] >= enough]
    both = [
        (topics, reading)
        for topics, reading in read
        if reading.parts and held_to_the_threshold(reading.parts) >= enough
    ]
    return {
        "at_most": at_most,
        "both_in_order": _share(read, lambda row: _found(row[1]) == row[0]),
        "one_of_them": _share(read, lambda row: _found(row[1]) != row[0] and bool({*_found(row[1])} & {*row[0]})),
        "taken_apart": _share(read, lambda row: bool(row[1].parts)),
        "both_answered": round(len(both) / len(read), 4),
        "wrong_of_both_answered": _share(both, lambda row: _found(row[1]) != row[0]),
        "singles": len(singles),
        "singles_taken_apart": _share(singles, lambda row: bool(row[1].parts)),
        "singles_answered": round(len(answered) / len(singles), 4),
        "singles_answered_taken_apart": _share(answered, lambda reading: bool(reading.parts)),
        "asking": measure_asking(reader, lessons, enough),
    }


def _enough(reader: Reader) -> tuple[float | None, float]:
    """From which probability on something is answered, and under which promise; none is reached without a proof."""
    for promise in PROMISES:
        value = thresholds_under(promise, reader.evidence).shared.value
        if value is not None:
            return promise.at_most, value
    return None, 2.0


def _found(reading: Reading) -> tuple[str, ...]:
    ranked = [part.topics for part in reading.parts] or [reading.topics]
    return tuple(topics[0][0] for topics in ranked if topics)


def _taken_apart(reader: Reader, file: Path) -> Figures:
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    return {"messages": len(texts), "taken_apart": _share(texts, lambda text: bool(reader.read(text).parts))}


def _share(rows: Sequence[T], holds: Callable[[T], bool]) -> float | None:
    return round(sum(map(holds, rows)) / len(rows), 4) if rows else None
