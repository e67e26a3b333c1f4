"""Audits: one turn at a time, blind; and the list of those that are done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from handdruk.core.words import Phase, in_language
from handdruk.digital.phases import TITLES
from handdruk.digital.topics import known
from handdruk.human.views.frame import number
from handdruk.human.views.guard import DeskRequest, at_the_desk, language_of
from handdruk.insight import audits
from handdruk.insight.commands import label as commands
from handdruk.insight.commands.label import TAKE_BACK_WITHIN, AlreadyLabelled
from handdruk.insight.names import VERDICTS
from handdruk.insight.views.frame import around
from handdruk.reception.models import Audit, Verdict
from handdruk.relationship.commands import NotAllowed


@dataclass(frozen=True, slots=True)
class Group:
    """The topics of one phase, by name and title."""

    title: str
    topics: tuple[tuple[str, str], ...]


@at_the_desk
@require_GET
def following(request: DeskRequest) -> HttpResponse:
    """The next one."""
    language = language_of(request.colleague)
    audit = audits.following(request.user)
    last = audits.latest_of(request.user, TAKE_BACK_WITHIN)
    context = {
        "left": audits.waiting().count(),
        "audit": audits.shown(audit, language) if audit else None,
        "groups": groups(language, without=audits.candidates(audit.turn)) if audit else (),
        "last": last,
        "last_verdict": VERDICTS[Verdict(last.verdict)] if last else "",
    }
    return render(request, "insight/audit.html", around(request) | context)


@at_the_desk
@require_POST
def label(request: DeskRequest, pk: int) -> HttpResponse:
    """What the colleague says of it."""
    get_object_or_404(Audit, pk=pk)
    truth = request.POST.get("truth", "")
    try:
        commands.label(request.user, pk, Verdict.OTHER if truth else request.POST.get("verdict", ""), truth)
    except AlreadyLabelled as first:
        messages.warning(request, _("%(name)s was first with that one; here is the next.") % {"name": first})
    except ValueError:
        return HttpResponse(status=422)
    return redirect("insight:audits")


@at_the_desk
@require_POST
def withdrawal(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes it back."""
    try:
        commands.take_back(request.user, pk)
    except NotAllowed:
        messages.error(request, _("That can no longer be taken back."))
    return redirect("insight:audits")


@at_the_desk
@require_GET
def done(request: DeskRequest) -> HttpResponse:
    """A page of those that were looked at."""
    page = max(1, number(request, "page"))
    rows, more = audits.done(page, language_of(request.colleague))
    context = {"rows": rows, "page": page, "more": more, "left": audits.waiting().count(), "verdicts": VERDICTS}
    return render(request, "insight/done.html", around(request) | context)


@at_the_desk
@require_POST
def example(request: DeskRequest, pk: int) -> HttpResponse:
    """Its words become an example."""
    get_object_or_404(Audit, pk=pk)
    try:
        commands.use_as_example(request.user, pk, request.POST.get("text", ""))
        messages.success(request, _("That is an example now. The next training learns from it."))
    except NotAllowed:
        messages.error(request, _("That one is kept as proof, or was used already."))
    except ValueError:
        messages.error(request, _("An example needs words."))
    return redirect("insight:done")


def groups(language: str, without: Sequence[str]) -> tuple[Group, ...]:
    """Every topic but the one the assistant thought of, by phase and title: never in the order it thought likely.

    When it thought of several, the right one may be among them, alone.
    """
    left_out = without if len(without) == 1 else ()
    found = []
    for phase in Phase:
        topics = [topic for topic in known().topics.values() if topic.phase == phase and topic.name not in left_out]
        named = sorted(
            ((topic.name, in_language(topic.titles, language)) for topic in topics), key=lambda pair: pair[1]
        )
        if named:
            found.append(Group(in_language(TITLES[phase], language), tuple(named)))
    return tuple(found)
