"""What the company wants, as far as a decision needs it. Every number in it comes from evidence or from the company."""

from collections.abc import Mapping
from dataclasses import dataclass

from handdruk.core.words import Resolution
from handdruk.decide.alarm import Alarm
from handdruk.decide.groups import GroupThresholds
from handdruk.decide.plausible import Plausible


@dataclass(frozen=True, slots=True)
class Policy:
    """The promise's thresholds, how each topic is resolved, what brings in a person, and what is worth offering."""

    thresholds: GroupThresholds
    resolutions: Mapping[str, Resolution]
    wants_human: Alarm
    vulnerable: Alarm
    upset: Alarm
    plausible: Plausible
    most_options: int = 3
    most_failures: int = 2
    takeover: Alarm | None = None  # None until an archive taught something

    def admits(self, topic: str | None, language: str, probability_right: float) -> bool:
        """May this topic be answered in this language, if it is so probable, without a person?"""
        return self.thresholds.of(topic or "", language).admits(probability_right)
