"""Addresses as people type them on a phone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.thuis.address import PATTERN, CannotDeliver, read
from handdruk.thuis.shop import Address

UTRECHT = Address("Lindelaan 12", "3512 LK", "Utrecht", "NL")
TYPED = {
    "Lindelaan 12, 3512 LK Utrecht": UTRECHT,
    "lindelaan 12 3512lk utrecht": UTRECHT,
    "Lindelaan 12\n3512 LK\nUtrecht\nNederland": UTRECHT,
    "Het nieuwe adres is: Lindelaan 12, 3512LK Utrecht.": UTRECHT,
    "My new address is Lindelaan 12, 3512 LK Utrecht, the Netherlands": UTRECHT,
    "Lindelaan 12, Utrecht, 3512 LK": UTRECHT,
    "3512 LK Utrecht, Lindelaan 12": UTRECHT,
    "1e Oosterparkstraat 10-2, 1091 HA Amsterdam": Address("1e Oosterparkstraat 10-2", "1091 HA", "Amsterdam", "NL"),
    "Jan de Vries, Kerkstraat 5b, 8011 vb Zwolle NL": Address("Jan de Vries, Kerkstraat 5b", "8011 VB", "Zwolle", "NL"),
    "Meir 99 bus 3, 2000 Antwerpen": Address("Meir 99 bus 3", "2000", "Antwerpen", "BE"),
    "Meir 99, B-2000 Antwerpen": Address("Meir 99", "2000", "Antwerpen", "BE"),
    "Zeelaan 4, 8660 De Panne, België": Address("Zeelaan 4", "8660", "De Panne", "BE"),
    "12, rue de la Gare, L-1611 Luxembourg": Address("12, rue de la Gare", "1611", "Luxembourg", "LU"),
    "12 rue de la Gare, 1611 Luxembourg, Luxembourg": Address("12 rue de la Gare", "1611", "Luxembourg", "LU"),
    "Straße des 17. Juni 135, 10623 Berlin": Address("Straße des 17. Juni 135", "10623", "Berlin", "DE"),
}
NOT_WHOLE = [
    "naar mijn moeder in Breda",
    "Lindelaan, 3512 LK Utrecht",  # no house number
    "Lindelaan 12 Utrecht",  # no postcode
    "3512LK 12",  # no street
    "Lindelaan 12, 3512 SS Utrecht",  # no such postcode
    "wanneer komt TH-104233 dan aan?",
    "1",
]
ELSEWHERE = [
    "Rue de Rivoli 3, 75001 Paris, France",
    "Bahnhofstr. 1, 8001 Zürich, Switzerland",
    "Lindelaan 12, 3512 Utrecht, Nederland",
]


@pytest.mark.parametrize("text", TYPED)
def test_that_an_address_is_read_however_it_is_typed(text):
    assert re.fullmatch(PATTERN, text, re.IGNORECASE)
    assert read(text).address == TYPED[text]


@pytest.mark.parametrize("text", NOT_WHOLE)
def test_that_half_an_address_is_asked_for_again(text):
    assert not re.fullmatch(PATTERN, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_that_an_address_elsewhere_or_without_its_letters_is_not_delivered_to(text):
    with pytest.raises(CannotDeliver):
        read(text)


def test_that_four_digits_alone_are_said_to_be_a_guess():
    assert read("Lindelaan 12, 3512 Utrecht").assumed
    assert not read("Meir 99, 2000 Antwerpen, België").assumed
    assert not read("Lindelaan 12, 3512 LK Utrecht").assumed


def test_that_nothing_of_markdown_survives():
    found = read("[*Linde*laan](http://x.example) 12`<b>`, 3512 LK Ut_re_cht").address
    assert not set("[]*`<>_#|!\n") & set(found.street + found.city)


PIECES = st.sampled_from(
    ["Lindelaan", " ", ", ", "12", "3512 LK", "2000", "10623", "Utrecht", "\n", "België", "L-", "x", "-", "is"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_that_whatever_the_pattern_lets_through_can_be_read(text):
    text = text.strip()
    if re.fullmatch(PATTERN, text, re.IGNORECASE):
        try:
            found = read(text).address
        except CannotDeliver:
            return
        assert found.street and found.postcode and found.country in ("NL", "BE", "LU", "DE")
