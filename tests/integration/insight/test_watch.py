"""When audited answers say that the promise cannot be kept any more, less is answered at once and people are told."""

import itertools
from datetime import timedelta

import pytest
from django.core import mail

from handdruk.core.clock import now
from handdruk.digital.models import Example
from handdruk.digital.topics import known
from handdruk.insight.commands.label import label, take_back
from handdruk.insight.commands.watch import watch
from handdruk.insight.monitoring import standing
from handdruk.reception import training
from handdruk.reception.labels import labels_for
from handdruk.reception.models import Audit, AuditUse, Brake, TrainedReader, Turn, Verdict
from handdruk.relationship.company import forget
from handdruk.relationship.models import Company, Message
from tests.integration.reception.talk import Customer, do_all_jobs

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "hoe lang heb ik garantie"


@pytest.fixture
def answered(company) -> Turn:
    """One turn that the assistant answered by its own judgement."""
    Customer().say(QUESTION)
    return Turn.objects.get()


def audits(
    like: Turn, verdicts: str, doubtful: float = 0.9, use: str = AuditUse.PROOF, text: str = QUESTION, days: int = 1
) -> None:
    """As many audited answers like this one: "+" was right, "-" was wrong, "?" nobody could tell.

    The assistant was 0.9 certain of each, and `doubtful` of the wrong ones.
    """
    start, last = Message.objects.count() + 10, now() - timedelta(days=days)
    labels = {"+": (Verdict.RIGHT, "warranty"), "-": (Verdict.NONE, ""), "?": (Verdict.UNSURE, "")}
    said = Message.objects.bulk_create(
        Message(conversation=like.conversation, number=start + n, author="customer", text=text)
        for n, _ in enumerate(verdicts)
    )
    kept = {
        name: getattr(like, name) for name in ("conversation_id", "reader_id", "language", "kind", "topic", "reading")
    }
    turns = Turn.objects.bulk_create(
        Turn(message=message, number=message.number, until=message.number, holder="assistant", at=last + timedelta(seconds=n),
             probability_right=doubtful if verdicts[n] == "-" else 0.9, reasons=[{"code": "sure", "figure": None}], **kept)
        for n, message in enumerate(said)
    )  # fmt: skip
    Audit.objects.bulk_create(
        Audit(turn=turn, probability=1, sent=True, use=use, verdict=labels[sign][0], truth=labels[sign][1],
              labelled_at=last + timedelta(seconds=n))
        for n, (turn, sign) in enumerate(zip(turns, verdicts, strict=True))
    )  # fmt: skip


def pattern(length: int, every: int) -> str:
    """One wrong in so many."""
    return "".join(itertools.islice(itertools.cycle("+" * (every - 1) + "-"), length))


def test_that_nothing_happens_while_the_promise_is_kept(answered):
    audits(answered, pattern(1500, 25))  # 4 %, of 5 % allowed
    assert watch() is None
    assert standing().audited == 1500


def test_that_a_brake_comes_when_twice_too_many_are_wrong_and_looking_again_adds_none(answered):
    audits(answered, pattern(1500, 10))
    brake = watch()
    assert brake.because["audited"] < 600
    assert watch() is None
    assert Brake.objects.count() == 1


def test_that_a_brake_stops_answers_in_the_next_turn_of_a_customer_who_is_talking(answered, sanne):
    customer = Customer()
    assert customer.say("hoe laat gaan jullie open")["decision"]["kind"] == "answer"
    audits(answered, "-" * 60)
    audit = Audit.objects.create(turn=answered, probability=1, sent=True)
    label(sanne, audit.pk, Verdict.NONE)
    said = customer.say(QUESTION)
    assert said["decision"]["kind"] in ("hand_over", "ask")
    assert Brake.objects.get().threshold is None


def test_that_only_the_doubtful_answers_stop_when_the_surer_ones_are_right(answered):
    audits(answered, pattern(400, 8), doubtful=0.5)
    assert 0.5 < watch().threshold <= 0.9
    policy = training.judgement().policy
    assert policy.admits("warranty", "nl", 0.9)
    assert not policy.admits("warranty", "nl", 0.5)


def test_that_what_nobody_could_tell_counts_for_nothing(answered):
    audits(answered, "?" * 300)
    assert watch() is None
    assert (standing().audited, standing().unsure) == (0, 300)


def test_that_answers_before_the_brake_count_no_more(answered):
    audits(answered, "-" * 100)
    watch()
    assert standing().audited == 0


def test_that_training_often_hides_no_broken_promise(answered):
    TrainedReader.objects.update(trained_at=now() - timedelta(days=10))
    for week in range(4):
        audits(answered, pattern(150, 10), use=AuditUse.EXAMPLE, days=8 - week)  # too few by themselves for an alarm
        assert watch() is None or week > 0
        training.train()
        answered.refresh_from_db()
    assert Brake.objects.exists()


def test_that_another_promise_is_watched_from_its_training_on(answered):
    TrainedReader.objects.update(trained_at=now() - timedelta(days=10))
    audits(answered, pattern(100, 25), use=AuditUse.EXAMPLE)
    training.train()
    assert standing().audited == 100
    company = Company.objects.get()
    company.settings["promise"]["at_most"] = 0.01
    company.save()
    forget()
    training.train()
    assert standing().audited == 0


def test_that_leads_are_told_on_the_desk_until_they_have_seen_it_and_others_are_not(answered, as_sanne, as_piet, sanne):
    audits(answered, "-" * 100)
    brake = watch()
    told = "de assistent beantwoordt nu niets meer zelf"
    assert told in as_sanne.get("/desk/").content.decode()
    assert told in as_sanne.get("/desk/promise/notices").content.decode()
    assert "answered by itself" not in as_piet.get("/desk/").content.decode()
    assert as_piet.post(f"/desk/promise/brakes/{brake.pk}/seen").status_code == 403
    as_sanne.post(f"/desk/promise/brakes/{brake.pk}/seen", {"next": "/desk/"})
    assert told not in as_sanne.get("/desk/").content.decode()


def test_that_leads_with_an_address_get_a_mail_in_their_language_once(answered, sanne, piet):
    for user in (sanne, piet):
        user.email = f"{user.username}@proef.example"
        user.save()
    audits(answered, "-" * 100)
    watch()
    do_all_jobs()
    assert [sent.to for sent in mail.outbox] == [["sanne@proef.example"]]
    assert mail.outbox[0].subject == "De assistent beantwoordt minder zelf"
    assert QUESTION not in mail.outbox[0].body


def test_that_taking_a_word_back_leaves_the_brake_on(answered, sanne):
    audits(answered, "-" * 100)
    audit = Audit.objects.create(turn=answered, probability=1, sent=True)
    label(sanne, audit.pk, Verdict.NONE)
    take_back(sanne, audit.pk)
    assert Brake.objects.count() == 1


def test_that_labels_become_the_proof_and_the_promise_is_no_longer_provisional(answered):
    audits(answered, "+" * 120)
    row = training.train()
    threshold = row.policy["threshold"]
    assert threshold["value"] is not None
    assert (threshold["provisional"], threshold["n"], row.summary["labels"]) == (False, 120, 120)


def test_that_a_few_labels_leave_it_provisional_and_those_to_learn_from_prove_nothing(answered):
    audits(answered, "+" * 8)
    audits(answered, "+" * 120, use=AuditUse.EXAMPLE)
    row = training.train()
    assert (row.policy["threshold"]["provisional"], row.summary["labels"]) == (True, 8)


def test_that_labels_that_speak_against_the_provisional_threshold_end_it(answered, monkeypatch):
    before = TrainedReader.objects.get().policy["threshold"]
    monkeypatch.setattr("handdruk.reception.policy.thresholds_under", lambda *_: _threshold(before, 0.01))
    audits(answered, pattern(60, 3))
    row = training.train()
    assert (row.policy["threshold"]["value"], row.policy["threshold"]["provisional"]) == (None, False)


def _threshold(stored, value):
    return training.policy_from(
        {**TrainedReader.objects.get().policy, "threshold": {**stored, "value": value}}, {}
    ).thresholds


def test_that_training_releases_a_brake_only_when_new_labels_prove_the_promise(answered):
    audits(answered, "-" * 100)
    watch()
    unproved = training.train()
    assert [brake.because.get("carried_over") for brake in unproved.brakes.all()] == [True]
    Audit.objects.all().delete()
    Turn.objects.exclude(pk=answered.pk).delete()
    Turn.objects.update(reader=unproved)
    answered.refresh_from_db()
    audits(answered, "+" * 120)
    Turn.objects.exclude(pk=answered.pk).update(at=now())
    proved = training.train()
    assert proved.policy["threshold"]["provisional"] is False
    assert not proved.brakes.exists()
    assert standing().audited == 0  # what was proved begins now


def test_that_after_a_brake_older_labels_prove_nothing(answered):
    audits(answered, "+" * 150, days=3)
    audits(answered, "-" * 60)
    watch()
    row = training.train()
    assert row.summary["labels"] <= 60
    assert row.brakes.exists()


def test_that_a_proposal_that_is_no_higher_stops_everything(answered, monkeypatch):
    held = training.judgement().policy.thresholds.shared
    monkeypatch.setattr("handdruk.decide.Monitor.proposal", lambda _: held)
    audits(answered, "-" * 60)
    assert watch().threshold is None


def test_that_a_brake_that_stops_the_doubtful_answers_of_one_topic_lets_the_surer_ones_be(answered):
    row = TrainedReader.objects.get()
    shared = row.policy["threshold"] | {"value": 0.95}
    own = [{"topic": "warranty", "language": "", "threshold": shared | {"value": 0.3}}]
    TrainedReader.objects.update(policy=row.policy | {"threshold": shared, "groups": {"own": own, "curve": []}})
    training._current.judgement = None
    audits(answered, pattern(400, 8), doubtful=0.5)
    brake = watch()
    assert (brake.because["before"], brake.threshold) == (0.3, pytest.approx(0.9, abs=1e-4))


def test_that_a_label_whose_topic_is_gone_tells_nothing(answered):
    audits(answered, "+" * 20)
    Audit.objects.filter(pk__in=list(Audit.objects.values_list("pk", flat=True)[:5])).update(truth="no_longer_there")
    assert training.train().summary["labels"] == 15


def test_that_what_would_be_work_for_people_is_answered_at_no_threshold(answered):
    complaint = "ik wil een klacht indienen"
    assert Example.objects.filter(text=complaint).exists()
    audits(answered, "+" * 3, text=complaint)
    audits(answered, "+" * 2)
    labels = labels_for(training.judgement().reader, known().resolutions())
    assert sorted(zip(labels.topic, labels.language, strict=True)) == [("", "nl")] * 3 + [("warranty", "nl")] * 2
    assert (
        sorted(zip(labels.probability_right > 0, labels.was_right, strict=True))
        == [(False, False)] * 3 + [(True, True)] * 2
    )
