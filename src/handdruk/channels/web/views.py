"""The chat's one script, and a sign of life."""

import hashlib
from functools import cache
from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition

SCRIPT = Path(__file__).parent / "static" / "handdruk" / "chat.js"


@cache
def _script() -> tuple[bytes, str]:
    body = SCRIPT.read_bytes()
    return body, quote_etag(hashlib.sha256(body).hexdigest()[:16])


@condition(etag_func=lambda request: _script()[1])
def chat_script(request: HttpRequest) -> HttpResponse:
    """The chat element, for one script tag on any site."""
    response = HttpResponse(_script()[0], content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
def stream_elsewhere(request: HttpRequest, key: str) -> HttpResponse:
    """What arrives here did not ask to GET the stream, which is served beside Django."""
    return HttpResponseNotAllowed(["GET"])


def health(request: HttpRequest) -> JsonResponse:
    """For whoever watches over the server: is it up, and can it reach its database?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
