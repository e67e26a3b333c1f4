"""What would have happened in one conversation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from handdruk.decide import Decision, Kind, Policy, Situation
from handdruk.decide.several import about_and_sureness
from handdruk.insight.archive import Past
from handdruk.insight.replay.masking import masked
from handdruk.insight.replay.plan import Plan
from handdruk.insight.replay.sample import LONGEST, Sample, Unknown, draw
from handdruk.insight.replay.tally import Tally
from handdruk.reception.rehearsal import rehearse_turn
from handdruk.understand import Reading

Read = Callable[[str, str | None], Reading]  # of a text, with the language of the conversation so far

KINDS = ("answer", "act", "ask", "hand_over", "courtesy")
WITH_A_PERSON = "with_a_person"
UNKNOWN, NONE, COURTESY = (
    "?",
    "-",
    "courtesy",
)  # what a message is about that is about no topic; no topic has such a name
LATEST = 10  # from this message on, messages are counted together
BY_TOPIC = frozenset(
    (
        "sure",
        "people_topic",
        "one_plausible",
        "several_plausible",
        "several_matters",
        "same_again",
        "failed_twice",
        "not_sure",
        "no_known_topic",
        "no_proof_yet",
    )
)
NOT_UNKNOWN = frozenset(("wants_human", "courtesy", "chosen", "carrying_on", "with_a_person", "none_of_these"))


class Course:
    """How a conversation goes under one policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.situation = Situation()
        self.kinds: list[str] = []

    @property
    def over(self) -> bool:
        """Has a person got it?"""
        return self.situation.with_person

    def take(self, text: str, reading: Reading) -> Decision:
        """The next message."""
        decision, self.situation = rehearse_turn(text, reading, self.situation, self.policy)
        self.kinds.append(kind_of(decision))
        return decision

    @property
    def end(self) -> str:
        """A person if there was one; else what the last message that was more than a kind word got."""
        if self.over:
            return Kind.HAND_OVER.value
        return next((kind for kind in reversed(self.kinds) if kind != COURTESY), COURTESY)


def replay_conversation(past: Past, read: Read, plan: Plan, tally: Tally, sample: Sample) -> None:
    """Counts the conversation under every policy, and offers the messages no topic fits to the sample."""
    own, *others = courses = [Course(policy) for policy in plan.policies]
    language: str | None = None
    subjects: list[str] = []
    for turn, text in enumerate(past.texts):
        if all(course.over for course in courses):
            break
        reading = read(text, language)
        language = reading.language
        for other in others:
            if not other.over:
                other.take(text, reading)
        if not own.over:
            decision = own.take(text, reading)
            about = subjects_of(reading, decision)
            subjects.append(about[0])
            _count_message(reading, decision, about, plan, tally)
            if _is_unknown(reading, decision):
                _offer(past.line, turn, text, reading, tally, sample)
    tally.count("archive", "conversations")
    tally.count("archive", "messages", times=len(past.texts))
    tally.count("beginning", own.kinds[0])
    _count_ends(courses, len(past.texts), tally)
    tally.count("conversation", next((each for each in subjects if each != COURTESY), COURTESY), own.end)
    if own.over:
        tally.count("person_at", min(len(own.kinds), LATEST))


def kind_of(decision: Decision) -> str:
    """Answer, act, ask or hand over; a kind word back is told apart."""
    return COURTESY if decision.code == COURTESY else decision.kind.value


def subject_of(reading: Reading, decision: Decision) -> str:
    """The topic a message is about, as it was decided or else as it was read, or why there is none."""
    if decision.code == COURTESY:
        return COURTESY
    if decision.code == "no_known_topic":
        return UNKNOWN
    if decision.topic is not None:
        return decision.topic
    return reading.topics[0][0] if _some_topic_fits(reading) else NONE


def subjects_of(reading: Reading, decision: Decision) -> tuple[str, ...]:
    """Every topic of a message about several; of any other the one thing it is about."""
    return decision.topics if decision.more else (subject_of(reading, decision),)


def _some_topic_fits(reading: Reading) -> bool:
    return sum(probability for _, probability in reading.topics) >= 0.5


def _is_unknown(reading: Reading, decision: Decision) -> bool:
    """No topic fits, and something was said that a topic could be made for, upset or not."""
    return not _some_topic_fits(reading) and decision.code not in NOT_UNKNOWN


def _count_message(reading: Reading, decision: Decision, about: tuple[str, ...], plan: Plan, tally: Tally) -> None:
    """Once among the messages, and once for each of its topics; how many these are more is counted, so that sums add up."""
    kind = kind_of(decision)
    for subject in about:
        tally.count("message", subject, kind)
    if len(about) > 1:
        tally.count("archive", "topics_beside", times=len(about) - 1)
    tally.count("language", reading.language, kind)
    tally.count("reason", decision.code)
    if decision.code in BY_TOPIC and reading.topics:
        topics, probability = about_and_sureness(reading)
        whose = "people" if any(map(plan.for_people, topics)) else "digital"
        tally.count("sure", whose, bisect_right(plan.edges, probability))


def _count_ends(courses: list[Course], messages: int, tally: Tally) -> None:
    for number, course in enumerate(courses):
        tally.count("bound", number, "conversation", course.end)
        for kind in course.kinds:
            tally.count("bound", number, "message", kind)
        if messages > len(course.kinds):
            tally.count("bound", number, "message", WITH_A_PERSON, times=messages - len(course.kinds))


def _offer(line: int, turn: int, text: str, reading: Reading, tally: Tally, sample: Sample) -> None:
    tally.count("archive", "unknown")
    number = draw(line, turn)
    if sample.wants(number):
        shown = masked(text, reading.details)[:LONGEST]
        sample.offer(Unknown(number, line, turn, reading.language, shown))
