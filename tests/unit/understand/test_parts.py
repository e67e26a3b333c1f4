"""A message about several matters is told from one about one, and its words are told apart."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.understand import Reader, Reading
from handdruk.understand.parts import MOST_PIECES, parts_of

TOPICS = {"parcel": "parcel", "return": "return", "hours": "open", "password": "password"}


def by_one_word(text: str) -> tuple[tuple[str, float], ...]:
    """A reader that knows one word a topic, and is less sure when it sees several."""
    found = [(topic, text.index(word)) for topic, word in TOPICS.items() if word in text]
    share = 0.96 if len(found) == 1 else 0.9 / max(len(found), 1)
    return tuple((topic, share) for topic, _ in sorted(found, key=lambda one: one[1]))


def parts(text: str) -> list[tuple[str, str]]:
    found = parts_of(text, by_one_word(text), by_one_word)
    return [(text[part.start : part.end], part.topics[0][0]) for part in found]


@pytest.mark.parametrize(
    "join", [". ", "? ", "; ", "\n", " and ", ", and ", ", also ", " but ", " en ", " maar ", ", ", " - ", " plus "]
)
def test_that_two_matters_are_found_however_they_are_joined(join: str) -> None:
    first, second = "where is my parcel now", "when are you open today"
    found = parts(first + join + second)
    assert [topic for _, topic in found] == ["parcel", "hours"]
    assert found[0][0].startswith(first) and found[1][0].endswith(second)


def test_that_parts_stand_in_the_order_they_are_written() -> None:
    text = "when are you open today, the password is lost and where is my parcel"
    assert [topic for _, topic in parts(text)] == ["hours", "password", "parcel"]


def test_that_what_is_about_nothing_goes_with_the_part_before_it_and_the_beginning_with_the_first() -> None:
    found = parts("Dear Sir or Madam. Where is my parcel? It was sent last week. And when are you open?")
    assert found == [
        ("Dear Sir or Madam. Where is my parcel? It was sent last week.", "parcel"),
        ("And when are you open?", "hours"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel", "where is my parcel and is my parcel on its way", "parcel and open", "thanks and goodbye to you",
        "is it possible to return something without the receipt, please", "", "...", "and and and and and",
    ],
)  # fmt: skip
def test_that_one_matter_stays_one(text: str) -> None:
    assert parts(text) == []


def test_that_more_than_three_matters_are_not_told_apart() -> None:
    assert parts("my parcel is gone. how to return it. when are you open. the password is lost") == []


def test_that_a_whole_that_is_believable_by_itself_is_not_taken_apart() -> None:
    text = "I got a new phone and my password is lost"
    unsure = {"I got a new phone ": (("return", 0.6),), "and my password is lost": (("password", 0.9),)}
    assert parts_of(text, (("password", 0.9),), unsure.__getitem__) == ()
    assert len(parts_of(text, (("password", 0.4),), unsure.__getitem__)) == 2


def test_that_a_part_that_leans_on_the_whole_is_read_in_its_light() -> None:
    text = "cancel my order and where is the other one"
    told = {"cancel my order ": (("cancel", 0.95),), "and where is the other one": (("parcel", 0.14), ("shop", 0.14))}
    found = parts_of(text, (("cancel", 0.82), ("parcel", 0.16)), lambda piece: told.get(piece, ()))
    assert [part.topics[0][0] for part in found] == ["cancel", "parcel"]
    assert 0.5 <= found[1].topics[0][1] < 0.95
    assert parts_of(text, (("cancel", 0.95), ("parcel", 0.03)), lambda piece: told.get(piece, ())) == (), (
        "the whole says nothing of it"
    )


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("please cancel my parcel and where is the other one", ["cancel", "parcel"]),
        ("annuleer mijn parcel maar waar blijft de andere", ["cancel", "parcel"]),
        ("please cancel my parcel and where is it today", []),
        ("please cancel it right now and where is the other one", []),
    ],
)
def test_that_the_other_one_is_what_the_clear_part_spoke_of(text: str, topics: list[str]) -> None:
    def read(piece: str) -> tuple[tuple[str, float], ...]:
        if "cancel" in piece or "annuleer" in piece:
            return (("cancel", 0.9),)
        where = "waar" in piece or "where" in piece
        return (("parcel", 0.8 if "my parcel" in piece or "mijn parcel" in piece else 0.05),) if where else ()

    assert [part.topics[0][0] for part in parts_of(text, (("cancel", 0.85),), read)] == topics


@given(
    st.text(max_size=60), st.lists(st.sampled_from([" and ", ". ", "\n", "parcel", " open ", ", ", "en "]), max_size=40)
)
def test_that_any_text_is_read_at_most_five_times_more_and_parts_cover_it_in_order(said: str, more: list[str]) -> None:
    text = said + "".join(more)
    asked: list[str] = []

    def read(piece: str) -> tuple[tuple[str, float], ...]:
        asked.append(piece)
        return by_one_word(piece)

    found = parts_of(text, by_one_word(text), read)
    assert len(asked) <= MOST_PIECES + 1
    assert len(found) in (0, 2, 3)
    ends = [end for part in found for end in (part.start, part.end)]
    assert ends == sorted(ends)
    assert all(text[part.start : part.end].strip() == text[part.start : part.end] for part in found)
    assert len({part.topics[0][0] for part in found}) == len(found)


def test_that_a_message_that_cannot_be_cut_costs_nothing_more() -> None:
    def never(piece: str) -> tuple[tuple[str, float], ...]:
        raise AssertionError(piece)

    assert parts_of("where is my parcel with the new toothbrush", (("parcel", 0.9),), never) == ()


def test_that_looking_for_cuts_takes_no_longer_in_a_hostile_text() -> None:
    for text in (", and " * 2000, "a, " * 4000, "." * 10_000, ",    " * 2500, "\n" * 10_000, "and " * 3000):
        assert min(_seconds_for(text) for _ in range(5)) < 0.2  # the least of some: other work on the machine slows all


def _seconds_for(text: str) -> float:
    started = time.process_time()
    parts_of(text, (("parcel", 0.5),), lambda piece: ())
    return time.process_time() - started


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I forgot my password. are you open on Sunday", ["password", "hours"]),
        ("kan niet inloggen. mag ik dit product retour sturen", ["password", "return"]),
        ("what time do you open", []),
    ],
)
def test_that_a_reader_finds_them_and_a_stored_reading_keeps_them(reader: Reader, text: str, topics: list[str]) -> None:
    reading = reader.read(text)
    assert [part.topics[0][0] for part in reading.parts] == topics
    assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading


def test_that_a_reading_stored_before_there_were_parts_has_none(reader: Reader) -> None:
    stored = reader.read("where is my parcel").as_json()
    del stored["parts"]
    assert Reading.from_json(stored).parts == ()
