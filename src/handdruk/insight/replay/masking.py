"""Personal details in a message made unreadable, as far as they can be told from its words. A best effort, not a proof."""

import re
from collections.abc import Iterable

from handdruk.understand import Detail

MASK = "▒"
LONGEST = 2_000  # characters of a message that are looked at; no more is ever shown
HIDDEN = frozenset(("order_number", "email", "phone", "postcode", "date"))
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"\b[A-Z]{0,4}\d(?:[\w]|[ .\-/]{1,2}(?=\w*\d)){3,}", re.ASCII)
_STREET = re.compile(
    r"\b[A-ZÀ-Ý]?[\w'-]*(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|steeg|pad|dreef|plantsoen|kerkhof)\s+\d+\s?[a-z]?\b|"
    r"\b\d+[a-z]?\s+(?:[A-Z][\w'-]+\s+){1,3}(?:street|road|avenue|lane|drive|close|court|way|place|square|terrace|st|rd|ave)\b",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][\w'’-]*"
_NAME = re.compile(
    rf"\b(?:mijn naam is|naam:|ik heet|ik ben|u spreekt met|je spreekt met|met vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|"
    rf"namens|t\.?n\.?v\.?|mevrouw|mevr\.?|meneer|dhr\.?|de heer|my name is|my name's|name:|this is|i am|i'm|"
    rf"(?:kind |best )?regards|cheers|sincerely|mrs?\.?|ms\.?|dr\.?)[ ,:\n]{{1,3}}"
    rf"(?P<name>(?:(?:van|de|der|den|ten|ter|von|le|la|el)\s+){{0,3}}{_WORD}(?:\s+(?:(?:van|de|der|den|ten|ter|'t)\s+){{0,3}}{_WORD})?)",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"^(?:mijn naam|naam:|ik heet|u spreekt|je spreekt|met vr|groet|mvg|namens|t\.?n|mevr|meneer|dhr|de heer|my name|name:|"
    r"kind|best|regards|cheers|sincerely|mr|ms|dr)",
    re.IGNORECASE,
)


def masked(text: str, details: Iterable[Detail]) -> str:
    """The text on one line, with e-mail addresses, numbers, postcodes, dates, streets, links and names hidden."""
    text = text[:LONGEST]
    spans = [(detail.start, detail.end) for detail in details if detail.kind in HIDDEN]
    spans += [found.span() for pattern in (_LINK, _ADDRESS_LIKE, _NUMBER, _STREET) for found in pattern.finditer(text)]
    spans += [found.span("name") for found in _NAME.finditer(text) if _names_somebody(found)]
    shown, place = [], 0
    for start, end in sorted(spans):
        if end <= place:
            continue
        shown.append(text[place : max(start, place)])
        shown.append(MASK if start >= place else "")
        place = end
    return " ".join(("".join(shown) + text[place:]).split())


def _names_somebody(found: re.Match[str]) -> bool:
    """After "I am" comes a name only when it has a capital; after "my name is" always."""
    return _SURELY.match(found[0]) is not None or found["name"][:1].isupper()
