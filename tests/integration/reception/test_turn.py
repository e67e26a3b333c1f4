"""One message in, one decision, one side answers."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail

from handdruk.core.clock import now
from handdruk.decide import Decision, Kind, Reason
from handdruk.digital.models import Topic
from handdruk.human import commands as human
from handdruk.human.models import Handover
from handdruk.reception import turn
from handdruk.reception.inbound import BadMessage
from handdruk.reception.models import Turn
from handdruk.reception.people import ask_for_a_person, back_to_the_assistant, judge_answer
from handdruk.relationship.company import content_changed
from handdruk.relationship.models import Customer as CustomerRow
from handdruk.relationship.models import Message, Outcome
from handdruk.work.models import Job, JobState

from .talk import Customer, do_all_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_that_a_known_question_is_answered_from_approved_text_with_its_source(company):
    said = Customer().say("hoe lang heb ik garantie")
    assert said["decision"]["kind"] == "answer"
    assert said["decision"]["topic"] == "warranty"
    assert said["holder"] == "assistant"
    assert said["replies"][0]["text"] == "Je hebt twee jaar garantie. Lees meer over [garantie](/nl/help/garantie/)."
    assert said["replies"][0]["article"] == {"title": "Garantie", "url": "/nl/help/garantie/"}


def test_that_the_language_follows_the_customer_and_not_the_browser(company):
    customer = Customer("nl")
    said = customer.say("how long is the warranty")
    assert said["replies"][0]["text"].startswith("You have two years")
    assert customer.now.language == "en"


def test_that_the_same_client_id_gives_the_same_answer_and_stores_one_message(company):
    customer = Customer()
    first = customer.say("hoe lang heb ik garantie", client_id="same")
    again = customer.say("hoe lang heb ik garantie", client_id="same")
    assert first == again
    assert len(customer.texts("customer")) == 1
    assert len(customer.texts("assistant")) == 2  # the greeting and one answer


def test_that_the_same_answer_is_given_again_even_after_the_language_changed(company):
    customer = Customer()
    first = customer.say("hoe lang heb ik garantie", client_id="same")
    customer.say("what are your opening hours")
    assert customer.say("hoe lang heb ik garantie", client_id="same") == first


def test_that_another_text_under_the_same_client_id_is_refused(company):
    customer = Customer()
    customer.say("hoe lang heb ik garantie", client_id="same")
    with pytest.raises(turn.AnotherMessage):
        customer.say("iets anders", client_id="same")


@pytest.mark.parametrize("text", ["", "   \n ", "\x00", "a" * 10_001, "\ud800", "\x07"])
def test_that_a_bad_message_is_refused_whole(company, text):
    customer = Customer()
    with pytest.raises(BadMessage):
        customer.say(text)
    assert customer.texts("customer") == []
    assert Job.objects.count() == 0


def test_that_a_decision_is_stored_with_its_reasons_and_what_it_was_based_on(company):
    customer = Customer()
    customer.say("hoe lang heb ik garantie")
    stored = Turn.objects.get()
    assert stored.kind == "answer"
    assert stored.reasons[0]["code"] == "sure"
    assert stored.threshold == 0.35
    assert stored.provisional
    assert stored.reading["language"] == "nl"


@pytest.mark.parametrize("text", ["ik wil een mens spreken", "can I talk to a real person please"])
def test_that_a_customer_who_asks_for_a_person_gets_one_in_the_same_turn(company, text):
    said = Customer().say(text)
    assert said["decision"]["kind"] == "hand_over"
    assert said["holder"] == "queue"
    assert re.search(r"\d\d:\d\d", said["replies"][0]["text"]), "the customer is told until when"


def test_that_an_angry_customer_gets_a_person_even_when_the_topic_is_known(company):
    said = Customer().say("DIT IS BELACHELIJK!! waar is mijn pakket, wat een waardeloos rotbedrijf zijn jullie")
    assert said["decision"]["kind"] == "hand_over"
    assert Handover.objects.get().emotion in ("angry", "frustrated")


def test_that_work_for_people_goes_to_its_team_with_the_approved_words(company):
    said = Customer().say("ik wil een klacht indienen")
    assert said["decision"]["kind"] == "hand_over"
    assert said["replies"][0]["text"].startswith("Wat vervelend. Een collega neemt je klacht persoonlijk op.")
    assert Handover.objects.get().team == "care"


def test_that_the_colleague_gets_what_the_customer_already_gave(company):
    customer = Customer()
    customer.say("ik wil een mens spreken over bestelling TH-100001")
    brief = Handover.objects.get().brief
    assert {"kind": "order_number", "value": "TH-100001"} in brief["details"]


def test_that_the_assistant_is_silent_while_the_customer_waits_for_a_person(company):
    customer = Customer()
    customer.say("ik wil een mens spreken")
    before = len(customer.texts("assistant"))
    said = customer.say("hoe lang heb ik garantie")
    assert said["replies"] == []
    assert len(customer.texts("assistant")) == before


@pytest.mark.parametrize("asks", ["hallo?", "is daar iemand?", "ik wil een mens spreken"])
def test_that_a_waiting_customer_who_asks_whether_anyone_is_there_hears_the_time_once_in_a_while(company, asks):
    customer = Customer()
    customer.say("ik wil een mens spreken")
    said = customer.say(asks)
    assert "niet vergeten" in said["replies"][0]["text"]
    assert re.search(r"\d\d:\d\d", said["replies"][0]["text"])
    assert said["holder"] == "queue"
    assert customer.say("hallo??")["replies"] == []
    handover = Handover.objects.get()
    handover.brief["reassured_at"] = (now() - human.QUIET_AFTER_A_WORD).isoformat()
    handover.save()
    assert len(customer.say("is er iemand")["replies"]) == 1


def test_that_the_machine_says_no_calm_word_while_a_colleague_has_or_had_the_turn(company, sanne):
    customer = Customer()
    customer.say("ik wil een mens spreken")
    human.take(sanne, customer.conversation.pk)
    assert customer.say("hallo?")["replies"] == []
    human.give_up(customer.conversation.pk)
    assert customer.say("hallo?")["replies"] == []


def test_that_a_customer_who_asks_again_at_night_hears_the_day_too(company):
    customer = Customer()
    customer.say("ik wil een mens spreken")
    Handover.objects.update(deadline=now() + timedelta(days=2))
    assert "op " in ask_for_a_person(customer.conversation.pk)[0].text


def test_that_the_button_to_a_person_works_from_every_state(company, sanne):
    customer = Customer()
    assert "collega" in ask_for_a_person(customer.conversation.pk)[0].text
    assert customer.now.holder == "queue"
    assert len(ask_for_a_person(customer.conversation.pk)) == 1, "asking again tells the time again"
    assert Handover.objects.count() == 1
    human.take(sanne, customer.conversation.pk)
    assert ask_for_a_person(customer.conversation.pk) == []
    human.close(sanne, customer.conversation.pk)
    ask_for_a_person(customer.conversation.pk)
    assert customer.now.holder == "queue"
    assert customer.now.is_open


def test_that_a_waiting_customer_can_go_back_to_the_assistant(company):
    customer = Customer()
    ask_for_a_person(customer.conversation.pk)
    assert back_to_the_assistant(customer.conversation.pk)
    assert customer.say("hoe lang heb ik garantie")["decision"]["kind"] == "answer"
    assert Handover.objects.get().end == "withdrawn"


def test_that_after_a_hand_back_the_assistant_starts_with_a_clean_slate(company, sanne):
    customer = Customer()
    customer.say("ik wil een mens spreken")
    human.take(sanne, customer.conversation.pk)
    human.answer(sanne, customer.conversation.pk, "Hoi, met Sanne")
    human.hand_back(sanne, customer.conversation.pk)
    assert customer.say("hoe lang heb ik garantie")["decision"]["kind"] == "answer"


def test_that_a_customer_who_writes_after_closing_opens_the_conversation_again(company, sanne):
    customer = Customer()
    human.take(sanne, customer.conversation.pk)
    human.close(sanne, customer.conversation.pk)
    assert not customer.now.is_open
    assert customer.say("hoe lang heb ik garantie")["decision"]["kind"] == "answer"
    assert customer.now.is_open


def test_that_the_same_question_again_is_not_answered_with_the_same_words(company):
    customer = Customer()
    first = customer.say("hoe lang heb ik garantie")
    second = customer.say("hoe lang heb ik garantie")
    assert second["decision"]["kind"] == "ask"
    assert second["replies"][0]["text"] != first["replies"][0]["text"]
    assert "human" in [button["value"] for button in second["replies"][0]["buttons"]]
    assert customer.say("hoe lang heb ik garantie")["decision"]["kind"] == "hand_over"


def test_that_none_of_these_brings_in_a_person(company):
    customer = Customer()
    assert customer.say("Geen van deze", "none")["decision"]["kind"] == "hand_over"


def test_that_a_chosen_topic_is_answered(company):
    customer = Customer()
    assert customer.say("Openingstijden", "topic:opening_hours")["decision"]["topic"] == "opening_hours"


def test_that_a_button_of_a_topic_that_is_gone_does_no_harm(company):
    assert Customer().say("Oud", "topic:no_such_topic")["decision"]["kind"] in ("hand_over", "ask", "answer")


def test_that_a_wrong_answer_is_recorded_and_brings_in_a_person(company):
    customer = Customer()
    number = customer.say("hoe lang heb ik garantie")["replies"][0]["number"]
    told = judge_answer(customer.conversation.pk, number, right=False)
    assert Outcome.objects.get().kind == "wrong"
    assert customer.now.holder == "queue"
    assert "collega" in told[0].text


def test_that_a_confirmed_answer_is_recorded_and_a_later_word_replaces_it(company):
    customer = Customer()
    number = customer.say("hoe lang heb ik garantie")["replies"][0]["number"]
    assert judge_answer(customer.conversation.pk, number, right=True) == []
    assert Outcome.objects.get().kind == "confirmed"
    judge_answer(customer.conversation.pk, number, right=False)
    assert [outcome.kind for outcome in Outcome.objects.all()] == ["wrong"]


def test_that_only_answers_can_be_judged(company):
    with pytest.raises(Message.DoesNotExist):
        judge_answer(Customer().conversation.pk, 1, right=True)


def test_that_a_phone_number_in_the_queue_becomes_a_call_back(company):
    customer = Customer()
    ask_for_a_person(customer.conversation.pk)
    customer.say("bel me maar op 06 12345678")
    assert Handover.objects.get().brief["callback"] == "+31612345678"
    assert "+31612345678" in customer.texts("assistant")[-1]


def verified(customer: Customer) -> dict:
    """Goes through the proof of who the customer is."""
    customer.say("anna@voorbeeld.example")
    do_all_jobs()
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    return customer.say(code)


def test_that_an_order_is_only_shown_to_whoever_proved_their_address(company):
    customer = Customer()
    said = customer.say("waar is mijn pakket")
    assert said["decision"]["kind"] == "act"
    assert "e-mailadres" in said["replies"][0]["text"]
    said = verified(customer)
    assert mail.outbox[-1].to == ["anna@voorbeeld.example"]
    assert [b["value"] for b in said["replies"][0]["buttons"]][:2] == ["value:TH-100001", "value:TH-100002"]
    said = customer.press(said, "TH-100002")
    assert said["replies"][-1]["text"] == "TH-100002 is onderweg."


def test_that_a_proof_counts_for_the_rest_of_the_conversation(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.press(verified(customer), "TH-100001")
    again = customer.say("status van mijn pakket TH-100002")
    assert again["replies"][-1]["text"] == "TH-100002 is onderweg."
    assert len(mail.outbox) == 1


def test_that_a_stranger_hears_the_same_and_gets_no_mail(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    known, stranger = Customer(), customer.say("vreemd@voorbeeld.example")
    known.say("waar is mijn pakket")
    told = known.say("anna@voorbeeld.example")["replies"][0]["text"]
    assert stranger["replies"][0]["text"].replace("vreemd@", "anna@") == told
    do_all_jobs()
    assert [sent.to for sent in mail.outbox] == [["anna@voorbeeld.example"]]


def test_that_guessing_codes_ends_with_a_person(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    do_all_jobs()
    right = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    wrong = "111111" if right != "111111" else "222222"
    for _ in range(5):
        said = customer.say(wrong)
    assert said["holder"] == "queue"
    assert Handover.objects.get().reason == "not_proved"


def test_that_a_code_is_never_stored_in_readable_form(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    do_all_jobs()
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    run = customer.now.actions.get()
    assert code not in f"{run.code_hash} {run.values} {list(Job.objects.values_list('args', 'error'))}"


def change(customer: Customer) -> dict:
    customer.say("ik wil mijn bezorgadres wijzigen")
    said = customer.press(verified(customer), "TH-100001")
    assert said["replies"][0]["text"] == "Wat is het nieuwe adres?"
    return customer.say("Dorpsstraat 12, 1234 AB Ons Dorp")


def test_that_a_change_is_shown_first_then_confirmed_then_done_once(company):
    customer = Customer()
    said = change(customer)
    assert said["replies"][0]["text"].startswith("Ik stuur TH-100001 naar Dorpsstraat 12")
    assert not list(company.glob("done-*")), "nothing happens before the customer agrees"
    button = next(b for b in said["replies"][0]["buttons"] if b["value"] == "act:yes")
    done = customer.say(button["label"], button["value"], client_id="yes")
    assert done["replies"][-1]["text"] == "TH-100001 gaat naar Dorpsstraat 12, 1234 AB Ons Dorp."
    assert customer.say(button["label"], button["value"], client_id="yes") == done
    customer.say(button["label"], button["value"], client_id="yes-again")
    do_all_jobs()
    assert len(list(company.glob("done-*"))) == 1


def test_that_a_plain_yes_confirms_and_a_plain_no_stops(company):
    agreeing, declining = Customer(), Customer()
    change(agreeing)
    assert agreeing.say("ja")["replies"][-1]["text"].startswith("TH-100001 gaat naar")
    change(declining)
    assert "niets veranderd" in declining.say("nee")["replies"][-1]["text"]
    assert len(list(company.glob("done-*"))) == 1


def test_that_an_action_can_be_stopped_at_any_moment(company):
    customer = Customer()
    said = customer.say("ik wil mijn bezorgadres wijzigen")
    assert "niets veranderd" in customer.press(said, "Laat maar")["replies"][0]["text"]
    assert customer.say("hoe lang heb ik garantie")["decision"]["kind"] == "answer"


def test_that_a_customer_may_change_the_subject_in_the_middle_of_an_action(company):
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen")
    assert customer.say("hoe lang heb ik garantie")["decision"]["topic"] == "warranty"


def test_that_a_broken_system_of_the_company_leads_to_a_person_and_nothing_is_done_twice(company):
    (company / "broken").touch()
    customer = Customer()
    change(customer)
    customer.say("ja")
    for _ in range(3):
        Job.objects.filter(state=JobState.READY).update(run_at=now())
        do_all_jobs()
    assert customer.now.holder == "queue"
    assert Handover.objects.get().reason == "action_failed"
    keys = {path.name.split("-")[1] for path in company.glob("tried-*")}
    assert len(list(company.glob("tried-*"))) == 3
    assert len(keys) == 1, "every attempt carries the same key"


def test_that_a_refusal_is_told_and_offers_a_person(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("leeg@voorbeeld.example")
    do_all_jobs()
    said = customer.say(re.search(r"\d{6}", mail.outbox[-1].body)[0])
    assert said["replies"][0]["text"] == "Ik vind geen bestellingen bij dit adres."
    assert [button["value"] for button in said["replies"][0]["buttons"]] == ["human"]


def test_that_somebody_who_proves_a_known_address_is_that_customer(company):
    first, second = Customer(), Customer()
    for customer in (first, second):
        customer.say("waar is mijn pakket")
        verified(customer)
    assert first.now.customer_id == second.now.customer_id
    assert CustomerRow.objects.filter(identities__value="anna@voorbeeld.example").count() == 1


def test_that_a_message_left_by_a_crash_is_answered_by_a_worker(company):
    customer = Customer()
    turn.receive(customer.inbound("hoe lang heb ik garantie"))
    assert do_all_jobs() == 0, "this process has it under way"
    Job.objects.update(lease_until=now())
    assert do_all_jobs() == 1
    assert len(customer.texts("assistant")) == 2


def test_that_messages_left_unanswered_are_answered_in_order_before_the_next_one(company):
    customer = Customer()
    turn.receive(customer.inbound("hoe lang heb ik garantie"))
    customer.say("wat zijn de openingstijden")
    assert [taken.topic for taken in Turn.objects.order_by("pk")] == ["warranty", "opening_hours"]
    Job.objects.update(lease_until=now())
    do_all_jobs()
    assert Turn.objects.count() == 2


def test_that_a_turn_that_cannot_be_taken_at_all_goes_to_a_person(company):
    customer = Customer()
    with mock.patch.object(turn, "prepare", side_effect=RuntimeError("broken")):
        said = customer.say("hoe lang heb ik garantie")
        assert said["decision"] is None
        for _ in range(6):
            Job.objects.filter(state=JobState.READY).update(run_at=now())
            do_all_jobs()
    assert customer.now.holder == "queue"
    assert Handover.objects.get().reason == "turn_failed"


def test_that_a_takeover_while_the_answer_is_being_prepared_keeps_the_assistant_silent(company, sanne):
    customer = Customer()
    real = turn.prepare

    def slow(message, conversation, last):
        prepared = real(message, conversation, last)
        if conversation.holder == "assistant":
            human.take(sanne, conversation.pk)
        return prepared

    with mock.patch.object(turn, "prepare", side_effect=slow):
        said = customer.say("hoe lang heb ik garantie")
    assert said["replies"] == []
    assert said["holder"] == "colleague"
    assert len(customer.texts("assistant")) == 1, "only the greeting"


def test_that_a_result_that_comes_after_a_takeover_is_a_note_for_the_colleague(company, sanne):
    customer = Customer()
    change(customer)
    (company / "broken").touch()
    customer.say("ja")
    human.take(sanne, customer.conversation.pk)
    (company / "broken").unlink()
    Job.objects.filter(state=JobState.READY).update(run_at=now())
    before = len(customer.texts("assistant"))
    do_all_jobs()
    assert len(customer.texts("assistant")) == before
    assert Handover.objects.get(ended_at=None).brief["notes"] == [
        "TH-100001 gaat naar Dorpsstraat 12, 1234 AB Ons Dorp."
    ]


def test_that_nobody_can_flood_a_mailbox_with_codes_from_many_conversations(company):
    for _ in range(15):
        customer = Customer()
        customer.say("waar is mijn pakket")
        customer.say("anna@voorbeeld.example")
    do_all_jobs()
    assert len(mail.outbox) == 12


def test_that_a_message_two_requests_are_at_gets_one_turn(company):
    customer = Customer()
    ask_for_a_person(customer.conversation.pk)  # in the queue a turn changes nothing, so only the lock can tell
    first, second = (turn.receive(customer.inbound(text)) for text in ("zijn jullie er nog", "hallo"))
    real, tries = turn.prepare, []

    def prepare_while_another_answers(message, conversation, last):
        prepared = real(message, conversation, last)
        tries.append(message)
        if len(tries) == 2:  # the first try knew nothing of the second message, and starts over
            with mock.patch.object(turn, "prepare", real):
                assert turn.take_begun_turn(second) is not None
        return prepared

    with mock.patch.object(turn, "prepare", prepare_while_another_answers):
        assert turn.take_begun_turn(first) is None, "the second request took this turn too"
    assert Turn.objects.count() == 2
    assert not Job.objects.exclude(state=JobState.DONE).exists(), "and no request failed"


def test_that_a_message_that_came_during_a_turn_is_not_skipped_by_the_next(company):
    customer = Customer()
    first = turn.receive(customer.inbound("hoe lang heb ik garantie"))
    left = turn.receive(customer.inbound("wat zijn de openingstijden"))
    turn.take_begun_turn(first)
    assert left.job is not None, "its request died"
    customer.say("waar is mijn pakket")
    assert [taken.topic for taken in Turn.objects.order_by("pk")][:2] == ["warranty", "opening_hours"]
    assert Turn.objects.count() == 3


def test_that_a_message_no_turn_can_be_taken_on_does_not_hold_up_the_next(company):
    customer = Customer()
    real = turn.prepare

    def poisoned(message, conversation, last):
        if message.text == "gif":
            raise RuntimeError("broken")
        return real(message, conversation, last)

    with mock.patch.object(turn, "prepare", side_effect=poisoned):
        customer.say("gif")
        for _ in range(8):
            Job.objects.filter(state=JobState.READY).update(run_at=now())
            do_all_jobs()
        back_to_the_assistant(customer.conversation.pk)
        said = customer.say("hoe lang heb ik garantie")
    assert said["decision"]["topic"] == "warranty"
    assert Turn.objects.get(message__text="gif").reasons == [{"code": "turn_failed", "figure": None}]


def test_that_a_failed_turn_is_over_while_a_colleague_has_the_conversation(company, sanne):
    customer = Customer()
    human.take(sanne, customer.conversation.pk)
    with mock.patch.object(turn, "prepare", side_effect=RuntimeError("broken")):
        customer.say("gif")
        for _ in range(8):
            Job.objects.filter(state=JobState.READY).update(run_at=now())
            do_all_jobs()
    assert Turn.objects.get().holder == "colleague"
    human.hand_back(sanne, customer.conversation.pk)
    assert customer.say("hoe lang heb ik garantie")["decision"]["topic"] == "warranty"


def test_that_a_turn_of_another_version_does_no_harm(company):
    customer = Customer()
    customer.say("hoe lang heb ik garantie")
    Turn.objects.update(situation={"failures": 1, "a_word_of_tomorrow": True})
    assert customer.say("wat zijn de openingstijden")["decision"]["topic"] == "opening_hours"


def test_that_a_code_mailed_while_a_turn_is_prepared_still_works(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    real = turn.prepare

    def slow(message, conversation, last):
        prepared = real(message, conversation, last)
        if not mail.outbox:
            do_all_jobs()
        return prepared

    with mock.patch.object(turn, "prepare", side_effect=slow):
        customer.say("000000")
    said = customer.say(re.search(r"\d{6}", mail.outbox[-1].body)[0])
    assert "TH-100001" in str(said["replies"][0]["buttons"])


def test_that_a_customer_whose_code_cannot_be_mailed_gets_a_person(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    with mock.patch("handdruk.digital.codes.EmailMessage.send", side_effect=OSError("no mail server")):
        for _ in range(12):
            Job.objects.filter(state=JobState.READY).update(run_at=now())
            do_all_jobs()
    assert customer.now.holder == "queue"
    assert Handover.objects.get().reason == "action_failed"
    assert customer.now.actions.get().state == "refused"


def test_that_a_mail_that_leaves_at_the_second_try_counts_as_one_code(company):
    for _ in range(12):
        customer = Customer()
        customer.say("waar is mijn pakket")
        customer.say("anna@voorbeeld.example")
    with mock.patch("handdruk.digital.codes.EmailMessage.send", side_effect=OSError("no mail server")):
        do_all_jobs()
    Job.objects.filter(state=JobState.READY).update(run_at=now())
    do_all_jobs()
    assert len(mail.outbox) == 12


def test_that_an_action_that_is_being_done_is_not_begun_again(company):
    customer = Customer()
    change(customer)
    (company / "broken").touch()
    customer.say("ja")  # agreed, and now it is tried again later
    said = customer.say("ik wil mijn bezorgadres wijzigen")
    assert said["replies"][0]["text"] == "Daar ben ik nu mee bezig. Je hoort zo hoe het ging."
    (company / "broken").unlink()
    Job.objects.filter(state=JobState.READY).update(run_at=now())
    do_all_jobs()
    assert len(list(company.glob("done-*"))) == 1
    assert customer.say("ik wil mijn bezorgadres wijzigen")["replies"][0]["buttons"], "later it may be done again"


def test_that_a_button_of_an_earlier_step_is_no_answer_to_this_one(company):
    customer = Customer()
    change(customer)
    customer.say("ik wil mijn bezorgadres wijzigen")
    customer.say("TH-100001", "value:TH-100001")
    said = customer.say("Ja, doe maar", "act:yes")
    assert "Wat is het nieuwe adres?" in said["replies"][0]["text"]
    assert "address" not in customer.now.actions.order_by("-pk")[0].values


def test_that_an_answer_that_was_not_offered_is_no_answer(company):
    customer = Customer()
    change(customer)
    customer.say("ik wil mijn bezorgadres wijzigen")
    customer.say("TH-100009", "value:TH-100009")
    said = customer.say("TH-100001", "value:TH-100001")
    assert "Wat is het nieuwe adres?" in said["replies"][0]["text"]
    said = customer.say("TH-100002", "value:TH-100002")
    assert "Wat is het nieuwe adres?" in said["replies"][0]["text"]
    assert customer.now.actions.order_by("-pk")[0].values == {"order": "TH-100001"}


def test_that_a_bare_number_after_an_answer_that_asked_for_it_goes_to_a_person_with_all_that_is_known(company):
    Topic.objects.filter(name="warranty").update(answers={"nl": "Geef ons je bestelnummer, dan kijken we het na."})
    content_changed()
    customer = Customer()
    customer.say("hoe lang heb ik garantie")
    said = customer.say("TH-100001")
    assert said["replies"][0]["text"].startswith("Dank je, dat is genoteerd. Een collega gaat ermee verder.")
    brief = Handover.objects.get().brief
    assert brief["topic"]["nl"] == "Garantie"
    assert brief["details"] == [{"kind": "order_number", "value": "TH-100001"}]
    assert brief["suggestion"] is None, "the customer was just told that"


def test_that_the_suggested_text_is_about_what_the_conversation_was_about(company):
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen")
    customer.say("xyzzy")
    customer.say("hoe dan, vertel")
    brief = Handover.objects.get().brief
    assert brief["topic"]["nl"] == "Bezorgadres wijzigen"
    assert brief["suggestion"] is None or brief["suggestion"]["topic"] == "Bezorgadres wijzigen"


def test_that_a_few_words_after_an_answer_are_asked_about_and_a_yes_brings_a_colleague(company):
    customer = Customer()
    customer.say("hoe lang heb ik garantie")
    said = customer.say("en de andere?")
    assert "Garantie" in said["replies"][0]["text"]
    assert "Zal ik er een collega bij halen?" in said["replies"][0]["text"]
    assert said["replies"][0]["article"]["title"] == "Garantie"
    assert customer.say("ja")["holder"] == "queue"


def test_that_what_did_not_help_is_owned_up_to(company):
    customer = Customer()
    customer.say("hoe lang heb ik garantie")
    said = customer.say("daar heb ik niets aan")
    assert said["replies"][0]["text"].startswith("Mijn vorige antwoord hielp je blijkbaar niet genoeg.")


def test_that_the_same_step_begins_again_for_another_order_without_another_code(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    verified(customer)
    assert "TH-100001 is onderweg" in customer.say("de eerste")["replies"][0]["text"]
    said = customer.say("en de andere?")
    assert said["replies"][0]["text"] == "Welke bestelling?"
    assert "TH-100002 is onderweg" in customer.say("de laatste")["replies"][0]["text"]
    assert "TH-100001 is onderweg" in customer.say("TH-100001")["replies"][0]["text"]


def test_that_a_choice_may_be_named_by_its_place_and_a_yes_to_several_shows_it_again(company):
    customer = Customer()
    options = ("warranty", "opening_hours")
    with mock.patch("handdruk.reception.prepare.decide", return_value=ask_about(*options)):
        customer.say("ik heb een vraag")
    said = customer.say("ja")
    assert said["replies"][0]["text"] == "Welke bedoel je?"
    assert [button["value"] for button in said["replies"][0]["buttons"][:2]] == [
        "topic:warranty",
        "topic:opening_hours",
    ]
    said = customer.say("de tweede")
    assert (said["decision"]["kind"], said["decision"]["topic"]) == ("answer", "opening_hours")


def ask_about(*topics: str) -> Decision:
    return Decision(Kind.ASK, (Reason("several_plausible"),), topics[0], 0.5, topics)


@pytest.mark.parametrize(
    "says", ["ik krijg geen code", "er komt geen mail", "I did not get a code", "geen mail ontvangen"]
)
def test_that_a_code_that_does_not_come_is_helped_with_and_is_no_wrong_code(company, says):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    said = customer.say(says)
    assert "anna@voorbeeld.example" in said["replies"][0]["text"]
    assert said["decision"]["topic"] == "where_is_my_parcel"
    assert customer.now.actions.get().code_tries == 0


def test_that_words_without_a_code_are_no_try(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("anna@voorbeeld.example")
    customer.say("xyzzy")
    assert customer.now.actions.get().code_tries == 0


def test_that_another_address_may_simply_be_typed_instead_of_the_code(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    customer.say("ana@voorbeeld.example")
    said = customer.say("oeps, het is anna@voorbeeld.example")
    assert "Typ de code hier" in said["replies"][0]["text"]
    assert customer.now.actions.get().email == "anna@voorbeeld.example"


def test_that_an_address_in_the_first_message_is_not_asked_for_again(company):
    customer = Customer()
    said = customer.say("waar is mijn pakket? mijn mail is anna@voorbeeld.example")
    assert "anna@voorbeeld.example" in said["replies"][0]["text"]
    assert "code van zes cijfers" in said["replies"][0]["text"]
    do_all_jobs()
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    assert customer.say(code)["replies"][0]["text"] == "Welke bestelling?"


def test_that_whoever_gives_their_address_when_asked_whether_that_is_meant_means_it(company):
    customer = Customer()
    with mock.patch("handdruk.reception.prepare.decide", return_value=ask_about("where_is_my_parcel")):
        assert "Bedoel je" in customer.say("mijn pakske")["replies"][0]["text"]
    said = customer.say("ja, ik ben anna@voorbeeld.example")
    assert (said["decision"]["kind"], said["decision"]["topic"]) == ("act", "where_is_my_parcel")
    assert "code van zes cijfers" in said["replies"][0]["text"]


def test_that_a_number_given_before_the_address_is_kept(company):
    customer = Customer()
    customer.say("waar is mijn pakket")
    said = customer.say("TH-100002")
    assert said["replies"][0]["text"].startswith("Dank je, dat heb ik.")
    assert verified(customer)["replies"][0]["text"] == "TH-100002 is onderweg."


def test_that_a_stranger_who_turns_out_to_be_known_leaves_no_empty_customer(company):
    for _ in range(2):
        customer = Customer()
        customer.say("waar is mijn pakket")
        verified(customer)
    assert CustomerRow.objects.count() == 1


def test_that_a_failure_of_the_companys_own_code_is_logged_without_its_words(company, caplog):
    with mock.patch("handdruk.digital.actions.flow.begin", side_effect=ValueError("Anna, Dorpsstraat 12")):
        said = Customer().say("waar is mijn pakket")
    assert said["holder"] == "queue"
    assert "ValueError" in caplog.text
    assert "Dorpsstraat" not in caplog.text


def test_that_the_desk_can_name_topic_and_action_in_its_own_language(company):
    customer = Customer()
    customer.say("ik wil mijn bezorgadres wijzigen")
    assert Turn.objects.get().titles["nl"]
    assert customer.now.actions.get().titles == {"nl": "Adres wijzigen", "en": "Change address"}


def test_that_a_number_given_with_the_question_for_a_person_is_confirmed_at_once(company):
    customer = Customer()
    said = customer.say("ik wil een mens spreken, bel me op 06 12345678", client_id="same")
    assert Handover.objects.get().brief["callback"] == "+31612345678"
    assert "+31612345678" in said["replies"][1]["text"]
    assert customer.say("ik wil een mens spreken, bel me op 06 12345678", client_id="same") == said
