import pytest

from handdruk.understand import Reader
from handdruk.understand.senses import train_senses


@pytest.mark.parametrize(
    "text",
    ["kan ik iemand spreken", "geef me een medewerker", "can I talk to a real person please", "bel me terug aub"],
)
def test_that_someone_who_asks_for_a_person_is_heard(reader: Reader, text: str) -> None:
    assert reader.read(text).wants_human > 0.5


@pytest.mark.parametrize(
    "text",
    ["ik hoef niemand te spreken", "where is my parcel", "heb net een collega gesproken, alles opgelost", "thanks!"],
)
def test_that_someone_who_does_not_ask_for_a_person_is_not_thought_to(reader: Reader, text: str) -> None:
    assert reader.read(text).wants_human < 0.5


def test_that_grief_is_seen_and_a_broken_thing_is_not(reader: Reader) -> None:
    assert reader.read("mijn man is vorige week overleden").vulnerable > 0.5
    assert reader.read("de batterij is leeg en de maaier doet niets meer").vulnerable < 0.5


def test_that_anger_is_seen_and_a_calm_question_is_neutral(reader: Reader) -> None:
    assert reader.read("SCHANDALIG, wat een oplichters zijn jullie!!").upset > 0.5
    assert reader.read("Kan ik dit product ook in het groen bestellen?").emotion == "neutral"


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("hoi", "greeting"),
        ("dank je wel", "thanks"),
        ("doei", "goodbye"),
        ("ja", "yes"),
        ("nee", "no"),
        ("ben je een robot?", "machine"),
        ("where is my parcel", None),
        ("ik heb een vraag", "greeting"),
        ("I have a question", "greeting"),
        ("ik heb een vraag over mijn bestelling", None),
        ("👍👍", "yes"),
        ("😡", None),
        ("?", "greeting"),
    ],
)
def test_that_small_courtesies_are_recognised(reader: Reader, text: str, courtesy: str | None) -> None:
    assert reader.read(text).courtesy == courtesy


def test_that_without_any_lessons_everything_is_neutral_and_nobody_is_vulnerable() -> None:
    senses, evidence = train_senses([])
    feeling = senses.read("help", ["help"], "en")
    assert feeling.courtesy is None
    assert len(evidence.wants_human.label) == 0
