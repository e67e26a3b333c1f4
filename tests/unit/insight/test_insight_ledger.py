"""The ledger's rules, each with a case that it decides and one that it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from handdruk.core.words import OutcomeKind
from handdruk.insight.ledger import Action, Answered, By, Ending, Later, ending, look_again

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWERED = Answered(AT, "warranty")


def told(*later: Later, after: timedelta = 2 * HOUR, answered: Answered = ANSWERED) -> Ending | None:
    return ending(answered, later, AT + after)


def event(after: timedelta, code: str, topic: str = "", courtesy: str = "", elsewhere: bool = False) -> Later:
    return Later(AT + after, code, topic, courtesy, elsewhere)


THANKS = event(MINUTE, "courtesy", courtesy="thanks")
PERSON = event(MINUTE, "wants_human")


def test_that_nothing_is_said_before_anything_happened():
    assert told() is None
    assert told(after=3 * DAY) is None


def test_that_silence_for_three_days_is_assumed_right_and_only_that():
    assert told(after=3 * DAY + MINUTE) == Ending(OutcomeKind.ASSUMED, By.QUIET)


@pytest.mark.parametrize("kind", [OutcomeKind.CONFIRMED, OutcomeKind.WRONG])
def test_that_the_customers_own_word_wins_from_everything_else(kind):
    answered = Answered(AT, "warranty", word=kind)
    assert told(event(MINUTE, "same_again", "warranty"), THANKS, answered=answered) == Ending(kind, By.WORD)


@pytest.mark.parametrize("code", ["same_again", "failed_twice", "none_of_these", "wrong_answer"])
def test_that_this_was_not_it_makes_it_wrong(code):
    assert told(event(MINUTE, code)) == Ending(OutcomeKind.WRONG, By.NOT_IT)


def test_that_a_kind_word_does_not_hide_that_the_question_came_back():
    assert told(THANKS, event(5 * MINUTE, "same_again", "warranty")) == Ending(OutcomeKind.WRONG, By.NOT_IT)


@pytest.mark.parametrize(
    "code", ["wants_human", "upset", "vulnerable", "archive_says", "not_sure", "no_known_topic", "action_failed"]
)
def test_that_a_person_straight_after_it_reopens_it(code):
    assert told(event(MINUTE, code)) == Ending(OutcomeKind.REOPENED, By.PERSON)


def test_that_what_follows_something_else_is_about_that():
    assert told(event(MINUTE, "sure", "opening_hours"), event(2 * MINUTE, "same_again", "opening_hours")) is None
    assert told(event(MINUTE, "chosen", "opening_hours"), event(2 * MINUTE, "wants_human")) is None


def test_that_after_an_hour_it_is_not_about_this_answer():
    assert told(event(HOUR + MINUTE, "wants_human")) is None
    assert told(event(HOUR + MINUTE, "courtesy", courtesy="thanks")) is None


@pytest.mark.parametrize("courtesy", ["thanks", "goodbye", "yes"])
def test_that_a_kind_word_straight_after_it_confirms_it(courtesy):
    assert told(event(MINUTE, "courtesy", courtesy=courtesy)) == Ending(OutcomeKind.CONFIRMED, By.KIND_WORD)


@pytest.mark.parametrize("courtesy", ["greeting", "no", "machine"])
def test_that_other_small_words_confirm_nothing(courtesy):
    assert told(event(MINUTE, "courtesy", courtesy=courtesy)) is None


def test_that_a_person_counts_for_more_than_thanks():
    assert told(THANKS, PERSON) == Ending(OutcomeKind.REOPENED, By.PERSON)


@pytest.mark.parametrize(("after", "elsewhere"), [(2 * HOUR, False), (7 * DAY, False), (MINUTE, True), (6 * DAY, True)])
def test_that_coming_back_with_the_same_question_within_a_week_reopens_it(after, elsewhere):
    back = event(after, "sure", "warranty", elsewhere=elsewhere)
    assert told(back, after=8 * DAY) == Ending(OutcomeKind.REOPENED, By.CAME_BACK)


@pytest.mark.parametrize(
    ("after", "topic", "elsewhere"),
    [(7 * DAY + MINUTE, "warranty", False), (DAY, "opening_hours", False), (MINUTE, "warranty", False)],
)
def test_that_later_or_another_question_or_at_once_is_no_coming_back(after, topic, elsewhere):
    ended = told(event(after, "sure", topic, elsewhere=elsewhere), after=8 * DAY)
    assert ended == Ending(OutcomeKind.ASSUMED, By.QUIET)


def test_that_a_person_asked_for_in_another_conversation_says_nothing_of_this_answer():
    assert told(event(MINUTE, "wants_human", elsewhere=True)) is None


def test_that_an_action_not_done_after_a_day_or_stopped_is_abandoned():
    begun = Answered(AT, "change_address", Action.OPEN)
    assert told(answered=begun, after=DAY) is None
    assert told(answered=begun, after=DAY + MINUTE) == Ending(OutcomeKind.ABANDONED, By.LEFT)
    assert told(answered=Answered(AT, "change_address", Action.STOPPED)) == Ending(OutcomeKind.ABANDONED, By.LEFT)


@pytest.mark.parametrize("action", [Action.DONE, Action.REFUSED])
def test_that_an_action_that_came_to_its_end_is_not_abandoned(action):
    answered = Answered(AT, "change_address", action)
    assert told(answered=answered, after=4 * DAY) == Ending(OutcomeKind.ASSUMED, By.QUIET)


def test_that_an_entry_is_looked_at_when_time_can_tell_more_and_final_after_a_week():
    waits = [look_again(AT, AT + after) for after in (MINUTE, HOUR, 2 * DAY, 6 * DAY, 7 * DAY)]
    assert waits == [AT + HOUR, AT + DAY, AT + 3 * DAY, AT + 7 * DAY, None]
