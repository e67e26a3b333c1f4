"""The report: one file that needs nothing else, in both languages, and harmless whatever stood in the archive."""

import base64
import hashlib
import re

import pytest

from handdruk.core.words import LANGUAGES, Phase, Resolution
from handdruk.decide import Alarm, GroupThresholds, Plausible, Point, Policy, Threshold
from handdruk.insight.archive import Broken
from handdruk.insight.replay.plan import Plan, TopicFacts
from handdruk.insight.replay.result import result
from handdruk.insight.replay.sample import Unknown
from handdruk.insight.replay.worker import Share
from handdruk.insight.report import charts, page
from handdruk.insight.report.wording import WORDS

NASTY = '<script>alert("x")</script> kinderslot'
CURVE = (Point(0.9, 10, 0, 0.0, 0.26, 0.1), Point(0.5, 50, 5, 0.1, 0.2, 0.5))
THRESHOLD = GroupThresholds(Threshold(0.05, 0.95, 0.9, 100, 10, 0, 0.26, 0.1, 0, True, CURVE))
RINGS = Alarm(0.5, 0, 0, 1)


@pytest.fixture
def found():
    """A result with something of everything."""
    policy = Policy(THRESHOLD, {"parcel": Resolution.ACT}, RINGS, RINGS, RINGS, Plausible(0.1, 0.9, 10))
    titles = {"nl": "Waar is <mijn> pakket", "en": "Where is <my> parcel"}
    plan = Plan.of("Bakker & Bol", {"parcel": TopicFacts(titles, Phase.RECEIVE)}, policy, [THRESHOLD])
    share = Share()
    for number in range(8):
        share.sample.offer(Unknown(number, number, 0, "nl", NASTY))
    share.tally.note(Broken(3, "not JSON"))
    for key, times in {
        ("archive", "entries"): 101, ("archive", "conversations"): 100, ("archive", "unknown"): 80,
        ("bound", 0, "conversation", "act"): 75, ("bound", 0, "conversation", "hand_over"): 25,
        ("conversation", "parcel", "act"): 75, ("conversation", "?", "hand_over"): 25, ("beginning", "act"): 100,
        ("language", "nl", "act"): 100, ("reason", "sure"): 75, ("person_at", 2): 25, ("sure", "digital", 101): 75,
    }.items():  # fmt: skip
        share.tally.count(*key, times=times)
    return result(plan, share, mail=False)


def test_that_the_result_says_what_was_counted(found):
    assert found["conversations"]["shares"] == {"answer": 0, "act": 0.75, "ask": 0, "hand_over": 0.25, "courtesy": 0}
    assert [(topic["kind"], topic["conversations"]["total"]) for topic in found["topics"]] == [
        ("topic", 75),
        ("unknown", 25),
    ]
    receive = next(phase for phase in found["phases"] if phase["phase"] == "receive")
    assert receive["conversations"]["act"] == 75
    assert found["unknown"]["groups"][0]["messages"] == 80, "eight in the sample stand for eighty"
    assert [point["threshold"] for point in found["thresholds"]] == [0.5, 0.9]
    assert [point["share"] for point in found["thresholds"]] == [1.0, 1.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_page_is_harmless_and_needs_nothing_else(found, language):
    html = page(found, language, "p { color: red }")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<mijn>" not in html and "<my>" not in html
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import|\son\w+=|\sstyle=""", html)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    allowed = re.search(r"style-src 'sha256-([^']+)'", html)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() == allowed
    assert "default-src 'none'" in html
    assert f'<html lang="{language}">' in html
    assert "not JSON" in html and "Bakker &amp; Bol" in html


def test_that_charts_are_drawn_in_the_pages_own_colours(found):
    pytest.importorskip("vl_convert", reason='charts need: pip install "handdruk[report]"')
    html = page(found, "nl", "")
    assert html.count('<svg role="img"') >= 10
    assert "var(--people)" in html
    assert WORDS["no_charts"]["nl"][:20] not in html


def test_that_without_the_drawing_package_the_tables_stand_alone_and_it_says_so(found, monkeypatch):
    monkeypatch.setattr(charts, "vl_convert", None)
    html = page(found, "en", "")
    assert 'role="img"' not in html
    assert WORDS["no_charts"]["en"][:20] in html
    assert "75.0%" in html


def test_that_an_archive_without_a_word_for_a_table_still_makes_a_page(found):
    empty = result(
        Plan("Leeg", {}, (Policy(THRESHOLD, {}, RINGS, RINGS, RINGS, Plausible(0, 0.9, 0)),), ()), Share(), mail=True
    )
    assert "Leeg" in page({**empty, "thresholds": []}, "nl", "")


def test_that_everything_is_said_in_every_language():
    for name, texts in WORDS.items():
        assert set(texts) == set(LANGUAGES), name
        fields = {language: set(re.findall(r"{\w+}", text)) for language, text in texts.items()}
        assert fields["nl"] == fields["en"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_column_of_every_table_has_a_heading(found, language):
    headings = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page(found, language, ""), flags=re.S)
    assert len(headings) > 10
    assert all(heading.strip() for heading in headings)
