"""The customer's API. The conversation's bearer token is the only key to it."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Router, Status
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from handdruk import __version__
from handdruk.channels.web import answers
from handdruk.channels.web.limits import allow
from handdruk.channels.web.problems import Problem, document, from_exception
from handdruk.channels.web.schemas import (
    ChosenLanguage,
    Judgement,
    NewConversation,
    NewMessage,
    News,
    Opened,
    ProblemDocument,
    Said,
    Standing,
)
from handdruk.core.ids import fingerprint, same
from handdruk.reception.inbound import BadMessage, Inbound
from handdruk.reception.people import ask_for_a_person, back_to_the_assistant, judge_answer
from handdruk.reception.turn import AnotherMessage, receive, take_begun_turn
from handdruk.reception.welcome import open_with_greeting
from handdruk.relationship import queries
from handdruk.relationship.commands import locked, saw, speak
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation, Message
from handdruk.work.live import tell

log = logging.getLogger(__name__)
PROBLEMS = frozenset({400, 401, 404, 405, 409, 413, 415, 422, 429, 500})
Answers = dict[Any, Any]


def with_problems(success: dict[int, Any]) -> Answers:
    """The success shapes, and a problem document for everything else."""
    return {**success, PROBLEMS: ProblemDocument}


class Documented(NinjaAPI):
    """Ninja, with the stream in its document: that is served beside Django (see `stream`), so Ninja does not know it."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The OpenAPI document."""
        schema = super().get_openapi_schema(**options)
        schema["paths"]["/api/chat/conversations/{key}/stream"] = STREAM
        schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path, operations in schema["paths"].items():
            for operation in operations.values() if "{key}" in path else ():
                operation["security"] = [{"token": []}]
        return schema


A_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
STREAM: dict[str, Any] = {
    "get": {
        "tags": ["chat"],
        "summary": "Stream",
        "description": "Server-sent events: `changed` says that something is new (fetch it with `messages?after=`), `typing` "
        "that a colleague is typing. The id of an event is the conversation's revision; the first event always says where "
        "the conversation stands, so resuming (`Last-Event-ID`) loses nothing.",
        "parameters": [
            {"in": "path", "name": "key", "required": True, "schema": {"type": "string"}},
            {"in": "header", "name": "Last-Event-ID", "required": False, "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "OK", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
            "401": {"description": "No token, or not this conversation's", "content": A_PROBLEM},
            "405": {"description": "Only GET", "content": A_PROBLEM},
            "429": {"description": "Too many streams are open; poll instead", "content": A_PROBLEM},
        },
    }
}


class NotJson(ValueError):
    """The body does not say that it is JSON."""


class NotAnObject(ValueError):
    """The body is JSON, such as a list, but nothing with fields."""


class OnlyJson(Parser):
    """Reads a body that says it is JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises NotJson, NotAnObject, or ValueError for JSON that is none."""
        if request.content_type != "application/json":
            raise NotJson
        found = super().parse_body(request)
        if found is not None and not isinstance(found, dict):
            raise NotAnObject
        return found


api = Documented(
    title="Handdruk", version=__version__, docs_url=None, openapi_url="/openapi.json", urls_namespace="api",
    parser=OnlyJson(),
)  # fmt: skip
chat = Router(tags=["chat"])


def authorised(request: HttpRequest, key: str) -> Conversation:
    """The conversation the caller holds the token of. Raises a 401 or 404 problem."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Problem(401, "send the conversation's token: Authorization: Bearer TOKEN", WWW_Authenticate="Bearer")
    conversation = queries.conversation_by_key(key)
    if conversation is None:
        raise Problem(404, "there is no such conversation")
    if not same(conversation.token_hash, fingerprint(secret)):
        raise Problem(401, "this token is not the conversation's", WWW_Authenticate="Bearer")
    return conversation


@chat.post("/conversations", response=with_problems({201: Opened}))
def open_conversation(request: HttpRequest, body: NewConversation | None = None) -> Status[Answers]:
    """Begins a conversation; keep the token, it is shown once."""
    allow("open", request.META.get("REMOTE_ADDR", ""), settings.CONVERSATIONS_PER_MINUTE)
    language = company().language_for(body.language if body else None)
    conversation, token = open_with_greeting("web", language)
    return Status(201, answers.opened(conversation, token))


@chat.get("/conversations/{key}", response=with_problems({200: Standing}))
def status(request: HttpRequest, key: Path[str]) -> Answers:
    """Where the conversation stands."""
    return answers.status(authorised(request, key))


@chat.get("/conversations/{key}/messages", response=with_problems({200: News}))
def messages(request: HttpRequest, key: Path[str], after: int = 0) -> Answers:
    """What was said after message number `after`, at most 200 at a time, and where the conversation stands."""
    conversation = authorised(request, key)
    page = list(queries.messages_after(conversation, max(after, 0)))
    saw(conversation, page[-1].number if page else min(max(after, 0), conversation.last_number))
    return answers.news(conversation, page)


@chat.post("/conversations/{key}/messages", response=with_problems({201: Said}))
def say(request: HttpRequest, key: Path[str], body: NewMessage) -> HttpResponse:
    """Says something. When this returns the message is stored; the same `client_id` again gives the same answer."""
    conversation = authorised(request, key)
    allow("say", conversation.key, settings.MESSAGES_PER_MINUTE)
    try:
        received = receive(Inbound(conversation.pk, body.client_id, body.text, body.choice))
    except BadMessage as error:
        raise Problem(422, str(error)) from error
    except AnotherMessage as error:
        raise Problem(409, str(error)) from error
    said = answers.said(received.message, take_begun_turn(received))
    return api.create_response(request, said, status=201)  # not checked against its schema each time: a test does that


@chat.post("/conversations/{key}/human", response=with_problems({201: News}))
def ask_for_human(request: HttpRequest, key: Path[str]) -> Status[Answers]:
    """Asks for a person. Works from every state."""
    conversation = authorised(request, key)
    allow("human", conversation.key, 30)
    said = ask_for_a_person(conversation.pk)
    conversation.refresh_from_db()
    return Status(201, answers.news(conversation, said))


@chat.delete("/conversations/{key}/human", response=with_problems({200: News}))
def back_to_assistant(request: HttpRequest, key: Path[str]) -> Answers:
    """No longer waits for a person. Has no effect once a colleague has the turn."""
    conversation = authorised(request, key)
    allow("human", conversation.key, 30)
    before = conversation.last_number
    back_to_the_assistant(conversation.pk)
    conversation.refresh_from_db()
    return answers.news(conversation, list(queries.messages_after(conversation, before)))


@chat.post("/conversations/{key}/language", response=with_problems({200: Standing}))
def choose_language(request: HttpRequest, key: Path[str], body: ChosenLanguage) -> Answers:
    """The customer chose a language; the assistant speaks it from now on, until the customer writes in another."""
    conversation = authorised(request, key)
    allow("language", conversation.key, 30)
    if body.language not in company().languages:
        raise Problem(422, f"the languages spoken here are: {', '.join(company().languages)}")
    if conversation.language != body.language:
        with locked(conversation.pk) as conversation:
            speak(conversation, body.language)
    return answers.status(conversation)


@chat.post("/conversations/{key}/typing", response=with_problems({204: None}))
def typing(request: HttpRequest, key: Path[str]) -> Status[None]:
    """Shows at the desk that the customer is typing, for a few seconds."""
    conversation = authorised(request, key)
    allow("typing", conversation.key, 60)
    tell("desk", f"typing-{conversation.pk}")
    return Status(204, None)


@chat.post("/conversations/{key}/outcome", response=with_problems({200: News}))
def outcome(request: HttpRequest, key: Path[str], body: Judgement) -> Answers:
    """Did this automatic answer help? When it did not, a person is asked for."""
    conversation = authorised(request, key)
    allow("outcome", conversation.key, 60)
    try:
        said = judge_answer(conversation.pk, body.number, right=body.right)
    except Message.DoesNotExist as error:
        raise Problem(404, "there is no such answer to judge") from error
    conversation.refresh_from_db()
    return answers.news(conversation, said)


api.add_router("/chat", chat)


@api.exception_handler(ValidationError)
def not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which field is not right, without repeating what was in it."""
    places = sorted({_place(row["loc"]) for row in error.errors})
    return document(422, f"not complete or not right: {', '.join(places)}")


def _place(location: tuple[str | int, ...]) -> str:
    """Where it is, such as "text", "body" or "query: after"."""
    kind, *parts = map(str, location)
    return ".".join(parts[1:]) or "body" if kind == "body" else f"{kind}: {'.'.join(parts)}"


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What Ninja itself refuses, such as JSON that is none."""
    if isinstance(error.__cause__, NotJson):
        return document(415, "send JSON, and Content-Type: application/json")
    if isinstance(error.__cause__, NotAnObject):
        return document(422, "not complete or not right: body")
    return document(error.status_code, "the body is not JSON" if error.status_code == 400 else "")


@api.exception_handler(Exception)
def any_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Everything else."""
    return from_exception(request, error)
