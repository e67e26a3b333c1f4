"""What a colleague says of themselves."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from handdruk.human import commands
from handdruk.human.forms import LanguageForm, PresenceForm
from handdruk.human.views.guard import DeskRequest, at_the_desk
from handdruk.human.views.login import remember_language


@at_the_desk
@require_POST
def presence(request: DeskRequest) -> HttpResponse:
    """Available or away."""
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    commands.appear(request.user, form.cleaned_data["presence"])
    return redirect(_where_they_were(request))


@at_the_desk
@require_POST
def language(request: DeskRequest) -> HttpResponse:
    """Dutch or English, from now on and at the next login too."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    commands.set_language(request.user, form.cleaned_data["language"])
    response = redirect(_where_they_were(request))
    remember_language(response, form.cleaned_data["language"])
    return response


def _where_they_were(request: DeskRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if safe else "/desk/"
