"""Languages nobody gave lessons in: recognised, so that a person or another answer can be found for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from handdruk.understand.values import UNKNOWN_LANGUAGE

SMALL_WORDS = {
    "nl": "de het een en van ik je jij u niet is dat die in te op met voor naar mijn wat waar hoe kan er maar om "
    "aan ook nog dan bij of zijn heb hebben wordt word kunnen moet jullie geen was als deze dit wil uit over "
    "door graag",
    "en": "the a an and of i you he she it is are not that this in to on with for my your what where how can there "
    "but at also still then by or was be have has will would do does did no we they me from about out when "
    "please",
    "de": "der die das ein eine einen und von ich du sie es ist nicht dass zu auf mit fur mein meine was wo wie "
    "kann aber um auch noch bei oder sind habe haben wird werden muss kein keine war als diese dieser wenn "
    "bitte im am zum zur den dem des mir mich ihr ihre wir uns konnen mochte wann warum nach schon danke "
    "guten tag hallo",
    "fr": "le la les un une des et de du je tu il elle vous nous est pas que qui ce cette dans a au aux sur avec "
    "pour mon ma mes votre ou comment quand mais aussi encore par sont ai avez etre avoir fait s'il plait "
    "merci bonjour j'ai c'est n'est d'un l'ai quel quelle suis puis-je puis ne en y on",
    "es": "el la los las un una y de del yo tu usted es no que en a al con por para mi mis su como donde cuando "
    "pero tambien esta este son he ha tengo quiero puedo hola gracias se lo le me muy mas sin ser estoy hay "
    "cual porque",
    "it": "il lo la gli le un una e di del della io tu lei non che in al con per mio mia come dove quando ma anche "
    "ancora sono ho ha vorrei posso ciao grazie si mi molto piu senza essere c'e perche questo questa nel dei "
    "delle alla",
    "pt": "o os as um uma e do da dos das eu voce nao que em ao com por para meu minha como onde quando mas tambem "
    "ainda esta sao tenho quero posso ola obrigado obrigada se lhe me muito mais sem ser estou ha qual porque "
    "isso na no",
}
_OWNERS = {
    word: tuple(code for code, text in SMALL_WORDS.items() if word in text.split())
    for word in " ".join(SMALL_WORDS.values()).split()
}
_SCRIPTS = {
    "GREEK": "el", "HEBREW": "he", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CYRILLIC": "ru", "THAI": "th",
    "CJK": "zh",
}  # fmt: skip
_ENOUGH = 200


def small_words_in(found: Sequence[str], known: Collection[str]) -> tuple[str | None, float]:
    """The likeliest language outside `known` and by how many small words it beats the known ones; None if by none.

    A word that several languages share is shared among them.
    """
    votes = dict.fromkeys(SMALL_WORDS, 0.0)
    for word in set(found[:_ENOUGH]):
        owners = _OWNERS.get(word, ())
        for code in owners:
            votes[code] += 1 / len(owners)
    others = {code: count for code, count in votes.items() if code not in known}
    if not others:
        return None, 0.0
    best = max(others, key=lambda code: others[code])
    lead = others[best] - max((votes[code] for code in votes if code in known), default=0.0)
    return (best, lead) if lead > 0 else (None, 0.0)


def script_of(found: Sequence[str]) -> str | None:
    """The language of letters that are not Latin, "und" if they serve many languages; None for Latin ones."""
    text = "".join(found[:_ENOUGH])[:_ENOUGH]
    if text.isascii():
        return None
    letters = [letter for letter in text if letter.isalpha()]
    names = [unicodedata.name(letter, "?").split()[0] for letter in letters]
    other = [name for name in names if name != "LATIN"]
    if 2 * len(other) <= len(names):
        return None
    kana = any(name in ("HIRAGANA", "KATAKANA") for name in other)
    return "ja" if kana else _SCRIPTS.get(max(set(other), key=lambda name: (other.count(name), name)), UNKNOWN_LANGUAGE)
