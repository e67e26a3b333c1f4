"""In and out of the desk."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handdruk.human.commands import appear
from handdruk.human.forms import LoginForm
from handdruk.human.models import Colleague
from handdruk.work.limits import use

TRIES = 10  # a minute, for one name from one address
TRIES_FROM_ONE_ADDRESS = 30  # whatever the name: an office may share an address
TRIES_FOR_ONE_NAME = 50  # wherever from: whoever has many addresses guesses no faster, and hardly locks a colleague out


class Login(LoginView):
    """In, unless there were too many tries."""

    template_name = "desk/login.html"
    authentication_form = LoginForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses before the password is looked at."""
        if not _may_try(request):
            form = self.get_form_class()(request)
            too_often = _("Too many tries. Wait a minute and try again.")
            return self.render_to_response(self.get_context_data(form=form, too_often=too_often), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever logs in is seen, and reads the desk in their own language from now on."""
        response = super().form_valid(form)
        user = form.get_user()
        appear(user)
        remember_language(response, Colleague.objects.get(user=user).language)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Pages that know no colleague use it too."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=60 * 60 * 24 * 365, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip


def _may_try(request: HttpRequest) -> bool:
    name, address = request.POST.get("username", "").strip().casefold()[:150], request.META.get("REMOTE_ADDR", "")
    return not (
        use("desk-login-address", address, times=TRIES_FROM_ONE_ADDRESS)
        or use("desk-login", f"{name} {address}", times=TRIES)
        or use("desk-login-name", name, times=TRIES_FOR_ONE_NAME)
    )
