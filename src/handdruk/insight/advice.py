"""What would let the assistant answer more about a topic: rules over counts, each with its reason."""

from dataclasses import dataclass
from enum import StrEnum

FEW_EXAMPLES = 15  # a language
OFTEN = 0.1  # of the examples that are taken for one and the same other topic
MOSTLY_DISAPPOINTING = 0.3  # of the automatic answers wrong or reopened
ENOUGH_ANSWERS = 10


class Help(StrEnum):
    """What would help."""

    EXAMPLES = "examples"
    APART = "apart"
    ARTICLE = "article"
    PEOPLE = "people"
    VARIED = "varied"


@dataclass(frozen=True, slots=True)
class Row:
    """One topic: how its examples are read out of sample, and how its answers ended.

    `examples` is the number in its poorest language. `missed` are those not recognised as this topic surely enough to be
    answered, `taken_for` the topic that most of them were taken for, `confused` how many. `false` are messages of other
    topics taken for this one. `ended` automatic answers came to an end, `disappointing` of them as wrong or reopened.
    """

    name: str
    examples: int
    read: int
    missed: int
    false: int
    taken_for: str = ""
    confused: int = 0
    asked: int = 0
    ended: int = 0
    disappointing: int = 0
    has_article: bool = True

    @property
    def recognised(self) -> float:
        """The share of its examples that could be answered automatically."""
        return 1 - self.missed / self.read if self.read else 0.0

    @property
    def lost(self) -> float:
        """How much this topic holds the company back: what is asked about it and could not be answered."""
        return (self.asked or 1) * (1 - self.recognised)


def help_for(row: Row) -> Help:
    """The first thing to do about a topic."""
    if row.ended >= ENOUGH_ANSWERS and row.disappointing / row.ended > MOSTLY_DISAPPOINTING:
        return Help.PEOPLE if row.has_article else Help.ARTICLE
    if row.examples < FEW_EXAMPLES:
        return Help.EXAMPLES
    if row.read and row.confused / row.read >= OFTEN:
        return Help.APART
    return Help.VARIED


def holding_back(rows: list[Row], most: int) -> list[Row]:
    """The topics that hold most back, most first; those that lose nothing are left out."""
    return sorted((row for row in rows if row.missed), key=lambda row: (-row.lost, row.name))[:most]
