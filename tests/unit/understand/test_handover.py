"""What can be learned of when a person takes over, and that nothing is made of what cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score
from tests.archives import by_conversation, by_lot, repeating

from handdruk.understand import ModelDamaged
from handdruk.understand.handover import (
    BadConversation,
    HandoverModel,
    Judged,
    Learned,
    NothingToLearn,
    Said,
    always_or_never,
    best_threshold,
    figures,
    learn,
    learning,
    lived,
    talk_of,
)
from handdruk.understand.handover.figures import auc
from handdruk.understand.handover.moments import last_moment, moments, words_of


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn([talk_of(row) for row in repeating(120)])


# -- what is learned


def test_that_a_rule_in_the_archive_is_found_in_conversations_that_were_not_learned_from(learned):
    threshold = best_threshold(learned.trial)
    measured = figures(learned.untouched, lambda one: one >= threshold)
    assert learned.teaches
    assert measured.auc > 0.95
    assert measured.f1 > max(0.8, always_or_never(learned.untouched, rings=True).f1)


def test_that_the_rule_holds_for_words_nobody_ever_said(learned):
    again = [Said("mag de kat erop", True), Said("ik zoek het op", False), Said("mag de kat erop", True)]
    once = [*again[:2], Said("of liever de hond", True)]
    assert learned.model.probability(again) > learned.model.probability(once)


def test_that_probabilities_are_shares_that_come_true(learned):
    judged = learned.model.judged
    assert judged.probability.mean() == pytest.approx(judged.took_over.mean(), abs=0.03)
    sure = judged.probability > 0.8
    assert judged.took_over[sure].mean() > 0.8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_an_archive_marked_by_lot_teaches_nothing(seed):
    learned = learn([talk_of(row) for row in by_lot(120, seed)])
    assert not learned.teaches
    assert auc(learned.model.judged.probability, learned.model.judged.took_over) == pytest.approx(0.5, abs=0.12)


def test_that_a_conversation_is_never_judged_by_what_was_learned_from_itself():
    assert not learn([talk_of(row) for row in by_conversation(80)]).teaches


def test_that_too_few_conversations_with_a_person_prove_nothing():
    talks = [talk_of(row) for row in repeating(120)]
    quiet = [talk for talk in talks if not any(said.took_over for said in talk)]
    marked = [talk for talk in talks if any(said.took_over for said in talk)]
    assert learn([*quiet, *marked[: learning.FEWEST - 1]]).model is None
    assert learn([*quiet, *marked[: learning.FEWEST]]).model is not None


@pytest.mark.parametrize("mark", [True, False])
def test_that_one_kind_of_turn_alone_is_nothing_to_learn_from(mark):
    with pytest.raises(NothingToLearn):
        learn([(Said("hallo daar", True, took_over=mark),)] * 30)


def test_that_of_too_long_an_archive_the_last_conversations_count(monkeypatch):
    talks = [talk_of(row) for row in repeating(120)]
    monkeypatch.setattr(learning, "MOST_MOMENTS", 300)
    newest = learn(talks)
    assert newest.moments <= 300
    assert newest.talks + newest.left_out == 120
    assert newest.moments == sum(len(list(moments(talk))) for talk in talks[newest.left_out :])


# -- as data


def test_that_a_model_comes_back_from_its_bytes_as_it_was(learned):
    again = HandoverModel.from_bytes(learned.model.to_bytes())
    talk = talk_of(repeating(1)[0])
    assert again.probability(talk) == learned.model.probability(talk)
    assert again.judged.probability.tolist() == learned.model.judged.probability.tolist()


def test_that_bytes_that_are_no_whole_model_are_refused(learned, reader):
    data = learned.model.to_bytes()
    for broken in (b"", data[: len(data) // 2], reader.to_bytes()):
        with pytest.raises(ModelDamaged):
            HandoverModel.from_bytes(broken)


def test_that_a_word_few_conversations_share_is_not_kept():
    rows = repeating(60)
    for number in (0, 1, 2, 3, 4):
        rows[number]["turns"][0]["text"] += " vaakgezegd" + (" sikkens" if number < 2 else "")
    words = {word for block in learn([talk_of(row) for row in rows]).model.shape.words for word in block}
    assert any("vaakgezegd" in word for word in words)
    assert not any("sikkens" in word for word in words)


# -- moments

SAID = st.builds(Said, st.text(alphabet="ab c?", max_size=8), st.booleans(), st.booleans(), st.booleans())
TALKS = st.lists(SAID, min_size=1, max_size=8)


@given(TALKS, TALKS)
def test_that_what_comes_after_a_turn_is_not_known_at_it(before, after):
    known = [(moment.words, moment.facts) for moment in moments(before, every_turn=True)]
    together = [(moment.words, moment.facts) for moment in moments(before + after, every_turn=True)]
    assert together[: len(before)] == known


@given(TALKS, st.randoms())
def test_that_earlier_marks_are_not_known_either(talk, chance):
    other = [Said(said.text, said.by_customer, chance.random() < 0.5) for said in talk]
    assert [m.facts for m in moments(talk, every_turn=True)] == [m.facts for m in moments(other, every_turn=True)]


@given(TALKS)
def test_that_the_last_moment_is_the_last_of_all_moments(talk):
    *_, last = moments(talk, every_turn=True)
    assert last_moment(talk) == last


def test_that_a_mark_counts_for_the_customers_turn_it_stands_on_or_follows():
    talk = [
        Said("een", True), Said("a", False), Said("b", False, took_over=True),
        Said("twee", True), Said("c", False),
        Said("drie", True, took_over=True),
    ]  # fmt: skip
    assert [moment.took_over for moment in moments(talk)] == [True, False, True]


def test_that_words_are_found_in_scripts_with_and_without_spaces():
    assert words_of("Waar BLIJFT het??") == ["waar", "blijft", "het", "??"]
    assert words_of("我要退货 ok") == ["我", "要", "退", "货", "ok"]
    assert words_of("w122 w3") == ["w122", "w3"]


# -- archives


def conversation(*turns):
    return {"turns": [dict(zip(("who", "text", "hand_over"), turn, strict=False)) for turn in turns]}


def test_that_the_first_turn_of_a_colleague_after_the_assistant_is_a_takeover_without_a_mark():
    talk = talk_of(
        conversation(
            ("user", "a"), ("bot", "b"), ("user", "c"), ("agent", "d"), ("user", "e"), ("agent", "f"), ("bot", "g"),
            ("user", "h"),
        )
    )  # fmt: skip
    assert [said.text for said in talk if said.took_over] == ["d"]
    assert [said.text for said in talk if said.with_person] == ["e"]
    assert [moment.took_over for moment in moments(talk)] == [False, True, False]


def test_that_a_mark_of_its_own_goes_before_what_a_colleagues_turn_suggests():
    talk = talk_of(conversation(("user", "a"), ("bot", "b"), ("agent", "d", False), ("user", "e")))
    assert not any(said.took_over for said in talk)


def test_that_an_archive_of_colleagues_only_is_learned_from_where_it_is_marked():
    talk = talk_of(conversation(("klant", "a"), ("medewerker", "b", 1), ("klant", "c", 0)))
    assert [moment.took_over for moment in moments(talk)] == [True, False]


def test_that_a_greeting_before_the_customer_says_anything_does_not_count():
    greeted = talk_of(conversation(("helper", "welkom"), ("customer", "a"), ("helper", "b")))
    assert greeted == talk_of(conversation(("customer", "a"), ("helper", "b")))


SECRET = "Jan Geheim"


@pytest.mark.parametrize(
    "row",
    [
        None, [], "text", 3, {}, {"turns": None}, {"turns": []}, {"turns": ["a"]}, {"turns": [{}]},
        conversation((SECRET, "a")), conversation((3, "a")), conversation(("customer", 3)),
        conversation(("customer", "\ud800")), conversation(("customer", SECRET, "yes")),
        conversation(("customer", SECRET, 2)), conversation(("helper", SECRET)),
        conversation(*[("customer", SECRET)] * 501),
    ],
)  # fmt: skip
def test_that_a_conversation_that_cannot_be_understood_is_refused_without_repeating_it(row):
    with pytest.raises(BadConversation) as refused:
        talk_of(row)
    assert SECRET not in str(refused.value)


# -- figures


@pytest.fixture
def judged() -> Judged:
    chance = np.random.default_rng(5)
    labels = chance.random(200) < 0.3
    return Judged(np.round(chance.random(200) * 0.6 + labels * 0.3, 2), labels, np.repeat(np.arange(50), 4))


def test_that_figures_agree_with_another_library(judged):
    ours = figures(judged, lambda one: one >= 0.5)
    rung = judged.probability >= 0.5
    assert ours.f1 == pytest.approx(f1_score(judged.took_over, rung))
    assert ours.macro_f1 == pytest.approx(f1_score(judged.took_over, rung, average="macro"))
    assert ours.auc == pytest.approx(roc_auc_score(judged.took_over, judged.probability))
    assert (ours.rings, ours.rightly) == (rung.sum(), (rung & judged.took_over).sum())


def test_that_no_threshold_has_a_higher_f1_than_the_best(judged):
    every = {float(p): f1_score(judged.took_over, judged.probability >= p) for p in judged.probability}
    assert every[best_threshold(judged)] == pytest.approx(max(every.values()))


@pytest.mark.parametrize(
    ("rung", "marked", "became"),
    [
        ("0010", "0010", "in_time"), ("0100", "0010", "in_time"), ("0001", "0010", "in_time"),
        ("1000", "0010", "early"), ("0010", "1000", "late"), ("0000", "0100", "missed"),
        ("0100", "0000", "needless"), ("0000", "0000", "quiet"), ("0011", "0001", "in_time"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_conversation(rung, marked, became):
    row = Judged(np.array([float(c) for c in rung]), np.array([c == "1" for c in marked]), np.zeros(4, np.intp))
    assert lived(row, lambda one: one > 0.5).as_json() == {
        name: int(name == became) for name in ("in_time", "early", "late", "missed", "needless", "quiet")
    }


def test_that_learning_twice_gives_the_same(learned):
    again = learn([talk_of(row) for row in repeating(120)])
    assert again.model.to_bytes() == learned.model.to_bytes()


def test_that_the_made_up_archives_hold_what_they_promise():
    for row in repeating(50):
        asked = [turn for turn in row["turns"] if turn["who"] == "customer"]
        said = [turn["text"] for turn in asked]
        assert [turn["hand_over"] for turn in asked] == [text in said[:n] for n, text in enumerate(said)]
