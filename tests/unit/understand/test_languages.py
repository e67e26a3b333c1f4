import pytest

from handdruk.understand import Reader


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo ist mein Paket geblieben?", "de"),
        ("Ich möchte meine Bestellung zurückgeben", "de"),
        ("Où est mon colis ?", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("Dove si trova il mio pacco?", "it"),
        ("где моя посылка", "ru"),
        ("荷物はどこですか", "ja"),
        ("我的包裹在哪里", "zh"),
        ("أين طردي", "und"),
        ("Missä pakettini on, en ole saanut sitä vielä", "und"),
    ],
)
def test_that_another_language_is_not_taken_for_dutch_or_english(reader: Reader, text: str, language: str) -> None:
    assert reader.read(text, hint="nl").language == language


def test_that_the_language_of_the_conversation_decides_on_a_word_of_both(reader: Reader) -> None:
    assert reader.read("help", hint="nl").language == "nl"
    assert reader.read("help", hint="en").language == "en"


def test_that_the_hint_does_not_overrule_a_clear_sentence(reader: Reader) -> None:
    assert reader.read("where is my parcel, I have been waiting for days", hint="nl").language == "en"


def test_that_a_message_without_words_keeps_the_language_of_the_conversation(reader: Reader) -> None:
    assert reader.read("12345", hint="nl").language == "nl"
    assert reader.read("👍").language == "und"
