"""Charts as Vega-Lite specifications, drawn to SVG in the page's own colours, so that they follow light and dark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from handdruk.insight.report.wording import say

vl_convert: Any = import_module("vl_convert") if find_spec("vl_convert") else None
Spec = dict[str, Any]
_DECIMAL = ("format(datum.value, '.1f')", "replace(format(datum.value, '.1f'), '.', ',')")
Points = Sequence[dict[str, float]]
WIDE, NARROW = 820, 300  # pixels of a drawing on a screen and on a telephone
LONGEST_NAME = 42  # letters of a name above a bar on a telephone
COLOURS = {
    "answer": "var(--digital)",
    "act": "var(--digital-bright)",
    "ask": "var(--accent)",
    "hand_over": "var(--people)",
    "courtesy": "var(--line-strong)",
}
CONFIG: Spec = {
    "background": None,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelColor": "var(--ink-soft)", "titleColor": "var(--ink-soft)", "gridColor": "var(--line)",
             "tickColor": "var(--line)", "domainColor": "var(--line-strong)", "labelFontSize": 13, "titleFontSize": 13,
             "titleFontWeight": "normal"},
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 13, "orient": "top", "title": None, "symbolType": "square",
               "columnPadding": 28},
}  # fmt: skip
ABOVE: Spec = {
    "labelAlign": "left",
    "labelOffset": -17,
    "labelPadding": 0,
    "labelLimit": 290,
    "ticks": False,
    "domain": False,
}
BESIDE: Spec = {"labelLimit": 320, "ticks": False}


def can_draw() -> bool:
    """Is the package that draws installed?"""
    return vl_convert is not None


def shares(rows: Sequence[tuple[str, dict[str, Any]]], language: str, width: int) -> Spec:
    """A bar of shares for each row (its name, and counts as in `result`), in the order given."""
    names = [_short(name, width) for name, _ in rows]
    values = [
        {"row": names[number], "kind": kind, "place": place, "share": kinds["shares"][kind]}
        for number, (_, kinds) in enumerate(rows)
        for place, kind in enumerate(COLOURS)
    ]  # fmt: skip
    labels = {kind: say(kind, language) for kind in COLOURS}
    wide = width == WIDE
    colour = {
        "field": "kind", "type": "nominal", "sort": list(COLOURS),
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
        "legend": {"labelExpr": f"{json.dumps(labels)}[datum.value]", "columns": 5 if wide else 2},
    }  # fmt: skip
    return _whole(width, {
        "height": {"step": 34 if wide else 46},
        "data": {"values": values},
        "mark": {"type": "bar", "height": 24 if wide else 16, **({} if wide else {"yOffset": 6})},
        "encoding": {
            "y": {"field": "row", "type": "nominal", "sort": names, "title": None, "axis": BESIDE if wide else ABOVE},
            "x": {"field": "share", "type": "quantitative", "title": None, "scale": {"domain": [0, 1], "nice": False},
                  "axis": _percents(language, [0, 0.25, 0.5, 0.75, 1])},
            "color": colour,
            "order": {"field": "place"},
        },
    })  # fmt: skip


def recognised(points: Points, own: float | None, language: str, width: int) -> Spec:
    """The share of messages that is recognised at least so surely, against the threshold."""
    line = _line("share", "var(--digital)", say("share", language), language)
    return _whole(width, {"height": 190, "data": {"values": list(points)}, "layer": [line, *_rule(own, language)]})


def errors(points: Points, own: float | None, language: str, width: int) -> Spec:
    """How often an answer is wrong by the evidence, with its upper bound, against the threshold."""
    line = _line("error", "var(--people)", say("error", language), language)
    top = min(1.1 * max((point["error"] for point in points), default=0.0) + 0.02, 1.0)
    shown = [
        {**point, "bound": min(point["bound"], top)} for point in points
    ]  # that of a handful of answers says nothing
    line["encoding"]["y"]["scale"] = {"domain": [0, top]}
    band = {"mark": {"type": "area", "color": "var(--people)", "opacity": 0.18},
            "encoding": {**line["encoding"], "y2": {"field": "bound"}}}  # fmt: skip
    return _whole(width, {"height": 190, "data": {"values": shown}, "layer": [band, line, *_rule(own, language)]})


def drawn(spec: Spec, label: str) -> str:
    """The chart as SVG that a page may hold, with `label` for who cannot see it; "" when nothing here can draw."""
    if vl_convert is None:
        return ""
    svg = str(vl_convert.vegalite_to_svg(spec))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{_quoted(label)}" ', 1)


def _line(field: str, colour: str, title: str, language: str) -> Spec:
    y = {"field": field, "type": "quantitative", "title": title, "axis": {**_percents(language), "tickCount": 4}}
    mark = {"type": "line", "color": colour, "strokeWidth": 2.5}
    return {"mark": mark, "encoding": {"x": _threshold(language), "y": y}}


def _rule(own: float | None, language: str) -> list[Spec]:
    """Where the company's own threshold stands."""
    if own is None:
        return []
    mark = {"type": "rule", "color": "var(--accent)", "strokeDash": [5, 4], "strokeWidth": 2}
    return [{"data": {"values": [{"threshold": own}]}, "mark": mark, "encoding": {"x": _threshold(language)}}]


def _threshold(language: str) -> Spec:
    return {"field": "threshold", "type": "quantitative", "title": say("threshold", language),
            "scale": {"domain": [0, 1]}, "axis": {"tickCount": 5, "labelExpr": _DECIMAL[language == "nl"]}}  # fmt: skip


def _percents(language: str, values: Sequence[float] = ()) -> Spec:
    said = "round(datum.value * 100) + ' %'" if language == "nl" else "round(datum.value * 100) + '%'"
    return {"labelExpr": said, **({"values": list(values)} if values else {})}


def _whole(width: int, spec: Spec) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "padding": {"left": 24 if width == WIDE else 2, "right": 14, "top": 4, "bottom": 4},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        **spec,
    }


def _short(name: str, width: int) -> str:
    return name if width == WIDE or len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
