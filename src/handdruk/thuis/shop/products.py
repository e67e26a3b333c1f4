"""What Thuis sells, with prices in euro cents, VAT included."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["toothbrush", "heads", "mower", "blades", "thermostat", "visit"]


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the shop. `serial` begins the serial numbers of a connected product, else ""."""

    nl: str
    en: str
    price: int
    kind: Kind
    serial: str = ""

    def named(self, language: str) -> str:
        """Its name in that language."""
        return self.nl if language == "nl" else self.en


PRODUCTS = {
    "glans-1": Product("Glans 1", "Glans 1", 4900, "toothbrush"),
    "glans-2": Product("Glans 2", "Glans 2", 8900, "toothbrush", "G2"),
    "heads": Product("4 opzetborstels", "4 brush heads", 1995, "heads"),
    "maai-300": Product("Maai 300", "Maai 300", 64900, "mower", "M3"),
    "maai-800": Product("Maai 800", "Maai 800", 129900, "mower", "M8"),
    "blades": Product("9 mesjes", "9 blades", 1695, "blades"),
    "warm": Product("Warm", "Warm", 15900, "thermostat", "WA"),
    "visit-warm": Product("installatie aan huis", "installation at home", 8900, "visit"),
    "visit-maai": Product("installatie aan huis", "installation at home", 14900, "visit"),
}
DELIVERY = 395
FREE_FROM = 3000


def delivery_cost(goods: int) -> int:
    """What delivery costs for an order of that amount, in cents."""
    return 0 if goods >= FREE_FROM else DELIVERY


def vat_in(amount: int) -> int:
    """The 21 % VAT within an amount in cents (the rate of the Netherlands and of Belgium)."""
    return round(amount * 21 / 121)
