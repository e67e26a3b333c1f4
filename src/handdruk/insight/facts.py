"""What happened after automatic answers, read in a few questions for a whole batch."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from handdruk.core.words import Author, OutcomeKind
from handdruk.digital.models import ENDS, ActionRun, RunState
from handdruk.human.models import Handover
from handdruk.insight.ledger import FINAL_AFTER, Action, Answered, Later
from handdruk.reception.models import Turn
from handdruk.relationship.models import Message, Outcome

ANSWERED = ("sure", "chosen")
ABOUT_A_TOPIC = frozenset({*ANSWERED, "same_again", "failed_twice", "people_topic"})
MORE_LIKELY_THAN_NOT = 0.5
ACTIONS = {RunState.DONE: Action.DONE, RunState.REFUSED: Action.REFUSED, RunState.STOPPED: Action.STOPPED}


def automatic_answers() -> QuerySet[Turn]:
    """The turns in which the assistant answered or began an action for a topic; each is one entry in the ledger."""
    return Turn.objects.filter(kind__in=["answer", "act"], reasons__0__code__in=ANSWERED).exclude(topic="")


@dataclass(slots=True)
class Facts:
    """Everything later than the answers of a batch, by where it happened."""

    later: dict[int, list[tuple[int, Later]]] = field(default_factory=lambda: defaultdict(list))  # by customer
    numbers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # of answers, by conversation
    words: dict[tuple[int, int], OutcomeKind] = field(default_factory=dict)  # by conversation and the answer's number
    runs: dict[tuple[int, str], list[tuple[datetime, Action]]] = field(default_factory=lambda: defaultdict(list))

    def of(self, turn: Turn) -> tuple[Answered, list[Later]]:
        """The answer with what was said of it, and what came after it, in order."""
        answered = Answered(
            turn.at, turn.topic, self._action(turn), self.words.get((turn.conversation_id, turn.number)),
            tuple(turn.topics[1:]),
        )  # fmt: skip
        found = [
            Later(event.at, event.code, event.topic, event.courtesy, where != turn.conversation_id, event.more)
            for where, event in self.later[turn.conversation.customer_id]
            if turn.at < event.at <= turn.at + FINAL_AFTER
        ]
        return answered, sorted(found, key=lambda event: event.at)

    def _action(self, turn: Turn) -> Action:
        """The last one begun with this answer; its row is written just before the turn's."""
        begun = [
            state
            for topic in dict.fromkeys((turn.topic, *turn.topics))
            for at, state in self.runs[turn.conversation_id, topic]
            if at <= turn.at + timedelta(seconds=1)
        ]
        return begun[-1] if turn.kind == "act" and begun else Action.NONE


def facts(turns: Sequence[Turn]) -> Facts:
    """What is known about these answers. Each turn comes with its conversation."""
    known = Facts()
    customers = {turn.conversation.customer_id for turn in turns}
    conversations = {turn.conversation_id for turn in turns}
    begin = min(turn.at for turn in turns)
    _read_turns(known, customers, begin)
    _read_handovers(known, customers, begin)
    _read_words(known, conversations)
    runs = ActionRun.objects.filter(conversation__in=conversations).order_by("created_at")
    for conversation, topic, at, state in runs.values_list("conversation_id", "topic", "created_at", "state"):
        known.runs[conversation, topic].append((at, ACTIONS[RunState(state)] if state in ENDS else Action.OPEN))
    return known


def _read_turns(known: Facts, customers: Iterable[int], begin: datetime) -> None:
    rows = Turn.objects.filter(conversation__customer__in=customers, at__gte=begin).order_by("at", "pk")
    for customer, conversation, number, at, topic, topics, probability, reasons, courtesy in rows.values_list(
        "conversation__customer_id", "conversation_id", "number", "at", "topic", "topics", "probability_right",
        "reasons", "reading__courtesy",
    ):  # fmt: skip
        code = reasons[0]["code"]
        if code in ANSWERED and topic:
            known.numbers[conversation].append(number)
        if code == "carrying_on":
            continue  # a step of the action under way is no word on its answer
        told = code in ABOUT_A_TOPIC or probability >= MORE_LIKELY_THAN_NOT
        about, more = (topic, tuple(topics[1:])) if told else ("", ())
        kind = (courtesy or "") if code == "courtesy" else ""
        known.later[customer].append((conversation, Later(at, code, about, kind, more=more)))


def _read_handovers(known: Facts, customers: Iterable[int], begin: datetime) -> None:
    """Also those a button opened, which no turn tells of."""
    rows = Handover.objects.filter(conversation__customer__in=customers, opened_at__gte=begin)
    for customer, conversation, at, reason in rows.values_list(
        "conversation__customer_id", "conversation_id", "opened_at", "reason"
    ):
        known.later[customer].append((conversation, Later(at, reason)))


def _read_words(known: Facts, conversations: Iterable[int]) -> None:
    """The word is about the last answer up to the message that the assistant replied to.

    Of an answer in several messages one wrong makes it wrong; else the latest word counts.
    """
    said = Outcome.objects.filter(conversation__in=conversations, by=Author.CUSTOMER.value, number__isnull=False)
    kinds = {(row.conversation_id, row.number): row for row in said}
    replies = Message.objects.filter(conversation__in={place[0] for place in kinds}, reply_to__isnull=False)
    words: defaultdict[tuple[int, int], list[Outcome]] = defaultdict(list)
    for conversation, number, reply_to in replies.values_list("conversation_id", "number", "reply_to"):
        row = kinds.get((conversation, number))
        before = known.numbers[conversation][: bisect_right(known.numbers[conversation], reply_to or 0)]
        if row is not None and before:
            words[conversation, before[-1]].append(row)
    for place, rows in words.items():
        wrong = any(row.kind == OutcomeKind.WRONG for row in rows)
        latest = max(rows, key=lambda row: row.at)
        known.words[place] = OutcomeKind.WRONG if wrong else OutcomeKind(latest.kind)
