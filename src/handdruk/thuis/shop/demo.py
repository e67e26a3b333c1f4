"""The well-known customers of the demo and their orders; see the package's docstring."""

from datetime import datetime, timedelta

from .days import AMSTERDAM, is_working_day, promised_day, working_day_after, working_day_by
from .story import Story, at
from .values import Address, Customer

SANNE = Customer("K-20817", "sanne@voorbeeld.example", "Sanne de Wit", "nl",
                 Address("Lindelaan 12", "3512 LK", "Utrecht", "NL"))  # fmt: skip
THOMAS = Customer("K-20818", "thomas@voorbeeld.example", "Thomas Baker", "en",
                  Address("Kerkstraat 48", "2000", "Antwerpen", "BE"))  # fmt: skip
FATIMA = Customer("K-20819", "fatima@voorbeeld.example", "Fatima Amrani", "nl",
                  Address("Parkweg 7B", "3811 GH", "Amersfoort", "NL"))  # fmt: skip
PIETER = Customer("K-20820", "pieter@voorbeeld.example", "Pieter Smeets", "nl",
                  Address("Molenweg 101", "6211 NX", "Maastricht", "NL"))  # fmt: skip
JAN = Customer("K-20821", "jan@voorbeeld.example", "Jan Mulder", "nl",
               Address("Dorpsstraat 3", "8011 VB", "Zwolle", "NL"))  # fmt: skip
LOTTE = Customer("K-20822", "lotte@voorbeeld.example", "Lotte Maes", "nl",
                 Address("Stationsstraat 22", "9000", "Gent", "BE"))  # fmt: skip
CUSTOMERS = (SANNE, THOMAS, FATIMA, PIETER, JAN, LOTTE)


def stories(moment: datetime) -> list[Story]:
    """Their orders, as they are at `moment`."""
    two = timedelta(days=2)
    return [
        Story(SANNE, (("glans-2", 1),), _just_shipped(moment), until="shipped", number="TH-104233"),
        Story(SANNE, (("warm", 1),), moment - timedelta(minutes=25), until="ordered", number="TH-104310"),
        Story(SANNE, (("glans-1", 1), ("heads", 2)), _came(moment, 5), number="TH-104150"),
        Story(THOMAS, (("heads", 2),), _at_point(moment), missed=True, until="shipped", number="TH-104163"),
        Story(THOMAS, (("warm", 1),), moment - timedelta(hours=3), until="packed", number="TH-104305"),
        Story(THOMAS, (("glans-2", 2),), _came(moment, 5, 2), number="TH-104148"),
        Story(FATIMA, (("heads", 1), ("glans-1", 1)), _came(moment, 2), late_by=9, silent=True,
              until="shipped", number="TH-104171"),
        Story(FATIMA, (("warm", 1), ("visit-warm", 1)), _came(moment, 3), late_by=9, until="shipped",
              number="TH-104167"),
        Story(PIETER, (("maai-800", 1), ("visit-maai", 1)), moment - timedelta(hours=20), until="packed",
              number="TH-104301"),
        Story(PIETER, (("maai-300", 1),), _came(moment, 12, 4), number="TH-104102"),
        Story(JAN, (("glans-2", 1),), _came(moment, 75), number="TH-103988"),
        Story(JAN, (("glans-1", 1),), _came(moment, 40), returned_after=6, number="TH-104020"),
        Story(JAN, (("blades", 2),), moment - two, cancelled=True, number="TH-104295"),
    ]  # fmt: skip


def _just_shipped(moment: datetime) -> datetime:
    """Ordered so that it has left, and comes today or (in the evening) on the next working day."""
    local = moment.astimezone(AMSTERDAM)
    if local.hour >= 17 and is_working_day(local.date()):
        return at(local.date(), 9, 10)
    return at(working_day_by(local.date() - timedelta(days=1)), 14, 12)


def _came(moment: datetime, days: int, takes: int = 1) -> datetime:
    """Ordered so that it was to come that many days ago, or on the last working day before."""
    came = working_day_by(moment.astimezone(AMSTERDAM).date() - timedelta(days=days))
    day = working_day_by(came - timedelta(days=1))
    while working_day_after(day, takes) > came:
        day = working_day_by(day - timedelta(days=1))
    return at(day, 16, 40)


def _at_point(moment: datetime) -> datetime:
    """Ordered so that the carrier's second visit, to Belgium, was on the last working day before today."""
    today = moment.astimezone(AMSTERDAM).date()
    day = working_day_by(today - timedelta(days=3))
    while working_day_after(promised_day(at(day, 11), "BE")) >= today:
        day = working_day_by(day - timedelta(days=1))
    return at(day, 11)
