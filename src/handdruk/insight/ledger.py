"""The ledger's rules: how one automatic answer ended, told from what happened after it. Pure functions on plain values.

The customer's own word, said with the buttons under the answer, always wins. Without it the first rule that fits decides:

1. `not_it`: the same question came straight back, or the customer said that this was not it: wrong;
2. `person`: straight after it the matter went to a person: reopened;
3. `came_back`: within a week the customer came back with the same question: reopened;
4. `kind_word`: thanks, a goodbye or a plain yes came straight after it: confirmed;
5. `left`: its action was stopped, or a day later is still not done: abandoned;
6. `quiet`: nothing of the kind for three days: assumed right. The weakest word: only audits say how often it is wrong.

"Straight after" is within an hour and before the customer begins about something else. What happens later than a week
after an answer is not about that answer any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handdruk.core.words import OutcomeKind

STRAIGHT = timedelta(hours=1)
LEFT_AFTER = timedelta(days=1)
ASSUMED_AFTER = timedelta(days=3)
FINAL_AFTER = timedelta(days=7)
NOT_IT = frozenset({"same_again", "failed_twice", "none_of_these", "wrong_answer"})
TO_A_PERSON = frozenset(
    {
        "wants_human",
        "upset",
        "vulnerable",
        "archive_says",
        "not_sure",
        "no_known_topic",
        "no_proof_yet",
        "gave_details",
        "action_failed",
        "turn_failed",
    }
)
SOMETHING_ELSE = frozenset({"sure", "chosen", "people_topic"})
KIND = frozenset({"thanks", "goodbye", "yes"})


class By(StrEnum):
    """What told how an answer ended: the customer's word, or one of the rules."""

    WORD = "word"
    NOT_IT = "not_it"
    PERSON = "person"
    CAME_BACK = "came_back"
    KIND_WORD = "kind_word"
    LEFT = "left"
    QUIET = "quiet"


class Action(StrEnum):
    """Where the action of an answer stands; an answer without one has none."""

    NONE = ""
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Later:
    """Something that happened after the answer: a turn (`code` is its main reason) or a handover.

    `topic` is what it was about, as far as that is more likely than not, and `more` what else. `elsewhere` is another conversation.
    """

    at: datetime
    code: str
    topic: str = ""
    courtesy: str = ""
    elsewhere: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An automatic answer to one topic or, with `more`, to several. `word` is what the customer said of it with a button."""

    at: datetime
    topic: str
    action: Action = Action.NONE
    word: OutcomeKind | None = None
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """How an answer ended, and what told so."""

    kind: OutcomeKind
    by: By


def ending(answered: Answered, later: Sequence[Later], moment: datetime) -> Ending | None:
    """How the answer ended, as far as can be told at `moment`; None when it is too early. `later` is in order."""
    if answered.word is not None:
        return Ending(answered.word, By.WORD)
    straight = _straight_after(answered, later)
    if any(event.code in NOT_IT for event in straight):
        return Ending(OutcomeKind.WRONG, By.NOT_IT)
    if any(event.code in TO_A_PERSON for event in straight):
        return Ending(OutcomeKind.REOPENED, By.PERSON)
    if any(_comes_back(event, answered) for event in later):
        return Ending(OutcomeKind.REOPENED, By.CAME_BACK)
    if any(event.courtesy in KIND for event in straight):
        return Ending(OutcomeKind.CONFIRMED, By.KIND_WORD)
    if _was_left(answered, moment):
        return Ending(OutcomeKind.ABANDONED, By.LEFT)
    return Ending(OutcomeKind.ASSUMED, By.QUIET) if moment - answered.at > ASSUMED_AFTER else None


def look_again(answered_at: datetime, moment: datetime) -> datetime | None:
    """When time alone may tell more; None once how it ended is final."""
    looks = (answered_at + wait for wait in (STRAIGHT, LEFT_AFTER, ASSUMED_AFTER, FINAL_AFTER))
    return next((look for look in looks if look > moment), None)


def _straight_after(answered: Answered, later: Iterable[Later]) -> list[Later]:
    found: list[Later] = []
    for event in later:
        if event.elsewhere:
            continue
        if event.at - answered.at > STRAIGHT or event.code in SOMETHING_ELSE:
            break
        found.append(event)
    return found


def _comes_back(event: Later, answered: Answered) -> bool:
    """With the same question, after the matter seemed closed or in another conversation."""
    after = event.at - answered.at
    same = not {event.topic, *event.more}.isdisjoint((answered.topic, *answered.more))
    return same and after <= FINAL_AFTER and (event.elsewhere or after > STRAIGHT)


def _was_left(answered: Answered, moment: datetime) -> bool:
    open_too_long = answered.action is Action.OPEN and moment - answered.at > LEFT_AFTER
    return answered.action is Action.STOPPED or open_too_long
