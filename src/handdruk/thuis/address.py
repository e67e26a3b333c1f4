"""Reads an address that a customer typed in one go: "Lindelaan 12, 3512 LK Utrecht", over one line or several.

One question and one answer is what suits a phone: people paste an address, or let the keyboard fill it in. What was
made of it is shown before anything changes.
"""

import re
from dataclasses import dataclass

from . import shop

# Two letters with a capital only at the front are the start of a place ("8660 De Panne"), not of a Dutch postcode.
LETTERS = r"(?-i:[A-Z]{2}|[a-z]{2})\b"
NL = rf"[1-9]\d{{3}}\s?(?!(?:SA|SD|SS)\b){LETTERS}"
POSTCODE = rf"(?<![\w-])(?:{NL}|(?:DE?-)?\d{{5}}\b|(?:LU?|BE?)-\d{{4}}\b|[1-9]\d{{3}}\b(?!\s?{LETTERS}))"
NAME = r"[^\W\d_]{2}"  # two letters: there are words here
WORDS = rf"(?=(?:\d{{1,4}}\D)?\D*?{NAME})"  # ahead, perhaps after a house number
FORMS = (
    # Lindelaan 12, 3512 LK Utrecht
    rf"(?P<street>{WORDS}\D*(?:\d{{1,4}}\D+){{1,4}})(?P<postcode>{POSTCODE})(?P<city>\D*{NAME}\D*)",
    # Lindelaan 12, Utrecht, 3512 LK
    rf"(?P<street>{WORDS}\D*\d{{1,4}}[^\d,\n]*)[,\n](?P<city>\D*{NAME}\D*)(?P<postcode>{POSTCODE})\W*",
    # 3512 LK Utrecht, Lindelaan 12
    rf"(?P<postcode>{POSTCODE})(?P<city>[^\d,\n]*{NAME}[^\d,\n]*)[,\n](?P<street>\D*{NAME}\D*\d{{1,4}}\D{{0,20}})",
)
PATTERN = "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in FORMS)
LEAD = re.compile(
    r"^(?:(?:het|mijn|my|the)\s+)?(?:(?:nieuwe?|new)\s+)?(?:adres|address)\b\s*(?:is|wordt)?[\s:]*", re.IGNORECASE
)
COUNTRIES = {
    "NL": r"nederland|the netherlands|netherlands|holland|nl",
    "BE": r"belgi[eë]|belgium|belgique|be",
    "LU": r"luxemburg|luxembourg|lu",
    "DE": r"duitsland|deutschland|germany|de",
    "": r"frankrijk|france|zwitserland|switzerland|oostenrijk|austria|engeland|england|uk|denemarken|denmark|itali[eë]"
    r"|italy|spanje|spain|polen|poland|usa",
}


class CannotDeliver(ValueError):
    """An address in a country Thuis does not deliver to, or whose postcode is not of the country it names."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The address that was read. `assumed` when only the four digits told that it is in Belgium."""

    address: shop.Address
    assumed: bool = False


def read(text: str) -> Typed:
    """What a customer typed, as an address. Raises CannotDeliver, and ValueError for a text that PATTERN refuses."""
    text = LEAD.sub("", text.strip())
    found = next((found for form in FORMS if (found := re.fullmatch(form, text, re.IGNORECASE))), None)
    if found is None:
        raise ValueError(f"not an address: {text}")
    city, named = _without_country(_tidy(found["city"]))
    postcode, country = _postcode(found["postcode"].upper(), named)
    if named is not None and named != country:
        raise CannotDeliver(text)
    assumed = named is None and re.fullmatch(r"\d{4}", found["postcode"]) is not None
    return Typed(shop.Address(_capital(_tidy(found["street"])), postcode, _capital(city), country), assumed)


def _postcode(typed: str, named: str | None) -> tuple[str, str]:
    """The postcode as the carrier writes it, and its country."""
    digits = re.sub(r"\D", "", typed)
    if len(digits) == 5:
        return digits, "DE"
    if typed[-1].isalpha():
        return f"{digits} {typed[-2:]}", "NL"
    if typed[0] == "L" or (typed[0].isdigit() and named == "LU"):
        return digits, "LU"
    return digits, "BE"


def _without_country(city: str) -> tuple[str, str | None]:
    for code, names in COUNTRIES.items():
        found = re.fullmatch(rf"(.*?\w.*?)[\s,(]+(?:{names})\W*", city, re.IGNORECASE)
        if found:
            return _tidy(found[1]), code
    return city, None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _tidy(text: str) -> str:
    """On one line, and without what no address holds (and Markdown would make something of)."""
    lines = ", ".join(part for line in re.split(r"[\n,;]", text) if (part := line.strip(" .-\t\r")))
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s,.:'’/()&+-]|_", "", lines)).strip()
