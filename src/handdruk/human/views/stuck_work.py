"""Dead letters: work that failed for good, for leads to try again or put aside."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from handdruk.human.queries.queue import how_many_wait
from handdruk.human.queries.stuck import how_many_stuck, stuck
from handdruk.human.views.frame import number
from handdruk.human.views.guard import DeskRequest, leads_only
from handdruk.work import commands as work


@leads_only
@require_GET
def dead_letters(request: DeskRequest) -> HttpResponse:
    """A page of them, newest first."""
    page = max(1, number(request, "page"))
    rows, more = stuck(page)
    context = {"rows": rows, "page": page, "more": more, "how_many": how_many_wait(), "stuck": how_many_stuck()}
    return render(request, "desk/dead_letters.html", context | {"colleague": request.colleague})


@leads_only
@require_POST
def revival(request: DeskRequest, pk: int) -> HttpResponse:
    """Tries it again."""
    work.revive(pk)
    return redirect("desk:dead_letters")


@leads_only
@require_POST
def burial(request: DeskRequest, pk: int) -> HttpResponse:
    """Puts it aside: it need not be done."""
    work.bury(pk)
    return redirect("desk:dead_letters")
