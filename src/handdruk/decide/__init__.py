"""Reading + situation + policy -> Decision, under a promise of how often it may be wrong.

Plain Python and NumPy: usable without the rest of Handdruk.

    >>> from handdruk.decide import Promise
    >>> threshold = Promise(at_most=0.02, confidence=0.95).fit(probability_right, was_right)
    >>> threshold.admits(0.97)
"""

from handdruk.decide.alarm import Alarm
from handdruk.decide.decision import Decision, Kind, Reason
from handdruk.decide.groups import Group, GroupThresholds, Labelled
from handdruk.decide.monitor import Monitor
from handdruk.decide.plausible import Plausible
from handdruk.decide.policy import Policy
from handdruk.decide.promise import Promise
from handdruk.decide.rules import decide
from handdruk.decide.situation import FollowUp, Pressed, Situation, after
from handdruk.decide.threshold import Point, Threshold

__all__ = [
    "Alarm",
    "Decision",
    "FollowUp",
    "Group",
    "GroupThresholds",
    "Kind",
    "Labelled",
    "Monitor",
    "Plausible",
    "Point",
    "Policy",
    "Pressed",
    "Promise",
    "Reason",
    "Situation",
    "Threshold",
    "after",
    "decide",
]
