"""Messages that lean on what was said before: a place in a choice, "and the other one?", a bare number, "tried that".

By themselves these say next to nothing, so that whoever reads them alone can only guess.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from handdruk.core.places import place_in
from handdruk.decide import FollowUp, Pressed, Situation

EVERY = frozenset(
    {"allebei", "alle twee", "alle drie", "beide", "allemaal", "alles", "both", "both of them", "all of them"}
)
NONE = frozenset(
    {"geen van deze", "geen van beide", "geen", "geen van allen", "geen enkele", "none of these", "none", "none of them",
     "neither", "iets anders", "something else"}
)  # fmt: skip
MOST_WORDS = 9
OTHER = re.compile(
    r"""((en|and|what\ about|how\ about|wat\ met|hoe\ zit\ het\ met|of|or)\ )?((de|het|die|mijn|m'n|the|my|that)\ )?
    (andere?|other|tweede|second)(\ (een|one|bestelling(en)?|pakket|pakje|zending|orders?|parcel|package))?
    (\ (dan|then|ook|too))?""",
    re.IGNORECASE | re.VERBOSE,
)
MORE = re.compile(
    r"(en|and|what about|how about|en wat met|wat met|(en )?hoe zit (het|dat) (dan )?met)( [\w'-]+){1,4}", re.IGNORECASE
)
UNHELPED = re.compile(
    r"""\b(
    (heb\ ik|ik\ heb|had\ ik)\ (dat\ |dit\ |het\ )?(al|allemaal)\ (\w+\ )?(geprobeerd|gedaan)|al\ geprobeerd
    |((dat|dit|het)\ )?(werkt?e?|helpt|hielp|lukte?)\ (bij\ mij\ |nog\ |ook\ |helaas\ |dus\ |nog\ steeds\ )*niet
    |nog\ steeds\ (niet|hetzelfde|kapot|stuk)|geen\ (verschil|effect)|zonder\ (resultaat|succes)|niet\ geholpen
    |(niet|geen\ antwoord\ op)\ (mijn|m'n)\ vraag|bedoel(de)?\ ik\ niet|geen\ antwoord\ op|heb\ ik\ niets?\ aan
    |(already|i\ have|i've|i)\ (already\ )?(tried|did)\ (that|this|it|all)|tried\ (that|it|this)\ already
    |(did|does|do)(n't|nt|\ not)\ (work|help)|not\ (working|helping|helpful)|no\ (difference|luck|effect)
    |(dat\ |dit\ )?(klopt|is)\ (helemaal\ |toch\ |echt\ )*(niet(\ (waar|juist|goed|zo|correct))?|onjuist|fout)$
    |(that|this|that's|that\ is|it's)\ (is\ )?(not\ (right|true|correct)|wrong|incorrect)
    |still\ (not|the\ same|broken|nothing)|not\ what\ i\ (asked|meant|mean|need)|not\ my\ question
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
ASKED_FOR = {
    "order_number": re.compile(r"bestel(ling)?nummer|ordernummer|order number", re.IGNORECASE),
    "email": re.compile(r"mail-?adres|e-?mail address", re.IGNORECASE),
    "phone": re.compile(r"telefoonnummer|(tele)?phone number", re.IGNORECASE),
    "postcode": re.compile(r"postcode|postal code|zip code", re.IGNORECASE),
}
AROUND = """ik ben i am i'm mijn m'n my het de the dit dat this that it is it's en and hier here here's bij van met of with
    nummer number nr no bestelnummer bestelling ordernummer order e-mail email mail mailadres e-mailadres emailadres adres
    address telefoonnummer telefoon phone tel postcode code ok oke oké dan so ja yes alsjeblieft aub please"""
AROUND_DETAILS = frozenset(AROUND.split())


class Detail(Protocol):
    """A detail found in a message, and where."""

    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def typed(text: str, details: Sequence[Detail], before: Situation) -> Pressed | None:
    """The button that the customer named instead of pressing it; None when they did not.

    Whoever is asked "do you mean this?" and gives nothing but details, such as their address, goes on with it.
    """
    if not before.offered:
        return None
    if len(before.offered) == 1 and details and not _said_beside(text, details):
        return Pressed("topic", before.offered[0])
    plain = text.strip(" .!").casefold()
    if before.together and plain in EVERY:
        return Pressed("all")
    if plain in NONE:
        return Pressed("none")
    place = place_in(text, len(before.offered))
    return Pressed("topic", before.offered[place]) if place is not None else None


def meant(text: str, details: Sequence[Detail], answered: str | None) -> FollowUp | None:
    """How a message leans on what came just before it, by itself; `answered` is the answer, None for a step of an action."""
    plain = " ".join(text.replace("\u2019", "'").strip(" ?!.\u2026").split())
    if details and not _said_beside(text, details):
        asked = answered is None or any(_asks_for(answered, detail.kind) for detail in details)
        return FollowUp.DETAILS if asked else None
    if len(plain.split()) > MOST_WORDS:
        return None
    if UNHELPED.search(plain):
        return FollowUp.UNHELPED
    if OTHER.fullmatch(plain):
        return FollowUp.OTHER
    return FollowUp.MORE if MORE.fullmatch(plain) else None


def _asks_for(answered: str, kind: str) -> bool:
    return kind in ASKED_FOR and ASKED_FOR[kind].search(answered) is not None


def _said_beside(text: str, details: Sequence[Detail]) -> bool:
    """Is there anything beside the details and the words that hold them together?"""
    rest = list(text)
    for detail in details:
        rest[detail.start : detail.end] = " " * (detail.end - detail.start)
    words = (word.strip(".,:;!?()#-").casefold() for word in "".join(rest).split())
    return any(word and word not in AROUND_DETAILS for word in words)
