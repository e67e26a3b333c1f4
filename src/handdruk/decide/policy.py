"""What the company wants, as far as a decision needs it. Every number in it comes from evidence or from the company."""

from collections.abc import Mapping
from dataclasses import dataclass

from handdruk.core.words import Resolution
from handdruk.decide.alarm import Alarm
from handdruk.decide.plausible import Plausible
from handdruk.decide.threshold import Threshold


@dataclass(frozen=True, slots=True)
class Policy:
    """The promise's threshold, how each topic is resolved, what brings in a person, and what is worth offering."""

    threshold: Threshold
    resolutions: Mapping[str, Resolution]
    wants_human: Alarm
    vulnerable: Alarm
    upset: Alarm
    plausible: Plausible
    most_options: int = 3
    most_failures: int = 2
    takeover: Alarm | None = None  # None until an archive taught something
