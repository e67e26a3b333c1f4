"""Decides on messages as in a live conversation, with nothing stored and nothing sent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from handdruk.core.words import Resolution
from handdruk.decide import Decision, FollowUp, Policy, Situation, after, decide
from handdruk.reception.follow_up import meant, typed
from handdruk.understand import Reader, Reading

Turns = list[tuple[Reading, Decision]]
ANSWERS = ("email", "order_number", "postcode", "date", "phone")  # what an action under way may be waiting for


class Judge(Protocol):
    """A reader with the policy that goes with it."""

    @property
    def reader(self) -> Reader: ...
    @property
    def policy(self) -> Policy: ...


def rehearse_singles(texts: Sequence[str], judge: Judge) -> Turns:
    """Each text as the first message of a conversation of its own."""
    readings = judge.reader.read_many(texts)
    return [(reading, decide(reading, Situation(), judge.policy)) for reading in readings]


def rehearse(turns: Sequence[str], judge: Judge) -> Turns:
    """A customer's messages in order, as one conversation."""
    situation, language, done = Situation(), None, []
    for text in turns:
        reading = judge.reader.read(text, hint=language)
        decision, situation = rehearse_turn(text, reading, situation, judge.policy)
        language = reading.language
        done.append((reading, decision))
    return done


def rehearse_turn(text: str, reading: Reading, situation: Situation, policy: Policy) -> tuple[Decision, Situation]:
    """The decision on one message, and the situation the next one arrives in."""
    now = replace(
        situation,
        carries_on=_carries_on(text, reading, situation),
        pressed=typed(text, reading.details, situation),
        follow_up=_follow_up(text, reading, situation, policy),
    )
    decision = decide(reading, now, policy)
    return decision, after(now, decision)


def _follow_up(text: str, reading: Reading, situation: Situation, policy: Policy) -> FollowUp | None:
    """How the message leans on the turn before. Without the approved texts, what they ask for is not known."""
    resolution = policy.resolutions.get(situation.last_topic or "")
    if resolution is None or not situation.just_resolved:
        return None
    return meant(text, reading.details, None if resolution is Resolution.ACT else "")


def _carries_on(text: str, reading: Reading, situation: Situation) -> bool:
    """Without the company's systems: does this look like what an action asks for?"""
    if situation.action_topic is None or situation.with_person:
        return False
    told = any(detail.kind in ANSWERS for detail in reading.details)
    return told or reading.courtesy in ("yes", "no") or text.strip().isdigit()
