"""The well-known customers of the demo and their orders; see the package's docstring."""

from datetime import datetime, timedelta

from .days import AMSTERDAM, packing_day, promised_day, working_day_after, working_day_by
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
        Story(SANNE, (("glans-2", 1),), _just_shipped(moment), number="TH-104233"),
        Story(SANNE, (("warm", 1),), moment - timedelta(minutes=25), number="TH-104310", until="ordered"),
        Story(SANNE, (("glans-1", 1), ("heads", 2)), _came(moment, 5), number="TH-104150"),
        Story(THOMAS, (("blades", 1), ("heads", 1)), _at_point(moment), missed=True, fetched_after=7, number="TH-104227",
              until="shipped"),
        Story(THOMAS, (("warm", 1),), moment - timedelta(hours=3), number="TH-104305", until="packed"),
        Story(THOMAS, (("glans-2", 2),), _came(moment, 5, 2), number="TH-104148"),
        Story(FATIMA, (("heads", 1), ("glans-1", 1)), _came(moment, 2), late_by=9, silent=True, number="TH-104171"),
        Story(FATIMA, (("warm", 1), ("visit-warm", 1)), _came(moment, 3), late_by=9, number="TH-104168"),
        Story(PIETER, (("maai-800", 1), ("visit-maai", 1)), moment - timedelta(hours=20), number="TH-104301",
              until="packed"),
        Story(PIETER, (("maai-300", 1),), _came(moment, 12, 4), number="TH-104102"),
        Story(JAN, (("glans-2", 1),), _came(moment, 75), number="TH-103988"),
        Story(JAN, (("glans-1", 1),), _came(moment, 40), returned_after=6, number="TH-104020"),
        Story(JAN, (("blades", 2),), moment - two, cancelled=True, number="TH-104295"),
    ]  # fmt: skip


def _just_shipped(moment: datetime) -> datetime:
    """Ordered so that it left with the last van, and is still to arrive."""
    local = moment.astimezone(AMSTERDAM)
    last = local.date() if local.hour == 23 and local.minute >= 30 else local.date() - timedelta(days=1)
    return at(working_day_by(last), 14, 12)


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
    assert packing_day(at(day, 11)) == day
    return at(day, 11)
