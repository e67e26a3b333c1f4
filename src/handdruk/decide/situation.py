"""What already happened in the conversation, as far as a decision needs it, and what a decision makes of it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from handdruk.decide.decision import Decision, Kind


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button the customer pressed: a topic, or one of `all` (of those offered), `none`, `human`, `wrong`."""

    what: str
    topic: str | None = None


class FollowUp(StrEnum):
    """What a message that hardly says anything by itself means straight after an answer or a step."""

    DETAILS = "details"  # nothing but what the answer asked for, such as an order number
    OTHER = "other"  # "and the other one?"
    MORE = "more"  # "and on Sundays?": perhaps about the same, perhaps about something else
    UNHELPED = "unhelped"  # "I tried that already"


@dataclass(frozen=True, slots=True)
class Situation:
    """The state a message arrives in.

    `action_waits`: an action under way has asked for something; `carries_on`: this message holds that, and when `bare`
    nothing else; `beside` when it is a word beside the matter, such as a thumb. `offered` are the topics the last message
    offered as buttons, `together` when all of them may be chosen. `last_more` were resolved with `last_topic`;
    `just_resolved` when that was the turn before, and then this message may be a `follow_up`, which leans on it.
    `takeover` is how probable it is, going by the company's own archive, that a person takes over here.
    """

    with_person: bool = False
    failures: int = 0
    asked_last: bool = False
    last_topic: str | None = None
    last_more: tuple[str, ...] = ()
    just_resolved: bool = False
    follow_up: FollowUp | None = None
    action_waits: bool = False
    carries_on: bool = False
    bare: bool = False
    beside: bool = False
    offered: tuple[str, ...] = ()
    together: bool = False
    action_topic: str | None = None
    pressed: Pressed | None = None
    takeover: float = 0.0


def after(situation: Situation, decision: Decision) -> Situation:
    """The situation the next message arrives in."""
    helped = decision.code in ("sure", "chosen")  # something new was answered; what went wrong before is over
    resolved = decision.kind in (Kind.ANSWER, Kind.ACT)
    failures = (0 if helped else situation.failures) + int(decision.failed)
    return replace(
        situation,
        with_person=situation.with_person or decision.kind is Kind.HAND_OVER,
        failures=failures,
        asked_last=decision.kind is Kind.ASK or bool(decision.options),
        last_topic=decision.topic if resolved else situation.last_topic,
        last_more=decision.more if resolved else situation.last_more,
        just_resolved=resolved and decision.topic is not None,
        follow_up=None,
        action_topic=(decision.begins or decision.topic) if decision.kind is Kind.ACT else None,
        carries_on=False,
        bare=False,
        beside=False,
        offered=decision.options,
        together=decision.together,
        pressed=None,
        takeover=0.0,
    )
