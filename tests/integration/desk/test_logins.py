"""Logins that are changed, shut and opened again; and those that cannot be."""

import pytest
from django.contrib.auth.models import User

from handdruk.core.words import Holder
from handdruk.human import commands, logins
from handdruk.human.commands import make_colleague
from handdruk.human.models import Colleague, Handover
from handdruk.human.queries.colleagues import logins as everybody
from handdruk.relationship.commands import NotAllowed
from handdruk.relationship.models import Conversation

RIGHT = {"username": "sanne", "password": "a long password"}


def make(username="anna", name="Anna", teams=()):
    return make_colleague(username, name, "a long password", lead=False, language="", teams=list(teams))


@pytest.mark.parametrize("username", ["", "a", "-anna", "an na", "anna\n", "a" * 61, "<b>", "änna", "a/b", "anna;"])
def test_that_a_user_name_has_a_sensible_length_and_characters(username):
    with pytest.raises(ValueError, match="2 to 60 letters"):
        make(username=username)
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["anna", "Anna.de-Boer_2", "anna@shop.example", "a+b", "a" * 60])
def test_that_ordinary_user_names_and_addresses_will_do(username):
    assert make(username=username).username == username


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "An\nna", "An\0na", "An\u202ena"])
def test_that_the_name_customers_see_is_one_short_line(name):
    with pytest.raises(ValueError, match="at most 60 characters"):
        make(name=name)


def test_that_a_team_must_be_one_the_company_knows():
    with pytest.raises(ValueError, match=r"no team nowhere; the company's teams: care, service"):
        make(teams=["care", "nowhere"])
    assert Colleague.objects.get(user=make(teams=["care"])).teams == ["care"]


def test_that_a_user_name_is_taken_however_it_is_spelled(sanne):
    with pytest.raises(ValueError, match="already a colleague"):
        make(username="SANNE")


def test_that_another_password_ends_every_session_and_counts_from_then_on(client, sanne):
    assert client.post("/desk/login/", RIGHT).status_code == 302
    assert client.get("/desk/").status_code == 200
    logins.set_password("sanne", "quite another one")
    assert client.get("/desk/").status_code == 302
    assert client.post("/desk/login/", RIGHT).status_code == 200
    assert client.post("/desk/login/", {**RIGHT, "password": "quite another one"}).status_code == 302


@pytest.mark.parametrize("weak", ["", "short", "1234567890", "password123"])
def test_that_a_weak_password_is_refused_and_the_old_one_stays(client, sanne, weak):
    with pytest.raises(ValueError, match=r"[Tt]his password"):
        logins.set_password("sanne", weak)
    assert client.post("/desk/login/", RIGHT).status_code == 302


def test_that_a_shut_login_ends_at_once_and_what_it_holds_goes_back_to_the_queue(client, sanne, piet, waits):
    held, others = waits(), waits()
    commands.take(sanne, held.pk)
    commands.take(piet, others.pk)
    assert client.post("/desk/login/", RIGHT).status_code == 302
    assert logins.disable("sanne") == 1
    assert client.get("/desk/").status_code == 302
    assert client.post("/desk/login/", RIGHT).status_code == 200
    held, others = (Conversation.objects.get(pk=row.pk) for row in (held, others))
    assert (held.holder, held.colleague_id) == (Holder.QUEUE, None)
    assert Handover.objects.get(conversation=held, ended_at=None).urgent
    assert (others.holder, others.colleague_id) == (Holder.COLLEAGUE, piet.pk)


def test_that_whoever_is_shut_out_in_the_middle_of_something_cannot_finish_it(sanne, waits):
    conversation = waits()
    logins.disable("sanne")
    with pytest.raises(NotAllowed):
        commands.take(sanne, conversation.pk)


def test_that_an_opened_login_has_its_password_again_and_not_its_old_sessions(client, sanne):
    client.post("/desk/login/", RIGHT)
    logins.disable("sanne")
    logins.enable("sanne")
    assert client.get("/desk/").status_code == 302
    assert client.post("/desk/login/", RIGHT).status_code == 302


@pytest.mark.parametrize("change", [logins.disable, logins.enable, lambda name: logins.set_password(name, "x" * 20)])
def test_that_a_colleague_nobody_knows_is_told(change):
    with pytest.raises(ValueError, match="no colleague called nobody"):
        change("nobody")


def test_that_all_logins_are_listed(sanne, piet):
    logins.disable("piet")
    assert [(login.username, login.lead, login.enabled) for login in everybody()] == [
        ("piet", False, False),
        ("sanne", True, True),
    ]
