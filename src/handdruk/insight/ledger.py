"""The ledger's rules: how one automatic answer ended, told from what happened after it. Pure functions on plain values.

An answer is *confirmed* or *wrong* when the customer says so, in a word or with a button. Without such a word:

1. the same question came straight back, or the customer chose "none of these": wrong;
2. a person was asked for straight after it, or within a week the customer came back with the same question: reopened;
3. thanks, a goodbye or a plain yes came straight after it: confirmed;
4. an action was begun and a day later is not done, or the customer stopped it: abandoned;
5. nothing of the kind for three days: assumed right. That is the weakest word: only audits say how often it is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handdruk.core.words import OutcomeKind

STRAIGHT = timedelta(hours=1)  # what comes within this time of an answer is about that answer
LEFT_AFTER = timedelta(days=1)
ASSUMED_AFTER = timedelta(days=3)
COMES_BACK_WITHIN = timedelta(days=7)
NOT_IT = frozenset({"same_again", "failed_twice", "none_of_these", "wrong_answer"})
TO_A_PERSON = frozenset({"wants_human", "upset", "vulnerable", "not_sure", "no_known_topic"})
KIND = frozenset({"thanks", "goodbye", "yes"})


@dataclass(frozen=True, slots=True)
class Later:
    """Something the customer did after the answer: a turn, or the button to a person."""

    at: datetime
    code: str
    topic: str = ""
    courtesy: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An automatic answer. `action` is where its action stands: "", open, done, refused or stopped."""

    at: datetime
    topic: str
    action: str = ""


def outcome(answered: Answered, later: Sequence[Later], moment: datetime) -> OutcomeKind | None:
    """How the answer ended, as far as can be told at `moment`; None when it is too early. `later` is in order."""
    straight = next((event for event in later if event.at - answered.at <= STRAIGHT), None)
    if straight is not None and straight.code in NOT_IT:
        return OutcomeKind.WRONG
    if (straight is not None and straight.code in TO_A_PERSON) or _came_back(answered, later):
        return OutcomeKind.REOPENED
    if straight is not None and straight.courtesy in KIND:
        return OutcomeKind.CONFIRMED
    if answered.action == "stopped" or (answered.action == "open" and moment - answered.at > LEFT_AFTER):
        return OutcomeKind.ABANDONED
    return OutcomeKind.ASSUMED if moment - answered.at > ASSUMED_AFTER else None


def _came_back(answered: Answered, later: Sequence[Later]) -> bool:
    """With the same question, after the matter seemed closed."""
    return any(
        event.topic == answered.topic and STRAIGHT < event.at - answered.at <= COMES_BACK_WITHIN for event in later
    )
