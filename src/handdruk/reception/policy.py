"""The policy in force: the company's promise laid over the reader's evidence."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

from handdruk.core.words import Resolution
from handdruk.decide import Alarm, GroupThresholds, Labelled, Plausible, Policy, Promise
from handdruk.relationship.company import CompanySettings
from handdruk.understand import Evidence

Stored = dict[str, Any]
GUIDING = 5  # one row in so many; a proof takes far more rows than a place to begin
MOVES = (0.01, 0.02, 0.05)  # the promises a company may want to compare its own with


def learn_policy(evidence: Evidence, settings: CompanySettings, labels: Labelled | None = None) -> Stored:
    """Every number of the policy from evidence, as plain values.

    `labels` are audited turns. As soon as they prove anything, that is what counts; until then the promise is provisional,
    from cross-validation on the company's own examples.
    """
    thresholds = _thresholds(Promise(settings.at_most, settings.confidence), evidence, labels)
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
    asked = (evidence.truth != "") & ~evidence.held_out & ~_answered(evidence, thresholds)
    plausible = Plausible.fit(evidence.probability_of_truth[asked], rate=settings.ask_rate)
    return {
        **_as_stored(thresholds),
        "plausible": plausible.as_json(),
        "moves": _moves(settings, evidence, labels),
        "labels": 0 if labels is None else len(labels),
        **{name: alarm.as_json() for name, alarm in alarms.items()},
    }


def _answered(evidence: Evidence, thresholds: GroupThresholds) -> npt.NDArray[np.bool_]:
    """What is answered is never asked about: were it counted among what is, the buttons would hold the right topic less often."""
    return thresholds.admitted(rows_of(evidence))


def thresholds_under(promise: Promise, evidence: Evidence) -> GroupThresholds:
    """The thresholds for any promise from the reader's evidence.

    Every fifth row guides where the tests begin and which groups there are, the rest is the calibration sample, so that
    no row does both.
    """
    rows = rows_of(evidence)
    guide = np.arange(len(rows)) % GUIDING == 0
    return GroupThresholds.fit(promise, rows.where(~guide), rows.where(guide), provisional=True)


def thresholds_of(stored: Stored) -> GroupThresholds:
    """Those of a stored policy; one from before there were groups has a single threshold."""
    shared, groups = stored["threshold"], stored.get("groups")
    return GroupThresholds.from_json({"shared": shared, "own": [], "curve": [], **(groups or {})})


def policy_from(stored: Stored, resolutions: dict[str, Resolution], takeover: Alarm | None = None) -> Policy:
    """The policy a turn decides by; `takeover` is the alarm of what an archive taught."""
    return Policy(
        thresholds=thresholds_of(stored),
        resolutions=resolutions,
        wants_human=Alarm(**stored["wants_human"]),
        vulnerable=Alarm(**stored["vulnerable"]),
        upset=Alarm(**stored["upset"]),
        plausible=Plausible(**stored["plausible"]),
        takeover=takeover,
    )


def _as_stored(thresholds: GroupThresholds) -> Stored:
    """The threshold all share and, where there are any, those of groups beside it."""
    plain = thresholds.as_json()
    shared = plain.pop("shared")
    return {"threshold": shared, "groups": plain} if thresholds.own else {"threshold": shared}


def rows_of(evidence: Evidence) -> Labelled:
    """The reader's evidence as labelled turns."""
    return Labelled(evidence.probability_right, evidence.was_right, evidence.predicted, evidence.language)


def _thresholds(promise: Promise, evidence: Evidence, labels: Labelled | None) -> GroupThresholds:
    """What the labels prove; while that is nothing the provisional thresholds, unless they speak against these."""
    provisional = thresholds_under(promise, evidence)
    if labels is None:
        return provisional
    proved = GroupThresholds.fit(promise, labels, rows_of(evidence))
    missing = proved.whole().labels_missing
    if proved.whole().value is not None or _refuted(provisional, labels, promise):
        return proved
    return replace(provisional, shared=replace(provisional.shared, labels_missing=missing))


def _moves(settings: CompanySettings, evidence: Evidence, labels: Labelled | None) -> list[Stored]:
    """What other promises would allow, from the same evidence."""
    others = [Promise(at_most, settings.confidence) for at_most in sorted({*MOVES, settings.at_most})]
    return [{**_thresholds(promise, evidence, labels).whole().as_json(), "curve": []} for promise in others]


def _refuted(thresholds: GroupThresholds, labels: Labelled, promise: Promise) -> bool:
    """Do labels show that more than the promised share is wrong at these thresholds? The same exact test, turned round."""
    answered = thresholds.admitted(labels)
    wrong = int((answered & ~labels.was_right).sum())
    return wrong > 0 and float(bdtrc(wrong - 1, int(answered.sum()), promise.at_most)) <= 1 - promise.confidence
