"""The way to people for whoever has no script: where the chat would be, when they are there."""

from datetime import time
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS

from handdruk.human.promise import hours_in_words
from handdruk.relationship.company import company

register = template.Library()
Opening = tuple[tuple[time, time], ...]


@register.inclusion_tag("chat/without_script.html")
def without_script(language: str) -> dict[str, Any]:
    """The opening hours of the week, and the help centre, which needs no script."""
    week = [{"day": WEEKDAYS[number], "times": _times(day)} for number, day in enumerate(company().hours)]
    return {"now": hours_in_words(language), "week": week}


def _times(day: Opening) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in day)
