"""Errors as RFC 9457 problem documents: what was wrong and what to do, never what was inside."""

import json
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from handdruk.core.errors import describe
from handdruk.core.problems import TITLES

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
PROBLEM = "application/problem+json"


class Problem(Exception):
    """Ends a request with a problem document."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def document(status: int, detail: str = "", headers: dict[str, str] | None = None) -> HttpResponse:
    """The response for a problem."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status}
    if detail:
        body["detail"] = detail
    response = HttpResponse(json.dumps(body), content_type=PROBLEM, status=status)
    for name, value in (headers or {}).items():
        response[name.replace("_", "-")] = value
    return response


class ProblemMiddleware:
    """Under `/api/` every error is a problem document; bodies that are not read are refused before they are."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        of_api = request.path.startswith("/api/")
        response = _refused(request) or self.get_response(request)
        if of_api:
            response["Cache-Control"] = "no-store"
            _as_a_problem(request, response)
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return document(413, f"at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes are read")
    return None


def _as_a_problem(request: HttpRequest, response: HttpResponse) -> None:
    """Whatever Django itself refused, in our words; its headers, such as Allow, stay."""
    if response.status_code == 405 and request.method == "OPTIONS":  # it asked what may be done here: Allow says so
        response.status_code, response.content = 204, b""
        del response["Content-Type"], response["Content-Length"]
    elif response.status_code >= 400 and response["Content-Type"] != PROBLEM:
        response.content = document(response.status_code).content
        response["Content-Type"], response["Content-Length"] = PROBLEM, str(len(response.content))


def from_exception(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem document for whatever the API raised."""
    if isinstance(error, Problem):
        return document(error.status, error.detail, error.headers)
    if isinstance(error, RequestDataTooBig):
        return document(413)
    if isinstance(error, SuspiciousOperation):
        return document(400)
    log.error("%s on %s", describe(error), request.resolver_match.route if request.resolver_match else "?")
    log.debug("how it came about", exc_info=error)
    return document(500)
