"""What insight adds to every page of the desk: its links in the bar, and what leads must know."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from handdruk.human.models import Colleague
from handdruk.insight import audits
from handdruk.reception.brakes import in_force


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the bar; `count` is how much waits there."""

    name: str
    title: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence with a page behind it, which stays until somebody says they saw it."""

    text: str
    address: str
    more: str
    away: str
    seen: str


def at_the_desk(request: HttpRequest) -> dict[str, Any]:
    """For templates; nothing is looked up until a page of the desk asks for it."""
    colleague = getattr(request, "colleague", None)
    if colleague is None:
        return {}
    return {
        "desk_links": SimpleLazyObject(lambda: links(colleague)),
        "desk_notices": SimpleLazyObject(lambda: notices(colleague)),
        "desk_notices_address": reverse("insight:notices"),
    }


def links(colleague: Colleague) -> list[Link]:
    """Audits for everybody, the promise for leads."""
    found = [Link("audits", _("Audits"), reverse("insight:audits"), audits.waiting().count())]
    return [*found, Link("promise", _("The promise"), reverse("insight:promise"))] if colleague.lead else found


def notices(colleague: Colleague) -> list[Notice]:
    """For leads, until they have seen it: a brake was put on."""
    brake = in_force() if colleague.lead else None
    if brake is None or brake.seen.filter(user=colleague.user_id).exists():
        return []
    text = _("Too many audited answers were wrong: the assistant answers less by itself now.")
    if brake.threshold is None:
        text = _("Too many audited answers were wrong: the assistant answers nothing by itself now.")
    return [Notice(text, reverse("insight:promise"), _("Why"), reverse("insight:seen", args=[brake.pk]), _("I saw it"))]
