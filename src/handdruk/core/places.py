"""Which of several somebody means: "the first one", "de laatste", "optie 2"."""

MOST_WORDS = 8
AROUND = """de het die dat the that this one option optie nummer number nr keuze choice knop button please graag aub
    alsjeblieft alstublieft ik bedoel i mean doe maar kies pick choose take neem ja yes is it wil want"""
FILLERS = frozenset(AROUND.split())
NAMES = (
    "eerste 1e 1ste 1 first 1st bovenste",
    "tweede 2e 2de 2 second 2nd",
    "derde 3e 3de 3 third 3rd",
    "vierde 4e 4de 4 fourth 4th",
    "vijfde 5e 5de 5 fifth 5th",
    "zesde 6e 6de 6 sixth 6th",
)
LAST = frozenset({"laatste", "onderste", "last"})
_place_of = {name: place for place, names in enumerate(NAMES) for name in names.split()}


def place_in(text: str, count: int) -> int | None:
    """The index of what is meant among `count` things; None when the text names none of them, or says more than that."""
    words = [word.strip(".,:;!?()#\"'").casefold() for word in text.split()]
    named = [word for word in words if word and word not in FILLERS]
    if len(words) > MOST_WORDS or len(named) != 1 or not count:
        return None
    place = count - 1 if named[0] in LAST else _place_of.get(named[0])
    return place if place is not None and place < count else None
