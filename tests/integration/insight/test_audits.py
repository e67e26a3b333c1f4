"""Colleagues look at what was drawn: blind, once each, and what they say can be taken back and taught."""

import re
from datetime import timedelta

import pytest

from handdruk.core.clock import now
from handdruk.digital.models import Example
from handdruk.insight.audits import following, without_details
from handdruk.insight.commands.label import AlreadyLabelled, label, take_back, use_as_example
from handdruk.insight.commands.settle import settle
from handdruk.reception.models import Audit, AuditUse, Verdict
from handdruk.relationship.commands import NotAllowed
from handdruk.relationship.company import company as settings_of_the_company
from tests.integration.reception.talk import Customer

from .conftest import browser_of, draw_all

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "hoe lang heb ik garantie op bestelling TH-123456"


@pytest.fixture
def audit(company) -> Audit:
    """One turn that was answered, drawn."""
    Customer().say(QUESTION)
    return draw_all()[0]


def teachable(audit: Audit) -> Audit:
    Audit.objects.filter(pk=audit.pk).update(use=AuditUse.EXAMPLE)
    return audit


def test_that_the_page_shows_the_conversation_and_the_answer(audit, as_sanne):
    page = as_sanne.get("/desk/audits/").content.decode()
    assert QUESTION in page
    assert "Je hebt twee jaar garantie." in page
    assert "Is dit het goede antwoord op het laatste bericht?" in page
    assert "style=" not in page  # the Content-Security-Policy would not have it
    assert "Openingstijden" in page  # in the list of what it could have been


def test_that_the_page_is_in_english_for_who_reads_english(audit, as_piet):
    page = as_piet.get("/desk/audits/").content.decode()
    assert "Is this the right answer to the last message?" in page
    assert "Opening hours" in page


def test_that_the_page_tells_nothing_of_certainty_whether_it_was_sent_or_how_it_ended(company, as_piet):
    """An answered turn and one that went to a person look the same, whatever came after."""
    sent, unsent = Customer(), Customer()
    sent.say(QUESTION)
    unsent.say(QUESTION)
    first, second = draw_all()
    second.turn.kind, second.turn.reasons = "hand_over", [{"code": "not_sure", "figure": 0.31}]
    second.turn.save()
    second.turn.conversation.messages.filter(number=3).delete()
    sent.say("ik wil een medewerker spreken")
    settle()
    pages = []
    for audit in (first, second):
        Audit.objects.exclude(pk=audit.pk).update(labelled_at=now() - timedelta(days=1))
        Audit.objects.filter(pk=audit.pk).update(labelled_at=None)
        page = as_piet.get("/desk/audits/").content.decode()
        assert not re.search(r"\d ?%|certain|handed over|reopened|medewerker spreken|probability", page)
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"|audits/\d+/|Visitor \d+', "", page)
        pages.append(page[page.index("<main") :])
    assert pages[0] == pages[1]


def test_that_the_topics_are_not_listed_in_the_order_of_their_probabilities(audit, as_piet):
    first = re.findall(r'name="truth" value="(\w+)"', as_piet.get("/desk/audits/").content.decode())
    audit.turn.reading["topics"] = [audit.turn.reading["topics"][0], *reversed(audit.turn.reading["topics"][1:])]
    audit.turn.save()
    assert first == re.findall(r'name="truth" value="(\w+)"', as_piet.get("/desk/audits/").content.decode())
    assert sorted(first) == ["change_address", "complaint", "opening_hours", "where_is_my_parcel"]


def test_that_yes_is_kept_with_the_topic_and_who_said_so(audit, as_sanne, sanne):
    answer = as_sanne.post(f"/desk/audits/{audit.pk}/label", {"verdict": "right"}, follow=True)
    audit.refresh_from_db()
    assert (audit.verdict, audit.truth, audit.by) == (Verdict.RIGHT, "warranty", sanne)
    assert "Bewaard: goed." in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "verdict", "truth"),
    [
        ({"truth": "opening_hours"}, "other", "opening_hours"), ({"verdict": "none"}, "none", ""),
        ({"verdict": "person"}, "person", ""), ({"verdict": "unsure"}, "unsure", ""),
        ({"truth": "warranty"}, "right", "warranty"),
    ],
)  # fmt: skip
def test_that_what_it_should_have_been_is_kept(audit, as_piet, said, verdict, truth):
    assert as_piet.post(f"/desk/audits/{audit.pk}/label", said).status_code == 302
    audit.refresh_from_db()
    assert (audit.verdict, audit.truth) == (verdict, truth)


@pytest.mark.parametrize("said", [{}, {"verdict": "splendid"}, {"truth": "no_such_topic"}, {"verdict": "other"}])
def test_that_nonsense_is_refused(audit, as_piet, said):
    assert as_piet.post(f"/desk/audits/{audit.pk}/label", said).status_code == 422
    audit.refresh_from_db()
    assert audit.labelled_at is None


def test_that_of_two_colleagues_the_first_counts_and_the_second_is_told(audit, sanne, piet, as_piet):
    label(sanne, audit.pk, Verdict.RIGHT)
    with pytest.raises(AlreadyLabelled, match="Sanne"):
        label(piet, audit.pk, Verdict.NONE)
    page = as_piet.post(f"/desk/audits/{audit.pk}/label", {"verdict": "none"}, follow=True).content.decode()
    assert "Sanne was first" in page
    audit.refresh_from_db()
    assert audit.verdict == Verdict.RIGHT


def test_that_two_colleagues_do_not_look_at_the_same_one_where_there_are_many(company, sanne, piet):
    for _ in range(12):
        Customer().say(QUESTION)
    draw_all()
    assert following(sanne) == following(sanne)
    assert following(sanne) != following(piet)  # follows from the lots of this secret key


def test_that_what_nobody_looked_at_for_two_weeks_is_left_alone(audit, as_piet):
    Audit.objects.update(drawn_at=now() - timedelta(days=15))
    assert QUESTION not in as_piet.get("/desk/audits/").content.decode()


def test_that_it_can_be_taken_back_for_a_while_by_who_said_it(audit, sanne, piet):
    label(sanne, audit.pk, Verdict.NONE)
    with pytest.raises(NotAllowed):
        take_back(piet, audit.pk)
    take_back(sanne, audit.pk)
    audit.refresh_from_db()
    assert (audit.verdict, audit.labelled_at, audit.by) == ("", None, None)
    label(piet, audit.pk, Verdict.RIGHT)
    Audit.objects.update(labelled_at=now() - timedelta(minutes=11))
    with pytest.raises(NotAllowed):
        take_back(piet, audit.pk)


def test_that_only_colleagues_may_say_anything(audit, client, django_user_model):
    outsider = django_user_model.objects.create_user("els", password="a long password")
    with pytest.raises(NotAllowed):
        label(outsider, audit.pk, Verdict.RIGHT)
    with pytest.raises(NotAllowed):
        use_as_example(outsider, audit.pk, "x")
    for address in ("/desk/audits/", "/desk/audits/done/"):
        assert client.get(address).status_code == 302
        assert browser_of(outsider).get(address).status_code == 403
    assert client.post(f"/desk/audits/{audit.pk}/label", {"verdict": "right"}).status_code == 302
    audit.refresh_from_db()
    assert audit.labelled_at is None


def test_that_one_click_makes_an_example_and_a_near_miss_without_the_details(audit, as_piet, piet):
    label(piet, teachable(audit).pk, Verdict.OTHER, "opening_hours")
    version = settings_of_the_company().version
    page = as_piet.get("/desk/audits/done/").content.decode()
    shown = re.search(r'name="text" value="([^"]*)"', page)[1]
    assert shown == "hoe lang heb ik garantie op bestelling"
    as_piet.post(f"/desk/audits/{audit.pk}/example", {"text": shown})
    rows = Example.objects.filter(text=shown).values_list("topic__name", "belongs", "language")
    assert sorted(rows) == [("opening_hours", True, "nl"), ("warranty", False, "nl")]
    assert settings_of_the_company().version > version
    assert "an example now" in as_piet.get("/desk/audits/done/").content.decode()


def test_that_what_fits_none_of_our_topics_is_only_a_near_miss(audit, piet):
    label(piet, teachable(audit).pk, Verdict.NONE)
    use_as_example(piet, audit.pk, "vliegt dit ook")
    assert list(Example.objects.filter(text="vliegt dit ook").values_list("topic__name", "belongs")) == [
        ("warranty", False)
    ]


def test_that_what_became_an_example_cannot_be_taken_back(audit, piet):
    label(piet, teachable(audit).pk, Verdict.RIGHT)
    use_as_example(piet, audit.pk, "garantie op mijn bestelling")
    with pytest.raises(NotAllowed):
        take_back(piet, audit.pk)


@pytest.mark.parametrize("wrong", ["proof", "unlabelled", "unsure", "twice"])
def test_that_proof_is_never_taught_and_nothing_twice(audit, piet, wrong):
    if wrong != "proof":
        teachable(audit)
    else:
        Audit.objects.update(use=AuditUse.PROOF)
    if wrong != "unlabelled":
        label(piet, audit.pk, Verdict.UNSURE if wrong == "unsure" else Verdict.RIGHT)
    if wrong == "twice":
        use_as_example(piet, audit.pk, "een keer")
    before = Example.objects.count()
    with pytest.raises(NotAllowed):
        use_as_example(piet, audit.pk, "nog eens")
    assert Example.objects.count() == before


def test_that_details_are_cut_out_wherever_they_stand(company):
    customer = Customer()
    customer.say("mijn mail is jan@voorbeeld.example en bestelling TH-123456 is zoek")
    said = customer.now.messages.get(author="customer")
    assert without_details(said, said.turn) == "mijn mail is en bestelling is zoek"


def test_that_the_bar_says_how_many_are_left(audit, as_piet):
    page = as_piet.get("/desk/").content.decode()
    assert re.search(r'href="/desk/audits/"[^>]*>Audits <span class="count count-quiet">1<', page)
