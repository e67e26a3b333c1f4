"""The promise page: what can be automated at which error, where the company stands, and what holds it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from handdruk.human.views.guard import Context, DeskRequest, language_of, leads_only
from handdruk.insight import chart
from handdruk.insight.commands import watch
from handdruk.insight.commands.train import train_again
from handdruk.insight.promise import Overview, overview, points_of
from handdruk.insight.views.frame import around
from handdruk.reception.models import Brake
from handdruk.reception.training import NotTrained
from handdruk.relationship.company import NoCompany


@leads_only
@require_GET
def page(request: DeskRequest) -> HttpResponse:
    """Everything that is known about the promise."""
    try:
        found = overview(language_of(request.colleague))
    except (NotTrained, NoCompany):
        return render(request, "insight/promise.html", around(request))
    return render(request, "insight/promise.html", around(request) | {"promise": found} | _pictures(found))


@leads_only
@require_POST
def training(request: DeskRequest) -> HttpResponse:
    """Begins a training with what colleagues said since the last one."""
    train_again(request.user)
    messages.success(request, _("Training has begun. Look again in a minute: then everything counts."))
    return redirect("insight:promise")


@leads_only
@require_GET
def notices(request: DeskRequest) -> HttpResponse:
    """What leads must know, for a page that is open already."""
    return render(request, "desk/notices.html")


@leads_only
@require_POST
def seen(request: DeskRequest, pk: int) -> HttpResponse:
    """This lead saw it."""
    get_object_or_404(Brake, pk=pk)
    watch.saw(request.user, pk)
    wanted = request.POST.get("next", "")
    safe = wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if safe else "insight:promise")


def _pictures(found: Overview) -> Context:
    at_most, here = found.settings.at_most, found.coverage if found.in_force is not None else None
    drawings = {
        name: chart.drawn(chart.error_against_automation(found.curves, at_most, here, width))
        for name, width in (("wide", chart.WIDE), ("narrow", chart.NARROW))
        if found.curves
    }
    return {"drawings": drawings, "tables": [(curve, points_of(curve)) for curve in found.curves]}
