"""The parts of the report that are a chart and a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import translation

from handdruk.core.words import Phase, in_language
from handdruk.digital.phases import TITLES
from handdruk.human.names import REASONS, in_words, language_name, named
from handdruk.insight.report.charts import NARROW, WIDE, Spec, drawn, errors, recognised, shares
from handdruk.insight.report.wording import decimal, number, percent, say
from handdruk.understand import UNKNOWN_LANGUAGE

KINDS = ("answer", "act", "ask", "hand_over", "courtesy")
CHARTED_TOPICS = 15
Section = dict[str, Any]
Row = tuple[str, dict[str, Any]]


def sections(result: dict[str, Any], language: str) -> list[Section]:
    """All of them, in the order in which they are read."""
    with translation.override(language):
        return [
            _beginnings(result, language),
            _bounds(result, language),
            _thresholds(result, language),
            _shares("phases", "phase", _phase_rows(result, language), language),
            _topics(result, language),
            _counts(
                "reasons",
                "reason",
                [(named(REASONS, code), n) for code, n in _most(result["reasons"])],
                language,
                "messages",
            ),
            _shares("languages", "language", _language_rows(result, language), language, unit="messages"),
            _person_at(result, language),
        ]


def _beginnings(result: dict[str, Any], language: str) -> Section:
    rows = [(say(name, language), result[name]) for name in ("first_messages", "conversations")]
    section = _shares("beginnings", "counted", rows, language, unit="number")
    return {**section, "notes": [say("beginnings_note", language)]}


def _bounds(result: dict[str, Any], language: str) -> Section:
    bounds = result["bounds"]
    named_rows = [(_bound_name(bound, language), bound["conversations"]) for bound in bounds]
    notes = [say("bounds_note", language, confidence=percent(result["promise"]["confidence"], language, 0))]
    notes += [say("provisional", language)] if result["promise"]["provisional"] else []
    notes += [say("groups_note", language)] if any(bound["own_thresholds"] for bound in bounds) else []
    heads = ["at_most", "threshold", "evidence", "digital", *KINDS]
    return {
        "id": "bounds", "title": say("bounds", language), "notes": notes, "numbers": True,
        "charts": _charts(lambda width: shares(named_rows, language, width), say("bounds", language)),
        "heads": [say(head, language) for head in heads],
        "rows": [[name, *_bound_cells(bound, language)] for (name, _), bound in zip(named_rows, bounds, strict=True)],
    }  # fmt: skip


def _bound_name(bound: dict[str, Any], language: str) -> str:
    name = percent(bound["at_most"], language, 1 if bound["at_most"] < 0.01 else 0)
    return f"{name} ({say('own', language)})" if bound["own"] else name


def _bound_cells(bound: dict[str, Any], language: str) -> list[str]:
    given = bound["conversations"]["shares"]
    if bound["threshold"] is None:
        proved = [say("none", language), "–"]
    else:
        proved = [decimal(bound["threshold"], language), percent(bound["bound"], language)]
    digital = percent(given["answer"] + given["act"], language)
    return [*proved, digital, *(percent(given[kind], language) for kind in KINDS)]


def _thresholds(result: dict[str, Any], language: str) -> Section:
    points, promise = result["thresholds"], result["promise"]
    own = None if promise["own_thresholds"] else promise["threshold"]  # with several there is no one place on the line
    title = say("thresholds", language)
    charts = []
    if points:
        charts += _charts(lambda width: recognised(points, own, language, width), say("share", language))
        charts += _charts(lambda width: errors(points, own, language, width), say("error", language))
    return {
        "id": "thresholds", "title": title, "notes": [say("thresholds_note", language)], "charts": charts,
        "numbers": True, "folded": say("as_table", language),
        "heads": [say(head, language) for head in ("threshold", "share", "error", "bound")],
        "rows": [
            [decimal(point["threshold"], language), *(percent(point[name], language) for name in ("share", "error", "bound"))]
            for point in reversed(points)
        ],
    }  # fmt: skip


def _shares(name: str, head: str, rows: Sequence[Row], language: str, unit: str = "conversations") -> Section:
    return {
        "id": name, "title": say(name, language), "notes": [],
        "charts": _charts(lambda width: shares(rows, language, width), say(name, language)) if rows else [],
        "heads": [say(word, language) for word in (head, unit, *KINDS)],
        "rows": [
            [title, number(kinds["total"], language), *(percent(kinds["shares"][kind], language) for kind in KINDS)]
            for title, kinds in rows
        ],
    }  # fmt: skip


def _topics(result: dict[str, Any], language: str) -> Section:
    rows = [(_topic_name(topic, language), topic["conversations"]) for topic in result["topics"]]
    rows = [row for row in rows if row[1]["total"]]
    section = _shares("topics", "topic", rows, language)
    charted = rows[:CHARTED_TOPICS]
    charts = _charts(lambda width: shares(charted, language, width), section["title"]) if charted else []
    return {**section, "notes": [say("topics_note", language)], "charts": charts, "folded": say("as_table", language)}


def _topic_name(topic: dict[str, Any], language: str) -> str:
    if topic["topic"] is None:
        return say(f"topic_{topic['kind']}", language)
    return in_language(topic["titles"], language) or in_words(topic["topic"])


def _phase_rows(result: dict[str, Any], language: str) -> list[Row]:
    return [
        (in_language(TITLES[Phase(phase["phase"])], language), phase["conversations"])
        for phase in result["phases"]
        if phase["conversations"]["total"]
    ]


def _language_rows(result: dict[str, Any], language: str) -> list[Row]:
    return [
        (say("no_language", language) if code == UNKNOWN_LANGUAGE else language_name(code), kinds)
        for code, kinds in result["languages"].items()
    ]


def _person_at(result: dict[str, Any], language: str) -> Section:
    counts = result["person_at_message"]
    rows = [(f"{place}+" if int(place) == 10 else place, times) for place, times in counts.items()]
    return _counts("person_at", "message_number", rows, language, "conversations")


def _counts(name: str, head: str, rows: Sequence[tuple[str, int]], language: str, unit: str) -> Section:
    total = sum(times for _, times in rows)
    return {
        "id": name, "title": say(name, language), "notes": [], "charts": [],
        "heads": [say(head, language), say(unit, language), say("part", language)],
        "rows": [[title, number(times, language), percent(times / total, language)] for title, times in rows],
    }  # fmt: skip


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _charts(spec: Callable[[int], Spec], label: str) -> list[tuple[str, str]]:
    """The chart for a screen and for a telephone; none when nothing here can draw."""
    both = (drawn(spec(WIDE), label), drawn(spec(NARROW), label))
    return [both] if all(both) else []
