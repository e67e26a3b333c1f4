"""Who gets in, and who does not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

PAGES = ["/desk/", "/desk/queue", "/desk/conversations/1/", "/desk/conversations/1/messages", "/desk/dead-letters/"]
CHANGES = [
    "/desk/conversations/1/holding", "/desk/conversations/1/handback", "/desk/conversations/1/closure",
    "/desk/conversations/1/messages", "/desk/conversations/1/typing", "/desk/presence", "/desk/language",
    "/desk/dead-letters/1/revival", "/desk/dead-letters/1/burial",
]  # fmt: skip
ONLY_POST = [address for address in CHANGES if not address.endswith("messages")]
RIGHT = {"username": "sanne", "password": "a long password"}


@pytest.mark.parametrize("address", PAGES)
def test_that_every_page_asks_a_stranger_to_log_in_and_remembers_where_they_were_going(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/login/?next={address}"


@pytest.mark.parametrize("address", CHANGES)
def test_that_a_stranger_changes_nothing(client, address):
    assert client.post(address)["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("address", PAGES + CHANGES)
def test_that_a_login_without_a_colleague_is_refused(client, address):
    client.force_login(User.objects.create_user("visitor"))
    assert (client.post if address in CHANGES else client.get)(address).status_code == 403


@pytest.mark.parametrize("address", ONLY_POST)
def test_that_nothing_changes_by_following_a_link(as_sanne, address):
    assert as_sanne.get(address).status_code == 405


def test_that_nothing_changes_without_a_csrf_token(sanne, waits):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sanne)
    chosen = waits()
    assert strict.post(f"/desk/conversations/{chosen.pk}/holding").status_code == 403
    chosen.refresh_from_db()
    assert chosen.holder == "queue"


def test_that_a_part_of_a_page_takes_the_whole_page_to_the_login(client):
    answer = client.get("/desk/queue", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/"})
    assert answer["HX-Redirect"] == "/desk/login/?next=/desk/"


def test_that_a_part_of_a_page_that_is_nowhere_leads_to_the_desk(client):
    answer = client.get("/desk/queue", headers={"HX-Request": "true", "HX-Current-URL": "http://[bad"})
    assert answer["HX-Redirect"] == "/desk/login/?next=/desk/"


def test_that_a_colleague_logs_in_and_reads_the_desk_in_their_language(client, sanne):
    answer = client.post("/desk/login/", RIGHT, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert client.cookies["django_language"].value == "nl"
    assert 'lang="nl"' in answer.content.decode()


def test_that_a_login_that_is_nobodys_at_the_desk_is_told_so(client):
    User.objects.create_user("visitor", password="a long password")
    answer = client.post("/desk/login/", {"username": "visitor", "password": "a long password"})
    assert "This login is not a colleague&#x27;s" in answer.content.decode()


def test_that_after_ten_tries_in_a_minute_even_the_right_password_is_refused(client, sanne):
    statuses = [client.post("/desk/login/", {**RIGHT, "password": "wrong"}).status_code for _ in range(12)]
    assert statuses[:10] == [200] * 10
    answer = client.post("/desk/login/", RIGHT)
    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session
    assert client.post("/desk/login/", {**RIGHT, "username": "piet"}).status_code == 200  # another name may still try


def test_that_the_limit_counts_a_name_however_it_is_spelled(client, sanne):
    for name in ["sanne", "SANNE", " sanne "] * 4:
        answer = client.post("/desk/login/", {"username": name, "password": "wrong"})
    assert answer.status_code == 429


def test_that_one_address_may_not_try_one_name_after_the_other(client, sanne):
    statuses = [client.post("/desk/login/", {"username": f"name-{n}", "password": "x"}).status_code for n in range(34)]
    assert statuses[:30] == [200] * 30
    assert statuses[-1] == 429, "a few more where one minute goes over into the next"
    assert client.post("/desk/login/", RIGHT).status_code == 429
    assert client.post("/desk/login/", RIGHT, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_that_one_name_may_not_be_tried_from_one_address_after_the_other(client, sanne):
    wrong = {**RIGHT, "password": "wrong"}
    tries = [client.post("/desk/login/", wrong, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(51)]
    assert tries == [200] * 50 + [429]


def test_that_logging_in_never_leads_off_the_site(client, sanne):
    answer = client.post("/desk/login/?next=https://evil.example/", RIGHT)
    assert answer["Location"] == "/desk/"


def test_that_logging_out_takes_a_post(as_sanne):
    assert as_sanne.get("/desk/logout/").status_code == 405
    assert as_sanne.post("/desk/logout/")["Location"] == "/desk/login/"
    assert as_sanne.get("/desk/").status_code == 302


def test_that_nothing_of_the_desk_is_kept_by_a_browser_or_a_proxy(as_sanne):
    assert "no-store" in as_sanne.get("/desk/")["Cache-Control"]


def test_that_only_leads_see_and_change_stuck_work(as_piet):
    assert as_piet.get("/desk/dead-letters/").status_code == 403
    assert as_piet.post("/desk/dead-letters/1/revival").status_code == 403
    assert "dead-letters" not in as_piet.get("/desk/").content.decode()
