"""The actions of the company that tests run on: what they do is written to files, so that a test can count it."""

import os
import uuid
from pathlib import Path
from typing import Annotated

from handdruk.digital.actions import Ask, Call, Choice, Done, Refused, action, customer_lookup

DONE = Path(os.environ["HANDDRUK_HOME"]) / "done"
NAMES = {"anna@voorbeeld.example": "Anna", "leeg@voorbeeld.example": "Leeg"}


@customer_lookup
def name_of(email: str) -> str | None:
    return NAMES.get(email)


def orders(call: Call) -> list[Choice]:
    if call.email != "anna@voorbeeld.example":
        raise Refused(nl="Ik vind geen bestellingen bij dit adres.", en="I find no orders for this address.")
    return [Choice("TH-100001", "TH-100001, borstel"), Choice("TH-100002", "TH-100002, maaier")]


Order = Annotated[str, Ask(nl="Welke bestelling?", en="Which order?", detail="order_number", choices=orders)]
Address = Annotated[str, Ask(nl="Wat is het nieuwe adres?", en="What is the new address?", pattern=r".*\d.*")]


@action(title={"nl": "Pakket volgen", "en": "Track a parcel"})
def parcel_status(call: Call, order: Order) -> Done:
    return Done(nl=f"{order} is onderweg.", en=f"{order} is under way.")


@action(title={"nl": "Adres wijzigen", "en": "Change address"})
def change_address(call: Call, order: Order, address: Address) -> Done:
    DONE.mkdir(parents=True, exist_ok=True)
    (DONE / f"tried-{call.key}-{uuid.uuid4().hex}").touch()
    if (DONE / "broken").exists():
        raise ConnectionError("the shop does not answer")
    (DONE / f"done-{call.key}").write_text(f"{order} {address}")
    return Done(nl=f"{order} gaat naar {address}.", en=f"{order} goes to {address}.")


@change_address.preview
def what_will_happen(call: Call, order: str, address: str) -> Done:
    return Done(nl=f"Ik stuur {order} naar {address}. Goed?", en=f"I will send {order} to {address}. All right?")
