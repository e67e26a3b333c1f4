"""What is decided on a message: every rule as a sentence, and what holds for any reading in any situation."""

import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handdruk.core.words import Resolution
from handdruk.decide import (
    Alarm,
    Decision,
    FollowUp,
    GroupThresholds,
    Kind,
    Plausible,
    Policy,
    Pressed,
    Reason,
    Situation,
    Threshold,
    after,
    decide,
)

RESOLUTIONS = {
    "parcel": Resolution.ANSWER,
    "warranty": Resolution.ANSWER,
    "address": Resolution.ACT,
    "complaint": Resolution.PEOPLE,
}
PROVED = Threshold(0.02, 0.95, 0.9, 1000, answered=500)
UNPROVED = Threshold(0.02, 0.95, None, 20, labels_missing=129)
ALARM = Alarm(0.5, 0.0, 0.0, 100)
POLICY = Policy(GroupThresholds(PROVED), RESOLUTIONS, ALARM, ALARM, ALARM, Plausible(0.2, 0.9, 100))


@dataclass(frozen=True)
class Part:
    topics: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Reading:
    topics: tuple[tuple[str, float], ...] = ()
    wants_human: float = 0.0
    vulnerable: float = 0.0
    upset: float = 0.0
    courtesy: str | None = None
    language: str = "nl"
    parts: tuple[Part, ...] = ()


def reading(**shares: float) -> Reading:
    """Topics by name, best first."""
    return Reading(tuple(shares.items()))


SURE = reading(parcel=0.97, warranty=0.01)
UNSURE = reading(parcel=0.5, warranty=0.4)


# -- a person


@pytest.mark.parametrize("sense", ["wants_human", "vulnerable", "upset"])
def test_that_a_customer_who_needs_a_person_gets_one_however_sure_the_topic_is(sense):
    decision = decide(replace(SURE, **{sense: 0.5}), Situation(), POLICY)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, sense)
    assert decision.reasons[0].figure == 0.5


@pytest.mark.parametrize("sense", ["wants_human", "vulnerable", "upset"])
def test_that_below_the_alarm_a_feeling_changes_nothing(sense):
    assert decide(replace(SURE, **{sense: 0.499}), Situation(), POLICY) == decide(SURE, Situation(), POLICY)


@pytest.mark.parametrize("sense", ["wants_human", "vulnerable", "upset"])
def test_that_a_person_is_found_even_in_the_middle_of_an_action(sense):
    waiting = Situation(action_waits=True, carries_on=True, action_topic="address")
    assert decide(replace(SURE, **{sense: 0.9}), waiting, POLICY).kind is Kind.HAND_OVER


def test_that_wanting_a_person_is_named_before_any_other_feeling():
    assert decide(replace(SURE, wants_human=0.9, vulnerable=0.9, upset=0.9), Situation(), POLICY).code == "wants_human"


ARCHIVE = replace(POLICY, takeover=Alarm(0.6, 0.0, 0.0, 100))


def test_that_a_person_takes_over_where_the_archive_says_so_however_sure_the_topic_is():
    decision = decide(SURE, Situation(takeover=0.6), ARCHIVE)
    assert (decision.kind, decision.reasons) == (Kind.HAND_OVER, (Reason("archive_says", 0.6),))


def test_that_below_its_alarm_the_archive_changes_nothing():
    assert decide(SURE, Situation(takeover=0.599), ARCHIVE) == decide(SURE, Situation(), POLICY)


def test_that_without_an_archive_no_probability_changes_anything():
    assert decide(SURE, Situation(takeover=1.0), POLICY) == decide(SURE, Situation(), POLICY)


@pytest.mark.parametrize("sense", ["wants_human", "vulnerable", "upset"])
def test_that_what_the_customer_says_now_is_named_before_the_archive(sense):
    assert decide(replace(SURE, **{sense: 0.9}), Situation(takeover=0.9), ARCHIVE).code == sense


def test_that_a_button_says_nothing_the_archive_could_know():
    pressed = Situation(pressed=Pressed("topic", "parcel"), takeover=0.9)
    assert decide(SURE, pressed, ARCHIVE).kind is Kind.ANSWER


def test_that_what_the_archive_said_of_one_message_is_not_kept_for_the_next():
    assert after(Situation(takeover=0.5), decide(SURE, Situation(takeover=0.5), ARCHIVE)).takeover == 0.0


def test_that_whoever_is_with_a_person_stays_there_whatever_they_say_or_press():
    for pressed in (None, Pressed("topic", "parcel"), Pressed("wrong"), Pressed("human")):
        decision = decide(SURE, Situation(with_person=True, pressed=pressed), POLICY)
        assert (decision.kind, decision.code) == (Kind.HAND_OVER, "with_a_person")


# -- sure, not sure, no idea


def test_that_a_sure_topic_with_an_approved_text_is_answered():
    assert decide(SURE, Situation(), POLICY) == Decision(Kind.ANSWER, (Reason("sure", 0.97),), "parcel", 0.97)


def test_that_a_sure_topic_with_an_action_is_acted_on():
    assert decide(reading(address=0.97), Situation(), POLICY).kind is Kind.ACT


def test_that_exactly_the_threshold_is_sure_and_just_below_it_is_not():
    assert decide(reading(parcel=0.9), Situation(), POLICY).kind is Kind.ANSWER
    assert decide(reading(parcel=0.8999), Situation(), POLICY).kind is Kind.ASK


OWN = GroupThresholds(
    PROVED, {("parcel", "nl"): replace(PROVED, value=0.6), ("warranty", ""): replace(PROVED, value=None)}
)
GROUPS = replace(POLICY, thresholds=OWN)


def test_that_a_topic_with_a_threshold_of_its_own_in_this_language_is_sure_from_there():
    assert decide(reading(parcel=0.6), Situation(), GROUPS).code == "sure"
    assert decide(reading(parcel=0.59), Situation(), GROUPS).code != "sure"


def test_that_in_another_language_and_for_another_topic_the_shared_threshold_counts():
    assert decide(replace(reading(parcel=0.89), language="en"), Situation(), GROUPS).code != "sure"
    assert decide(replace(reading(parcel=0.9), language="en"), Situation(), GROUPS).code == "sure"
    assert decide(reading(address=0.89), Situation(), GROUPS).code != "sure"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_that_a_topic_of_which_nothing_is_proved_is_closed_whatever_the_others_prove(language):
    closed = replace(reading(warranty=1.0), language=language)
    decision = decide(closed, Situation(asked_last=True), GROUPS)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "no_proof_yet")


def test_that_a_change_of_subject_in_an_action_needs_the_other_topics_own_threshold():
    waiting = Situation(action_waits=True, action_topic="address")
    assert decide(reading(parcel=0.7), waiting, GROUPS).topic == "parcel"
    assert decide(reading(warranty=0.99), waiting, GROUPS).code == "carrying_on"


def test_that_the_words_of_a_topic_go_before_the_comfort_by_its_own_threshold():
    own = {("complaint", "nl"): replace(PROVED, value=0.6)}
    policy = replace(POLICY, thresholds=GroupThresholds(PROVED, own))
    upset = replace(reading(complaint=0.7), upset=0.9)
    assert decide(upset, Situation(), policy).topic == "complaint"
    assert decide(replace(upset, language="en"), Situation(), policy).topic is None


def test_that_a_message_without_any_topic_goes_to_a_person():
    decision = decide(reading(), Situation(), POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.HAND_OVER, "no_known_topic", None)


def test_that_a_message_that_more_likely_fits_nothing_goes_to_a_person_and_offers_no_topic():
    decision = decide(reading(parcel=0.3, warranty=0.19), Situation(), POLICY)
    assert (decision.kind, decision.code, decision.options) == (Kind.HAND_OVER, "no_known_topic", ())


def test_that_several_plausible_topics_are_offered_best_first():
    decision = decide(UNSURE, Situation(), POLICY)
    assert (decision.kind, decision.options) == (Kind.ASK, ("parcel", "warranty"))


def test_that_an_implausible_topic_is_not_offered():
    assert decide(reading(parcel=0.6, warranty=0.19), Situation(), POLICY).options == ("parcel",)


def test_that_more_topics_than_fit_on_buttons_go_to_a_person():
    policy = replace(POLICY, plausible=Plausible(0.0, 0.9, 100))
    four = reading(parcel=0.3, warranty=0.25, address=0.25, complaint=0.2)
    assert decide(four, Situation(), policy).code == "not_sure"
    assert len(decide(Reading(four.topics[:3]), Situation(), policy).options) == 3


def test_that_nobody_is_asked_twice_in_a_row():
    asked = after(Situation(), decide(UNSURE, Situation(), POLICY))
    decision = decide(UNSURE, asked, POLICY)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "not_sure")
    assert decision.failed


def test_that_asking_again_is_fine_once_something_was_answered_in_between():
    asked = after(Situation(), decide(UNSURE, Situation(), POLICY))
    answered = after(asked, decide(SURE, asked, POLICY))
    assert decide(UNSURE, answered, POLICY).kind is Kind.ASK


def test_that_a_topic_the_company_no_longer_has_is_neither_answered_nor_offered():
    decision = decide(reading(gone=0.99), Situation(), POLICY)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "no_known_topic")
    assert decide(reading(gone=0.4, parcel=0.35, warranty=0.25), Situation(), POLICY).options == ("parcel", "warranty")


# -- nothing without evidence


def test_that_nothing_is_automated_without_evidence_not_even_what_is_certain():
    decision = decide(
        reading(parcel=1.0), Situation(asked_last=True), replace(POLICY, thresholds=GroupThresholds(UNPROVED))
    )
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "no_proof_yet")


def test_that_without_evidence_a_customer_may_still_choose_the_topic_themselves():
    policy = replace(POLICY, thresholds=GroupThresholds(UNPROVED))
    assert decide(SURE, Situation(), policy).kind is Kind.ASK
    chosen = decide(SURE, Situation(asked_last=True, pressed=Pressed("topic", "parcel")), policy)
    assert (chosen.kind, chosen.code) == (Kind.ANSWER, "chosen")


# -- work for people


def test_that_a_topic_that_is_work_for_people_goes_to_a_person_with_its_name():
    decision = decide(reading(complaint=0.97), Situation(), POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.HAND_OVER, "people_topic", "complaint")


def test_that_what_may_be_work_for_people_goes_to_a_person_without_proof_and_without_its_own_words():
    for threshold in (PROVED, UNPROVED):
        decision = decide(reading(complaint=0.3), Situation(), replace(POLICY, thresholds=GroupThresholds(threshold)))
        assert (decision.kind, decision.code) == (Kind.HAND_OVER, "not_sure")


def test_that_choosing_a_topic_that_is_work_for_people_goes_to_a_person():
    decision = decide(UNSURE, Situation(pressed=Pressed("topic", "complaint")), POLICY)
    assert [reason.code for reason in decision.reasons] == ["people_topic", "chosen"]
    assert decision.kind is Kind.HAND_OVER


# -- buttons


def test_that_a_chosen_topic_is_answered_or_acted_on_without_further_proof():
    assert decide(UNSURE, Situation(pressed=Pressed("topic", "warranty")), POLICY).kind is Kind.ANSWER
    assert decide(UNSURE, Situation(pressed=Pressed("topic", "address")), POLICY).kind is Kind.ACT


@pytest.mark.parametrize(
    ("button", "code", "failed"),
    [("human", "wants_human", False), ("none", "none_of_these", True), ("wrong", "wrong_answer", True)],
)
def test_that_the_other_buttons_lead_to_a_person(button, code, failed):
    decision = decide(SURE, Situation(pressed=Pressed(button)), POLICY)
    assert (decision.kind, decision.code, decision.failed) == (Kind.HAND_OVER, code, failed)


def test_that_the_words_on_a_button_are_not_taken_for_a_feeling():
    angry = replace(UNSURE, upset=1.0, wants_human=1.0, vulnerable=1.0)
    assert decide(angry, Situation(pressed=Pressed("topic", "parcel")), POLICY).kind is Kind.ANSWER


@pytest.mark.parametrize("pressed", [Pressed("topic", "gone"), Pressed("topic"), Pressed("something new")])
def test_that_of_an_unknown_button_the_words_decide(pressed):
    assert decide(SURE, Situation(pressed=pressed), POLICY) == decide(SURE, Situation(), POLICY)


# -- failing


def test_that_the_same_question_again_is_not_answered_with_the_same_text():
    once = after(Situation(), decide(SURE, Situation(), POLICY))
    decision = decide(SURE, once, POLICY)
    assert (decision.kind, decision.code, decision.failed) == (Kind.ASK, "same_again", True)


def test_that_a_person_comes_when_the_same_question_comes_a_third_time():
    situation, kinds = Situation(), []
    for _ in range(3):
        decision = decide(SURE, situation, POLICY)
        situation = after(situation, decision)
        kinds.append(decision.kind)
    assert kinds == [Kind.ANSWER, Kind.ASK, Kind.HAND_OVER]
    assert decision.code == "failed_twice"


def test_that_a_repeated_question_after_another_failure_goes_to_a_person():
    decision = decide(SURE, Situation(failures=1, last_topic="parcel"), POLICY)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "failed_twice")


def test_that_an_action_may_be_asked_for_again():
    move = reading(address=0.97)
    once = after(Situation(), decide(move, Situation(), POLICY))
    assert decide(move, once, POLICY).kind is Kind.ACT


def test_that_an_action_goes_on_while_the_customer_gives_what_it_asked_for():
    waiting = Situation(action_waits=True, carries_on=True, action_topic="address")
    decision = decide(SURE, waiting, POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.ACT, "carrying_on", "address")
    assert not decision.failed


def test_that_a_bare_address_or_code_is_not_taken_for_a_feeling_but_words_beside_it_are():
    waiting = Situation(action_waits=True, carries_on=True, action_topic="address")
    misread = replace(SURE, upset=0.9)
    assert decide(misread, replace(waiting, bare=True), POLICY).code == "carrying_on"
    assert decide(misread, waiting, POLICY).code == "upset"


def test_that_help_makes_good_for_an_earlier_failure():
    once = Situation(failures=1)
    assert after(once, decide(SURE, once, POLICY)).failures == 0
    assert after(once, decide(Reading(courtesy="thanks"), once, POLICY)).failures == 1


def test_that_a_sure_change_of_subject_leaves_the_action():
    waiting = Situation(action_waits=True, action_topic="address")
    assert decide(SURE, waiting, POLICY) == decide(SURE, Situation(), POLICY)


def test_that_an_action_that_gets_no_answer_asks_once_more_and_then_a_person_comes():
    waiting = Situation(action_waits=True, action_topic="address")
    first = decide(UNSURE, waiting, POLICY)
    assert (first.kind, first.topic, first.failed) == (Kind.ACT, "address", True)
    second = decide(UNSURE, replace(waiting, failures=1), POLICY)
    assert (second.kind, second.code, second.topic) == (Kind.HAND_OVER, "failed_twice", "address")


# -- courtesy


@pytest.mark.parametrize("kind", ["thanks", "goodbye", "machine"])
def test_that_a_kind_word_is_answered_with_one(kind):
    decision = decide(Reading(courtesy=kind), Situation(), POLICY)
    assert (decision.kind, decision.code, decision.courtesy) == (Kind.ANSWER, "courtesy", kind)


def test_that_a_greeting_back_does_not_use_up_the_one_question():
    greeted = after(Situation(), decide(Reading(courtesy="greeting"), Situation(), POLICY))
    assert decide(reading(parcel=0.6), greeted, POLICY).kind is Kind.ASK


def test_that_a_yes_to_the_one_topic_offered_is_that_topic():
    offered = after(Situation(), decide(reading(parcel=0.6), Situation(), POLICY))
    assert offered.offered == ("parcel",)
    decision = decide(Reading(courtesy="yes"), offered, POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.ANSWER, "chosen", "parcel")


def test_that_a_no_to_the_one_topic_offered_brings_in_a_person():
    offered = after(Situation(), decide(reading(parcel=0.6), Situation(), POLICY))
    decision = decide(Reading(courtesy="no"), offered, POLICY)
    assert (decision.kind, decision.code, decision.failed) == (Kind.HAND_OVER, "none_of_these", True)


@pytest.mark.parametrize("offered", [("parcel", "warranty"), ("gone",), ("parcel", "gone")])
def test_that_a_yes_to_anything_else_chooses_no_topic(offered):
    assert decide(Reading(courtesy="yes"), Situation(asked_last=True, offered=offered), POLICY).code == "courtesy"


def test_that_a_yes_to_a_choice_of_several_gets_the_same_choice_once_more_and_then_a_person():
    asked = after(Situation(), decide(UNSURE, Situation(), POLICY))
    first = decide(Reading(courtesy="yes"), asked, POLICY)
    assert (first.kind, first.courtesy, first.options) == (Kind.ANSWER, "which", asked.offered)
    again = after(asked, first)
    assert decide(Reading(), replace(again, pressed=Pressed("topic", "parcel")), POLICY).code == "chosen"
    assert decide(Reading(courtesy="yes"), again, POLICY).code == "failed_twice"
    assert decide(UNSURE, again, POLICY).kind is Kind.HAND_OVER, "nobody is asked twice in a row"


def test_that_a_no_to_a_choice_of_several_brings_in_a_person():
    asked = after(Situation(), decide(UNSURE, Situation(), POLICY))
    assert decide(Reading(courtesy="no"), asked, POLICY).code == "none_of_these"


def test_that_a_yes_to_getting_a_colleague_gets_one_and_a_no_does_not():
    answered = after(Situation(), decide(SURE, Situation(), POLICY))
    asked = after(answered, decide(SURE, answered, POLICY))
    assert decide(Reading(courtesy="yes"), asked, POLICY).code == "wants_human"
    assert decide(Reading(courtesy="no"), asked, POLICY).code == "courtesy"


# -- what leans on the turn before


def just(read: Reading, follow_up: FollowUp | None) -> Situation:
    """Straight after a message that was answered or acted on."""
    return replace(after(Situation(), decide(read, Situation(), POLICY)), follow_up=follow_up)


ACTED = reading(address=0.97)


def test_that_what_an_answer_asked_for_goes_to_a_person_under_its_topic():
    decision = decide(UNSURE, just(SURE, FollowUp.DETAILS), POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.HAND_OVER, "gave_details", "parcel")
    assert not decision.failed


@pytest.mark.parametrize("follow_up", [FollowUp.DETAILS, FollowUp.OTHER])
def test_that_another_one_after_a_step_begins_the_same_step_again(follow_up):
    decision = decide(reading(parcel=0.4), just(ACTED, follow_up), POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.ACT, "follow_up", "address")


@pytest.mark.parametrize("follow_up", [FollowUp.OTHER, FollowUp.MORE])
def test_that_another_one_after_an_answer_is_asked_about_and_then_a_person_comes(follow_up):
    situation = just(SURE, follow_up)
    decision = decide(reading(warranty=0.3), situation, POLICY)
    assert (decision.kind, decision.code, decision.topic) == (Kind.ASK, "follow_up", "parcel")
    assert decide(reading(warranty=0.3), after(situation, decision), POLICY).kind is Kind.HAND_OVER


def test_that_a_few_words_that_fit_a_topic_are_read_as_that():
    assert decide(UNSURE, just(ACTED, FollowUp.MORE), POLICY).options
    assert decide(UNSURE, just(SURE, FollowUp.MORE), POLICY).options


def test_that_what_did_not_help_is_owned_up_to_once():
    situation = just(SURE, FollowUp.UNHELPED)
    decision = decide(UNSURE, situation, POLICY)
    assert (decision.kind, decision.code, decision.topic, decision.failed) == (Kind.ASK, "wrong_answer", "parcel", True)
    assert decide(UNSURE, replace(situation, failures=1), POLICY).kind is Kind.HAND_OVER
    assert decide(UNSURE, just(ACTED, FollowUp.UNHELPED), POLICY).code == "wrong_answer"


def test_that_bare_details_are_about_what_asked_for_them_however_often_a_topic_holds_such_details():
    assert decide(reading(warranty=0.97), just(SURE, FollowUp.DETAILS), POLICY).code == "gave_details"


@pytest.mark.parametrize("follow_up", [FollowUp.OTHER, FollowUp.MORE, FollowUp.UNHELPED])
def test_that_a_message_that_is_sure_by_itself_leans_on_nothing(follow_up):
    assert decide(reading(warranty=0.97), just(SURE, follow_up), POLICY).topic == "warranty"


@pytest.mark.parametrize("follow_up", FollowUp)
def test_that_nothing_is_leaned_on_after_a_kind_word(follow_up):
    answered = just(SURE, None)
    thanked = after(answered, decide(Reading(courtesy="thanks"), answered, POLICY))
    assert decide(UNSURE, replace(thanked, follow_up=follow_up), POLICY).code == "several_plausible"


def test_that_what_was_offered_counts_for_one_message_only():
    offered = after(Situation(), decide(reading(parcel=0.6), Situation(), POLICY))
    later = after(offered, decide(Reading(courtesy="thanks"), offered, POLICY))
    assert later.offered == ()
    assert decide(Reading(courtesy="yes"), later, POLICY).code == "courtesy"


# -- what follows from a decision


def test_that_once_handed_over_a_conversation_is_with_a_person():
    handed = after(Situation(), decide(reading(), Situation(), POLICY))
    assert handed.with_person
    assert after(handed, decide(SURE, handed, POLICY)).with_person


def test_that_failures_are_counted_and_buttons_are_forgotten():
    pressed = Situation(pressed=Pressed("wrong"), carries_on=True)
    later = after(pressed, decide(SURE, pressed, POLICY))
    assert (later.failures, later.pressed, later.carries_on) == (1, None, False)


# -- whatever comes

SHARE = st.floats(0, 1)
NAMES = st.sampled_from([*RESOLUTIONS, "gone"])


@st.composite
def readings(draw):
    names = draw(st.lists(NAMES, unique=True, max_size=5))
    parts = sorted((draw(SHARE) for _ in names), reverse=True)
    total = max(sum(parts), 1.0)
    topics = tuple((name, part / total) for name, part in zip(names, parts, strict=True))
    courtesy = draw(st.sampled_from([None, None, None, "greeting", "thanks", "goodbye", "yes", "no", "machine"]))
    language = draw(st.sampled_from(["nl", "en", "unknown"]))
    return Reading(topics, draw(SHARE), draw(SHARE), draw(SHARE), courtesy, language)


@st.composite
def policies(draw):
    value = st.none() | SHARE
    groups = st.tuples(st.sampled_from(list(RESOLUTIONS)), st.sampled_from(["", "nl", "en"]))
    own = {group: replace(PROVED, value=number) for group, number in draw(st.dictionaries(groups, value)).items()}
    thresholds = GroupThresholds(replace(PROVED, value=draw(value)), own)
    alarms = [Alarm(draw(SHARE), 0.0, 0.0, 10) for _ in range(3)]
    plausible = Plausible(draw(SHARE), 0.9, 100)
    archive = draw(st.none() | st.builds(Alarm, SHARE, st.just(0.0), st.just(0.0), st.just(10)))
    return Policy(
        thresholds, RESOLUTIONS, *alarms, plausible, draw(st.integers(0, 4)), draw(st.integers(1, 3)), archive
    )


PRESSED = st.none() | st.builds(
    Pressed, st.sampled_from(["topic", "none", "human", "wrong", "else"]), st.none() | NAMES
)
FOLLOWING = st.none() | st.sampled_from(FollowUp)
SITUATIONS = st.builds(
    Situation,
    takeover=SHARE,
    with_person=st.booleans(),
    failures=st.integers(0, 4),
    asked_last=st.booleans(),
    last_topic=st.none() | NAMES,
    action_waits=st.booleans(),
    carries_on=st.booleans(),
    bare=st.booleans(),
    offered=st.lists(NAMES, unique=True, max_size=3).map(tuple),
    action_topic=st.none() | st.sampled_from(list(RESOLUTIONS)),
    just_resolved=st.booleans(),
    follow_up=FOLLOWING,
    pressed=PRESSED,
)


@given(readings(), SITUATIONS, policies())
def test_that_a_decision_is_made_on_anything_and_can_be_said_in_every_language(read, situation, policy):
    decision = decide(read, situation, policy)
    for language in ("nl", "en"):
        said = decision.as_json(language)
        assert said["reasons"]
        assert all(said["reasons"])
        assert 0 <= said["probability_right"] <= 1
    assert isinstance(after(situation, decision), Situation)


@given(readings(), SITUATIONS, policies())
def test_that_nothing_below_the_threshold_is_answered_unless_the_customer_chose_it_or_is_in_the_middle_of_it(
    read, situation, policy
):
    decision = decide(read, situation, policy)
    if decision.kind in (Kind.ANSWER, Kind.ACT) and decision.code not in (
        "chosen",
        "carrying_on",
        "courtesy",
        "follow_up",
    ):
        assert decision.code == "sure"
        assert (decision.topic, decision.probability_right) == read.topics[0]
        own = policy.thresholds.of(decision.topic, read.language).value
        assert own is not None
        assert decision.probability_right >= own
    if decision.code == "chosen":
        pressed = situation.pressed is not None and situation.pressed.topic == decision.topic
        assert pressed or (read.courtesy == "yes" and situation.offered == (decision.topic,))
    if decision.code == "carrying_on":
        assert situation.action_waits or situation.carries_on
    if decision.code == "courtesy":
        assert decision.topic is None
    if decision.code == "follow_up":
        assert decision.topic == situation.last_topic
        assert decision.kind is not Kind.ANSWER


@given(readings(), SITUATIONS, policies(), SHARE, SHARE, SHARE)
def test_that_stronger_feelings_only_ever_move_a_conversation_towards_a_person(
    read, situation, policy, wants, vulnerable, upset
):
    calm = decide(read, situation, policy)
    stronger = replace(read, wants_human=max(read.wants_human, wants), vulnerable=max(read.vulnerable, vulnerable),
                       upset=max(read.upset, upset))  # fmt: skip
    moved = decide(stronger, situation, policy)
    assert moved == calm or moved.kind is Kind.HAND_OVER


@given(readings(), SITUATIONS, policies())
def test_that_only_topics_the_company_has_are_offered_and_never_too_many(read, situation, policy):
    decision = decide(read, situation, policy)
    assert len(decision.options) <= policy.most_options
    assert set(decision.options) <= set(RESOLUTIONS)
    assert (decision.kind is Kind.ASK) or (decision.courtesy == "which") or not decision.options


@given(st.lists(st.tuples(readings(), PRESSED, st.booleans(), FOLLOWING), min_size=2, max_size=8), policies())
def test_that_in_no_conversation_anything_is_asked_twice_in_a_row(messages, policy):
    situation, kinds = Situation(), []
    for read, pressed, waits, follow_up in messages:
        now = replace(situation, pressed=pressed, action_waits=waits, follow_up=follow_up)
        decision = decide(read, now, policy)
        situation = after(situation, decision)
        kinds.append(decision.kind)
    assert (Kind.ASK, Kind.ASK) not in itertools.pairwise(kinds)


@given(st.lists(st.tuples(readings(), PRESSED, FOLLOWING), min_size=2, max_size=12))
def test_that_a_person_comes_at_the_latest_when_the_assistant_failed_twice(messages):
    situation = Situation()
    for read, pressed, follow_up in messages:
        now = replace(situation, pressed=pressed, follow_up=follow_up)
        situation = after(now, decide(read, now, POLICY))
        if situation.failures >= 2:
            assert situation.with_person


# -- several matters in one message


def both(**shares: float) -> Reading:
    """A message about these topics in this order, each part read with this probability."""
    whole = tuple((name, share / 2) for name, share in shares.items())
    return Reading(whole, parts=tuple(Part(((name, share),)) for name, share in shares.items()))


def test_that_several_matters_are_answered_in_order_when_all_of_them_are_sure():
    decision = decide(both(warranty=0.98, parcel=0.99), Situation(), POLICY)
    assert (decision.kind, decision.code, decision.topics) == (Kind.ANSWER, "sure", ("warranty", "parcel"))
    assert decision.probability_right == pytest.approx(0.98 * 0.99)


def test_that_each_matter_counts_once_more_against_the_threshold():
    share = 0.9 ** (1 / 4)  # two parts: the product, squared, is just the threshold
    assert decide(both(warranty=share + 1e-6, parcel=share + 1e-6), Situation(), POLICY).kind is Kind.ANSWER
    assert decide(both(warranty=share - 1e-6, parcel=share - 1e-6), Situation(), POLICY).kind is Kind.ASK


@pytest.mark.parametrize(
    ("shares", "begins"),
    [({"address": 0.99, "parcel": 0.99}, "address"), ({"parcel": 0.99, "address": 0.99}, "address")],
)
def test_that_an_action_among_them_is_what_is_under_way_afterwards(shares, begins):
    decision = decide(both(**shares), Situation(), POLICY)
    assert (decision.kind, decision.topics) == (Kind.ACT, tuple(shares))
    assert after(Situation(), decision).action_topic == begins


def test_that_one_piece_of_work_for_people_among_them_brings_in_a_person_for_all():
    decision = decide(both(parcel=0.99, complaint=0.99), Situation(), POLICY)
    assert (decision.kind, decision.code) == (Kind.HAND_OVER, "people_topic")
    assert set(decision.topics) == {"parcel", "complaint"} and decision.topic == "complaint"
    unsure = decide(both(parcel=0.99, complaint=0.6), Situation(), POLICY)
    assert (unsure.kind, unsure.code, unsure.topics) == (Kind.HAND_OVER, "not_sure", ("parcel", "complaint"))


@pytest.mark.parametrize("sense", ["wants_human", "vulnerable", "upset"])
def test_that_an_alarm_comes_before_several_matters_too(sense):
    assert decide(replace(both(parcel=0.99, warranty=0.99), **{sense: 0.6}), Situation(), POLICY).code == sense


def test_that_several_matters_that_are_not_sure_are_offered_together_and_never_twice_in_a_row():
    unsure = both(parcel=0.9, warranty=0.7)
    asked = decide(unsure, Situation(), POLICY)
    assert (asked.kind, asked.code, asked.options) == (Kind.ASK, "several_matters", ("parcel", "warranty"))
    again = decide(unsure, after(Situation(), asked), POLICY)
    assert (again.kind, again.failed, again.topics) == (Kind.HAND_OVER, True, ("parcel", "warranty"))


@pytest.mark.parametrize("said", [{"pressed": Pressed("all")}, {"courtesy": "yes"}])
def test_that_choosing_both_or_saying_yes_resolves_both_in_order(said):
    asked = after(Situation(), decide(both(parcel=0.9, address=0.7), Situation(), POLICY))
    situation = replace(asked, pressed=said.get("pressed"))
    decision = decide(Reading(courtesy=said.get("courtesy")), situation, POLICY)
    assert (decision.kind, decision.code, decision.topics) == (Kind.ACT, "chosen", ("parcel", "address"))


def test_that_an_old_button_for_both_does_nothing_by_itself():
    asked = after(Situation(), decide(UNSURE, Situation(), POLICY))
    assert decide(reading(), replace(asked, pressed=Pressed("all")), POLICY).kind is Kind.HAND_OVER


def test_that_a_topic_the_company_no_longer_has_makes_it_one_matter():
    found = replace(both(parcel=0.99, gone=0.99), topics=(("parcel", 0.95),))
    assert decide(found, Situation(), POLICY).topics == ("parcel",)


def test_that_without_proof_several_matters_are_only_offered():
    policy = replace(POLICY, thresholds=GroupThresholds(UNPROVED))
    assert decide(both(parcel=1.0, warranty=1.0), Situation(), policy).kind is Kind.ASK


def test_that_a_second_matter_that_comes_back_counts_as_not_helped():
    answered = after(Situation(), decide(both(parcel=0.99, warranty=0.99), Situation(), POLICY))
    assert decide(reading(warranty=0.97), answered, POLICY).code == "same_again"
    again = decide(both(warranty=0.99, parcel=0.99), answered, POLICY)
    assert (again.kind, again.code, again.failed) == (Kind.HAND_OVER, "same_again", True)


# -- asking well


def test_that_the_reason_says_whether_one_topic_seems_to_fit_or_several():
    one, several = reading(parcel=0.7, warranty=0.1), UNSURE
    assert [decide(read, Situation(), POLICY).code for read in (one, several)] == ["one_plausible", "several_plausible"]


def test_that_a_word_beside_the_matter_is_no_failure_while_an_action_waits():
    waits = Situation(action_waits=True, action_topic="address", failures=1)
    decision = decide(Reading(courtesy="yes"), replace(waits, beside=True), POLICY)
    assert (decision.kind, decision.code, decision.failed) == (Kind.ACT, "carrying_on", False)
    assert decide(Reading(), waits, POLICY).kind is Kind.HAND_OVER


def test_that_what_others_get_to_see_names_the_topics_that_are_asked_about():
    asked = Decision(Kind.ASK, (Reason("several_plausible"),), "return_item", 0.4, ("return_item", "gift_card"))
    assert asked.as_json("en")["options"] == ["return_item", "gift_card"]
    assert Decision(Kind.HAND_OVER, (Reason("no_known_topic"),)).as_json("en")["options"] == []
