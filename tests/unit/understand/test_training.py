from typing import Any

import numpy as np
import pytest
from tests.unit.understand.company import LESSONS, NEAR_MISSES

from handdruk.understand import Lesson, Reader
from handdruk.understand.wanted import MOST_LESSONS


def test_that_the_same_lessons_in_any_order_give_the_same_reader(reader: Reader) -> None:
    again = Reader.train(reversed([*LESSONS, *NEAR_MISSES]), order_number=r"TH-\d{6}")
    texts = [lesson.text for lesson in LESSONS]
    assert again.read_many(texts) == reader.read_many(texts)
    assert np.array_equal(again.evidence.probability_right, reader.evidence.probability_right)


def test_that_a_reader_knows_its_topics_and_languages(reader: Reader) -> None:
    assert reader.topics == ("hours", "parcel", "password", "return")
    assert reader.languages == ("en", "nl")


def test_that_one_topic_with_one_example_is_enough_to_start() -> None:
    reader = Reader.train([Lesson("waar is mijn pakket", "parcel", "nl")])
    assert reader.read("waar is mijn pakket").topics[0][0] == "parcel"
    assert reader.read("zet een wekker voor zeven uur").topics[0][1] < 0.5


def test_that_a_company_may_speak_a_language_the_package_has_no_lessons_in() -> None:
    texts = {"paket": ["Wo ist mein Paket?", "Paket verfolgen"], "login": ["Passwort vergessen", "Anmelden geht nicht"]}
    reader = Reader.train([Lesson(text, topic, "de") for topic, group in texts.items() for text in group])
    reading = reader.read("wo ist denn mein Paket")
    assert reading.topics[0][0] == "paket"
    assert reading.language == "de"


def test_that_a_topic_may_have_examples_in_one_language_only() -> None:
    reader = Reader.train([*LESSONS, Lesson("mijn maaier zit vast", "mower", "nl")])
    assert reader.read("mijn maaier zit vast").topics[0][0] == "mower"
    assert reader.read("where is my parcel").topics[0][0] == "parcel"


@pytest.mark.parametrize("lessons", [[], [Lesson("zomaar iets", None, "nl")]])
def test_that_training_without_any_topic_says_what_to_do(lessons: list[Lesson]) -> None:
    with pytest.raises(ValueError, match="give at least one example"):
        Reader.train(lessons)


def _lesson(**changed: Any) -> Lesson:
    return Lesson(**({"text": "waar is het", "topic": "parcel", "language": "nl"} | changed))


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        (_lesson(topic=3), TypeError, "lesson 1: topic is int"),
        (_lesson(text=None), TypeError, "lesson 1: text is NoneType"),
        (_lesson(language=b"nl"), TypeError, "lesson 1: language is bytes"),
        (_lesson(text="  "), ValueError, "lesson 1: text is empty"),
        (_lesson(topic=""), ValueError, "lesson 1: topic '' is empty"),
        (_lesson(topic=None, unlike="nowhere"), ValueError, "lesson 1: unlike='nowhere'"),
        (_lesson(unlike="parcel"), ValueError, "lesson 1: unlike='parcel'"),
        ("waar is het", TypeError, "lesson 1 is str"),
    ],
)
def test_that_an_unusable_lesson_is_named_by_its_number(wrong: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        Reader.train([LESSONS[0], wrong])


def test_that_too_many_lessons_are_refused_before_memory_is_full() -> None:
    with pytest.raises(ValueError, match="more than the 20000"):
        Reader.train(Lesson(f"vraag {number}", "topic", "nl") for number in range(MOST_LESSONS + 1))


def test_that_a_broken_order_number_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="not a regular expression"):
        Reader.train(LESSONS, order_number="TH-(")
