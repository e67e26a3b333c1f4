"""`company.toml`: the company's own settings, checked, in the form that `relationship.company.settings_from` reads.

For example:

    name = "Thuis"
    languages = ["nl", "en"]          # the first is the default
    timezone = "Europe/Amsterdam"
    order_number = "TH-[0-9]{6}"      # a regular expression; optional
    [hours]                           # when people are there; a day that is absent is closed
    monday = [["08:00", "12:00"], ["13:00", "20:00"]]
    [[holidays]]                      # days on which nobody is there
    date = 2026-12-25
    name = { nl = "Eerste kerstdag", en = "Christmas Day" }
    [promise]                         # of the automatic answers at most this share is wrong, with this confidence
    at_most = 0.02
    confidence = 0.95
    audits_a_day = 20                 # how many decisions colleagues look at, drawn by lot; optional
    [people]
    answer_within_minutes = 10        # how soon a person answers
    miss_at_most = 0.05               # of the customers who need a person, the share that may be overlooked ...
    needless_at_most = 0.1            # ... as far as at most this share of the others gets one without need
    ask_rate = 0.9                    # how often the right topic is among the ones we offer
    [teams.care]
    nl = "Zorg"
    en = "Care"
    [chat]
    origins = ["https://www.example.com"]   # the sites that may show the chat
    [chat.greeting]
    nl = "Hallo!"
    en = "Hello!"
"""

import re
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from handdruk.company.hours import holidays, hours
from handdruk.company.mistakes import Notes, nearest, quoted
from handdruk.company.table import NAME, Table
from handdruk.company.toml import read_toml
from handdruk.understand.details.orders import order_pattern

TOP = ("name", "languages", "timezone", "order_number")
TABLES = ("hours", "holidays", "promise", "people", "teams", "chat")
LANGUAGE = re.compile(r"[a-z]{2}")
ORIGIN = re.compile(r"https?://[^/\s?#]+")


def read_settings(text: str, notes: Notes) -> dict[str, Any] | None:
    """The settings; None when the text is not TOML. Only to be used when no mistake was noted."""
    toml = read_toml(text, 1, notes)
    if toml is None:
        return None
    table = Table(toml, notes, toml.data)
    table.only(*TOP, *TABLES)
    languages = _languages(table)
    return {
        "name": table.text("name", longest=120),
        "languages": list(languages),
        "timezone": _timezone(table),
        "order_number": _order_number(table),
        "hours": hours(table, elsewhere=TOP),
        "holidays": holidays(table, languages),
        "promise": _promise(table),
        "people": _people(table),
        "teams": _teams(table, languages),
        "chat": _chat(table, languages),
    }


def _languages(table: Table) -> tuple[str, ...]:
    """The languages; none when one of them is wrong, so that nothing else is blamed for it."""
    value = table.data.get("languages")
    if not isinstance(value, list) or not value:
        table.wrong("languages", '"languages" is missing or not a list', 'write languages = ["nl", "en"]')
        return ()
    for language in value:
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            table.wrong("languages", f"{quoted(str(language))} is not a language", "use two letters, such as nl or en")
            return ()
    if len(set(value)) < len(value):
        table.wrong("languages", "a language is listed twice", "list each once; the first is the default")
    return tuple(dict.fromkeys(value))


def _timezone(table: Table) -> str:
    name = table.text("timezone")
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        do = nearest(name, available_timezones(), "write one such as Europe/Amsterdam")
        table.wrong("timezone", f"{quoted(name)} is not a time zone", do)
    return name


def _order_number(table: Table) -> str | None:
    pattern = table.text("order_number", default="", longest=200)
    try:
        if pattern and order_pattern(pattern)[0].match(""):
            table.wrong("order_number", "the pattern matches an empty text", 'ask for something, such as "[0-9]{6}"')
    except ValueError as error:
        do = "mend it, or remove the line; look-around and back-references are not known here"
        table.wrong("order_number", str(error), do)
    return pattern or None


def _promise(top: Table) -> dict[str, float]:
    table = top.table("promise")
    if table is None:
        return {}
    table.only("at_most", "confidence", "audits_a_day", elsewhere=TOP)
    audits = {"audits_a_day": table.whole("audits_a_day", 0, 10_000)} if "audits_a_day" in table.data else {}
    return {
        "at_most": table.number("at_most", 0, 1),
        "confidence": table.number("confidence", 0.5, 1, open_low=False),
        **audits,
    }


def _people(top: Table) -> dict[str, float]:
    table = top.table("people")
    if table is None:
        return {}
    table.only("answer_within_minutes", "miss_at_most", "needless_at_most", "ask_rate", elsewhere=TOP)
    return {
        "answer_within_minutes": table.whole("answer_within_minutes", 1, 10_080),
        "miss_at_most": table.number("miss_at_most", 0, 1, open_low=False),
        "needless_at_most": table.number("needless_at_most", 0, 1, open_low=False),
        "ask_rate": table.number("ask_rate", 0, 1),
    }


def _teams(top: Table, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    table = top.table("teams", optional=True)
    if table is None:
        return {}
    for key in table.data:
        if not NAME.fullmatch(key) or len(key) > 40:
            table.wrong(key, f"{quoted(key)} cannot be a team", 'use at most 40 lower case letters, digits and "-"')
    return {key: table.texts(key, languages) for key in table.data}


def _chat(top: Table, languages: tuple[str, ...]) -> dict[str, Any]:
    table = top.table("chat")
    if table is None:
        return {}
    table.only("origins", "greeting", elsewhere=TOP)
    return {"greeting": table.texts("greeting", languages), "origins": _origins(table)}


def _origins(table: Table) -> list[str]:
    origins = table.data.get("origins", [])
    if not isinstance(origins, list):
        table.wrong("origins", '"origins" is not a list', 'write origins = ["https://www.example.com"]')
        return []
    for origin in origins:
        if not isinstance(origin, str) or not ORIGIN.fullmatch(origin):
            table.wrong("origins", f"{quoted(str(origin))} is not an origin", "write https:// and a name, and no path")
    return origins
