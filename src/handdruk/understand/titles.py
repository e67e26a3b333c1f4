"""The topics' own names as lessons: "where_is_my_parcel" says much of what such a message says."""

from __future__ import annotations

from collections.abc import Sequence

from handdruk.understand.text import words
from handdruk.understand.values import Lesson


def titles_of(lessons: Sequence[Lesson]) -> list[Lesson]:
    """One lesson for each topic and language it has lessons in, unless one of those says just that already."""
    said = {(lesson.topic, lesson.language, tuple(words(lesson.text))) for lesson in lessons}
    spoken = sorted({(lesson.topic, lesson.language) for lesson in lessons if lesson.topic is not None})
    titles = [Lesson(topic.replace("_", " ").strip(), topic, language) for topic, language in spoken]
    return [title for title in titles if (title.topic, title.language, tuple(words(title.text))) not in said]
