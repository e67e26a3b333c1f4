"""What insight adds to every page of the desk: its links in the bar, and what leads must know."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from handdruk.human.models import Colleague
from handdruk.insight import audits


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the bar; `count` is how much waits there."""

    name: str
    title: str
    address: str
    count: int = 0


def at_the_desk(request: HttpRequest) -> dict[str, Any]:
    """For templates; nothing is looked up until a page of the desk asks for it."""
    colleague = getattr(request, "colleague", None)
    if colleague is None:
        return {}
    return {"desk_links": SimpleLazyObject(lambda: links(colleague))}


def links(colleague: Colleague) -> list[Link]:
    """Audits for everybody, the promise for leads."""
    return [Link("audits", _("Audits"), reverse("insight:audits"), audits.waiting().count())]
