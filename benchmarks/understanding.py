"""How well messages are read, on public data: CLINC150, trained on train + oos_train, measured on val + oos_val.

    python benchmarks/understanding.py --data DIR [--per-topic 10] [--json]

DIR holds clinc150/*.jsonl with one {"text", "topic", "language"} a line; topic null fits no topic. With --per-topic
only so many examples of each topic are learned from. Uses nothing but the library's public interface.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from handdruk.understand import Lesson, Reader


def main() -> None:
    """Train, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds clinc150/")
    parser.add_argument("--per-topic", type=int, help="learn from only so many examples a topic")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = parser.parse_args()
    figures = measure(given.data / "clinc150", given.per_topic)
    if given.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:32} {value:.4f}" if isinstance(value, float) else f"{name:32} {value}")


def measure(folder: Path, per_topic: int | None) -> dict[str, float | int]:
    """Accuracy in scope, AUROC of "no known topic" by 1 - top probability, calibration and speed."""
    lessons = spread(lessons_of(folder / "train.jsonl"), per_topic) + lessons_of(folder / "oos_train.jsonl")
    asked = lessons_of(folder / "val.jsonl") + lessons_of(folder / "oos_val.jsonl")
    started = time.perf_counter()
    reader = Reader.train(lessons)
    trained = time.perf_counter()
    readings = reader.read_many([lesson.text for lesson in asked])
    done = time.perf_counter()
    best = [reading.topics[0] if reading.topics else ("", 0.0) for reading in readings]
    right = np.array([lesson.topic == topic for lesson, (topic, _) in zip(asked, best, strict=True)])
    inside = np.array([lesson.topic is not None for lesson in asked])
    probability = np.array([chance for _, chance in best])
    return {
        "lessons": len(lessons),
        "topics": len(reader.topics),
        "accuracy_in_scope": float(right[inside].mean()),
        "auroc_no_known_topic": float(roc_auc_score(~inside, 1 - probability)),
        "auroc_right": float(roc_auc_score(right, probability)),
        "calibration_error": calibration_error(probability, right),
        "model_megabytes": len(reader.to_bytes()) / 1e6,
        "seconds_to_train": trained - started,
        "milliseconds_a_message": (done - trained) / len(asked) * 1000,
    }


def lessons_of(file: Path) -> list[Lesson]:
    """The lessons in a file of JSON lines."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Lesson(row["text"], row["topic"], row["language"]) for row in rows]


def spread(lessons: list[Lesson], per_topic: int | None) -> list[Lesson]:
    """So many of each topic, evenly spread over the file, where like stands beside like; all of them if it is None."""
    if per_topic is None:
        return lessons
    by_topic: dict[str | None, list[Lesson]] = {}
    for lesson in lessons:
        by_topic.setdefault(lesson.topic, []).append(lesson)
    places = [number / per_topic for number in range(per_topic)]
    return [group[int(place * len(group))] for group in by_topic.values() for place in places]


def calibration_error(probability: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017)."""
    bins = np.minimum((probability * 10).astype(int), 9)
    parts = [bins == number for number in range(10)]
    gaps = [
        abs(float(probability[part].mean() - right[part].mean())) * float(part.mean()) for part in parts if part.any()
    ]
    return sum(gaps)


if __name__ == "__main__":
    main()
