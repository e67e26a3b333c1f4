"""Which sites may show the chat: those the company names, or any when it names none."""

from django.http import HttpRequest

from handdruk.relationship.company import NoCompany, company


def may_embed(origin: str) -> bool:
    """May a page of this origin use the API?"""
    try:
        named = company().origins
    except NoCompany:
        return False
    return not named or origin in named


def may_call(sender: object, request: HttpRequest, **more: object) -> bool:
    """The question as django-cors-headers asks it."""
    return request.path.startswith("/api/") and may_embed(request.headers.get("Origin", ""))
