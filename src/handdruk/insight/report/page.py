"""The page of a replay."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Any

from django.template import Context, Engine

from handdruk.insight.replay.masking import MASK
from handdruk.insight.report.charts import can_draw
from handdruk.insight.report.sections import KINDS, sections
from handdruk.insight.report.wording import WORDS, number, percent, say

MOST_BROKEN = 50
FIGURES = ("answer", "act", "ask", "hand_over")


def page(result: dict[str, Any], language: str, look: str) -> str:
    """One HTML document in Dutch or English; `look` is the style sheet of the house."""
    here = files("handdruk.insight") / "report"
    style = f"{look}\n{(here / 'report.css').read_text(encoding='utf-8')}"
    template = Engine().from_string((here / "page.html").read_text(encoding="utf-8"))
    broken = result["archive"]["broken_lines"]
    more = result["archive"]["broken"] - min(len(broken), MOST_BROKEN)
    return template.render(Context({
        "language": language,
        "style": style,
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "company": result["company"],
        "say": {name: texts.get(language, "") for name, texts in WORDS.items()},
        "charts_drawn": can_draw(),
        "lead": say("lead", language, company=result["company"],
                    conversations=number(result["conversations"]["total"], language)),
        "private": say("private", language, mask=MASK),
        "figures": _figures(result["conversations"], language),
        "sections": sections(result, language),
        "unknown": _unknown(result["unknown"], language),
        "archive": _archive(result["archive"], language),
        "broken": [(row["line"], row["problem"]) for row in broken[:MOST_BROKEN]],
        "more_broken": say("more_broken", language, more=number(more, language)) if more else "",
    }))  # fmt: skip


def _figures(kinds: dict[str, Any], language: str) -> list[dict[str, str]]:
    return [
        {
            "kind": kind,
            "share": percent(kinds["shares"][kind], language, 0),
            "label": say(kind, language),
            "count": number(kinds[kind], language),
            "note": say(f"{kind}_note", language),
        }
        for kind in KINDS
        if kind in FIGURES
    ]


def _unknown(unknown: dict[str, Any], language: str) -> dict[str, Any]:
    note = say("unknown_note", language, messages=number(unknown["messages"], language))
    sampled = unknown["sampled"] < unknown["messages"]
    if sampled:
        note += " " + say("unknown_sampled", language, sampled=number(unknown["sampled"], language))
    largest = max((group["share"] for group in unknown["groups"]), default=1.0)
    groups = [
        {
            **group,
            "about": say("about" if sampled else "found", language, messages=number(group["messages"], language)),
            "share": percent(group["share"], language),
            "width": round(100 * group["share"] / largest),
        }
        for group in unknown["groups"]
    ]
    return {"note": note, "groups": groups}


def _archive(archive: dict[str, Any], language: str) -> list[tuple[str, str]]:
    kind = archive["kind"]
    shown = [(f"entries_{kind}", "entries"), ("conversations", "conversations"), ("messages", "messages"),
             ("silent", "silent"), (f"broken_{kind}", "broken"), *((name, name) for name in _PASSED[kind])]  # fmt: skip
    return [(say(word, language), number(archive[name], language)) for word, name in shown]


_PASSED = {"lines": ("blank",), "mails": ("ours", "automatic", "wordless", "beyond")}
