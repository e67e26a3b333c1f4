"""A short way for the API: it needs no sessions, cookies, languages of pages, forms or files."""

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from handdruk.channels.web.problems import Handler, document

POLICY = "default-src 'none'; frame-ancestors 'none'"  # an answer is data, in whatever it is opened


class ApiLane:
    """Calls the view of an `/api/` address at once; what comes after it in the list of middleware is for pages.

    What must surround the API too (who may read answers, problem documents, security headers) comes before it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        response = _answered(request)
        response["Content-Security-Policy"] = POLICY
        response["Content-Length"] = str(len(response.content))
        return response


def _answered(request: HttpRequest) -> HttpResponse:
    request.get_host()  # refuses hosts that are not ours
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return document(404)
    request.resolver_match = match
    view: Handler = match.func
    return view(request, *match.args, **match.kwargs)
