"""Filters that say stored things in the words of the desk."""

from datetime import datetime

from django import template

from handdruk.human import names, wait
from handdruk.human.queries.queue import Row

register = template.Library()


@register.filter
def ago(since: datetime, moment: datetime) -> str:
    """How long ago."""
    return wait.ago(since, moment)


@register.filter
def left(until: datetime, moment: datetime) -> str:
    """What is left until a deadline."""
    return wait.left(until, moment)


@register.filter
def reason(code: str) -> str:
    """Why it came to people."""
    return names.named(names.REASONS, code)


@register.filter
def emotion(code: str) -> str:
    """How the customer feels; "" for what needs no word."""
    return "" if code == "neutral" else names.named(names.EMOTIONS, code)


@register.filter
def emotion_tag(code: str) -> str:
    """The colour of a feeling: heavy ones are people's."""
    return "tag-people" if code in names.HEAVY else ""


@register.filter
def language(code: str) -> str:
    """The name of a language."""
    return names.language_name(code)


@register.filter
def channel(code: str) -> str:
    """How they reached us."""
    return names.named(names.CHANNELS, code)


@register.filter
def line_class(row: Row) -> str:
    """The classes of a line in the queue."""
    states = {"is-late": row.late, "is-soon": row.soon, "is-unread": row.unread}
    return " ".join(["queue-item", *(name for name, on in states.items() if on)])
