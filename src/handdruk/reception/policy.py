"""The policy in force: the company's promise laid over the reader's evidence."""

from typing import Any

import numpy as np

from handdruk.core.words import Resolution
from handdruk.decide import Alarm, Plausible, Policy, Promise, Threshold
from handdruk.relationship.company import CompanySettings
from handdruk.understand import Evidence

Stored = dict[str, Any]


def learn_policy(evidence: Evidence, settings: CompanySettings) -> Stored:
    """Every number of the policy from evidence, as plain values.

    The promise is provisional: its evidence is cross-validation on the company's own examples.
    """
    threshold = threshold_under(Promise(settings.at_most, settings.confidence), evidence)
    senses = {"wants_human": evidence.wants_human, "vulnerable": evidence.vulnerable, "upset": evidence.upset}
    alarms = {
        name: Alarm.fit(
            sense.probability,
            sense.label,
            miss_at_most=settings.miss_at_most,
            needless_at_most=settings.needless_at_most,
        )
        for name, sense in senses.items()
    }
    has_topic = (evidence.truth != "") & ~evidence.held_out
    plausible = Plausible.fit(evidence.probability_of_truth[has_topic], rate=settings.ask_rate)
    return {
        "threshold": threshold.as_json(),
        "plausible": plausible.as_json(),
        **{name: alarm.as_json() for name, alarm in alarms.items()},
    }


def threshold_under(promise: Promise, evidence: Evidence) -> Threshold:
    """The threshold for any promise from the reader's evidence.

    Every other row guides where the tests begin, the rest is the calibration sample, so that no row does both.
    """
    guide = np.arange(len(evidence.was_right)) % 2 == 0
    scores, right = evidence.probability_right, evidence.was_right
    return promise.fit(scores[~guide], right[~guide], guide=(scores[guide], right[guide]), provisional=True)


def policy_from(stored: Stored, resolutions: dict[str, Resolution], takeover: Alarm | None = None) -> Policy:
    """The policy a turn decides by; `takeover` is the alarm of what an archive taught."""
    return Policy(
        threshold=Threshold.from_json(stored["threshold"]),
        resolutions=resolutions,
        wants_human=Alarm(**stored["wants_human"]),
        vulnerable=Alarm(**stored["vulnerable"]),
        upset=Alarm(**stored["upset"]),
        plausible=Plausible(**stored["plausible"]),
        takeover=takeover,
    )
