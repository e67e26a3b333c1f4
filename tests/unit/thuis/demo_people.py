"""The well-known customers of the shop, and what they do."""

from handdruk.digital.actions import Call

SANNE, THOMAS, FATIMA = "sanne@voorbeeld.example", "thomas@voorbeeld.example", "fatima@voorbeeld.example"
PIETER, JAN, LOTTE = "pieter@voorbeeld.example", "jan@voorbeeld.example", "lotte@voorbeeld.example"


def call(email: str, language: str = "nl", key: str = "key-1") -> Call:
    """One use of an action by a customer who proved their address."""
    return Call(email, language, key)
