"""The promise page's chart: automation against error, drawn from a Vega-Lite specification."""

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handdruk.insight.promise import Curve

Spec = dict[str, Any]
PATIENCE = 30.0  # seconds
DRAW = "import sys, vl_convert; sys.stdout.write(vl_convert.vegalite_to_svg(sys.stdin.read()))"
COLOURS = ("var(--digital-bright)", "var(--people-bright)")
MOST_OF_THE_PROMISE = 10  # times the promised error; what lies above would press the rest flat
WIDE, NARROW = 760, 300  # pixels on a screen and on a telephone
CONFIG: Spec = {
    "background": None,
    "font": "inherit",
    "view": {"stroke": None},
    "axis": {"labelColor": "var(--ink-soft)", "titleColor": "var(--ink-soft)", "gridColor": "var(--line)",
             "tickColor": "var(--line)", "domainColor": "var(--line-strong)", "labelFontSize": 13, "titleFontSize": 13,
             "titleFontWeight": "normal"},
    "text": {"color": "var(--ink)", "fontSize": 13},
}  # fmt: skip


def can_draw() -> bool:
    """Is the extra `handdruk[report]` installed? The page has a table of the same numbers either way."""
    return find_spec("vl_convert") is not None


def drawn(spec: Spec) -> SafeString:
    """The chart as SVG in the page's own colours, to be named by what is around it; "" when it cannot be drawn."""
    if not can_draw():
        return SafeString("")
    svg = _svg(json.dumps(spec, sort_keys=True))
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308  (numbers and titles of ours)


def error_against_automation(curves: Sequence[Curve], at_most: float, here: float | None, width: int) -> Spec:
    """Each curve with the interval up to its bound, the promise as a line, and where the company stands."""
    highest = max((point.error * 1.1 for curve in curves for point in curve.points), default=0.0)
    top = min(max(3 * at_most, highest), MOST_OF_THE_PROMISE * at_most, 1.0)
    layers = [layer for number, curve in enumerate(curves) for layer in _layers(curve, COLOURS[number], top)]
    layers.append({"name": "promise", "data": {"values": [{}]}, "encoding": {"y": {"datum": at_most}},
                   "mark": {"type": "rule", "color": "var(--bad)", "strokeDash": [5, 4], "strokeWidth": 2}})  # fmt: skip
    if here is not None:
        layers.append({"name": "here", "data": {"values": [{}]}, "encoding": {"x": {"datum": here}},
                       "mark": {"type": "rule", "color": "var(--accent)", "strokeWidth": 2}})  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width, "height": 260 if width == WIDE else 220, "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG, "layer": layers,
    }  # fmt: skip


def _layers(curve: Curve, colour: str, top: float) -> list[Spec]:
    values = [
        {"share": point.coverage, "error": point.error, "bound": min(point.bound, top)}
        for point in curve.points
        if point.error <= top
    ]
    x = _axis("share", _("answered by itself"), [0, 1])
    y = _axis("error", _("wrong"), [0, top])
    band = {"type": "area", "color": colour, "opacity": 0.2}
    line = {"type": "line", "color": colour, "strokeWidth": 2.5}
    data = {"values": values}
    return [
        {"data": data, "mark": band, "encoding": {"x": x, "y": y, "y2": {"field": "bound"}}},
        {"data": data, "mark": line, "encoding": {"x": x, "y": y}},
    ]


def _axis(field: str, title: str, domain: list[float]) -> Spec:
    number = "format(datum.value * 100, '~r')"
    comma = f"replace({number}, '.', ',')" if get_language() == "nl" else number
    axis = {"labelExpr": f"{comma} + ' %'", "tickCount": 5}
    return {"field": field, "type": "quantitative", "title": str(title), "scale": {"domain": domain}, "axis": axis}


@lru_cache(maxsize=16)
def _svg(spec: str) -> str:
    """In a process of its own, which ends with the memory that the drawing engine takes."""
    command = [sys.executable, "-c", DRAW]
    done = subprocess.run(command, input=spec, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else ""
