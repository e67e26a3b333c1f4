"""The policy in force: the company's promise laid over the reader's evidence."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

from handdruk.core.words import Resolution
from handdruk.decide import Alarm, Plausible, Policy, Promise, Threshold
from handdruk.reception.labels import Labels
from handdruk.relationship.company import CompanySettings
from handdruk.understand import Evidence

Stored = dict[str, Any]
GUIDING = 5  # one row in so many; a proof takes far more rows than a place to begin
MOVES = (0.01, 0.02, 0.05)  # the promises a company may want to compare its own with


def learn_policy(evidence: Evidence, settings: CompanySettings, labels: Labels | None = None) -> Stored:
    """Every number of the policy from evidence, as plain values.

    `labels` are audited turns. As soon as they prove a threshold, that is the one; until then the promise is provisional,
    from cross-validation on the company's own examples.
    """
    threshold = _threshold(Promise(settings.at_most, settings.confidence), evidence, labels)
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
    asked = (evidence.truth != "") & ~evidence.held_out & ~_answered(evidence, threshold)
    plausible = Plausible.fit(evidence.probability_of_truth[asked], rate=settings.ask_rate)
    return {
        "threshold": threshold.as_json(),
        "plausible": plausible.as_json(),
        "moves": _moves(settings, evidence, labels),
        "labels": 0 if labels is None else len(labels.was_right),
        **{name: alarm.as_json() for name, alarm in alarms.items()},
    }


def _answered(evidence: Evidence, threshold: Threshold) -> npt.NDArray[np.bool_]:
    """What is answered is never asked about: were it counted among what is, the buttons would hold the right topic less often."""
    if threshold.value is None:
        return np.zeros(len(evidence.truth), dtype=np.bool_)
    return evidence.probability_right >= threshold.value


def threshold_under(promise: Promise, evidence: Evidence) -> Threshold:
    """The threshold for any promise from the reader's evidence.

    Every fifth row guides where the tests begin, the rest is the calibration sample, so that no row does both.
    """
    guide = np.arange(len(evidence.was_right)) % GUIDING == 0
    scores, right = evidence.probability_right, evidence.was_right
    return promise.fit(scores[~guide], right[~guide], guide=(scores[guide], right[guide]), provisional=True)


def _threshold(promise: Promise, evidence: Evidence, labels: Labels | None) -> Threshold:
    """What the labels prove; while that is nothing the provisional threshold, unless they speak against it."""
    provisional = threshold_under(promise, evidence)
    if labels is None:
        return provisional
    guide = (evidence.probability_right, evidence.was_right)
    proved = promise.fit(labels.probability_right, labels.was_right, guide=guide)
    if proved.value is not None or _refuted(provisional, labels, promise):
        return proved
    return replace(provisional, labels_missing=proved.labels_missing)


def _moves(settings: CompanySettings, evidence: Evidence, labels: Labels | None) -> list[Stored]:
    """What other promises would allow, from the same evidence."""
    others = [Promise(at_most, settings.confidence) for at_most in sorted({*MOVES, settings.at_most})]
    return [{**_threshold(promise, evidence, labels).as_json(), "curve": []} for promise in others]


def _refuted(threshold: Threshold, labels: Labels, promise: Promise) -> bool:
    """Do the labels show that more than the promised share is wrong at this threshold? The same exact test, turned round."""
    if threshold.value is None:
        return False
    answered = labels.probability_right >= threshold.value
    wrong = int((answered & ~labels.was_right).sum())
    return wrong > 0 and float(bdtrc(wrong - 1, int(answered.sum()), promise.at_most)) <= 1 - promise.confidence


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
