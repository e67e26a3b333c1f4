"""What the desk shows: harmless, complete, in the reader's language, and with few queries."""

import re

import pytest

from handdruk.core.words import Author
from handdruk.human import commands as human
from handdruk.human.models import Colleague, Handover
from handdruk.human.rendered import rendered, safe_address
from handdruk.reception.models import Turn
from handdruk.relationship import commands as relationship
from handdruk.relationship.models import Conversation, Message
from tests.integration.desk.conftest import conversation

HOSTILE = [
    "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "[click](javascript:alert(1))",
    "![track](https://evil.example/x.png)", '"><svg/onload=alert(1)>', "<a href='data:text/html,x'>x</a>",
    "&lt;script&gt;", "[x](//evil.example \"onclick=alert(1)\")", "<style>*{display:none}</style>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("author", list(Author))
def test_that_hostile_words_become_nothing_but_words(author, text):
    html = rendered(author, text).lower()
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= ({"p", "a"} if author != Author.CUSTOMER else set())
    links = re.findall(r'href="([^"]*)"', html)
    assert not [link for link in links if link.startswith(("javascript:", "data:"))]


def test_that_a_customers_words_are_shown_exactly_as_typed():
    assert rendered(Author.CUSTOMER, "a  b\n**c** <d> & e") == "a  b\n**c** &lt;d&gt; &amp; e"


def test_that_our_own_links_take_nothing_along():
    html = rendered(Author.ASSISTANT, "[page](/nl/help/x/)")
    assert 'href="/nl/help/x/"' in html and 'rel="noopener nofollow"' in html


@pytest.mark.parametrize(
    ("address", "shown"),
    [("/nl/help/", "/nl/help/"), ("https://a.example", "https://a.example"), ("//evil.example", ""),
     ("javascript:alert(1)", ""), ("/\\evil.example", "")],
)  # fmt: skip
def test_that_only_addresses_that_are_safe_become_links(address, shown):
    assert safe_address(address) == shown


def test_that_hostile_names_words_and_details_are_harmless_on_the_page(as_sanne, waits):
    evil = "<script>alert(1)</script>"
    suggestion = {"topic": evil, "text": evil, "title": evil, "url": "javascript:alert(1)"}
    chosen = waits(evil, name=evil, details=[{"kind": evil, "value": evil}], suggestion=suggestion, notes=[evil],
                   callback='"><script>')  # fmt: skip
    human.take(Colleague.objects.get().user, chosen.pk)
    page = as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
    assert "<script>" not in page.replace("<script src=", "") and "javascript:" not in page


def test_that_no_page_holds_script_or_style_of_its_own(as_sanne, waits):
    for address in ("/desk/", f"/desk/conversations/{waits().pk}/", "/desk/dead-letters/", "/desk/login/"):
        page = as_sanne.get(address)
        assert "script-src 'self'" in page["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", page.content.decode())


def test_that_no_certainty_is_shown_for_a_topic_the_message_itself_does_not_name(as_sanne, waits):
    chosen = waits("TH-204881", code="gave_details")
    Turn.objects.create(
        message=chosen.messages.get(number=1), conversation=chosen, number=1, until=1, language="nl", kind="hand_over",
        topic="item_missing", titles={"nl": "Er ontbreekt iets"}, probability_right=0.49,
        reasons=[{"code": "gave_details", "figure": None}], reading={"emotion": "neutral"}, holder="queue",
    )  # fmt: skip
    page = as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
    assert "Er ontbreekt iets" in page
    assert "% zeker" not in page


def test_that_the_page_says_why_and_what_the_customer_already_gave(as_sanne, waits):
    chosen = waits(
        "Bestelling TH-204881 is kwijt", name="Jan", code="upset", emotion="angry", callback="+31612345678",
        details=[{"kind": "order_number", "value": "TH-204881"}, {"kind": "date", "value": "--11-03"}],
        notes=["Adres is gewijzigd"],
        topic={"nl": "Waar is mijn pakje"},
        suggestion={"topic": "Pakje", "text": "Kijk **hier**.", "title": "Volg", "url": "/nl/help/volg/"},
    )  # fmt: skip
    Turn.objects.create(
        message=chosen.messages.get(number=1), conversation=chosen, number=1, until=1, language="nl", kind="hand_over",
        topic="where_is_my_parcel", probability_right=0.63, reasons=[{"code": "not_sure", "figure": 0.63}],
        reading={"emotion": "worried", "details": [{"kind": "postcode", "value": "1234 AB"}]}, holder="queue",
    )  # fmt: skip
    page = as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
    for words in ("boos of overstuur", "boos", "+31612345678", "TH-204881", "1234 AB", "Adres is gewijzigd",
                  "Waar is mijn pakje", "/nl/help/volg/", "niet zeker genoeg herkend (63 %)", "63 % zeker", "bezorgd",
                  "where is my parcel", "dringend", "3 november"):  # fmt: skip
        assert words in page, words


def test_that_the_suggestion_never_sends_itself_and_can_be_used_without_script(as_sanne, sanne, waits):
    chosen = waits(suggestion={"topic": "P", "text": "Kijk **hier**.", "title": "V", "url": "/nl/"})
    address = f"/desk/conversations/{chosen.pk}/"
    assert "?suggestion=1" not in as_sanne.get(address).content.decode()
    human.take(sanne, chosen.pk)
    assert "Kijk **hier**.</textarea>" not in as_sanne.get(address).content.decode()
    assert "Kijk **hier**.</textarea>" in as_sanne.get(address + "?suggestion=1").content.decode()
    assert not chosen.messages.filter(author="colleague", kind="text").exists()


def test_that_only_what_is_new_is_fetched(as_sanne, waits):
    chosen = waits("eerste vraag")
    chosen.refresh_from_db()
    address = f"/desk/conversations/{chosen.pk}/messages"
    screen = {"after": chosen.last_number, "state": "queue-0"}
    assert as_sanne.get(address, screen).status_code == 204
    with relationship.locked(chosen.pk) as held:
        relationship.say(held, Author.CUSTOMER, "tweede vraag")
    part = as_sanne.get(address, screen).content.decode()
    assert "tweede vraag" in part and "eerste vraag" not in part
    assert f'name="after" value="{chosen.last_number + 1}"' in part
    assert 'id="composer"' not in part  # what is being typed stays where it is


def test_that_a_screen_hears_in_words_that_somebody_else_took_it(as_sanne, piet, waits):
    chosen = waits()
    human.take(piet, chosen.pk)
    part = as_sanne.get(f"/desk/conversations/{chosen.pk}/messages", {"after": 99, "state": "queue-0"})
    assert "Piet heeft dit gesprek." in part.content.decode()


def test_that_the_context_is_only_sent_when_it_changed(as_sanne, waits):
    chosen = waits()
    address = f"/desk/conversations/{chosen.pk}/context"
    print_ = re.search(r"print=([0-9a-f]+)", as_sanne.get(address).content.decode())[1]
    assert as_sanne.get(address, {"print": print_}).status_code == 204
    with relationship.locked(chosen.pk) as held:
        human.note(held, "nieuw")
    assert as_sanne.get(address, {"print": print_}).status_code == 200


def test_that_a_long_thread_shows_the_newest_fifty_and_a_way_to_the_rest(as_sanne):
    chosen = conversation(*[f"bericht {number:03}." for number in range(1, 121)])
    page = as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
    assert "bericht 071." in page and "bericht 070." not in page
    assert "?before=71" in page
    older = as_sanne.get(f"/desk/conversations/{chosen.pk}/?before=71").content.decode()
    assert "bericht 021." in older and "bericht 020." not in older and "bericht 071." not in older


def many(count):
    for number in range(count):
        held = conversation(f"vraag {number}", name=f"Klant {number}")
        if number % 3 == 0:
            with relationship.locked(held.pk) as row:
                human.open_handover(row, [{"code": "wants_human", "figure": None}])


def test_that_five_hundred_conversations_cost_no_more_queries_than_a_few(
    as_sanne, sanne, waits, django_assert_max_num_queries
):
    many(500)
    chosen = waits(*["x"] * 80)
    as_sanne.get("/desk/")
    for address, most in (
        ("/desk/", 10), ("/desk/?list=assistant&page=2", 11), ("/desk/queue?list=closed", 9),
        (f"/desk/conversations/{chosen.pk}/", 18), (f"/desk/conversations/{chosen.pk}/messages?after=3", 6),
        (f"/desk/conversations/{chosen.pk}/context", 10),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert as_sanne.get(address).status_code == 200


def test_that_lists_come_a_page_at_a_time(as_sanne):
    many(200)
    front, next_page = (as_sanne.get(f"/desk/?waiting={number}").content.decode() for number in (1, 2))
    assert front.count("queue-item") == 30 and next_page.count("queue-item") == 30
    assert front.count("Klant 0<") == 1 and "Klant 0<" not in next_page
    assert "Niemand meer op deze pagina" in as_sanne.get("/desk/?waiting=9").content.decode()


@pytest.mark.parametrize("query", ["list=nonsense", "page=-1", "waiting=abc", "page=99999999999999", "page=٣"])
def test_that_a_strange_address_is_no_error(as_sanne, query):
    assert as_sanne.get(f"/desk/?{query}").status_code == 200


def test_that_the_queue_uses_its_index(waits):
    waits()
    plan = Handover.objects.filter(state="waiting").order_by("-urgent", "deadline").explain()
    assert "the_queue" in plan and "TEMP B-TREE" not in plan
    newest = Conversation.objects.filter(holder="assistant", closed_at=None).order_by("-changed_at")
    assert "conversation_by_holder" in newest.explain()


def test_that_an_empty_queue_is_said_warmly(as_sanne):
    page = as_sanne.get("/desk/").content.decode()
    assert "Niemand wacht." in page and "kop koffie" in page


def test_that_a_colleague_says_they_are_away_and_changes_language(as_sanne, sanne):
    as_sanne.post("/desk/presence", {"presence": "away", "next": "/desk/"})
    assert Colleague.objects.get(user=sanne).presence == "away"
    answer = as_sanne.post("/desk/language", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/" and answer.cookies["django_language"].value == "en"
    assert "Nobody is waiting." in as_sanne.get("/desk/").content.decode()
    assert as_sanne.post("/desk/presence", {"presence": "asleep"}).status_code == 422


def test_that_a_message_that_nobody_explained_has_no_why(as_sanne):
    chosen = conversation("hallo")
    assert Message.objects.get(conversation=chosen).number == 1
    assert 'class="why"' not in as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
