"""Counting, sampling, masking and grouping: the parts of a replay that need no reader."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.insight.archive import Broken
from handdruk.insight.replay.checkpoint import CannotGoOn, Progress, keep, kept
from handdruk.insight.replay.groups import groups
from handdruk.insight.replay.masking import MASK, masked
from handdruk.insight.replay.sample import Sample, Unknown, draw
from handdruk.insight.replay.tally import MOST_TOLD, Tally
from handdruk.insight.replay.worker import Share
from handdruk.understand import DetailFinder

MESSAGES = [
    Unknown(draw(line, turn), line, turn, "nl", f"bericht {line} {turn}") for line in range(60) for turn in range(3)
]


@given(st.lists(st.integers(0, len(MESSAGES) - 1), unique=True), st.integers(1, 50), st.randoms())
def test_that_a_sample_is_the_same_in_whatever_order_and_parts_it_came(chosen, size, shuffled):
    messages = [MESSAGES[number] for number in chosen]
    whole = Sample.of(messages, size)
    shuffled.shuffle(messages)
    half = len(messages) // 2
    together = Sample.of(messages[:half], size)
    for unknown in Sample.of(messages[half:], size).messages():
        together.offer(unknown)
    assert together.messages() == whole.messages() == sorted(messages)[:size]


def test_that_every_message_has_the_same_chance_of_being_in_the_sample():
    lines = [unknown.line for unknown in Sample.of(
        (Unknown(draw(line, 0), line, 0, "nl", "") for line in range(100_000)), 10_000).messages()]  # fmt: skip
    for tenth in range(10):
        assert 850 < sum(tenth * 10_000 <= line < (tenth + 1) * 10_000 for line in lines) < 1150


def test_that_tallies_add_up_and_broken_lines_stay_bounded():
    total = Tally()
    for part in range(3):
        one = Tally()
        one.count("message", "topic", "answer", times=part)
        for line in range(MOST_TOLD - 1):
            one.note(Broken(line, "not JSON"))
        total.add(one)
    assert total.of("message", "topic") == {"answer": 3}
    assert total.counts["archive", "broken"] == 3 * (MOST_TOLD - 1)
    assert len(total.broken) == MOST_TOLD


def test_that_what_was_kept_comes_back_whole_and_nothing_else_does(tmp_path):
    share = Share(sample=Sample.of(MESSAGES[:5]))
    share.tally.count("person_at", 3)
    share.tally.note(Broken(4, "not JSON"))
    file = tmp_path / "x.unfinished"
    assert kept(file, "me") is None
    keep(file, Progress("me", 77, "mark", share))
    back = kept(file, "me")
    assert (back.until, back.mark, back.share.tally) == (77, "mark", share.tally)
    assert back.share.sample.messages() == share.sample.messages()
    with pytest.raises(CannotGoOn, match="another reader"):
        kept(file, "somebody else")
    file.write_text(file.read_text()[:-9])
    with pytest.raises(CannotGoOn, match="damaged"):
        kept(file, "me")


@pytest.mark.parametrize("text, secret", [
    ("mail me op jan.jansen@voorbeeld.example aub", "jansen"), ("bestelling TH-104233 is zoek", "104233"),
    ("bel 06-12345678 terug", "345678"), ("ik woon op 1234 AB", "1234"), ("geboren 12 maart 1980", "1980"),
    ("Kerkstraat 12a in Utrecht", "Kerkstraat"), ("12 Long Acre Road please", "Acre"), ("NL91 ABNA 0417 1643 00", "0417"),
    ("mijn naam is piet de vries en ik wacht", "vries"), ("Ik ben Anna en ik wacht", "Anna"), ("hi, i'm Tom", "Tom"),
    ("mevrouw Jansen belde", "Jansen"), ("wacht al weken. Groetjes Karin", "Karin"), ("see https://x.example/a?t=1", "t=1"),
    ("code 4711 werkt niet", "4711"),
])  # fmt: skip
def test_that_personal_details_are_hidden(text, secret):
    shown = masked(text, DetailFinder(r"TH-\d{6}").find(text))
    assert secret not in shown
    assert MASK in shown


@pytest.mark.parametrize("text", ["ik ben boos", "i am so angry", "de borstel doet 3 dingen niet", "dit is echt traag"])
def test_that_ordinary_words_stay(text):
    assert masked(text, ()) == text


THINGS = {
    "zonnepanelen": ["kan ik zonnepanelen aansluiten", "werken zonnepanelen met de thermostaat", "hebben jullie zonnepanelen",
                     "zonnepanelen op het dak aansluiten", "zonnepaneel koppelen lukt niet"],
    "kinderslot": ["is er een kinderslot", "kinderslot werkt niet", "hoe zet ik het kinderslot aan", "kinderslot zit vast"],
    "parkeren": ["kan ik bij de winkel parkeren", "is parkeren gratis", "waar kan ik parkeren", "parkeren bij jullie winkel"],
}  # fmt: skip


def unknowns(texts):
    return [Unknown(number, number, 0, "nl", text) for number, text in enumerate(texts)]


def test_that_what_messages_have_in_common_is_found_and_named_by_their_own_words():
    texts = [text for number in range(5) for said in THINGS.values() for text in said[number : number + 1]] * 4
    texts += ["mijn oma spreekt spaans", "qwerty asdf", "de maan schijnt", "zomaar iets heel anders"]
    random.Random(1).shuffle(texts)
    found = groups(unknowns(texts))
    assert {group.words[0] for group in found[:3]} == set(THINGS)
    largest = found[0]
    assert largest.words[0] == "zonnepanelen"
    assert largest.size >= 16
    assert all("zonnepan" in example for example in largest.examples)
    assert len(set(largest.examples)) == len(largest.examples) <= 3


def test_that_the_same_messages_always_give_the_same_groups():
    texts = [text for said in THINGS.values() for text in said] * 5
    assert groups(unknowns(texts)) == groups(unknowns(texts))


def test_that_a_word_of_one_or_two_messages_names_nothing():
    texts = ["kinderslot jansen werkt niet", "kinderslot jansen zit vast", *["kinderslot werkt niet"] * 6]
    texts += ["kan ik bij de winkel parkeren", "waar kan ik parkeren"] * 10
    assert all("jansen" not in group.words for group in groups(unknowns(texts)))


@pytest.mark.parametrize("texts", [[], ["hallo"], ["?", "!!", ""], ["aap", "noot", "mies"], ["aap"] * 50])
def test_that_few_or_strange_messages_are_no_trouble(texts):
    for group in groups(unknowns(texts)):
        assert group.size >= 3
