"""The promise page: numbers for leads, provisional where they are, in Dutch and English, with and without the chart."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from handdruk.core.clock import now
from handdruk.digital.models import Topic
from handdruk.insight import chart
from handdruk.insight.commands import train as commands
from handdruk.insight.commands.settle import settle
from handdruk.insight.commands.watch import watch
from handdruk.reception import training
from handdruk.reception.models import Audit, Brake, TrainedReader, Turn
from handdruk.relationship.company import content_changed
from handdruk.work.models import Job
from tests.integration.reception.talk import Customer, do_all_jobs

from .conftest import browser_of
from .test_watch import audits

pytestmark = pytest.mark.django_db(transaction=True)
PROVISIONAL = "Voorlopig: dit rust op je eigen voorbeelden"


def page(browser) -> str:
    answer = browser.get("/desk/promise/")
    assert answer.status_code == 200
    return answer.content.decode()


def with_threshold(**changes) -> None:
    row = TrainedReader.objects.latest()
    row.policy["threshold"] |= changes
    row.save()


def test_that_it_is_for_leads_only(company, as_piet, client):
    assert as_piet.get("/desk/promise/").status_code == 403
    assert client.get("/desk/promise/").status_code == 302
    assert as_piet.get("/desk/promise/notices").status_code == 403
    assert 'href="/desk/promise/"' not in as_piet.get("/desk/").content.decode()


def test_that_it_says_the_promise_and_that_it_is_provisional(company, as_sanne):
    shown = page(as_sanne)
    assert "hoogstens 5 % fout, met 90 % zekerheid" in shown
    assert PROVISIONAL in shown


def test_that_proof_is_called_proof(company, as_sanne):
    with_threshold(provisional=False)
    shown = page(as_sanne)
    assert PROVISIONAL not in shown
    assert "Bewezen, op" in shown


@pytest.mark.parametrize(
    ("missing", "words"),
    [(120, "Er zijn nog ongeveer 120 beoordelingen nodig"), (None, "welk aantal beoordelingen ook")],
)
def test_that_without_proof_it_says_what_is_missing(company, as_sanne, missing, words):
    with_threshold(value=None, coverage=0.0, provisional=False, labels_missing=missing)
    shown = page(as_sanne)
    assert words in shown.replace("er zijn nog", "Er zijn nog")
    assert '<span class="figure-number">0 %</span>' in shown


def test_that_other_promises_stand_beside_ones_own(company, as_sanne):
    rows = re.findall(r'<th scope="row">(\d %)( <span class="tag tag-accent">)?', page(as_sanne))
    assert rows == [("1 %", ""), ("2 %", ""), ("5 %", ' <span class="tag tag-accent">')]


def test_that_the_chart_takes_its_colours_from_the_page_and_breaks_no_rule_of_it(company, as_sanne):
    pytest.importorskip("vl_convert")
    shown = page(as_sanne)
    assert shown.count('<svg aria-hidden="true"') == 2
    assert "var(--digital-bright)" in shown
    assert not re.search(r"<style|style=|<script(?! src)|javascript:", shown)


def test_that_without_the_chart_the_numbers_are_there(company, as_sanne, monkeypatch):
    monkeypatch.setattr(chart, "can_draw", lambda: False)
    shown = page(as_sanne)
    assert "<svg" not in shown
    assert "handdruk[report]" in shown
    assert "<details open>" in shown
    assert "je eigen voorbeelden, kruisgevalideerd" in shown


def test_that_a_chart_that_cannot_be_drawn_is_no_error(monkeypatch):
    monkeypatch.setattr(chart, "can_draw", lambda: True)
    monkeypatch.setattr(chart.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1, stdout="half"))
    assert chart.drawn({"width": 1}) == ""


def test_that_topics_that_hold_it_back_come_with_a_sentence_and_people_are_none_of_them(company, as_sanne):
    shown = page(as_sanne)
    topics = shown[shown.index('id="topics"') : shown.index('id="outcomes"')]
    assert "in de armste taal" in topics  # the test company has eight examples of each
    assert "Klacht" not in topics


def test_that_outcomes_are_counted_by_kind(company, as_sanne):
    for thanks in (True, True, False):
        customer = Customer()
        customer.say("hoe lang heb ik garantie")
        customer.say("bedankt!" if thanks else "hoe lang heb ik garantie")
    settle()
    shown = page(as_sanne)
    for words in (
        r"bevestigd</th><td class=.number.>2</td><td class=.number.>67 %",
        r"fout</th><td class=.number.>1</td>",
    ):
        assert re.search(words, shown)


def test_that_enough_audits_are_a_curve_of_their_own(company, as_sanne):
    Customer().say("hoe lang heb ik garantie")
    like = Turn.objects.get()
    audits(like, "+" * 29)
    assert "zoals die nu is" not in page(as_sanne)
    audits(like, "+")
    assert "alle steekproeven van de assistent zoals die nu is" in page(as_sanne)
    assert "0 / 30" in page(as_sanne)


def test_that_a_brake_is_shown_with_why(company, as_sanne):
    Customer().say("hoe lang heb ik garantie")
    audits(Turn.objects.get(), "-" * 60)
    watch()
    shown = page(as_sanne)
    assert "Er staat een rem op: niets wordt zelf beantwoord" in shown
    assert re.search(r"(\d+) van de \1 bekeken antwoorden waren fout, waar 5 % mag.", shown)


def test_that_with_a_brake_on_only_what_is_above_it_counts_as_answered(company, as_sanne):
    with_threshold(value=0.2, coverage=0.8, curve=[
        {"threshold": at, "answered": 1, "wrong": 0, "error": 0, "bound": 0, "coverage": share}
        for at, share in ((0.9, 0.1), (0.5, 0.4), (0.2, 0.8))
    ])  # fmt: skip
    assert '<span class="figure-number">80 %</span>' in page(as_sanne)
    because = {"audited": 9, "wrong": 5, "at_most": 0.05, "before": 0.2}
    Brake.objects.create(reader=TrainedReader.objects.latest(), threshold=0.5, because=because)
    training.look_again()
    assert '<span class="figure-number">40 %</span>' in page(as_sanne)


def test_that_it_is_in_english_for_who_reads_english(company, piet):
    piet.colleague.lead = True
    piet.colleague.save()
    shown = page(browser_of(piet))
    for words in (
        "The promise",
        "at most 5 % is wrong",
        "Provisional:",
        "If you promised something else",
        "What would help",
    ):
        assert words in shown
    assert "Voorlopig" not in shown


def test_that_it_says_so_before_anything_was_trained(company, as_sanne):
    TrainedReader.objects.all().delete()
    training._current.judgement = None
    assert "De assistent is nog niet getraind." in page(as_sanne)


def test_that_a_topic_that_is_gone_does_not_break_it(company, as_sanne):
    Topic.objects.filter(name="warranty").delete()
    content_changed()
    assert "Garantie" not in page(as_sanne)


def with_own(**values: float | None) -> None:
    """Thresholds of their own for topics, given as topic=value or topic__language=value."""
    row = TrainedReader.objects.latest()
    curve = [{"threshold": at, "answered": 10, "wrong": 1, "error": 0.1, "bound": 0.2, "coverage": share}
             for at, share in ((0.9, 0.25), (0.6, 0.75))]  # fmt: skip
    evidence = {"n": 420, "answered": 315, "wrong": 3, "bound": 0.031, "coverage": 0.75, "curve": curve}
    own = [
        {"topic": name.partition("__")[0], "language": name.partition("__")[2],
         "threshold": row.policy["threshold"] | evidence | {"value": value}}
        for name, value in values.items()
    ]  # fmt: skip
    row.policy["groups"] = {"own": own, "curve": curve}
    row.save()
    training.look_again()
    training._current.judgement = None


def parts(browser) -> list[list[str]]:
    """The rows of the table of thresholds, cell by cell."""
    shown = page(browser)
    table = shown[shown.index('id="parts"') : shown.index('id="moves"')]
    rows = re.findall(r"<tr>(<th scope=.row.*?)</tr>", table, flags=re.S)
    return [
        [" ".join(re.sub("<[^>]*>", "", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.S)]
        for row in rows
    ]


def test_that_without_topics_of_their_own_nothing_is_said_of_them(company, as_sanne):
    assert 'id="parts"' not in page(as_sanne)


def test_that_topics_with_a_threshold_of_their_own_stand_with_their_evidence_and_the_others_at_the_end(
    company, as_sanne
):
    with_own(warranty__nl=0.6, opening_hours=0.9)
    first, second, rest = parts(as_sanne)
    assert {first[0], second[0]} == {"Garantie Nederlands", "Openingstijden"}
    assert first[1:5] == ["420", "3 / 315", "3,1 %", "75 %"]
    assert rest[0] == "Al het andere"


def test_that_work_for_people_is_not_shown_as_answered_by_itself(company, as_sanne):
    with_own(complaint=0.6)
    assert 'id="parts"' not in page(as_sanne)


def test_that_a_topic_that_is_closed_says_so(company, as_sanne):
    with_own(warranty=None)
    assert parts(as_sanne)[0][5] == "nooit"


def test_that_a_brake_shows_in_each_of_them(company, as_sanne):
    with_own(warranty=0.6)
    because = {"audited": 9, "wrong": 5, "at_most": 0.05, "before": 0.2}
    Brake.objects.create(reader=TrainedReader.objects.latest(), threshold=0.8, because=because)
    training.look_again()
    assert parts(as_sanne)[0][4:] == ["25 %", "80 %"]


def test_that_the_figures_are_of_all_parts_together(company, as_sanne):
    with_threshold(n=80, answered=60, wrong=1, coverage=0.75, value=0.5)
    with_own(warranty=0.6)
    shown = page(as_sanne)
    assert "4 / 375" in shown  # 1 of 60 and 3 of 315
    assert "500 berichten" in shown


def test_that_the_thresholds_are_told_in_english_too(company, piet):
    piet.colleague.lead = True
    piet.colleague.save()
    with_own(warranty__nl=0.6)
    shown = page(browser_of(piet))
    for words in ("Topics with a threshold of their own", "All others", "Dutch"):
        assert words in shown


# -- what counts from the next training on


def test_that_a_lead_makes_what_colleagues_said_count_with_one_click(company, as_sanne, monkeypatch):
    Customer().say("hoe lang heb ik garantie")
    assert "Nu trainen" not in page(as_sanne)  # nothing new to learn from
    audits(Turn.objects.get(), "+++?")
    Audit.objects.update(labelled_at=now())
    assert "zijn er 3 beoordelingen als bewijs bewaard" in page(as_sanne)
    ran = []
    monkeypatch.setattr(
        commands.subprocess, "run", lambda command, **_: ran.append(command) or SimpleNamespace(returncode=0)
    )
    for _ in range(2):  # a second click changes nothing
        answer = as_sanne.post("/desk/promise/training", follow=True)
        assert "De training is begonnen" in answer.content.decode()
    do_all_jobs()
    assert [command[1:] for command in ran] == [("-m", "handdruk.cli", "train")]


def test_that_a_training_begun_by_a_lead_is_not_done_twice_and_a_failed_one_is_stuck_work(company, monkeypatch):
    before = TrainedReader.objects.latest()
    monkeypatch.setattr(commands.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1))
    with pytest.raises(commands.TrainingFailed):
        commands.train.run(before.pk)
    TrainedReader.objects.create(content_version=1, data=before.data, policy=before.policy)
    commands.train.run(before.pk)  # somebody trained since


def test_that_only_leads_may_train(company, as_piet, client):
    assert as_piet.post("/desk/promise/training").status_code == 403
    assert client.post("/desk/promise/training").status_code == 302
    assert not Job.objects.filter(name="insight.train").exists()


def test_that_a_worker_knows_every_job_of_this_room_before_anybody_opens_a_page():
    code = "import django; django.setup(); from handdruk.work.define import JOBS; print(*JOBS)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "handdruk.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert {"insight.mail_brake", "insight.train", "insight.draw", "insight.settle"} <= set(done.stdout.split())
