"""A message about several matters: all of them are answered, in order, once, and what has to wait is never lost."""

import importlib
import re

import pytest
from django.core import mail
from django.test import Client

from handdruk.core.clock import now
from handdruk.core.words import OutcomeKind
from handdruk.human import commands as human
from handdruk.human.models import Handover
from handdruk.insight.audits import candidate, shown
from handdruk.insight.commands.label import label
from handdruk.insight.commands.settle import settle
from handdruk.insight.models import LedgerEntry
from handdruk.reception import training
from handdruk.reception.labels import labels_for
from handdruk.reception.models import Audit, TrainedReader, Turn, Verdict
from handdruk.reception.people import ask_for_a_person, judge_answer
from handdruk.reception.turn import receive, take_begun_turn
from handdruk.relationship.models import Message
from handdruk.work import worker
from handdruk.work.models import Job, JobState

from .talk import Customer, do_all_jobs

performing = importlib.import_module("handdruk.reception.perform")
pytestmark = pytest.mark.django_db(transaction=True)
TWO_ANSWERS = "hoe lang heb ik garantie en hoe laat zijn jullie open"
ACT_FIRST = "waar is mijn pakket en hoe lang heb ik garantie"
ANSWER_FIRST = "hoe lang heb ik garantie. waar is mijn pakket?"
TWO_ACTIONS = "ik wil mijn bezorgadres wijzigen en waar is mijn pakket"
WARRANTY = "Je hebt twee jaar garantie."


def verified(customer: Customer) -> dict:
    customer.say("anna@voorbeeld.example")
    do_all_jobs()
    return customer.say(re.search(r"\d{6}", mail.outbox[-1].body)[0])


def strict(value: float) -> None:
    """From now on nothing less probable than this is answered."""
    row = TrainedReader.objects.latest()
    row.policy["threshold"]["value"] = value
    row.save()
    training._current.judgement = None
    training.look_again()


def agree_and_die(customer: Customer, button: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """The customer agrees, and the process dies before it carries out what was agreed."""
    with monkeypatch.context() as patch:
        patch.setattr(worker, "run_begun", lambda job: None)
        take_begun_turn(receive(customer.inbound(button["label"], button["value"])))


def times(customer: Customer, start: str) -> int:
    return sum(text.startswith(start) for text in customer.texts("assistant"))


def test_that_two_questions_get_two_answers_in_the_order_they_were_asked(company):
    customer = Customer()
    said = customer.say(TWO_ANSWERS, client_id="same")
    assert said["decision"]["kind"] == "answer"
    assert said["decision"]["topics"] == ["warranty", "opening_hours"]
    assert said["decision"]["topic"] == "warranty"
    assert said["replies"][0]["text"].startswith(WARRANTY)
    assert len(said["replies"]) == 2 and all(reply["ask_outcome"] for reply in said["replies"])
    assert customer.say(TWO_ANSWERS, client_id="same") == said, "sent again it is not answered again"
    stored = Turn.objects.get()
    assert stored.topics == ["warranty", "opening_hours"] and stored.titles["nl"] == "Garantie + Openingstijden"
    assert stored.until == customer.now.last_number


def test_that_both_answers_are_mailed_to_whoever_left(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.press(verified(customer), "Laat maar")
    Job.objects.all().delete()
    customer.say(TWO_ANSWERS)
    deliveries = Job.objects.filter(name="relationship.deliver")
    assert deliveries.count() == 2
    deliveries.update(run_at=now())
    mail.outbox.clear()
    do_all_jobs()
    assert len(mail.outbox) == 2 and "garantie" in mail.outbox[0].body


def test_that_an_answer_before_an_action_is_given_at_once(company):
    said = Customer().say(ANSWER_FIRST)
    assert said["decision"]["kind"] == "act"
    assert said["replies"][0]["text"].startswith(WARRANTY)
    assert "e-mailadres" in said["replies"][1]["text"]


def test_that_what_comes_after_an_action_waits_for_its_end_and_then_follows_once(company):
    customer = Customer()
    said = customer.say(ACT_FIRST)
    assert "e-mailadres" in said["replies"][0]["text"] and "Garantie" in said["replies"][0]["text"]
    assert times(customer, WARRANTY) == 0
    done = customer.press(verified(customer), "TH-100002")
    assert done["replies"][-2]["text"] == "TH-100002 is onderweg."
    assert done["replies"][-1]["text"].startswith(WARRANTY)
    do_all_jobs()
    assert times(customer, WARRANTY) == 1
    assert customer.say("hoe laat gaan jullie open")["decision"]["kind"] == "answer"


def test_that_what_waits_follows_when_the_customer_gives_the_action_up(company):
    customer = Customer()
    said = customer.press(customer.say(ACT_FIRST), "Laat maar")
    assert "niets veranderd" in said["replies"][0]["text"]
    assert said["replies"][1]["text"].startswith(WARRANTY)


def test_that_a_second_action_begins_when_the_first_is_done_without_another_code(company):
    customer = Customer()
    customer.say(TWO_ACTIONS)
    customer.press(verified(customer), "TH-100001")
    customer.say("Dorpsstraat 12, 1234 AB Ons Dorp")
    done = customer.say("ja")
    assert done["replies"][0]["text"].startswith("TH-100001 gaat naar")
    assert done["replies"][-1]["text"].startswith("Welke bestelling?")
    assert customer.press(done, "TH-100002")["replies"][-1]["text"] == "TH-100002 is onderweg."
    assert len(mail.outbox) == 1 and len(list(company.glob("done-*"))) == 1


def test_that_a_number_counts_only_for_the_matter_it_was_written_with(company):
    customer = Customer()
    customer.say("waar is mijn pakket TH-100002. ik wil mijn bezorgadres wijzigen")
    done = verified(customer)
    texts = [reply["text"] for reply in done["replies"]]
    assert texts[0] == "TH-100002 is onderweg."
    assert texts[1].startswith("Welke bestelling?"), "the other order was not named"


def test_that_another_question_meanwhile_is_answered_and_what_waits_still_follows(company):
    customer = Customer()
    customer.say(ACT_FIRST)
    assert customer.say("hoe laat gaan jullie open")["decision"]["topic"] == "opening_hours"
    customer.press(verified(customer), "TH-100001")
    assert times(customer, WARRANTY) == 1


def test_that_another_action_takes_along_what_waited(company):
    customer = Customer()
    customer.say(ACT_FIRST)
    said = customer.say("ik wil mijn bezorgadres wijzigen")
    assert said["decision"]["topic"] == "change_address"
    assert customer.press(said, "Laat maar")["replies"][-1]["text"].startswith(WARRANTY)


def test_that_what_can_no_longer_be_answered_is_offered_as_a_button(company):
    customer = Customer()
    said = customer.say(ACT_FIRST)
    run = customer.now.actions.get()
    run.then[0]["topic"] = "a_topic_that_is_gone"
    run.save()
    last = customer.press(said, "Laat maar")["replies"][-1]
    assert [button["value"] for button in last["buttons"]] == ["topic:a_topic_that_is_gone", "human"]


def test_that_a_broken_system_leaves_a_person_with_what_was_still_open(company):
    (company / "broken").touch()
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen. hoe lang heb ik garantie?")
    customer.press(verified(customer), "TH-100001")
    customer.say("Dorpsstraat 12, 1234 AB Ons Dorp")
    customer.say("ja")
    for _ in range(3):
        Job.objects.filter(state=JobState.READY).update(run_at=now())
        do_all_jobs()
    assert [one["nl"] for one in Handover.objects.get().brief["open"]] == ["Garantie"]
    assert times(customer, WARRANTY) == 0


def test_that_whoever_cannot_prove_who_they_are_gets_a_person_who_knows_the_rest(company):
    customer = Customer()
    customer.say(ACT_FIRST)
    customer.say("anna@voorbeeld.example")
    do_all_jobs()
    right = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    for _ in range(5):
        customer.say("111111" if right != "111111" else "222222")
    assert [one["en"] for one in Handover.objects.get().brief["open"]] == ["Warranty"]
    assert times(customer, WARRANTY) == 0


@pytest.mark.parametrize("way", ["button", "words"])
def test_that_a_handover_silences_the_rest_and_tells_the_colleague(company, way):
    customer = Customer()
    customer.say(ACT_FIRST)
    ask_for_a_person(customer.conversation.pk) if way == "button" else customer.say("ik wil een mens spreken")
    assert [one["nl"] for one in Handover.objects.get().brief["open"]] == ["Garantie"]
    do_all_jobs()
    assert times(customer, WARRANTY) == 0


def test_that_a_colleague_who_steps_in_sees_what_still_waits(company, sanne):
    customer = Customer()
    customer.say(ACT_FIRST)
    human.take(sanne, customer.conversation.pk)
    browser = Client()
    browser.force_login(sanne)
    page = browser.get(f"/desk/conversations/{customer.conversation.pk}/").content.decode()
    assert re.search(r"Nog open</dt><dd>\s*Garantie", page)


def test_that_after_a_takeover_the_rest_is_a_note_and_no_message(company, sanne, monkeypatch):
    customer = Customer()
    customer.say(ACT_FIRST)
    agree_and_die(customer, verified(customer)["replies"][-1]["buttons"][0], monkeypatch)
    human.take(sanne, customer.conversation.pk)
    Job.objects.filter(name="reception.perform").update(state=JobState.READY, run_at=now(), lease_until=None, worker="")
    do_all_jobs()
    notes = Handover.objects.get().brief["notes"]
    assert notes == ["TH-100001 is onderweg.", "Ook gevraagd, nog open: Garantie"]
    assert times(customer, WARRANTY) == 0


def test_that_a_crash_while_the_rest_is_said_says_nothing_and_the_next_try_says_all_once(company, monkeypatch):
    customer = Customer()
    customer.say(ACT_FIRST)
    said = verified(customer)
    real = performing._go_on

    def dies(*args):
        real(*args)
        raise MemoryError

    monkeypatch.setattr(performing, "_go_on", dies)
    customer.press(said, "TH-100001")
    assert times(customer, WARRANTY) == times(customer, "TH-100001 is onderweg") == 0, "all or nothing"
    monkeypatch.setattr(performing, "_go_on", real)
    Job.objects.filter(name="reception.perform").update(state=JobState.READY, run_at=now())
    do_all_jobs()
    assert times(customer, WARRANTY) == times(customer, "TH-100001 is onderweg") == 1


def test_that_one_piece_of_work_for_people_brings_in_a_person_who_knows_of_both(company):
    customer = Customer()
    said = customer.say("hoe lang heb ik garantie. ik wil een klacht indienen")
    assert said["decision"]["kind"] == "hand_over"
    handover = Handover.objects.get()
    assert handover.team == "care" and handover.brief["topic"]["nl"].startswith("Garantie + ")
    assert times(customer, WARRANTY) == 0


def test_that_what_is_not_sure_enough_is_offered_together_and_both_can_be_chosen(company):
    strict(0.97)
    customer = Customer()
    said = customer.say(TWO_ANSWERS)
    assert said["decision"]["kind"] == "ask"
    labels = [button["label"] for button in said["replies"][0]["buttons"]]
    assert labels == ["Allebei", "Garantie", "Openingstijden", "Geen van deze", "Een mens spreken"]
    both = customer.press(said, "Allebei")
    assert both["decision"]["topics"] == ["warranty", "opening_hours"] and len(both["replies"]) == 2


@pytest.mark.parametrize("word", ["allebei", "ja", "Beide."])
def test_that_both_may_also_be_typed(company, word):
    strict(0.97)
    customer = Customer()
    customer.say(TWO_ANSWERS)
    assert customer.say(word)["decision"]["topics"] == ["warranty", "opening_hours"]


def test_that_nobody_is_asked_about_several_matters_twice_in_a_row(company):
    strict(0.97)
    customer = Customer()
    customer.say(TWO_ANSWERS)
    assert customer.say(TWO_ANSWERS)["decision"]["kind"] == "hand_over"


def test_that_with_one_plausible_topic_the_question_names_it_and_a_yes_will_do(company):
    strict(0.999)
    customer = Customer()
    said = customer.say("hoe lang heb ik garantie")
    assert said["decision"]["reasons"] == ["Eén onderwerp lijkt te passen; de klant mag het zeggen."]
    assert said["replies"][0]["text"] == "Bedoel je: Garantie?"
    labels = [button["label"] for button in said["replies"][0]["buttons"]]
    assert labels == ["Ja, dat bedoel ik", "Geen van deze", "Een mens spreken"]
    assert customer.say("ja")["replies"][0]["text"].startswith(WARRANTY)


@pytest.mark.parametrize("word", ["👍", "ik heb een vraag", "hallo", "bedankt"])
def test_that_a_word_beside_the_matter_gets_the_question_once_more_and_is_no_failure(company, word):
    customer = Customer()
    customer.say("waar is mijn pakket")
    for _ in range(3):
        said = customer.say(word)
        assert said["decision"]["kind"] == "act"
        assert "herken ik niet" not in said["replies"][0]["text"]
        assert "Met welk e-mailadres" in said["replies"][0]["text"]
    assert Turn.objects.order_by("-pk")[0].situation["failures"] == 0
    assert verified(customer)["replies"][-1]["buttons"][0]["value"] == "value:TH-100001"


def test_that_one_wrong_answer_of_two_makes_the_whole_wrong(company):
    customer = Customer()
    said = customer.say(TWO_ANSWERS)
    first, second = (reply["number"] for reply in said["replies"])
    judge_answer(customer.conversation.pk, first, right=False)
    judge_answer(customer.conversation.pk, second, right=True)
    settle()
    assert [(entry.kind, entry.by) for entry in LedgerEntry.objects.all()] == [(OutcomeKind.WRONG.value, "word")]


def test_that_an_audit_shows_every_answer_and_right_means_all_of_them(company, sanne):
    Customer().say(TWO_ANSWERS)
    turn = Turn.objects.get()
    audit = Audit.objects.create(turn=turn, probability=1.0, sent=True)
    page = shown(audit, "nl")
    assert [answer.title for answer in page.answers] == ["Garantie", "Openingstijden"]
    assert [str(answer.text) != "" for answer in page.answers] == [True, True]
    assert page.answers[0].text != page.answers[1].text
    label(sanne, audit.pk, Verdict.RIGHT)
    assert Audit.objects.get().truth == candidate(turn) == "warranty,opening_hours"
    judged, resolutions = training.judgement(), training.judgement().policy.resolutions
    assert labels_for(judged.reader, resolutions).was_right.tolist() == [True]
    Audit.objects.update(verdict=Verdict.OTHER, truth="warranty")
    assert labels_for(judged.reader, resolutions).was_right.tolist() == [False]


def test_that_a_worker_that_knows_nothing_of_what_was_agreed_does_it_and_goes_on_with_the_rest(company, monkeypatch):
    customer = Customer()
    customer.say(ACT_FIRST)
    agree_and_die(customer, verified(customer)["replies"][-1]["buttons"][1], monkeypatch)
    training._current.judgement = None  # nothing of it is left in memory
    Job.objects.filter(name="reception.perform").update(state=JobState.READY, run_at=now(), lease_until=None, worker="")
    do_all_jobs()
    assert customer.texts("assistant")[-2] == "TH-100002 is onderweg."
    assert customer.texts("assistant")[-1].startswith(WARRANTY)
    assert Message.objects.filter(text__startswith=WARRANTY).count() == 1
