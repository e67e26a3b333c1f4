"""How well messages are read, on public sets of labelled messages that are learned from and asked about in parts.

`--data DIR` holds `banking77/train.jsonl`, and `clinc150/` with `train`, `val`, `oos_train` and `oos_val`, one {"text",
"topic", "language"} a line; topic null fits no topic. CLINC150 comes in parts. Of BANKING77 a fifth of each topic is
asked about, always the same, and the rest is learned from.
"""

import json
import random
import resource
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from handdruk.understand import Encoder, Lesson, Reader

SEEDS = 5
FEW = (5, 10)
MISTAKES = (0.01, 0.02, 0.05)
STRANGE = 0.18
"""Of the messages that coverage is told over, so many fit no topic, as in CLINC150's own test; their weight makes it so."""
_FIFTH_OF = 20261123
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Set:
    """Messages to learn from and to ask about; lessons without a topic are among both."""

    name: str
    learned: list[Lesson]
    asked: list[Lesson]


class NoData(ValueError):
    """The folder lacks a file, or a line of one makes no sense; its text says which."""


def measure_understanding(data: Path, encoder: Path | None, *, quick: bool = False) -> dict[str, Any]:
    """All figures of every set in the folder. `quick` leaves out what learns from everything and takes two seeds."""
    sets = sets_in(data)
    with_encoder = None if encoder is None else Encoder.load(encoder)
    figures: dict[str, Any] = {"encoder": with_encoder and with_encoder.fingerprint}
    for one in sets:
        figures[one.name] = {} if quick else {"all": _figures(one.learned, one.asked, with_encoder)}
        for few in FEW:
            figures[one.name][f"{few} a topic"] = _over_seeds(one, few, with_encoder, 2 if quick else SEEDS)
    return {**figures, "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def sets_in(data: Path) -> list[Set]:
    """The sets in the folder, parted. NoData says what is missing."""
    sets = [read(data) for name, read in _SETS.items() if (data / name).is_dir()]
    if not sets:
        raise NoData(f"{data} holds neither {' nor '.join(_SETS)}")
    return sets


def _over_seeds(one: Set, few: int, encoder: Encoder | None, seeds: int) -> dict[str, Any]:
    """The mean of every figure over draws of so many examples a topic, and how far the accuracies lie apart."""
    draws = [_figures(drawn(one.learned, few, seed), one.asked, encoder) for seed in range(seeds)]
    means = {name: round(statistics.fmean(draw[name] for draw in draws), 4) for name in draws[0]}
    return {**means, "accuracies": [draw["accuracy"] for draw in draws]}


def drawn(lessons: list[Lesson], few: int, seed: int) -> list[Lesson]:
    """So many lessons of each topic by chance, the same for the same seed, and all that fit no topic."""
    chance = random.Random(seed)  # noqa: S311  (the same draw each time, not a secret)
    topics = sorted({lesson.topic for lesson in lessons if lesson.topic is not None})
    by_topic = {topic: [lesson for lesson in lessons if lesson.topic == topic] for topic in topics}
    some = [lesson for group in by_topic.values() for lesson in chance.sample(group, min(few, len(group)))]
    return some + [lesson for lesson in lessons if lesson.topic is None]


def _figures(learned: list[Lesson], asked: list[Lesson], encoder: Encoder | None) -> dict[str, float]:
    started, started_cpu = time.perf_counter(), time.process_time()
    reader = Reader.train(learned, encoder=encoder)
    trained, trained_cpu = time.perf_counter(), time.process_time()
    best, times = [], []
    for lesson in asked:
        begin = time.thread_time()
        topics = reader.read(lesson.text).topics
        times.append(time.thread_time() - begin)
        best.append(topics[0] if topics else ("", 0.0))
    probability = np.array([chance for _, chance in best])
    right = np.array([lesson.topic == topic for lesson, (topic, _) in zip(asked, best, strict=True)])
    inside = np.array([lesson.topic is not None for lesson in asked])
    figures = {
        "accuracy": float(right[inside].mean()),
        **quality(probability, right, inside),
        "seconds_to_train": trained - started,
        "cpu_seconds_to_train": trained_cpu - started_cpu,
        "milliseconds_a_message": 1000 * statistics.median(times),
        "megabytes": len(reader.to_bytes()) / 1e6,
    }
    return {name: round(value, 4) for name, value in figures.items()}


def quality(probability: Numbers, right: Flags, inside: Flags) -> dict[str, float]:
    """What the probabilities are worth. Messages that fit no topic can only be answered wrongly."""
    weights = weights_of(inside)
    figures: dict[str, float] = {}
    if not inside.all():
        figures["auroc_no_known_topic"] = auroc(probability[inside], probability[~inside])
    for mistakes in MISTAKES:
        figures[f"answered_at_{mistakes:.0%}"] = coverage(probability, right, weights, mistakes)
    figures["calibration_error"] = calibration_error(probability, right, weights)
    return {**figures, "brier": float(np.average((probability - right) ** 2, weights=weights))}


def weights_of(inside: Flags) -> Numbers:
    """What each message counts: those that fit no topic, where there are any, make up `STRANGE` of all."""
    weights = np.ones(len(inside))
    if not inside.all():
        weights[~inside] = STRANGE / (1 - STRANGE) * inside.sum() / (~inside).sum()
    return weights


def coverage(probability: Numbers, right: Flags, weights: Numbers, mistakes: float) -> float:
    """The largest share that can be answered, surest first, with at most this share of the answers wrong."""
    order = np.argsort(-probability, kind="stable")
    answered, wrong = np.cumsum(weights[order]), np.cumsum((weights * ~right)[order])
    last = np.append(np.diff(probability[order]) != 0, True)
    good = np.flatnonzero(last & (wrong <= mistakes * answered))
    return float(answered[good[-1]] / answered[-1]) if len(good) else 0.0


def auroc(inside: Numbers, outside: Numbers) -> float:
    """How often a message with a topic gets a higher probability than one without; ties count half."""
    order = np.sort(outside)
    below, up_to = np.searchsorted(order, inside, "left"), np.searchsorted(order, inside, "right")
    return float((below + up_to).mean() / (2 * len(outside)))


def calibration_error(probability: Numbers, right: Flags, weights: Numbers) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017)."""
    bins = np.minimum((probability * 10).astype(int), 9)
    gap = weights * (probability - right)
    return float(sum(abs(gap[bins == one].sum()) for one in range(10)) / weights.sum())


def _clinc(data: Path) -> Set:
    learned, asked = (
        [lesson for name in names for lesson in lessons_of(data / "clinc150" / name)]
        for names in (("train.jsonl", "oos_train.jsonl"), ("val.jsonl", "oos_val.jsonl"))
    )
    return Set("clinc150", learned, asked)


def _banking(data: Path) -> Set:
    """A fifth of each topic, by chance but always the same, is asked about and never learned from."""
    lessons = lessons_of(data / "banking77" / "train.jsonl")
    chance = np.random.default_rng(_FIFTH_OF)
    asked: set[int] = set()
    for topic in sorted({str(lesson.topic) for lesson in lessons}):
        numbers = [number for number, lesson in enumerate(lessons) if lesson.topic == topic]
        asked |= {int(number) for number in chance.permutation(numbers)[: round(len(numbers) / 5)]}
    parts = [[lesson for n, lesson in enumerate(lessons) if (n in asked) is held] for held in (False, True)]
    return Set("banking77", *parts)


_SETS = {"banking77": _banking, "clinc150": _clinc}


def lessons_of(file: Path) -> list[Lesson]:
    """The lessons in a file of JSON lines. NoData names the file, and the line that makes no sense."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NoData(f"{file} cannot be read: {error.strerror}") from error
    lessons = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            lessons.append(Lesson(row["text"], row["topic"], row["language"]))
        except (ValueError, LookupError, TypeError) as error:
            raise NoData(f'{file}:{number}: expected {{"text", "topic", "language"}}') from error
    return lessons
