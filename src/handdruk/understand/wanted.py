"""What lessons must be before anything is learned from them."""

from __future__ import annotations

from collections.abc import Iterable

from handdruk.understand.values import Lesson

MOST_LESSONS = 20_000


def checked(lessons: Iterable[Lesson]) -> list[Lesson]:
    """The lessons, repeated ones once. Refuses the whole with a sentence that names the first unusable one (from 0)."""
    given = list(lessons)
    for number, lesson in enumerate(given):
        _check(number, lesson)
    if len(given) > MOST_LESSONS:
        raise ValueError(f"{len(given)} lessons are more than the {MOST_LESSONS} that can be learned from: give fewer")
    topics = {lesson.topic for lesson in given if lesson.topic is not None}
    if not topics:
        raise ValueError("no lesson has a topic: give at least one example of at least one topic")
    for number, lesson in enumerate(given):
        if lesson.unlike is not None and (lesson.topic is not None or lesson.unlike not in topics):
            raise ValueError(f"lesson {number}: unlike={lesson.unlike!r} needs topic None and lessons of that topic")
    return list(dict.fromkeys(given))


def _check(number: int, lesson: Lesson) -> None:
    if not isinstance(lesson, Lesson):
        raise TypeError(f"lesson {number} is {type(lesson).__name__}, not a Lesson")
    for name, value in (("text", lesson.text), ("language", lesson.language)):
        if not isinstance(value, str):
            raise TypeError(f"lesson {number}: {name} is {type(value).__name__}, not a string")
        if not value.strip():
            raise ValueError(f"lesson {number}: {name} is empty")
    for name, label in (("topic", lesson.topic), ("unlike", lesson.unlike)):
        if label is not None and not isinstance(label, str):
            raise TypeError(f"lesson {number}: {name} is {type(label).__name__}, not a string or None")
        if label is not None and (not label.strip() or "\n" in label):
            raise ValueError(f"lesson {number}: {name} {label!r} is empty or has a line break")
