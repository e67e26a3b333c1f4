"""Identifiers, secrets, the clock and the words that rooms share."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from handdruk.core import ids, words
from handdruk.core.clock import now
from handdruk.core.places import place_in


def test_that_the_clock_is_aware_and_in_utc():
    assert now().tzinfo is UTC
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_that_public_ids_are_long_enough_readable_and_never_the_same():
    made = {ids.public_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(one) == 20 and set(one) <= set(ids.ALPHABET) for one in made)
    assert set("".join(made)) == set(ids.ALPHABET), "every character must be in use, or there are fewer bits than said"
    assert len(set(ids.ALPHABET)) == 32
    assert not set("ilou") & set(ids.ALPHABET)


def test_that_a_token_holds_256_bits_and_goes_into_a_url():
    made = {ids.token() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 43 and one.replace("-", "").replace("_", "").isalnum() for one in made)


def test_that_a_fingerprint_is_sha_256_and_does_not_hold_the_secret():
    assert ids.fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_that_a_slow_fingerprint_depends_on_code_and_salt():
    made = {ids.slow_fingerprint(code, salt) for code in ("123456", "123457") for salt in ("a", "b")}
    assert len(made) == 4
    expected = hashlib.pbkdf2_hmac("sha256", b"123456", b"a", 100_000).hex()
    assert ids.slow_fingerprint("123456", "a") == expected


@pytest.mark.parametrize(
    ("left", "right", "equal"), [("a", "a", True), ("a", "b", False), ("é", "é", True), ("", "a", False)]
)
def test_that_secrets_are_compared_whatever_characters_they_hold(left, right, equal):
    assert ids.same(left, right) is equal


def test_that_short_codes_have_the_digits_asked_for_and_use_all_of_them():
    codes = [ids.short_code() for _ in range(500)]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert set("".join(codes)) == set("0123456789")
    assert len(set(codes)) > 480
    assert len(ids.short_code(4)) == 4


@pytest.mark.parametrize(
    ("texts", "language", "said"),
    [
        ({"nl": "hallo", "en": "hello"}, "nl", "hallo"),
        ({"nl": "hallo", "en": "hello"}, "fr", "hello"),
        ({"nl": "hallo"}, "fr", "hallo"),
        ({"nl": "", "en": "hello"}, "nl", "hello"),
        ({}, "nl", ""),
    ],
)
def test_that_a_sentence_falls_back_to_english_and_then_to_any(texts, language, said):
    assert words.in_language(texts, language) == said


def test_that_exactly_three_can_have_the_turn():
    assert set(words.Holder) == {"assistant", "queue", "colleague"}
    assert set(words.Author) == {"assistant", "customer", "colleague"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("de eerste", 0), ("The first one, please!", 0), ("doe maar de tweede", 1), ("optie 2", 1), ("3", 2),
        ("ik bedoel de laatste", 2), ("the last one", 2), ("second", 1), ("#1", 0), ("ja, de eerste graag", 0),
    ],
)  # fmt: skip
def test_that_a_place_in_a_list_is_understood(text, place):
    assert place_in(text, 3) == place


@pytest.mark.parametrize(
    "text",
    [
        "de vierde",
        "0",
        "12",
        "de eerste en de tweede",
        "mijn eerste bestelling is kwijt",
        "",
        "one",
        "ja",
        "in eerste instantie",
    ],
)
def test_that_anything_else_names_no_place(text):
    assert place_in(text, 3) is None
    assert place_in("de eerste", 0) is None
