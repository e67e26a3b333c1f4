"""Reading audits: the next one to look at, without anything that could sway who looks, and those that are done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from handdruk.core.clock import now
from handdruk.core.words import Author, Resolution, in_language
from handdruk.digital.answers import approved
from handdruk.digital.topics import KnownTopic, known
from handdruk.human.names import in_words
from handdruk.human.queries import thread
from handdruk.human.rendered import rendered
from handdruk.insight.commands.draw import lot
from handdruk.reception.models import Audit, AuditUse, Turn, Verdict
from handdruk.relationship.models import Message

WAITS_AT_MOST = timedelta(days=14)  # what nobody looked at by then says nothing of today any more
AMONG = 20  # colleagues who look at the same time each get another one of the newest
PAGE = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant had in mind for one topic. `act`: it begins a step; `people`: a colleague takes over."""

    title: str
    text: SafeString
    act: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One audit on the screen; a message about several matters has an answer for each."""

    pk: int
    thread: tuple[thread.Said, ...]
    language: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """One audit that somebody has looked at. `example` are its words without details, "" when it cannot teach."""

    pk: int
    words: str
    verdict: str
    right: bool
    thought: str
    truth: str
    who: str
    at: datetime
    use: str
    taught: bool
    example: str
    language: str


def candidates(turn: Turn) -> tuple[str, ...]:
    """The topics the assistant had in mind, in order, whether or not it was sure enough ("" for none)."""
    parts = turn.reading.get("parts") or ()
    ranked = [part["topics"] for part in parts] or [turn.reading.get("topics") or [("", 0.0)]]
    return tuple(str(topics[0][0]) for topics in ranked)


def candidate(turn: Turn) -> str:
    """The same as it is stored as the truth of an audit: several with commas between them."""
    return ",".join(candidates(turn))


def may_teach(audit: Audit) -> bool:
    """May its words become an example? Only when the lot said so, somebody looked at it, and it was not done yet.

    Words about several matters are an example of none.
    """
    said = audit.labelled_at is not None and audit.verdict != Verdict.UNSURE and len(candidates(audit.turn)) == 1
    return said and audit.use == AuditUse.EXAMPLE and audit.taught_at is None


def waiting() -> QuerySet[Audit]:
    """What still has to be looked at."""
    return Audit.objects.filter(labelled_at=None, drawn_at__gt=now() - WAITS_AT_MOST)


def following(user: User) -> Audit | None:
    """The next one for this colleague: one of the newest, the same until somebody has looked at it."""
    newest = list(waiting().order_by("-pk").values_list("pk", flat=True)[:AMONG])
    if not newest:
        return None
    pk = min(newest, key=lambda number: lot(number, f"for colleague {user.pk}"))
    return Audit.objects.select_related("turn__conversation__customer").get(pk=pk)


def latest_of(user: User, within: timedelta) -> Audit | None:
    """What this colleague said last, while it can be taken back."""
    mine = Audit.objects.filter(by=user, labelled_at__gt=now() - within, taught_at=None)
    return mine.order_by("-labelled_at").first()


def shown(audit: Audit, language: str) -> Shown:
    """The conversation up to and including the message, and the answer: nothing of how sure it was or how it ended."""
    turn = audit.turn
    said = thread.newest(turn.conversation, language, turn.number + 1)
    answers = tuple(_shown(turn, place, name, language) for place, name in enumerate(candidates(turn)))
    return Shown(pk=audit.pk, thread=tuple(said), language=turn.language, answers=answers)


def _shown(turn: Turn, place: int, name: str, language: str) -> Answer:
    topic = known().topics.get(name)
    return Answer(
        title=_title(name, language),
        text=rendered(Author.ASSISTANT, _answer(turn, place, topic)),
        act=topic is not None and topic.resolution is Resolution.ACT,
        people=topic is not None and topic.resolution is Resolution.PEOPLE,
    )


def done(number: int, language: str) -> tuple[list[Done], bool]:
    """A page of what was looked at, the newest first, and whether there is more."""
    first = (number - 1) * PAGE
    rows = Audit.objects.filter(labelled_at__isnull=False).order_by("-labelled_at", "-pk")
    rows = rows.select_related("turn__message", "by")[first : first + PAGE + 1]
    return [_done(row, language) for row in rows[:PAGE]], len(rows) > PAGE


def without_details(message: Message, turn: Turn) -> str:
    """The words on one line, without the order numbers, addresses and such that were found in them."""
    text = message.text
    for detail in sorted(turn.reading.get("details", ()), key=lambda found: -int(found["start"])):
        text = text[: detail["start"]] + " " + text[detail["end"] :]
    return " ".join(text.split())


def _answer(turn: Turn, place: int, topic: KnownTopic | None) -> str:
    """What was said, or would have been; a step's first question depends on the moment and is left out."""
    if topic is None or topic.resolution is Resolution.ACT:
        return ""
    if turn.kind == "answer" and turn.topics[place : place + 1] == [topic.name]:
        said = Message.objects.filter(conversation=turn.conversation_id, reply_to=turn.number, author=Author.ASSISTANT)
        return "".join(said.order_by("number").values_list("text", flat=True)[place : place + 1])
    reply = approved(topic, turn.language, known())
    return reply.text if reply is not None else ""


def _done(audit: Audit, language: str) -> Done:
    turn = audit.turn
    return Done(
        pk=audit.pk,
        words=turn.message.text,
        verdict=audit.verdict,
        right=audit.verdict == Verdict.RIGHT,
        thought=_title(candidate(turn), language),
        truth=_title(audit.truth, language),
        who=(audit.by.first_name or audit.by.username) if audit.by else "",
        at=audit.labelled_at or audit.drawn_at,
        use=audit.use,
        taught=audit.taught_at is not None,
        example=without_details(turn.message, turn) if may_teach(audit) else "",
        language=turn.language,
    )


def _title(names: str, language: str) -> str:
    topics = {name: known().topics.get(name) for name in names.split(",")}
    return " + ".join(
        in_language(topic.titles, language) if topic else in_words(name) for name, topic in topics.items()
    )
