"""The customer's API: right answers, and problem documents with the right status for everything else."""

import json
from urllib.parse import unquote

import pytest
from django.test import Client

from handdruk.relationship import company as the_company
from handdruk.relationship.models import Company, Conversation, Message
from handdruk.relationship.queries import conversation_of
from handdruk.work import limits

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/api/chat/conversations"


@pytest.fixture
def http(company):
    limits.forget()
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


class Chat:
    def __init__(self, http, language="nl"):
        self.http = http
        opened = http.post(BASE, {"language": language}, content_type="application/json")
        assert opened.status_code == 201
        self.opened = opened.json()
        self.path = f"{BASE}/{self.opened['conversation']}"
        self.auth = {"HTTP_AUTHORIZATION": f"Bearer {self.opened['token']}"}

    def say(self, text, client_id="c1", **more):
        body = {"client_id": client_id, "text": text, **more}
        return self.http.post(f"{self.path}/messages", body, content_type="application/json", **self.auth)

    def get(self, rest=""):
        return self.http.get(f"{self.path}{rest}", **self.auth)


@pytest.fixture
def chat(http):
    return Chat(http)


def is_problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert int(response.get("Content-Length", len(response.content))) == len(response.content)
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    return body


def test_that_a_conversation_begins_with_a_greeting_and_the_only_key(chat):
    assert chat.opened["token"]
    assert chat.opened["holder"] == "assistant"
    assert chat.opened["messages"][0]["author"] == "assistant"
    assert chat.opened["messages"][0]["number"] == 1
    assert Conversation.objects.get().token_hash != chat.opened["token"]


def test_that_a_conversation_needs_no_body_and_speaks_only_languages_of_the_company(http):
    assert http.generic("POST", BASE).json()["language"] == "nl"
    assert Chat(http, "fr").opened["language"] == "nl"
    assert Chat(http, "en").opened["language"] == "en"


def test_that_a_message_is_answered_in_the_shape_that_is_promised(chat):
    response = chat.say("hoe lang heb ik garantie")
    assert response.status_code == 201
    said = response.json()
    assert set(said) == {"message", "replies", "holder", "decision"}
    assert said["message"]["number"] == 2
    assert said["message"]["author"] == "customer"
    assert said["replies"][0]["number"] == 3
    assert said["decision"]["kind"] == "answer"
    assert said["decision"]["reasons"]


def test_that_the_same_client_id_again_gives_the_same_answer(chat):
    assert chat.say("hoe lang heb ik garantie").json() == chat.say("hoe lang heb ik garantie").json()
    is_problem(chat.say("iets anders"), 409)


def test_that_what_is_new_since_a_message_can_be_fetched(chat):
    chat.say("hoe lang heb ik garantie")
    assert [m["number"] for m in chat.get("/messages?after=0").json()["messages"]] == [1, 2, 3]
    assert [m["number"] for m in chat.get("/messages?after=2").json()["messages"]] == [3]
    assert chat.get("/messages?after=3").json()["messages"] == []
    assert chat.get("/messages?after=999").json()["messages"] == []


def test_that_a_long_conversation_comes_in_pages(chat):
    conversation = Conversation.objects.get()
    rows = [Message(conversation=conversation, number=n, author="customer", text=str(n)) for n in range(2, 502)]
    Message.objects.bulk_create(rows)
    Conversation.objects.update(last_number=501)
    news = chat.get("/messages?after=0").json()
    assert len(news["messages"]) == 200
    assert news["last"] == 501
    assert chat.get("/messages?after=400").json()["messages"][-1]["number"] == 501


def test_that_a_person_can_be_asked_for_and_let_go_again(chat):
    asked = chat.http.post(f"{chat.path}/human", **chat.auth)
    assert asked.status_code == 201
    assert asked.json()["holder"] == "queue"
    assert asked.json()["waiting"]["until"]
    back = chat.http.delete(f"{chat.path}/human", **chat.auth)
    assert back.json()["holder"] == "assistant"
    assert back.json()["messages"][0]["kind"] == "notice"


def test_that_an_answer_can_be_judged_once_it_was_given(chat):
    number = chat.say("hoe lang heb ik garantie").json()["replies"][0]["number"]

    def judge(n, right):
        body = {"number": n, "right": right}
        return chat.http.post(f"{chat.path}/outcome", body, content_type="application/json", **chat.auth)

    assert judge(number, True).json()["holder"] == "assistant"
    assert judge(number, False).json()["holder"] == "queue"
    is_problem(judge(1, True), 404)


def test_that_a_wrong_or_missing_token_and_an_unknown_conversation_are_told_apart_from_nothing_else(http, chat):
    assert is_problem(http.get(chat.path), 401)
    assert http.get(chat.path)["WWW-Authenticate"] == "Bearer"
    is_problem(http.get(chat.path, HTTP_AUTHORIZATION="Bearer wrong"), 401)
    is_problem(http.get(f"{BASE}/unknown", **chat.auth), 404)
    other = Chat(http)
    is_problem(http.get(other.path, **chat.auth), 401)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b"\xff\xfe\x00binary", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"text": "x"}', 422),
        (b'{"client_id": "", "text": "x"}', 422),
        (b'{"client_id": "a b", "text": "x"}', 422),
        (b'{"client_id": "a", "text": 5}', 422),
        (b'{"client_id": "a", "text": ""}', 422),
        (b'{"client_id": "a", "text": "   "}', 422),
        (b'{"client_id": "a", "text": "\\u0000"}', 422),
        (b'{"client_id": "a", "text": "\\ud800"}', 422),
        (json.dumps({"client_id": "a", "text": "x" * 10_001}).encode(), 422),
        (json.dumps({"client_id": "a", "text": "x" * 1_000_000}).encode(), 413),
    ],
)
def test_that_a_bad_message_is_a_problem_document_and_nothing_is_stored(chat, body, status):
    response = chat.http.post(f"{chat.path}/messages", body, content_type="application/json", **chat.auth)
    problem = is_problem(response, status)
    assert "Traceback" not in json.dumps(problem)
    assert Message.objects.filter(author="customer").count() == 0


def test_that_problems_never_repeat_what_was_sent(chat):
    secret = "mijn-geheim@voorbeeld.example"
    response = chat.http.post(
        f"{chat.path}/messages", {"client_id": secret, "text": ""}, content_type="application/json", **chat.auth
    )
    assert secret not in response.content.decode()


def test_that_too_many_messages_are_told_when_to_try_again_and_none_is_lost(chat, settings):
    settings.MESSAGES_PER_MINUTE = 5
    statuses = [chat.say("hoi", client_id=f"c{n}").status_code for n in range(12)]
    assert statuses == [201] * 10 + [429] * 2
    refused = chat.say("hoi", client_id="late")
    is_problem(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= 120
    assert Message.objects.filter(author="customer").count() == 10


def test_that_one_customer_cannot_use_up_what_another_may_send(http, settings):
    settings.MESSAGES_PER_MINUTE = 1
    first, second = Chat(http), Chat(http)
    assert [first.say("hoi", client_id=f"c{n}").status_code for n in range(3)][-1] == 429
    assert second.say("hoi").status_code == 201


def test_that_too_many_new_conversations_from_one_place_are_refused(http, settings):
    settings.CONVERSATIONS_PER_MINUTE = 2
    statuses = [http.generic("POST", BASE).status_code for _ in range(5)]
    assert statuses == [201] * 4 + [429]


def test_that_an_error_of_ours_shows_nothing_of_what_is_inside(chat, monkeypatch):
    def broken(inbound):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("handdruk.channels.web.api.receive", broken)
    response = chat.say("hoi")
    is_problem(response, 500)
    assert b"secret" not in response.content


def test_that_a_wrong_method_or_address_is_a_problem_too(http, chat):
    is_problem(http.put(chat.path, **chat.auth), 405)
    is_problem(http.get("/api/nothing"), 404)


def test_that_any_site_may_call_the_api_without_cookies(http):
    response = http.options(BASE, HTTP_ORIGIN="https://shop.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST")
    assert response["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Credentials" not in response
    assert not http.generic("POST", BASE).cookies


def test_that_only_the_sites_a_company_names_may_call_the_api(http):
    company = Company.objects.get()
    company.settings["chat"]["origins"] = ["https://shop.example"]
    company.version += 1
    company.save()
    the_company.forget()

    def preflight(origin):
        return http.options(BASE, HTTP_ORIGIN=origin, HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST")

    assert preflight("https://shop.example")["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Origin" not in preflight("https://other.example")


def test_that_the_document_of_the_api_names_every_call(http):
    paths = http.get("/api/openapi.json").json()["paths"]
    for rest in ("", "/{key}", "/{key}/messages", "/{key}/human", "/{key}/typing", "/{key}/outcome", "/{key}/stream"):
        assert f"{BASE}{rest}" in paths


def test_that_pages_allow_only_our_own_scripts_and_styles(http):
    page = http.get("/nl/")
    assert page.status_code == 200
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page["X-Frame-Options"] == "DENY"


def test_that_the_chat_script_may_be_used_by_any_site_and_is_small(http):
    import gzip

    response = http.get("/chat.js")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert len(gzip.compress(response.content, 9)) <= 20 * 1024
    assert http.get("/chat.js", HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_that_a_wrong_method_is_told_what_may_be_done_instead(http, chat):
    assert set(http.put(chat.path, **chat.auth)["Allow"].split(", ")) >= {"GET"}
    for method in ("post", "head", "put"):
        refused = getattr(http, method)(f"{chat.path}/stream", **chat.auth)
        assert (refused.status_code, refused["Allow"]) == (405, "GET")
    is_problem(Client(enforce_csrf_checks=True).post(f"{chat.path}/stream", **chat.auth), 405)


def test_that_what_may_be_done_can_be_asked_for(http, chat):
    for path, allowed in ((chat.path, "GET"), (f"{chat.path}/stream", "GET"), (BASE, "POST")):
        asked = http.options(path)
        assert (asked.status_code, asked["Allow"], asked.content) == (204, allowed, b"")
        assert "Content-Length" not in asked


def test_that_another_site_may_ask_for_the_stream_first(http, chat):
    asked = http.options(
        f"{chat.path}/stream", HTTP_ORIGIN="https://shop.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization,last-event-id",
    )  # fmt: skip
    assert asked.status_code == 200
    assert asked["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "authorization" in asked["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/api/nothing", BASE])
def test_that_another_site_may_read_problems_too(http, path):
    refused = http.put(path, HTTP_ORIGIN="https://shop.example")
    assert refused.status_code in (404, 405)
    assert refused["Access-Control-Allow-Origin"] == "https://shop.example"


def test_that_another_site_may_read_that_its_message_was_too_long(http, chat):
    refused = chat.http.post(
        f"{chat.path}/messages", b"x" * 300_000, content_type="application/json",
        HTTP_ORIGIN="https://shop.example", **chat.auth,
    )  # fmt: skip
    assert is_problem(refused, 413)["title"] == "The request is too large"
    assert refused["Access-Control-Allow-Origin"] == "https://shop.example"


def test_that_a_problem_says_where_it_is(chat):
    assert is_problem(chat.get("/messages?after=abc"), 422)["detail"].endswith(": query: after")
    refused = chat.http.post(f"{chat.path}/messages", {"text": "x"}, content_type="application/json", **chat.auth)
    assert is_problem(refused, 422)["detail"].endswith(": client_id")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_that_a_body_that_does_not_say_it_is_json_is_not_read(chat, kind):
    body = b'{"client_id": "a", "text": "x"}'
    is_problem(chat.http.generic("POST", f"{chat.path}/messages", body, content_type=kind, **chat.auth), 415)
    body = b'{"client_id": "a", "text": "hoi"}'
    kind = "application/json; charset=utf-8"
    answer = chat.http.generic("POST", f"{chat.path}/messages", body, content_type=kind, **chat.auth)
    assert answer.status_code == 201


@pytest.mark.parametrize("body", [b"[]", b"5", b'"nl"', b"[1]", b"false"])
def test_that_a_conversation_does_not_begin_with_what_is_no_object(http, body):
    is_problem(http.generic("POST", BASE, body, content_type="application/json"), 422)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("key", ["a%00b", "%00", "a%0ab", "x" * 400, "A-B"])
def test_that_a_key_that_cannot_be_one_is_an_unknown_conversation(http, chat, key):
    is_problem(http.get(f"{BASE}/{key}", **chat.auth), 404)
    assert conversation_of(unquote(key), chat.opened["token"]) is None


@pytest.mark.parametrize(
    "more", [{"choice": "a\u0000b"}, {"choice": "\u001b"}, {"client_id": "a\u0000"}, {"client_id": "a\n"}]
)
def test_that_what_no_database_stores_is_refused(chat, more):
    is_problem(chat.say("hoi", **more), 422)
    assert Message.objects.filter(author="customer").count() == 0


def test_that_a_stranger_with_an_odd_session_key_is_not_logged_in(http):
    cookie = {"HTTP_COOKIE": 'sessionid="abcdefgh\\000"'}
    assert http.get("/desk/", **cookie)["Location"] == "/desk/login/?next=/desk/"
    assert http.get("/nl/", **cookie).status_code == 200


def test_that_the_customer_chooses_the_language_and_hears_it_at_once(chat):
    def choose(language):
        body = {"language": language}
        return chat.http.post(f"{chat.path}/language", body, content_type="application/json", **chat.auth)

    waiting = chat.http.post(f"{chat.path}/human", **chat.auth).json()["waiting"]["text"]
    chosen = choose("en")
    assert chosen.status_code == 200
    assert chosen.json()["language"] == "en"
    assert chosen.json()["waiting"]["text"] != waiting
    assert Conversation.objects.get().language == "en"
    is_problem(choose("fr"), 422)
    is_problem(choose("e\u0000"), 422)
    is_problem(chat.http.post(f"{chat.path}/language", {"language": "nl"}, content_type="application/json"), 401)
    said = chat.http.delete(f"{chat.path}/human", **chat.auth).json()["messages"]
    assert "assistant" in said[0]["text"]


def test_that_the_document_says_which_calls_need_the_token_and_how_they_can_fail(http):
    document = http.get("/api/openapi.json").json()
    assert document["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) == ("{key}" in path)
            if not path.endswith("/stream"):
                assert {"405", "415", "500"} <= set(operation["responses"])


@pytest.mark.parametrize(("language", "day"), [("nl", "maandag"), ("en", "Monday")])
def test_that_the_chat_page_says_without_a_script_when_people_are_there(http, language, day):
    page = http.get(f"/{language}/chat/").content.decode()
    without = page.split("<noscript>")[1].split("</noscript>")[0]
    assert day in without.replace("Maandag", "maandag")
    assert "–" in without
    assert f'href="/{language}/"' in without
