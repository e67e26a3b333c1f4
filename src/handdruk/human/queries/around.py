"""What stands beside a conversation: why it came to people, what the customer gave, and what is known of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from handdruk.core.words import in_language
from handdruk.human.models import Handover
from handdruk.human.names import DETAILS, EMOTIONS, RUNS, in_words, named
from handdruk.human.queries.thread import reasons
from handdruk.human.rendered import from_markdown, safe_address
from handdruk.relationship.company import NoCompany, company
from handdruk.relationship.models import Conversation, Identity

LOOK_BACK = 50
EARLIER = 5


@dataclass(frozen=True, slots=True)
class Done:
    """A step the assistant took or tried, and what came of it."""

    name: str
    state: str
    code: str
    result: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything the right side of the desk shows."""

    handover: Handover | None
    reasons: tuple[str, ...]
    emotion: str
    topic: str
    team: str
    callback: str
    notes: tuple[str, ...]
    still_open: tuple[str, ...]
    suggestion: dict[str, Any] | None
    details: tuple[tuple[str, str], ...]
    identities: tuple[Identity, ...]
    actions: tuple[Done, ...]
    earlier: tuple[Conversation, ...]
    earlier_page: int
    more_earlier: bool


def around(conversation: Conversation, language: str, earlier_page: int = 1) -> Around:
    """Reads it all in six queries."""
    handover = conversation.handovers.select_related("owner").order_by("-pk").first()
    brief = handover.brief if handover else {}
    first = (earlier_page - 1) * EARLIER
    others = Conversation.objects.filter(customer_id=conversation.customer_id).exclude(pk=conversation.pk)
    earlier = list(others.order_by("-changed_at")[first : first + EARLIER + 1])
    return Around(
        handover=handover,
        reasons=reasons(handover.because, language) if handover else (),
        emotion=named(EMOTIONS, handover.emotion) if handover else "",
        topic=in_language(brief.get("topic") or {}, language),
        team=_team(handover.team, language) if handover else "",
        callback=brief.get("callback", ""),
        notes=tuple(brief.get("notes", ())),
        still_open=_still_open(conversation, brief, language),
        suggestion=_suggestion(brief.get("suggestion")),
        details=_details(conversation, brief),
        identities=tuple(conversation.customer.identities.order_by("kind", "pk")),
        actions=_actions(conversation, language),
        earlier=tuple(earlier[:EARLIER]),
        earlier_page=earlier_page,
        more_earlier=len(earlier) > EARLIER,
    )


def suggested_text(conversation: Conversation) -> str:
    """The approved text beside the newest handover; "" when there is none."""
    newest = conversation.handovers.order_by("-pk").first()
    return ((newest.brief.get("suggestion") or {}).get("text", "")) if newest else ""


def _suggestion(stored: dict[str, str] | None) -> dict[str, Any] | None:
    if not stored or not stored.get("text"):
        return None
    return {
        "topic": stored.get("topic", ""),
        "text": stored["text"],
        "html": from_markdown(stored["text"]),
        "title": stored.get("title", ""),
        "address": safe_address(stored.get("url", "")),
    }


def _details(conversation: Conversation, brief: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the customer gave in any of their messages, each thing once, the newest first."""
    readings = conversation.turns.order_by("-pk").values_list("reading", flat=True)[:LOOK_BACK]
    given = [*brief.get("details", ()), *(detail for reading in readings for detail in reading.get("details", ()))]
    once = dict.fromkeys((detail["kind"], detail["value"]) for detail in given)
    return tuple((named(DETAILS, kind), _as_read(kind, value)) for kind, value in once)


def _as_read(kind: str, value: str) -> str:
    """A day (`2026-11-23`, or `--11-23` without a year) as people write it; anything else as it was given."""
    if kind != "date":
        return value
    try:
        if value.startswith("--"):
            return date_format(date.fromisoformat(f"2000-{value[2:]}"), "MONTH_DAY_FORMAT")
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except ValueError:
        return value


def _actions(conversation: Conversation, language: str) -> tuple[Done, ...]:
    runs = conversation.actions.order_by("-pk")[:LOOK_BACK]
    return tuple(
        Done(in_language(run.titles, language) or in_words(run.action).capitalize(), named(RUNS, run.state), run.state,
             in_language(run.result or {}, language))
        for run in runs
    )  # fmt: skip


def _still_open(conversation: Conversation, brief: dict[str, Any], language: str) -> tuple[str, ...]:
    """What the customer also asked and the assistant did not get to: at the handover, or behind a step under way."""
    waiting = conversation.actions.filter(ended_at=None).values_list("then", flat=True)
    titles = [*brief.get("open", ()), *(one["titles"] for then in waiting for one in then)]
    return tuple(dict.fromkeys(in_language(one, language) for one in titles))


def _team(key: str, language: str) -> str:
    if not key:
        return ""
    try:
        return next((in_language(team.names, language) for team in company().teams if team.key == key), in_words(key))
    except NoCompany:
        return in_words(key)
