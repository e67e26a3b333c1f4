"""The help centre's pages, asked for in plain HTTP."""

from unittest import mock

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("address", "says"),
    [("/nl/help/weg/", "Deze pagina is er niet"), ("/en/help/gone/", "This page is not here"), ("/weg", "page")],
)
def test_that_a_page_that_is_not_there_leads_on_to_help_and_to_the_chat(client, company, address, says):
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert says in page
    assert 'href="/"' in page
    assert "<handdruk-chat" in page


def test_that_a_page_of_the_desk_that_is_not_there_leads_to_the_desk(client, company):
    page = client.get("/desk/gone/").content.decode()
    assert 'href="/desk/"' in page
    assert "<handdruk-chat" not in page


def test_that_a_page_is_not_there_before_a_company_was_loaded_either(client, db):
    assert client.get("/nl/weg/").status_code == 404


@pytest.mark.parametrize("query", ["\x00", "%", "'\"<script>", "a" * 5000, "\u0661", "de"])
def test_that_a_strange_search_is_answered_and_never_taken_for_html(client, company, query):
    answer = client.get("/nl/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "'\"<script>" not in answer.content.decode()


def test_that_a_form_from_a_page_that_is_too_old_is_refused_in_the_readers_language(company):
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "sanne"}, HTTP_ACCEPT_LANGUAGE="nl")
    assert answer.status_code == 403
    assert "Deze pagina was te oud" in answer.content.decode()


def test_that_an_error_of_ours_is_told_without_what_is_inside(company):
    strict = Client(raise_request_exception=False)
    with mock.patch("handdruk.digital.views.search", side_effect=ValueError("Anna, Dorpsstraat 12")):
        answer = strict.get("/nl/search/?q=garantie")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in page
    assert "Dorpsstraat" not in page


@override_settings(ALLOWED_HOSTS=["service.example"])
def test_that_a_name_the_server_was_not_told_leads_an_installer_to_the_setting(client, company):
    answer = client.get("/nl/", HTTP_HOST="192.0.2.1:8000")
    assert answer.status_code == 400
    assert "HANDDRUK_HOSTS" in answer.content.decode()
