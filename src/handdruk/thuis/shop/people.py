"""Made-up customers: names, and addresses that fit their towns."""

from random import Random

from .values import Address, Customer

FIRST = ("Anna", "Bram", "Chantal", "Daan", "Esra", "Femke", "Gijs", "Hanna", "Ilse", "Jelle", "Karim", "Lieke",
         "Maud", "Noah", "Olga", "Pim", "Rosa", "Sem", "Tess", "Umut", "Vera", "Wout", "Yara", "Zoë")  # fmt: skip
LAST = ("Bakker", "Claes", "Dekker", "Evers", "de Groot", "Hendriks", "Jacobs", "van Leeuwen", "Maes", "Mulder",
        "Nijs", "Öztürk", "Peeters", "de Ruiter", "Smit", "Timmer", "Verhoeven", "Wouters", "van Dijk")  # fmt: skip
ENGLISH = ("Alice Carter", "Oliver Shaw", "Priya Nair", "Grace Bennett", "Liam Doyle", "Sophie Clarke", "Ben Hughes",
           "Maya Patel", "Ewan Reid", "Chloe Turner", "Aoife Byrne", "Jack Morgan")  # fmt: skip
STREETS = ("Lindelaan", "Kerkstraat", "Molenweg", "Schoolstraat", "Beukenlaan", "Dorpsstraat", "Wilgenhof", "Parkweg",
           "Nieuwstraat", "Stationsstraat", "Vogelzang", "Korenbloemstraat")  # fmt: skip
DUTCH_TOWNS = (("Utrecht", 3511), ("Amersfoort", 3811), ("Zwolle", 8011), ("Breda", 4811), ("Arnhem", 6811),
               ("Haarlem", 2011), ("Groningen", 9711), ("Maastricht", 6211), ("Delft", 2611))  # fmt: skip
BELGIAN_TOWNS = (("Antwerpen", 2000), ("Gent", 9000), ("Leuven", 3000), ("Brugge", 8000), ("Hasselt", 3500))
LETTERS = "BCDEGHJKLMNPRTVWXZ"
SIMPLER = str.maketrans({"ë": "e", "Ö": "O", "ö": "o", "ü": "u", " ": None})


def strangers(rng: Random, count: int, first_number: int) -> list[Customer]:
    """`count` customers, numbered upwards from `first_number`, no two with the same name."""
    dutch = [f"{first} {last}" for first in FIRST for last in LAST]
    names = [*ENGLISH, *rng.sample(dutch, count - len(ENGLISH))]
    rng.shuffle(names)
    return [_person(rng, f"K-{first_number + place}", name) for place, name in enumerate(names)]


def _person(rng: Random, number: str, name: str) -> Customer:
    language = "en" if name in ENGLISH else "nl"
    first, last = name.split(" ", 1)
    host = rng.choice(("voorbeeld", "post", "huis"))
    email = f"{first}.{last}@{host}.example".translate(SIMPLER).lower()
    return Customer(number, email, name, language, _home(rng))


def _home(rng: Random) -> Address:
    street = f"{rng.choice(STREETS)} {rng.randint(1, 180)}{rng.choice(('', '', '', '', 'A', 'B'))}"
    if rng.random() < 0.25:
        town, postcode = rng.choice(BELGIAN_TOWNS)
        return Address(street, str(postcode), town, "BE")
    town, postcode = rng.choice(DUTCH_TOWNS)
    letters = rng.choice(LETTERS) + rng.choice(LETTERS)
    return Address(street, f"{postcode + rng.randint(0, 30)} {letters}", town, "NL")
