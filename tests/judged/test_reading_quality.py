"""How good the reading of the sample company is, with pass marks. Needs a minute of training at most, and no database."""

import csv
import json
from pathlib import Path

import pytest

from handdruk.company.judge import judge_of
from handdruk.decide import Kind
from handdruk.reception.rehearsal import rehearse_singles

HERE = Path(__file__).parent
THUIS = Path(__file__).parents[2] / "src" / "handdruk" / "thuis"
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def judge():
    return judge_of(THUIS)


@pytest.fixture(scope="module")
def ordinary(judge):
    """Ordinary messages that were written without looking at the examples, with what was made of each."""
    with (HERE / "ordinary.tsv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    return list(zip(rows, rehearse_singles([text for _, _, text in rows], judge), strict=True))


def test_that_ordinary_messages_are_recognised(ordinary):
    right = [reading.topics and reading.topics[0][0] == topic for (_, topic, _), (reading, _) in ordinary]
    assert sum(map(bool, right)) / len(right) >= 0.9


def test_that_a_good_share_of_ordinary_messages_is_answered_or_acted_on_and_hardly_any_wrongly(ordinary):
    done = [(row, decision) for row, (_, decision) in ordinary if decision.kind in (Kind.ANSWER, Kind.ACT)]
    assert len(done) / len(ordinary) >= 0.5
    wrong = [(row[2], decision.topic) for row, decision in done if decision.topic != row[1]]
    assert len(wrong) <= 1, wrong


def test_that_the_language_of_ordinary_messages_is_known(ordinary):
    wrong = [text for (language, _, text), (reading, _) in ordinary if reading.language != language]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    "text",
    [
        "ik wil een mens spreken", "kan ik iemand aan de telefoon krijgen", "medewerker graag", "I want to talk to a person",
        "can somebody call me please", "agent", "dit is echt schandalig, ik ben woedend", "THIS IS RIDICULOUS!! worst service ever",
        "mijn man is vorige week overleden", "my mother passed away and I do not know what to do with her order",
        "ik kan de rekening niet betalen, ik ben mijn baan kwijt", "er komt rook uit mijn thermostaat",
        "my daughter burned her hand on the charger",
    ],
)  # fmt: skip
def test_that_a_customer_who_needs_a_person_gets_one(judge, text):
    [(_, decision)] = rehearse_singles([text], judge)
    assert decision.kind is Kind.HAND_OVER


@pytest.mark.parametrize(
    "text",
    [
        "ik hoef niemand te spreken, alleen de openingstijden",
        "mijn batterij is overleden",
        "I don't need to speak to anyone",
    ],
)
def test_that_a_near_miss_is_not_taken_for_distress_or_a_wish_for_a_person(judge, text):
    [(reading, _)] = rehearse_singles([text], judge)
    assert reading.vulnerable < 0.5
    assert reading.wants_human < 0.5


@pytest.mark.skipif(not DATA.exists(), reason="the public data sets are not beside the project")
@pytest.mark.parametrize(("file", "most"), [("xsid_nl/valid.jsonl", 300), ("banking77/train.jsonl", 1000)])
def test_that_messages_for_other_companies_get_no_automatic_answer(judge, file, most):
    with (DATA / file).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][:most]
    kinds = [decision.kind for _, decision in rehearse_singles(texts, judge)]
    assert sum(kind in (Kind.ANSWER, Kind.ACT) for kind in kinds) / len(kinds) <= 0.02
