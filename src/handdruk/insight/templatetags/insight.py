"""Filters for shares."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float | None, digits: int = 1) -> str:
    """0.0213 as "2.1 %", in the reader's way of writing numbers; a round one without decimals."""
    if share is None:
        return "—"
    value = round(share * 100, digits)
    return f"{number_format(value, decimal_pos=0 if value == int(value) else digits)} %"
