"""The page on which a demo shows its mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handdruk.channels.email.models import ShownMail


def shown_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails first. Only reachable in a demo."""
    return render(request, "email/shown.html", {"mails": ShownMail.objects.all()[:50]})
