"""The promise page: what can be automated at which error, where the company stands, and what holds it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from handdruk.human.views.guard import DeskRequest, leads_only
from handdruk.insight.commands import watch
from handdruk.insight.views.frame import around
from handdruk.reception.models import Brake


@leads_only
@require_GET
def page(request: DeskRequest) -> HttpResponse:
    """Everything that is known about the promise."""
    return render(request, "insight/promise.html", around(request))


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
