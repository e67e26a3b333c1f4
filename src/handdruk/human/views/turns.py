"""What a colleague does with a conversation: take it, answer, hand it back, close it."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from handdruk.human import commands
from handdruk.human.forms import AnswerForm, TakeForm, first_error
from handdruk.human.views.frame import Refusal, composer, found, frame, news, standing
from handdruk.human.views.guard import DeskRequest, at_the_desk
from handdruk.relationship.commands import NotAllowed
from handdruk.relationship.models import Conversation
from handdruk.work.live import tell


@at_the_desk
@require_POST
def holding(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes the conversation; with `from_colleague` also from somebody else."""
    form = TakeForm(request.POST)
    from_colleague = form.is_valid() and form.cleaned_data["from_colleague"]
    found(pk)
    try:
        commands.take(request.user, pk, from_colleague=from_colleague)
    except NotAllowed:
        return frame(request, pk, Refusal(_who_has_it(request, pk)))
    return redirect("desk:conversation", pk=pk)


@at_the_desk
@require_POST
def handback(request: DeskRequest, pk: int) -> HttpResponse:
    """Gives the turn back to the assistant."""
    return _do(request, pk, commands.hand_back)


@at_the_desk
@require_POST
def closure(request: DeskRequest, pk: int) -> HttpResponse:
    """Nothing is left to do."""
    return _do(request, pk, commands.close)


@at_the_desk
@require_http_methods(["GET", "POST"])
def messages(request: DeskRequest, pk: int) -> HttpResponse:
    """What is new in the conversation; or something to say in it."""
    return _answer(request, pk) if request.method == "POST" else news(request, pk)


@at_the_desk
@require_POST
def typing(request: DeskRequest, pk: int) -> HttpResponse:
    """The customer sees that their colleague is typing."""
    chosen = found(pk)
    if standing(chosen, request.user.pk) != "mine":
        return HttpResponse(status=409)
    tell(f"chat:{chosen.key}", "typing", author="colleague", name=request.user.first_name)
    return HttpResponse(status=204)


def _answer(request: DeskRequest, pk: int) -> HttpResponse:
    refusal = _say(request, pk)
    if request.htmx:
        return composer(request, pk, refusal)
    return frame(request, pk, refusal) if refusal else redirect("desk:conversation", pk=pk)


def _say(request: DeskRequest, pk: int) -> Refusal | None:
    """Says it, or why not. The words are kept unless they were meant for another conversation."""
    form, kept = AnswerForm(request.POST), request.POST.get("text", "")
    found(pk)
    if not form.is_valid():
        return Refusal(first_error(form), kept, 422)
    if form.cleaned_data["conversation"] != pk:
        return Refusal(_("That text was written for another conversation. It was not sent."))
    try:
        said = commands.answer(request.user, pk, form.cleaned_data["text"], form.cleaned_data["client_id"])
    except NotAllowed:
        return Refusal(_who_has_it(request, pk), kept)
    if said.text != form.cleaned_data["text"]:
        return Refusal(_("An earlier version of this was sent already. This text has not been sent yet."), kept)
    return None


def _do(request: DeskRequest, pk: int, command: Callable[[User, int], None]) -> HttpResponse:
    found(pk)
    try:
        command(request.user, pk)
    except NotAllowed:
        return frame(request, pk, Refusal(_who_has_it(request, pk)))
    return redirect("desk:conversation", pk=pk)


def _who_has_it(request: DeskRequest, pk: int) -> str:
    """Why this colleague may not, in words they can act on."""
    chosen: Conversation = found(pk)
    if standing(chosen, request.user.pk) == "colleague" and chosen.colleague is not None:
        name = chosen.colleague.first_name or chosen.colleague.username
        return _("%(name)s has this conversation now, so nothing was done.") % {"name": name}
    return _("You do not have this conversation any more, so nothing was done. Take it first.")
