import re
from importlib.resources import files

import numpy as np
import pytest

from handdruk.understand import Lesson, ModelDamaged, Reader
from handdruk.understand.storage import pack, unpack
from handdruk.understand.word_meanings import word_meanings


def likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    first, second = (word_meanings().vectors(text.split(), language) for language, text in (one, other))
    assert first is not None and second is not None
    return float(first[0] @ second[0] / np.linalg.norm(first) / np.linalg.norm(second))


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        (("nl", "waar is mijn pakje"), ("en", "where is my parcel"), ("en", "where is my invoice")),
        (("nl", "mijn wasmachine lekt"), ("en", "the washing machine leaks"), ("en", "the washing machine is loud")),
        (("en", "shipment arrived"), ("en", "package delivered"), ("en", "discount expired")),
        (("nl", "bezorgkosten"), ("en", "delivery costs"), ("en", "delivery time")),
        (("nl", "mijn gsm is kwijt"), ("nl", "telefoon verloren"), ("nl", "telefoon opladen")),
    ],
)
def test_that_what_means_the_same_is_more_alike_in_one_language_or_two(said, meant, other) -> None:
    assert likeness(said, meant) > likeness(said, other)


def test_that_a_word_is_known_by_its_halves() -> None:
    whole = word_meanings().vectors(["garantieknop"], "nl")
    halves = word_meanings().vectors(["garantie", "knop"], "nl")
    assert "garantieknop" not in word_meanings().rows["nl"]
    assert whole is not None and halves is not None and np.array_equal(whole, halves)


def test_that_an_unknown_word_has_no_meaning_and_an_unknown_language_no_words() -> None:
    nothing = word_meanings().vectors(["xqzzk"], "en")
    assert nothing is not None and nothing.shape == (1, word_meanings().table.shape[1]) and not nothing.any()
    assert word_meanings().vectors(["where"], "fr") is None
    assert word_meanings().vectors_of([["where"]], "fr") is None


def test_that_a_message_is_read_that_shares_no_word_with_any_example() -> None:
    topics = {
        "refund": ["ik wil mijn geld terug", "geld terug graag", "wanneer krijg ik mijn geld"],
        "opening": ["hoe laat gaat de winkel open", "is de winkel zondag open", "winkel open"],
        "broken": ["het apparaat is stuk", "toestel werkt niet meer", "de machine is kapot gegaan"],
    }
    lessons = [Lesson(text, topic, "nl") for topic, texts in topics.items() for text in texts]
    found = Reader.train(lessons).read("terugbetaling bedrag").topics
    assert found[0][0] == "refund"


def test_that_a_model_made_with_other_meanings_is_refused() -> None:
    header, parts = unpack(Reader.train([Lesson("hallo daar", "hello", "nl")]).to_bytes())
    with pytest.raises(ModelDamaged, match="other meanings"):
        Reader.from_bytes(pack(header | {"word_meanings": "0"}, parts))


def test_that_the_dutch_words_are_written_down_without_a_mistake() -> None:
    text = (files("handdruk.understand") / "word_meanings" / "dutch.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    forms = [form for line in lines for form in line.split(" = ")[0].split()]
    assert all(re.fullmatch(r"[^=]+ = [a-z' ]+", line) for line in lines)
    assert all(re.fullmatch(r"[a-zà-ÿ0-9'-]+", form) for form in forms)
    assert len(forms) == len(set(forms)) > 10_000
    assert set(forms) <= set(word_meanings().rows["nl"])
