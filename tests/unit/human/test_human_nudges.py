"""Which words of a waiting customer are about the waiting."""

import pytest

from handdruk.human.nudges import asks_whether_anyone_is_there


@pytest.mark.parametrize(
    "text",
    [
        "hallo?", "Hallo???", "HALLOOO", "hello?", "is daar iemand", "Is er nog iemand?", "duurt het nog lang",
        "hoelang duurt het nog?", "hoe lang nog", "anyone there?", "are you still there", "how long will this take?",
        "how much longer", "ik wacht al een half uur", "I'm still waiting", "I\u2019m still waiting", "?", "???",
        "ben je er nog", "wanneer krijg ik antwoord", "nog steeds niemand?",
    ],
)  # fmt: skip
def test_that_words_about_the_waiting_are_recognised(text):
    assert asks_whether_anyone_is_there(text)


@pytest.mark.parametrize(
    "text",
    [
        "mijn bestelnummer is TH-100001", "het apparaat doet het niet meer sinds vorige week", "!", "ok", "dank je",
        "hello, I also wanted to tell you that the blue one has arrived in the meantime and works", "TH-100001",
        "hallo, mijn pakket is ook kwijt", "wanneer komt mijn pakket", "hoe lang heb ik garantie", "the light is still red",
    ],
)  # fmt: skip
def test_that_words_about_the_matter_are_left_to_the_colleague(text):
    assert not asks_whether_anyone_is_there(text)
