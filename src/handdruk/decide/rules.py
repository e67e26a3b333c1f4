"""The order in which a message is decided on. Emotion only ever moves a conversation towards a person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from handdruk.core.words import Resolution
from handdruk.decide.decision import Decision, Kind, Reason
from handdruk.decide.policy import Policy
from handdruk.decide.several import PartRead, chance_of_all, held_to_the_threshold, names_of
from handdruk.decide.situation import FollowUp, Situation

MORE_LIKELY_THAN_NOT = 0.5


class Read(Protocol):
    """What deciding needs of a reading."""

    @property
    def language(self) -> str: ...
    @property
    def topics(self) -> Sequence[tuple[str, float]]: ...
    @property
    def wants_human(self) -> float: ...
    @property
    def vulnerable(self) -> float: ...
    @property
    def upset(self) -> float: ...
    @property
    def courtesy(self) -> str | None: ...
    @property
    def parts(self) -> Sequence[PartRead]: ...


def decide(reading: Read, situation: Situation, policy: Policy) -> Decision:
    """What to do with a message. Never raises; when nothing can be proved, a person gets it."""
    decision = _decide(reading, situation, policy)
    if decision.kind is not Kind.HAND_OVER or decision.more:
        return decision
    return replace(decision, probability_right=_candidate(reading)[1])


def _decide(reading: Read, situation: Situation, policy: Policy) -> Decision:
    if situation.with_person:
        return _hand_over("with_a_person")
    if situation.carries_on and situation.bare:
        return _carrying_on(situation)  # an address or a code says nothing about how the customer feels
    return (
        _needs_a_person(reading, situation, policy)
        or _pressed(situation, policy)
        or _carries_on(reading, situation, policy)
        or _agrees(reading, situation, policy)
        or _follows_up(reading, situation, policy)
        or _courtesy(reading)
        or _by_topics(reading, situation, policy)
        or _by_topic(reading, situation, policy)
    )


def _needs_a_person(reading: Read, situation: Situation, policy: Policy) -> Decision | None:
    if situation.pressed is not None and situation.pressed.what == "human":
        return _hand_over("wants_human")
    if situation.pressed is not None:
        return None  # a button's own words say nothing about how the customer feels
    topic = _for_people(reading, policy)
    if policy.wants_human.rings(reading.wants_human):
        return _hand_over("wants_human", reading.wants_human)
    if policy.vulnerable.rings(reading.vulnerable):
        return _hand_over("vulnerable", reading.vulnerable, topic)
    if policy.upset.rings(reading.upset):
        sure = _best_is_sure(reading, policy)  # only then do the topic's words go before the comfort
        return _hand_over("upset", reading.upset, topic if sure else None)
    if policy.takeover is not None and policy.takeover.rings(situation.takeover):
        return _hand_over("archive_says", situation.takeover, topic)
    return None


def _for_people(reading: Read, policy: Policy) -> str | None:
    """The work for people this is about, if that is more likely than not: its approved words may matter at once."""
    topic, probability = _candidate(reading)
    people = topic is not None and policy.resolutions.get(topic) is Resolution.PEOPLE
    return topic if people and probability >= MORE_LIKELY_THAN_NOT else None


def _pressed(situation: Situation, policy: Policy) -> Decision | None:
    pressed = situation.pressed
    if pressed is None:
        return None
    if pressed.what in ("none", "wrong"):
        code = "none_of_these" if pressed.what == "none" else "wrong_answer"
        return _hand_over(code, failed=True)
    if pressed.what == "all" and situation.together and all(name in policy.resolutions for name in situation.offered):
        return _resolve_all(situation.offered, 1.0, Reason("chosen"), policy)
    if pressed.topic is None or pressed.topic not in policy.resolutions:
        return None  # an old button of a topic that is gone: the words decide
    return _resolve(pressed.topic, 1.0, Reason("chosen"), policy)


def _carries_on(reading: Read, situation: Situation, policy: Policy) -> Decision | None:
    """The action under way waits for something: this message holds it, or changes the subject, or missed the point."""
    if situation.carries_on:
        return _carrying_on(situation)
    if not situation.action_waits or _sure(reading, policy):
        return None
    if situation.beside:
        return Decision(Kind.ACT, (Reason("carrying_on"),), situation.action_topic, 1.0)
    if situation.failures + 1 >= policy.most_failures:
        return _hand_over("failed_twice", topic=situation.action_topic, failed=True)
    return Decision(Kind.ACT, (Reason("carrying_on"),), situation.action_topic, 1.0, failed=True)


def _sure(reading: Read, policy: Policy) -> bool:
    """Would this be answered or acted on by itself?"""
    if _known_parts(reading, policy):
        return _all_are_sure(reading, policy)
    return _candidate(reading)[0] in policy.resolutions and _best_is_sure(reading, policy)


def _carrying_on(situation: Situation) -> Decision:
    return Decision(Kind.ACT, (Reason("carrying_on"),), situation.action_topic, 1.0)


def _agrees(reading: Read, situation: Situation, policy: Policy) -> Decision | None:
    """A plain yes or no to what the assistant asked."""
    if not situation.asked_last or reading.courtesy not in ("yes", "no"):
        return None
    if not situation.offered:
        return _hand_over("wants_human") if reading.courtesy == "yes" else None  # it was: shall I get a colleague?
    if reading.courtesy == "no":
        return _hand_over("none_of_these", failed=True)
    if not all(name in policy.resolutions for name in situation.offered):
        return None
    if len(situation.offered) > 1 and not situation.together:
        return _which_of_these(situation, policy)
    return _resolve_all(situation.offered, 1.0, Reason("chosen"), policy)


def _which_of_these(situation: Situation, policy: Policy) -> Decision:
    """A yes to a choice of several: the same choice stands, once."""
    if situation.failures + 1 >= policy.most_failures:
        return _hand_over("failed_twice", failed=True)
    return Decision(Kind.ANSWER, (Reason("courtesy"),), options=situation.offered, courtesy="which", failed=True)


def _follows_up(reading: Read, situation: Situation, policy: Policy) -> Decision | None:
    """A message that leans on the answer or the step just before it, and is not surely about something by itself.

    Nothing but details is never about something by itself, however often such details stood in a topic's examples.
    """
    topic = situation.last_topic
    if not situation.just_resolved or topic is None or topic not in policy.resolutions:
        return None
    if situation.follow_up is not FollowUp.DETAILS and _sure(reading, policy):
        return None
    if policy.resolutions[topic] is Resolution.ACT:
        return _after_a_step(topic, situation)
    if situation.follow_up is FollowUp.UNHELPED:
        return _not_helped(topic, situation, policy)
    if situation.follow_up is FollowUp.DETAILS:
        return _hand_over("gave_details", topic=topic)
    more = situation.follow_up is FollowUp.MORE and _candidate(reading)[1] < MORE_LIKELY_THAN_NOT
    if more or situation.follow_up is FollowUp.OTHER:
        return Decision(Kind.ASK, (Reason("follow_up"),), topic)
    return None


def _not_helped(topic: str, situation: Situation, policy: Policy) -> Decision:
    """The customer says so, in words that are about no topic: own up and offer a colleague, once."""
    if situation.failures + 1 >= policy.most_failures:
        return _hand_over("wrong_answer", topic=topic, failed=True)
    return Decision(Kind.ASK, (Reason("wrong_answer"),), topic, failed=True)


def _after_a_step(topic: str, situation: Situation) -> Decision | None:
    """The same once more, for something else; or it did not help, and then a person comes."""
    if situation.follow_up in (FollowUp.DETAILS, FollowUp.OTHER):
        return Decision(Kind.ACT, (Reason("follow_up"),), topic, 1.0)
    if situation.follow_up is FollowUp.UNHELPED:
        return _hand_over("wrong_answer", topic=topic, failed=True)
    return None


def _courtesy(reading: Read) -> Decision | None:
    if reading.courtesy is None:
        return None
    return Decision(Kind.ANSWER, (Reason("courtesy"),), courtesy=reading.courtesy)


def _known_parts(reading: Read, policy: Policy) -> bool:
    """Is it about several matters, all of them the company's?"""
    return bool(reading.parts) and all(name in policy.resolutions for name in names_of(reading.parts))


def _by_topics(reading: Read, situation: Situation, policy: Policy) -> Decision | None:
    """All matters of a message about several, or none: what is left out would look like an answer to it."""
    if not _known_parts(reading, policy):
        return None
    names, chance = names_of(reading.parts), chance_of_all(reading.parts)
    first, more = names[0], names[1:]
    if _all_are_sure(reading, policy):
        if _was_just_answered(names, situation, policy):
            again = (Reason("same_again"), Reason("sure", chance))
            return Decision(Kind.HAND_OVER, again, first, chance, more=more, failed=True)
        return _resolve_all(names, chance, Reason("sure", chance), policy)
    for_people = any(policy.resolutions[name] is Resolution.PEOPLE for name in names)
    if for_people or situation.asked_last or len(names) > policy.most_options:
        code = "no_proof_yet" if policy.thresholds.shared.value is None else "not_sure"
        failed = situation.asked_last
        return Decision(Kind.HAND_OVER, (Reason(code, chance),), first, chance, more=more, failed=failed)
    return Decision(Kind.ASK, (Reason("several_matters"),), first, chance, names, more=more, together=True)


def _was_just_answered(names: Sequence[str], situation: Situation, policy: Policy) -> bool:
    before = (situation.last_topic, *situation.last_more)
    return any(name in before and policy.resolutions[name] is Resolution.ANSWER for name in names)


def _resolve_all(names: tuple[str, ...], chance: float, reason: Reason, policy: Policy) -> Decision:
    """Each in order; with work for people among them a person gets it all, as that."""
    for_people = [name for name in names if policy.resolutions[name] is Resolution.PEOPLE]
    first = (for_people or names)[0]
    decision = replace(_resolve(first, chance, reason, policy), more=tuple(name for name in names if name != first))
    begun = next((name for name in names if policy.resolutions[name] is Resolution.ACT), None)
    if for_people or begun in (None, first):
        return decision
    return replace(decision, kind=Kind.ACT, begins=begun)


def _by_topic(reading: Read, situation: Situation, policy: Policy) -> Decision:
    topic, probability = _candidate(reading)
    if topic is None or topic not in policy.resolutions:
        return _unknown(reading, situation, policy)
    if _best_is_sure(reading, policy):
        return _recognised(topic, probability, situation, policy)
    if policy.resolutions[topic] is Resolution.PEOPLE and probability >= policy.plausible.floor:
        return _hand_over("not_sure", probability, topic)  # a person, but without the topic's own words
    return _unknown(reading, situation, policy)


def _recognised(topic: str, probability: float, situation: Situation, policy: Policy) -> Decision:
    repeated = topic in (situation.last_topic, *situation.last_more) and policy.resolutions[topic] is Resolution.ANSWER
    if not repeated:
        return _resolve(topic, probability, Reason("sure", probability), policy)
    if situation.failures + 1 >= policy.most_failures or situation.asked_last:
        return _hand_over("failed_twice", probability, topic, failed=True)
    return Decision(Kind.ASK, (Reason("same_again"),), topic, probability, failed=True)


def _resolve(topic: str, probability: float, reason: Reason, policy: Policy) -> Decision:
    resolution = policy.resolutions[topic]
    if resolution is Resolution.PEOPLE:
        return Decision(Kind.HAND_OVER, (Reason("people_topic"), reason), topic, probability)
    kind = Kind.ACT if resolution is Resolution.ACT else Kind.ANSWER
    return Decision(kind, (reason,), topic, probability)


def _unknown(reading: Read, situation: Situation, policy: Policy) -> Decision:
    """Not sure enough: offer what is plausible, once; else a person."""
    topic, probability = _candidate(reading)
    known = [(name, share) for name, share in reading.topics if name in policy.resolutions]
    options = policy.plausible.among(known)
    some_topic_fits = sum(share for _, share in known) >= MORE_LIKELY_THAN_NOT
    if some_topic_fits and 1 <= len(options) <= policy.most_options and not situation.asked_last:
        code = "several_plausible" if len(options) > 1 else "one_plausible"
        return Decision(Kind.ASK, (Reason(code),), topic, probability, options)
    if not some_topic_fits:
        return Decision(Kind.HAND_OVER, (Reason("no_known_topic"),), failed=situation.asked_last)
    proved = policy.thresholds.of(topic or "", reading.language).value is not None
    code = "not_sure" if proved else "no_proof_yet"
    return _hand_over(code, probability, topic, failed=situation.asked_last)


def _all_are_sure(reading: Read, policy: Policy) -> bool:
    """Messages about several matters are no topic's own: they belong to all other turns."""
    return policy.admits(None, reading.language, held_to_the_threshold(reading.parts))


def _best_is_sure(reading: Read, policy: Policy) -> bool:
    topic, probability = _candidate(reading)
    return policy.admits(topic, reading.language, probability)


def _candidate(reading: Read) -> tuple[str | None, float]:
    return next(iter(reading.topics), (None, 0.0))


def _hand_over(code: str, figure: float | None = None, topic: str | None = None, *, failed: bool = False) -> Decision:
    return Decision(Kind.HAND_OVER, (Reason(code, figure),), topic, failed=failed)
