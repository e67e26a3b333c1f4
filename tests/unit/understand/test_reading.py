import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.understand.company import LESSONS

from handdruk.understand import EMOTIONS, Lesson, Reader, Reading


@pytest.mark.parametrize(
    ("text", "topic", "language"),
    [
        ("waar blijft mijn pakketje?", "parcel", "nl"),
        ("wheres my package", "parcel", "en"),
        ("ik wil dit graag retourneren", "return", "nl"),
        ("i forgot my pasword", "password", "en"),
        ("hoe laat sluit de winkel", "hours", "nl"),
    ],
)
def test_that_a_message_is_read_in_its_language_and_topic_even_with_typos(
    reader: Reader, text: str, topic: str, language: str
) -> None:
    reading = reader.read(text)
    assert reading.topics[0][0] == topic
    assert reading.language == language


def test_that_talk_about_something_else_is_no_known_topic(reader: Reader) -> None:
    inside = [reader.read(text).topics[0][1] for text in ("where is my parcel now", "wachtwoord vergeten")]
    outside = [reader.read(text).topics[0][1] for text in ("play some jazz please", "wat is de hoofdstad van Peru")]
    assert max(outside) < 0.3 < min(inside)


def test_that_probabilities_are_best_first_and_leave_room_for_no_known_topic(reader: Reader) -> None:
    for lesson in LESSONS:
        chances = [chance for _, chance in reader.read(lesson.text).topics]
        assert chances == sorted(chances, reverse=True)
        assert all(0 <= chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-9


def test_that_there_are_at_most_ten_topics() -> None:
    many = Reader.train([Lesson(f"vraag over ding{number}", f"topic{number:02}", "nl") for number in range(15)])
    assert len(many.read("vraag over ding3").topics) == 10


def test_that_reading_many_gives_what_reading_one_by_one_gives(reader: Reader) -> None:
    texts = [lesson.text for lesson in LESSONS] + ["", "hi!"]
    assert reader.read_many(texts) == [reader.read(text) for text in texts]


def test_that_a_reading_survives_json(reader: Reader) -> None:
    reading = reader.read("Waar is TH-104233? Ik ben woest!! Mail jan@voorbeeld.nl of bel 06 12345678, 12 maart")
    assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading
    assert {detail.kind for detail in reading.details} == {"order_number", "email", "phone", "date"}


def test_that_emotions_are_seven_and_sum_to_one(reader: Reader) -> None:
    reading = reader.read("dit is de derde keer dat ik het vraag, belachelijk")
    assert {name for name, _ in reading.emotions} == set(EMOTIONS)
    assert sum(chance for _, chance in reading.emotions) == pytest.approx(1)
    assert reading.emotion == reading.emotions[0][0]
    assert reading.upset == pytest.approx(dict(reading.emotions)["angry"] + dict(reading.emotions)["distressed"])


@given(text=st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_that_reading_never_fails_on_a_string(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert sum(chance for _, chance in reading.topics) <= 1 + 1e-9
    assert 0 <= reading.wants_human <= 1
    assert 0 <= reading.vulnerable <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "😡😡😡",
        "\x00\x01\x7f",
        "a" * 10_000,
        "أين طردي",
        "𝔀𝓱𝓮𝓻𝓮",
        "\u202etxet",
        "1" * 10_000,
        "".join(map(chr, range(768, 8192))),
        "\ud800",
    ],
)
def test_that_hostile_texts_are_read_quickly_and_claimed_by_no_topic(reader: Reader, text: str) -> None:
    start = time.process_time()
    reading = reader.read(text)
    assert time.process_time() - start < 0.5
    assert not reading.topics or reading.topics[0][1] < 0.5


def test_that_a_text_without_any_words_has_no_topic_and_no_courtesy(reader: Reader) -> None:
    for text in ("", "!!!", "🦔"):
        reading = reader.read(text)
        assert reading.topics == ()
        assert reading.courtesy is None
        assert reading.language == "und"
