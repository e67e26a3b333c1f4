"""Archives of conversations that were made up by a rule, so that it is known what can be learned from them."""

import random
from typing import Any

Row = dict[str, Any]
QUESTIONS = (
    "hoe lang heb ik garantie", "wanneer komt mijn pakket", "kan ik mijn adres wijzigen", "wat kost verzenden",
    "zijn jullie zondag open", "mijn maaier rijdt scheef", "de app vindt niets", "kan ik de borstels los kopen",
)  # fmt: skip
REPLIES = ("dat duurt twee jaar", "kijk even bij je account", "dat staat in de brief", "ik zoek het op", "graag gedaan")


def repeating(count: int, seed: int = 1) -> list[Row]:
    """A person takes over exactly where the customer says something for the second time."""
    chance = random.Random(seed)
    return [_conversation(chance, number, _repeats) for number in range(count)]


def by_lot(count: int, seed: int = 1) -> list[Row]:
    """The same conversations, but it is drawn by lot where a person takes over: there is nothing to learn."""
    chance, lot = random.Random(seed), random.Random(seed + 1)
    return [_conversation(chance, number, lambda *_: lot.random() < 0.2) for number in range(count)]


def by_conversation(count: int, seed: int = 1) -> list[Row]:
    """By lot a person takes over at every turn of a conversation, or at none; its turns are all alike."""
    chance = random.Random(seed)
    return [_all_alike(chance, number) for number in range(count)]


def _conversation(chance: random.Random, number: int, rule: Any) -> Row:
    turns: list[Row] = []
    said: list[str] = []
    for _ in range(chance.randint(3, 7)):
        again = said and chance.random() < 0.25
        text = chance.choice(said) if again else chance.choice([one for one in QUESTIONS if one not in said])
        turns.append({"who": "customer", "text": text, "hand_over": rule(text, said)})
        turns.append({"who": "helper", "text": chance.choice(REPLIES), "hand_over": False})
        said.append(text)
    return {"conversation": f"made_{number}", "turns": turns}


def _repeats(text: str, said: list[str]) -> bool:
    return text in said


def _all_alike(chance: random.Random, number: int) -> Row:
    own, marked = chance.sample(QUESTIONS, 2), chance.random() < 0.5
    text = " ".join(own + chance.sample("abcdefghijklmnopqrstuvwxyz", 6))
    customer = {"who": "customer", "text": text, "hand_over": marked}
    return {"conversation": number, "turns": [customer, {"who": "helper", "text": REPLIES[0]}] * 4}
