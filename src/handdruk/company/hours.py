"""When people are there, and the days on which they are not."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from handdruk.company.mistakes import quoted
from handdruk.company.table import Table
from handdruk.core.words import Texts

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SHAPE = 'write [["08:00", "20:00"]], or [] for closed'


def hours(top: Table, elsewhere: Iterable[str] = ()) -> list[list[list[str]]]:
    """(opens, closes) pairs for each day of the week, Monday first."""
    table = top.table("hours")
    if table is None:
        return [[] for _ in DAYS]
    table.only(*DAYS, elsewhere=elsewhere)
    return [_day(table, day) for day in DAYS]


def _day(table: Table, day: str) -> list[list[str]]:
    value = table.data.get(day, [])
    if not isinstance(value, list) or not all(_is_pair(pair) for pair in value):
        table.wrong(day, f"the hours of {day} are not pairs of times", SHAPE)
        return []
    for text in (text for pair in value for text in pair if not TIME.fullmatch(text)):
        do = 'write "23:59" for midnight' if text == "24:00" else 'write hours and minutes, such as "08:30"'
        table.wrong(day, f"{quoted(text)} is not a time", do)
    for opens, closes in value:
        if closes <= opens:
            table.wrong(day, f"{opens}-{closes} ends before it starts", "split what passes midnight over two days")
    ordered = sorted(value)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            table.wrong(day, f"{'-'.join(before)} and {'-'.join(after)} overlap", "join them, or move one")
    return value


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)


def holidays(top: Table, languages: tuple[str, ...]) -> dict[str, Texts]:
    """The names of the days on which nobody is there, by ISO date."""
    value = top.data.get("holidays", [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        top.wrong("holidays", "the holidays are not a list of tables", "write [[holidays]] above each")
        return {}
    found: dict[str, Texts] = {}
    for number, item in enumerate(value):
        table = Table(top.toml, top.notes, item, ("holidays", number))
        table.only("date", "name")
        day = _date(table)
        if day in found:
            table.wrong("date", f"{day} is listed twice", "keep one of them")
        found[day] = table.texts("name", languages)
    return found


def _date(table: Table) -> str:
    value = table.data.get("date")
    try:
        if type(value) is date or isinstance(value, str):
            return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        pass
    table.wrong("date", '"date" is missing or not a date', "write date = 2026-12-25")
    return ""
