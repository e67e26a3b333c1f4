"""The help centre's pages, asked for in plain HTTP."""

import pytest

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
