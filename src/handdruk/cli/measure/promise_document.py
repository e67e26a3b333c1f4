"""The figures of the promise as tables and a picture in a document."""

import re
from pathlib import Path
from typing import Any

LEFT, TOP, WIDE, HIGH, GAP = 60, 40, 220, 200, 30  # a panel, in pixels
COLOURS = {"coverage": "#0b6e4f", "limit": "#8a8f98"}


def write_document(figures: dict[str, Any], document: Path) -> None:
    """Puts the tables between their marks in `document`, and the picture beside it as pictures/promise.svg."""
    text = document.read_text(encoding="utf-8")
    for name, table in (("figures", _table(figures)), ("figures of groups", _groups(figures))):
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        text = re.sub(f"{start}.*?{end}", f"{start}\n{table}\n{end}", text, flags=re.S)
    document.write_text(text, encoding="utf-8")
    picture = document.parent / "pictures" / "promise.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(_picture(figures), encoding="utf-8")


def _table(figures: dict[str, Any]) -> str:
    head = "| promise | labelled turns | broken | answered | certifiable limit | of the limit | nothing proved |"
    rows = [head, "|---|---|---|---|---|---|---|"]
    for row in figures["rows"]:
        share = "" if row["of_limit"] is None else f"{row['of_limit']:.2f}"
        rows.append(
            f"| at most {row['at_most']:.0%} wrong, {row['confidence']:.0%} sure | {row['size']:,} | {row['broken']:.1%} "
            f"| {row['coverage']:.1%} | {row['limit']:.1%} | {share} | {row['nothing']:.1%} |"
        )
    return "\n".join(rows)


def _groups(figures: dict[str, Any]) -> str:
    head = "| pool | labelled turns | one: broken | one: answered | groups: broken | in any part | groups: answered | split |"
    rows = [head, "|" + "---|" * 8]
    for row in figures["groups"]:
        one, groups = row["one"], row["groups"]
        rows.append(
            f"| {row['pool']} | {row['size']:,} | {one['broken']:.1%} | {one['coverage']:.1%} | {groups['broken']:.1%} "
            f"| {groups['anywhere']:.1%} | {groups['coverage']:.1%} | {row['split']:.0%} |"
        )
    return "\n".join(rows)


def _picture(figures: dict[str, Any]) -> str:
    promises = sorted({(row["at_most"], row["confidence"]) for row in figures["rows"]})
    panels = [
        _panel(number, promise, [row for row in figures["rows"] if (row["at_most"], row["confidence"]) == promise])
        for number, promise in enumerate(promises)
    ]
    width, height = LEFT + len(promises) * (WIDE + GAP), TOP + HIGH + 70
    legend = (
        f'<rect x="{LEFT}" y="{height - 18}" width="10" height="10" fill="{COLOURS["coverage"]}"/>'
        f'<text x="{LEFT + 16}" y="{height - 9}">answered, mean of the samples</text>'
        f'<rect x="{LEFT + 230}" y="{height - 18}" width="10" height="10" fill="{COLOURS["limit"]}"/>'
        f'<text x="{LEFT + 246}" y="{height - 9}">certifiable limit (one test at the best threshold)</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">\n'
        f"<title>How much is answered under three promises, beside what one exact test could certify</title>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join([*panels, legend]) + "\n</svg>\n"
    )


def _panel(number: int, promise: tuple[float, float], rows: list[dict[str, Any]]) -> str:
    left = LEFT + number * (WIDE + GAP)
    parts = [
        f'<text x="{left}" y="{TOP - 16}" font-weight="bold">at most {promise[0]:.0%} wrong, {promise[1]:.0%} sure</text>'
    ]
    for share in (0.0, 0.5, 1.0):
        y = TOP + HIGH * (1 - share)
        parts.append(f'<line x1="{left}" x2="{left + WIDE}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        if number == 0:
            parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
    for place, row in enumerate(rows):
        x = left + 12 + place * WIDE / len(rows)
        parts += [_bar(x, row["coverage"], COLOURS["coverage"]), _bar(x + 26, row["limit"], COLOURS["limit"])]
        parts.append(f'<text x="{x + 24}" y="{TOP + HIGH + 16}" text-anchor="middle">{row["size"]:,}</text>')
        parts.append(f'<text x="{x + 24}" y="{TOP + HIGH + 32}" text-anchor="middle">broken {row["broken"]:.1%}</text>')
    return "\n".join(parts)


def _bar(x: float, share: float, colour: str) -> str:
    height = HIGH * share
    return f'<rect x="{x:.1f}" y="{TOP + HIGH - height:.1f}" width="22" height="{height:.1f}" fill="{colour}"/>'
