"""Replaying: the totals are right, the same with any number of processes, and the same after an interruption."""

import json
from collections import Counter

import pytest

from handdruk.insight.archive import lines as the_lines
from handdruk.insight.archive import open_archive
from handdruk.insight.replay.checkpoint import CannotGoOn
from handdruk.insight.replay.result import result
from handdruk.insight.replay.run import replay
from handdruk.insight.replay.worker import SavedReader
from handdruk.reception.rehearsal import rehearse
from handdruk.understand import Reader


class Stop(Exception):
    """The run is interrupted here."""


@pytest.fixture
def replayed(trained, plan, tmp_path):
    """Replays an archive; with `stop_after` it is interrupted after so many chunks."""

    def run(path, *, workers=1, stop_after=None, plan=plan):
        done = []

        def told(until, share):
            done.append(until)
            if len(done) == stop_after:
                raise Stop

        unfinished = tmp_path / "report.unfinished"
        archive = open_archive(path)
        share = replay(archive, SavedReader(trained.data), plan, unfinished, workers=workers, every=0, told=told)
        assert not unfinished.exists()
        assert done[-1] == archive.size
        return result(plan, share, mail=False)

    return run


def test_that_the_totals_are_those_of_the_conversations_one_by_one(archive, replayed, trained, plan):
    path = archive(200)
    found = replayed(path)
    judge = type("Judge", (), {"reader": Reader.from_bytes(trained.data), "policy": plan.policies[0]})
    good = [json.loads(line)["turns"] for line in path.read_text().splitlines() if line != "kapot"]
    decisions = [[decision for _, decision in rehearse(turns, judge)] for turns in good]
    handed_over = sum(any(decision.kind == "hand_over" for decision in each) for each in decisions)
    alone = Counter(decision.code for each in decisions for decision in each if decision.code != "with_a_person")
    assert found["conversations"]["total"] == len(good) == 180
    assert found["conversations"]["hand_over"] == handed_over > 0
    assert found["reasons"] == dict(alone)
    assert found["messages"]["total"] == sum(map(len, good)) == found["archive"]["messages"]
    assert found["messages"]["with_a_person"] == found["messages"]["total"] - alone.total()
    assert sum(topic["conversations"]["total"] for topic in found["topics"]) == 180
    assert sum(found["person_at_message"].values()) == handed_over


def test_that_the_counts_of_lines_add_up_and_broken_ones_are_named(archive, replayed):
    counted = replayed(archive(200))["archive"]
    assert counted["entries"] == 200
    assert counted["broken"] == 20
    assert [row["line"] for row in counted["broken_lines"]] == list(range(4, 200, 10))
    assert counted["conversations"] + counted["silent"] + counted["broken"] + counted["blank"] == counted["entries"]


def test_that_what_nobody_has_a_topic_for_is_found(archive, replayed):
    unknown = replayed(archive(200))["unknown"]
    assert unknown["messages"] == unknown["sampled"] > 20
    assert any("parkeren" in group["words"] for group in unknown["groups"])


def test_that_any_number_of_processes_and_an_interruption_give_the_same_report(archive, replayed, monkeypatch):
    monkeypatch.setattr(the_lines, "AT_ONCE", 16)
    path = archive(200)
    whole = replayed(path)
    with pytest.raises(Stop):
        replayed(path, workers=3, stop_after=5)
    assert replayed(path, workers=2) == whole


def test_that_a_changed_archive_or_reader_is_not_gone_on_with(archive, replayed, plan, monkeypatch):
    monkeypatch.setattr(the_lines, "AT_ONCE", 16)
    path = archive(100)
    with pytest.raises(Stop):
        replayed(path, stop_after=2)
    other = type(plan)("Another", plan.topics, plan.policies, plan.edges)
    with pytest.raises(CannotGoOn, match="another reader"):
        replayed(path, plan=other)
    text = path.read_text()
    path.write_text(text.replace("w", "v", 1))
    with pytest.raises(CannotGoOn, match="has changed"):
        replayed(path)
    path.write_text(text)
    assert replayed(path)["archive"]["entries"] == 100
