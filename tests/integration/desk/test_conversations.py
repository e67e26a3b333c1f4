"""Taking, answering, handing back and closing, by one colleague and by two at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from handdruk.core.clock import now
from handdruk.core.words import Author
from handdruk.human import commands as human
from handdruk.human.models import Handover
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import NotAllowed
from handdruk.relationship.models import Conversation
from tests.integration.desk.conftest import conversation


def say(browser, chosen, text, meant_for=None, **request):
    form = {"conversation": (meant_for or chosen).pk, "client_id": "a1b2c3d4e5", "text": text}
    return browser.post(f"/desk/conversations/{chosen.pk}/messages", form, **request)


def take(browser, chosen, **form):
    return browser.post(f"/desk/conversations/{chosen.pk}/holding", form)


def said_by_colleagues(chosen):
    said = chosen.messages.filter(author=Author.COLLEAGUE.value, kind="text")
    return list(said.order_by("number").values_list("text", flat=True))


def test_that_a_colleague_takes_answers_and_closes_by_form_alone(as_sanne, sanne, waits):
    chosen = waits(name="Jan")
    assert take(as_sanne, chosen)["Location"] == f"/desk/conversations/{chosen.pk}/"
    assert say(as_sanne, chosen, "Hoi Jan,\r\nik kijk even.").status_code == 302
    assert said_by_colleagues(chosen) == ["Hoi Jan,\nik kijk even."]
    as_sanne.post(f"/desk/conversations/{chosen.pk}/closure")
    chosen.refresh_from_db()
    assert (chosen.holder, chosen.is_open) == ("assistant", False)


def test_that_handing_back_gives_the_turn_to_the_assistant(as_sanne, waits):
    chosen = waits()
    take(as_sanne, chosen)
    as_sanne.post(f"/desk/conversations/{chosen.pk}/handback")
    chosen.refresh_from_db()
    assert chosen.holder == "assistant"
    assert Handover.objects.get(conversation=chosen).end == "handed_back"


def test_that_a_closed_conversation_opens_again_when_it_is_taken(as_sanne, waits):
    chosen = waits()
    take(as_sanne, chosen)
    as_sanne.post(f"/desk/conversations/{chosen.pk}/closure")
    assert "Dit gesprek is afgerond." in as_sanne.get(f"/desk/conversations/{chosen.pk}/").content.decode()
    take(as_sanne, chosen)
    chosen.refresh_from_db()
    assert chosen.is_open and chosen.holder == "colleague"


def test_that_sending_the_same_form_twice_says_it_once(as_sanne, waits):
    chosen = waits()
    take(as_sanne, chosen)
    say(as_sanne, chosen, "Een keer.")
    assert say(as_sanne, chosen, "Een keer.").status_code == 302
    assert said_by_colleagues(chosen) == ["Een keer."]


def test_that_other_words_under_a_used_id_are_kept_and_not_taken_for_sent(as_sanne, waits):
    chosen = waits()
    take(as_sanne, chosen)
    say(as_sanne, chosen, "Eerste versie.")
    answer = say(as_sanne, chosen, "Eerste versie, met meer erbij.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Eerste versie, met meer erbij.</textarea>" in page
    assert 'value="a1b2c3d4e5"' not in page  # the next try is a new message
    assert said_by_colleagues(chosen) == ["Eerste versie."]


def test_that_whoever_does_not_hold_it_is_told_so_and_keeps_their_words(as_sanne, waits):
    chosen = waits()
    answer = say(as_sanne, chosen, "Ik help je.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Je hebt dit gesprek niet meer" in page and "Ik help je.</textarea>" in page
    assert said_by_colleagues(chosen) == []


def test_that_words_stay_when_a_colleague_took_over_meanwhile(as_sanne, as_piet, waits):
    chosen = waits()
    take(as_sanne, chosen)
    take(as_piet, chosen, from_colleague="1")
    answer = say(as_sanne, chosen, "Lang verhaal", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert answer.status_code == 409
    assert "Piet heeft dit gesprek nu" in part and "Lang verhaal</textarea>" in part
    assert "<html" not in part


@pytest.mark.parametrize("what", ["handback", "closure"])
def test_that_only_the_holder_ends_it(as_sanne, as_piet, waits, what):
    chosen = waits()
    take(as_sanne, chosen)
    answer = as_piet.post(f"/desk/conversations/{chosen.pk}/{what}")
    assert answer.status_code == 409
    assert "Sanne has this conversation now" in answer.content.decode()
    chosen.refresh_from_db()
    assert chosen.holder == "colleague"


def test_that_a_conversation_of_a_colleague_is_only_taken_on_purpose(as_sanne, as_piet, piet, waits):
    chosen = waits()
    take(as_sanne, chosen)
    refused = take(as_piet, chosen)
    assert refused.status_code == 409 and "Take over from Sanne" in refused.content.decode()
    take(as_piet, chosen, from_colleague="1")
    chosen.refresh_from_db()
    assert chosen.colleague_id == piet.pk


@pytest.mark.django_db(transaction=True)
def test_that_of_two_colleagues_who_take_at_once_exactly_one_gets_it(sanne, piet, waits):
    chosen, start, refused = waits(), Barrier(2), []

    def reach(user):
        start.wait()
        try:
            human.take(user, chosen.pk)
        except NotAllowed:
            refused.append(user)
        finally:
            connection.close()

    both = [Thread(target=reach, args=[user]) for user in (sanne, piet)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    chosen.refresh_from_db()
    assert len(refused) == 1
    assert {chosen.colleague_id, refused[0].pk} == {sanne.pk, piet.pk}


def test_that_words_for_one_conversation_never_go_to_another(as_sanne, waits):
    first, second = waits(), waits()
    take(as_sanne, first)
    take(as_sanne, second)
    answer = say(as_sanne, second, "Voor de eerste", meant_for=first)
    assert answer.status_code == 409
    assert "Voor de eerste" not in answer.content.decode()
    assert said_by_colleagues(first) == said_by_colleagues(second) == []


@pytest.mark.parametrize("text", ["", "   \r\n ", "x" * 10_001, "a\x00b"])
def test_that_words_that_cannot_be_sent_are_refused_with_a_reason(as_sanne, waits, text):
    chosen = waits()
    take(as_sanne, chosen)
    answer = say(as_sanne, chosen, text)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert said_by_colleagues(chosen) == []


@pytest.mark.parametrize("what", ["holding", "handback", "closure", "messages", "typing"])
def test_that_a_conversation_that_is_not_there_is_a_404(as_sanne, what):
    assert as_sanne.post(f"/desk/conversations/999/{what}").status_code == 404


def test_that_stepping_in_needs_no_handover(as_sanne, sanne):
    chosen = conversation("Hallo")
    take(as_sanne, chosen)
    chosen.refresh_from_db()
    assert chosen.colleague_id == sanne.pk


def test_that_typing_is_told_to_the_customer_by_the_holder_only(as_sanne, as_piet, waits, monkeypatch):
    told = []
    monkeypatch.setattr("handdruk.human.views.turns.tell", lambda *args, **data: told.append((args, data)))
    chosen = waits()
    take(as_sanne, chosen)
    assert as_piet.post(f"/desk/conversations/{chosen.pk}/typing").status_code == 409
    assert as_sanne.post(f"/desk/conversations/{chosen.pk}/typing").status_code == 204
    assert told == [((f"chat:{chosen.key}", "typing"), {"author": "colleague", "name": "Sanne"})]


def test_that_an_escalated_customer_comes_before_one_who_is_not_urgent_and_earlier(as_sanne, waits):
    first, late = waits(name="Gewoon"), waits(name="Laat")
    Handover.objects.filter(conversation=first).update(deadline=now() - timedelta(hours=2))
    Handover.objects.filter(conversation=late).update(deadline=now() - timedelta(hours=1))
    human.escalate(Handover.objects.get(conversation=late).pk)
    page = as_sanne.get("/desk/").content.decode()
    assert page.index("Laat") < page.index("Gewoon")
    assert "belofte gebroken" in page
    assert Conversation.objects.get(pk=first.pk).holder == "queue"


def test_that_a_customer_who_writes_marks_the_conversation_for_its_colleague(as_sanne, sanne, waits):
    chosen = waits(name="Ria")
    take(as_sanne, chosen)
    human.answer(sanne, chosen.pk, "Hoi")
    assert "is-unread" not in as_sanne.get("/desk/").content.decode()
    with relationship.locked(chosen.pk) as held:
        relationship.say(held, Author.CUSTOMER, "Hoi Sanne")
    assert "is-unread" in as_sanne.get("/desk/").content.decode()
