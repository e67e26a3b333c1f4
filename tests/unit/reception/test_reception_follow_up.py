"""What a message means that says next to nothing by itself."""

from dataclasses import dataclass

import pytest

from handdruk.decide import FollowUp, Pressed, Situation
from handdruk.reception.follow_up import meant, typed

ASKS = "Geef ons je bestelnummer, dan sturen we hem opnieuw."
SAYS = "De winkel is open van tien tot zes."


@dataclass(frozen=True)
class Found:
    kind: str
    start: int
    end: int


def given(text: str, value: str, kind: str = "order_number") -> list[Found]:
    start = text.index(value)
    return [Found(kind, start, start + len(value))]


@pytest.mark.parametrize(
    "text",
    [
        "en de andere?",
        "and the other one?",
        "de tweede dan?",
        "en mijn andere bestelling",
        "what about the other order?",
    ],
)
def test_that_another_one_is_what_is_meant(text):
    assert meant(text, (), SAYS) is FollowUp.OTHER


@pytest.mark.parametrize("text", ["en op zondag?", "what about the mower", "and in Belgium?", "hoe zit het met België"])
def test_that_a_few_words_may_go_on_about_the_same(text):
    assert meant(text, (), SAYS) is FollowUp.MORE


@pytest.mark.parametrize(
    "text",
    [
        "dat heb ik al geprobeerd", "werkt niet", "Dat helpt helaas niet", "it didn't work", "it didn\u2019t help",
        "I already tried that", "still not working", "geen verschil", "dat is niet mijn vraag", "not what I asked",
        "dat klopt niet", "klopt niet", "dat is niet waar", "that's not right", "that is wrong",
    ],
)  # fmt: skip
def test_that_what_did_not_help_is_heard(text):
    assert meant(text, (), SAYS) is FollowUp.UNHELPED


@pytest.mark.parametrize(
    "text",
    [
        "waar is mijn pakket", "dank je", "", "?", "my order and the invoice",
        "mijn maaier werkt niet meer sinds ik hem in de regen heb laten staan", "hoe laat gaan jullie open",
        "is dit niet waterdicht", "is het klopt niet erg als hij nat wordt",
    ],
)  # fmt: skip
def test_that_a_message_that_says_something_by_itself_is_no_follow_up(text):
    assert meant(text, (), SAYS) is None


@pytest.mark.parametrize("text", ["TH-100001", "mijn bestelnummer is TH-100001.", "Hier: TH-100001", "it's TH-100001"])
def test_that_a_bare_number_answers_an_answer_that_asked_for_one(text):
    assert meant(text, given(text, "TH-100001"), ASKS) is FollowUp.DETAILS
    assert meant(text, given(text, "TH-100001"), SAYS) is None
    assert meant(text, given(text, "TH-100001"), None) is FollowUp.DETAILS


def test_that_a_number_with_a_question_is_read_as_the_question():
    text = "TH-100001 is beschadigd aangekomen"
    assert meant(text, given(text, "TH-100001"), ASKS) is None


OFFERED = Situation(asked_last=True, offered=("parcel", "warranty"))


@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        ("de eerste", Pressed("topic", "parcel")), ("The second one, please", Pressed("topic", "warranty")),
        ("de laatste", Pressed("topic", "warranty")), ("Geen van deze", Pressed("none")), ("2", Pressed("topic", "warranty")),
        ("de derde", None), ("waar is mijn pakket", None), ("allebei", None),
    ],
)  # fmt: skip
def test_that_a_button_may_be_named_instead_of_pressed(text, pressed):
    assert typed(text, (), OFFERED) == pressed


def test_that_nothing_is_chosen_where_nothing_was_offered():
    assert typed("de eerste", (), Situation()) is None
