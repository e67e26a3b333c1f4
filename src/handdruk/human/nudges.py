"""Is a waiting customer asking whether anybody is still there, or how long it takes?"""

import re

MOST_WORDS = 9  # a longer message says something the colleague should read, and needs no word from the machine
CALLS = re.compile(r"(hallo+|hello+|hey+|hee+y*|joehoe+)( daar| there| iemand| anyone| anybody)?", re.IGNORECASE)
NUDGES = re.compile(
    r"""\b(
    is\ (er|daar|hier)\ (nog\ |al\ |nu\ )?iemand|iemand\ (daar|thuis|aanwezig)|komt\ er\ (nog\ )?iemand
    |(is\ )?(anyone|anybody|someone|somebody)\ (there|here|around)|you\ (still\ )?there
    |(ben|zijn)\ (je|jij|jullie|u)\ (er|daar)
    |hoe\ ?lang\ (nog|duurt|moet|gaat)|(duurt|gaat)\ (het|dit|dat)\ (nog\ |zo\ )?lang
    |how\ (much\ )?long(er)?\ (will|does|do|is|until|till|to)|how\ much\ longer
    |wanneer\ (komt\ (er|iemand)|(krijg|hoor)\ ik\ (een\ |iets|antwoord|wat))|when\ will\ (i|you|some|any)
    |(nog\ steeds|still)\ (aan\ het\ wachten|niemand|waiting|no\ one|nobody)
    |ik\ wacht\ (nog|al|nu)|(i\ am|i'm|been)\ (still\ )?waiting|no\ reply|geen\ antwoord
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def asks_whether_anyone_is_there(text: str) -> bool:
    """ "Hallo?", "is daar iemand", "how long will it take": words about the waiting, not about the matter."""
    plain = " ".join(text.replace("\u2019", "'").split())
    bare = plain.strip(" ?!.")
    if not bare or CALLS.fullmatch(bare):
        return "?" in plain or bool(bare)
    return len(bare.split()) <= MOST_WORDS and NUDGES.search(bare) is not None
