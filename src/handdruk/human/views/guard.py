"""Who may come to the desk, in which language and time zone they read it."""

from collections.abc import Callable
from datetime import timedelta, tzinfo
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from handdruk.core.clock import now
from handdruk.human import commands
from handdruk.human.models import Colleague
from handdruk.relationship.company import NoCompany, company

P = ParamSpec("P")
SIGN_OF_LIFE = timedelta(minutes=1)


class DeskRequest(HttpRequest):
    """A request of a colleague."""

    user: User
    colleague: Colleague
    htmx: HtmxDetails


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
Open = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def at_the_desk(view: View[P]) -> Open[P]:
    """Only for whoever is logged in as a colleague; nothing of it is kept by browsers or proxies."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(cast(DeskRequest, request))
        colleague = Colleague.objects.filter(user=request.user).first()
        if colleague is None:
            return render(request, "desk/not_a_colleague.html", status=403)
        desk = cast(DeskRequest, request)
        desk.colleague = colleague
        _shows_life(desk)
        return _in_their_words(desk, lambda: view(desk, *args, **kwargs))

    return guarded


def leads_only(view: View[P]) -> Open[P]:
    """Only for team leads."""

    @wraps(view)
    def led(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.colleague.lead:
            return render(request, "desk/leads_only.html", status=403)
        return view(request, *args, **kwargs)

    return at_the_desk(led)


def language_of(colleague: Colleague) -> str:
    """The language this colleague chose, else the one their browser asks for."""
    return colleague.language or translation.get_language() or "en"


def _in_their_words(request: DeskRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    language = language_of(request.colleague)
    with translation.override(language), timezone.override(_zone()):
        response = answer()
    response.headers["Content-Language"] = language
    add_never_cache_headers(response)
    return response


def _zone() -> tzinfo | None:
    try:
        return company().timezone
    except NoCompany:
        return None


def _shows_life(request: DeskRequest) -> None:
    """Where the live stream is blocked, asking for pages is the only sign that somebody is there."""
    seen = request.colleague.seen_at
    if seen is None or now() - seen > SIGN_OF_LIFE:
        commands.appear(request.user)


def _to_login(request: DeskRequest) -> HttpResponse:
    """Back to where they were after logging in; a part of a page takes the whole page along."""
    here = request.get_full_path() if request.method == "GET" else "/desk/"
    login = redirect_to_login(_page_around(request) if request.htmx else here)
    return HttpResponseClientRedirect(login.url) if request.htmx else login


def _page_around(request: DeskRequest) -> str:
    """Where the browser says it is; the header can hold anything."""
    try:
        return request.htmx.current_url_abs_path or "/desk/"
    except ValueError:
        return "/desk/"


Context = dict[str, Any]
