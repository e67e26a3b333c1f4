"""What colleagues can fill in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handdruk.core.words import LANGUAGES
from handdruk.human.models import Colleague, Presence

MOST_CHARACTERS = 10_000


class LoginForm(AuthenticationForm):
    """Only colleagues get in."""

    def confirm_login_allowed(self, user: User) -> None:
        """Raises ValidationError for a login that is nobody's at the desk."""
        super().confirm_login_allowed(user)
        if not Colleague.objects.filter(user_id=user.pk).exists():
            raise ValidationError(_("This login is not a colleague's. Ask your team lead."), code="no_colleague")


class AnswerForm(forms.Form):
    """Words for one conversation, under an id the page made: the same id twice is the same message."""

    conversation = forms.IntegerField()
    client_id = forms.RegexField(r"^[0-9a-zA-Z-]{8,64}$")
    text = forms.CharField(
        max_length=MOST_CHARACTERS,
        error_messages={"required": _("Write something first."), "max_length": _("That is too long for one message.")},
    )

    def clean_text(self) -> str:
        """Line ends as everywhere else in the system."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class TakeForm(forms.Form):
    """Taking a conversation; with `from_colleague` also one that somebody else has."""

    from_colleague = forms.BooleanField(required=False)


class PresenceForm(forms.Form):
    """Am I here?"""

    presence = forms.ChoiceField(choices=Presence.choices)


class LanguageForm(forms.Form):
    """The language I read the desk in."""

    language = forms.ChoiceField(choices=[(code, code) for code in LANGUAGES])


def first_error(form: Any) -> str:
    """What is wrong, in one sentence."""
    return next((str(text) for errors in form.errors.values() for text in errors), "")
