"""Conversations: numbered without gaps, held by exactly one, opened by one key, and known again."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from handdruk.core.clock import now
from handdruk.core.ids import fingerprint
from handdruk.core.words import Author, Holder, OutcomeKind
from handdruk.relationship import delivery, queries
from handdruk.relationship.commands import (
    NotAllowed,
    close,
    give_turn,
    locked,
    open_conversation,
    record_outcome,
    reopen,
    saw,
    say,
    verified,
)
from handdruk.relationship.models import Conversation, Customer, Identity, Message, Outcome
from handdruk.work.models import Job
from handdruk.work.worker import run_next

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversation() -> Conversation:
    return open_conversation("web", "nl")[0]


@pytest.fixture
def sanne() -> User:
    return User.objects.create_user("sanne", first_name="Sanne")


def in_threads(function, count: int) -> list[BaseException]:
    """Runs this so many times at the same moment, each with a connection of its own; what went wrong."""
    ready, errors = threading.Barrier(count), []

    def go(number):
        try:
            ready.wait()
            function(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def numbers(conversation: Conversation) -> list[int]:
    return list(conversation.messages.order_by("number").values_list("number", flat=True))


# -- numbering


def test_that_messages_are_numbered_without_gaps_by_eight_who_write_at_once(conversation):
    def write(who):
        for number in range(10):
            with locked(conversation.pk) as held:
                say(held, Author.CUSTOMER, f"{who} {number}")

    assert in_threads(write, 8) == []
    assert numbers(conversation) == list(range(1, 81))
    conversation.refresh_from_db()
    assert (conversation.last_number, conversation.revision) == (80, 80)
    for who in range(8):  # and nobody's own order was mixed up
        mine = conversation.messages.filter(text__startswith=f"{who} ").order_by("number")
        assert [message.text for message in mine] == [f"{who} {number}" for number in range(10)]


def test_that_a_message_that_was_undone_leaves_no_gap(conversation):
    with locked(conversation.pk) as held:
        say(held, Author.CUSTOMER, "one")
    with pytest.raises(ZeroDivisionError), locked(conversation.pk) as held:
        say(held, Author.CUSTOMER, "undone")
        raise ZeroDivisionError
    with locked(conversation.pk) as held:
        say(held, Author.CUSTOMER, "two")
    assert numbers(conversation) == [1, 2]


def test_that_two_conversations_are_numbered_each_for_itself():
    both = [open_conversation("web", "nl")[0] for _ in range(2)]
    for one in both:
        with locked(one.pk) as held:
            assert say(held, Author.CUSTOMER, "x").number == 1


def test_that_the_same_client_id_is_stored_once_even_when_it_comes_twice_at_once(conversation):
    def write(_):
        with locked(conversation.pk) as held:
            say(held, Author.CUSTOMER, "x", client_id="c1")

    errors = in_threads(write, 4)
    assert [type(error) for error in errors] == [IntegrityError] * 3
    assert numbers(conversation) == [1]
    with locked(conversation.pk) as held:
        assert say(held, Author.CUSTOMER, "y", client_id="c2").number == 2


def test_that_another_conversation_may_use_the_same_client_id(conversation):
    other, _ = open_conversation("web", "nl")
    for one in (conversation, other):
        with locked(one.pk) as held:
            say(held, Author.CUSTOMER, "x", client_id="c1")
            say(held, Author.CUSTOMER, "without one")
            say(held, Author.CUSTOMER, "without one either")
    assert Message.objects.filter(client_id="c1").count() == 2


# -- the turn


def test_that_the_assistant_is_refused_while_a_colleague_has_the_turn(conversation, sanne):
    with locked(conversation.pk) as held:
        give_turn(held, Holder.COLLEAGUE, sanne)
    with pytest.raises(NotAllowed), locked(conversation.pk) as held:
        say(held, Author.ASSISTANT, "one more thing")
    assert numbers(conversation) == []
    with locked(conversation.pk) as held:
        say(held, Author.COLLEAGUE, "hello", colleague=sanne)
        say(held, Author.CUSTOMER, "hello")
        give_turn(held, Holder.ASSISTANT)
        say(held, Author.ASSISTANT, "back again")
    assert numbers(conversation) == [1, 2, 3]


def test_that_whoever_has_the_turn_is_looked_up_under_the_lock_and_not_remembered(conversation, sanne):
    remembered = Conversation.objects.get(pk=conversation.pk)
    with locked(conversation.pk) as held:
        give_turn(held, Holder.COLLEAGUE, sanne)
    assert remembered.holder == Holder.ASSISTANT
    with pytest.raises(NotAllowed), locked(remembered.pk) as held:
        say(held, Author.ASSISTANT, "too late")


@pytest.mark.parametrize("holder", [Holder.ASSISTANT, Holder.QUEUE])
def test_that_a_colleague_is_named_when_they_have_the_turn_and_only_then(conversation, sanne, holder):
    with pytest.raises(IntegrityError), locked(conversation.pk) as held:
        give_turn(held, Holder.COLLEAGUE)
    with pytest.raises(IntegrityError), locked(conversation.pk) as held:
        give_turn(held, holder, sanne)
    conversation.refresh_from_db()
    assert conversation.holder == Holder.ASSISTANT


def test_that_a_closed_conversation_goes_back_to_the_assistant_and_may_be_opened_again(conversation, sanne):
    with locked(conversation.pk) as held:
        give_turn(held, Holder.COLLEAGUE, sanne)
        close(held)
    conversation.refresh_from_db()
    assert (conversation.is_open, conversation.holder, conversation.colleague) == (False, "assistant", None)
    with locked(conversation.pk) as held:
        reopen(held)
    conversation.refresh_from_db()
    assert conversation.is_open


# -- the key


def test_that_only_the_token_opens_a_conversation_and_it_is_not_what_is_stored():
    conversation, token = open_conversation("web", "nl")
    _, theirs = open_conversation("web", "nl")
    assert queries.conversation_of(conversation.key, token) == conversation
    for wrong in (theirs, "", token[:-1], token + "x", conversation.token_hash, fingerprint(token), "é"):
        assert queries.conversation_of(conversation.key, wrong) is None
    assert queries.conversation_of("another", token) is None
    assert token not in str(Conversation.objects.values())


# -- the customer


def prove(conversation: Conversation, email: str) -> None:
    with locked(conversation.pk) as held:
        verified(held, email)
    conversation.refresh_from_db()


def test_that_a_stranger_who_proves_an_address_is_known_by_it_from_now_on(conversation):
    stranger = conversation.customer
    prove(conversation, "anna@example.com")
    assert conversation.customer == stranger
    assert queries.verified_email(conversation) == "anna@example.com"
    identity = Identity.objects.get()
    assert (identity.customer, identity.kind, identity.value) == (stranger, "email", "anna@example.com")


def test_that_a_stranger_who_proves_a_known_address_is_the_customer_who_had_it(conversation):
    prove(conversation, "anna@example.com")
    long_ago = now() - timedelta(days=30)
    Identity.objects.update(verified_at=long_ago)
    later, _ = open_conversation("web", "en")
    assert later.customer != conversation.customer
    prove(later, "anna@example.com")
    assert later.customer == conversation.customer
    assert set(conversation.customer.conversations.all()) == {conversation, later}
    assert Identity.objects.get().verified_at > long_ago


def test_that_two_addresses_are_two_customers(conversation):
    other, _ = open_conversation("web", "nl")
    prove(conversation, "anna@example.com")
    prove(other, "bram@example.com")
    assert conversation.customer != other.customer
    assert Identity.objects.count() == 2


def test_that_a_known_customer_keeps_their_name_when_a_stranger_turns_out_to_be_them(conversation):
    prove(conversation, "anna@example.com")
    Customer.objects.filter(pk=conversation.customer_id).update(name="Anna")
    later, _ = open_conversation("web", "en")
    prove(later, "anna@example.com")
    assert later.customer.name == "Anna"


def test_that_a_proof_counts_for_half_a_day(conversation):
    prove(conversation, "anna@example.com")
    conversation.verified_at = now() - queries.VERIFIED_FOR - timedelta(seconds=1)
    assert queries.verified_email(conversation) is None
    assert queries.verified_email(open_conversation("web", "nl")[0]) is None


# -- reading


def test_that_what_is_new_comes_in_order_and_a_page_at_a_time(conversation):
    with locked(conversation.pk) as held:
        for number in range(queries.PAGE + 5):
            say(held, Author.CUSTOMER, str(number))
    page = [message.number for message in queries.messages_after(conversation, 0)]
    assert page == list(range(1, queries.PAGE + 1))
    assert [message.number for message in queries.messages_after(conversation, page[-1])] == list(
        range(queries.PAGE + 1, queries.PAGE + 6)
    )
    assert [message.number for message in queries.last_messages(conversation, count=3)] == [203, 204, 205]
    assert [message.number for message in queries.last_messages(conversation, before=203, count=2)] == [201, 202]


def test_that_a_screen_never_has_seen_less_than_before(conversation):
    for number, seen in ((3, 3), (2, 3), (5, 5)):
        saw(conversation, number)
        conversation.refresh_from_db()
        assert conversation.seen_number == seen
    stale = Conversation(pk=conversation.pk, seen_number=0)
    saw(stale, 4)
    conversation.refresh_from_db()
    assert (conversation.seen_number, conversation.revision) == (5, 0)


def test_that_a_later_word_on_an_answer_replaces_the_earlier_one(conversation):
    with locked(conversation.pk) as held:
        record_outcome(held, 2, OutcomeKind.ASSUMED, Author.ASSISTANT)
        record_outcome(held, 2, OutcomeKind.WRONG, Author.CUSTOMER)
        record_outcome(held, None, OutcomeKind.ABANDONED, Author.ASSISTANT)
        record_outcome(held, None, OutcomeKind.CONFIRMED, Author.CUSTOMER)
    assert set(Outcome.objects.values_list("number", "kind", "by")) == {
        (2, "wrong", "customer"), (None, "confirmed", "customer"),
    }  # fmt: skip


# -- delivery


@pytest.fixture
def post(monkeypatch):
    """A channel that fails as long as it is told to; what it delivered, by key."""
    sent: list[tuple[str, str]] = []
    trouble: list[Exception] = []

    def deliver(message: Message, key: str) -> None:
        if trouble:
            raise trouble.pop()
        sent.append((key, message.text))

    channel = delivery.Channel("post", wanted=lambda conversation: conversation.language == "nl", deliver=deliver)
    monkeypatch.setitem(delivery.CHANNELS, "post", channel)
    return sent, trouble


def test_that_what_is_said_to_the_customer_is_delivered_once_under_one_key(post):
    sent, trouble = post
    conversation, _ = open_conversation("post", "nl")
    with locked(conversation.pk) as held:
        say(held, Author.CUSTOMER, "a question")
        said = say(held, Author.ASSISTANT, "an answer")
    trouble.append(ConnectionError())
    assert run_next()
    assert sent == []
    Job.objects.update(run_at=now())
    assert run_next()
    assert not run_next()
    assert sent == [(f"message-{said.pk}", "an answer")]


def test_that_an_answer_that_was_undone_is_not_delivered(post):
    conversation, _ = open_conversation("post", "nl")
    with pytest.raises(ZeroDivisionError), locked(conversation.pk) as held:
        say(held, Author.ASSISTANT, "never")
        raise ZeroDivisionError
    assert not run_next()


def test_that_nothing_is_delivered_where_nothing_is_wanted(post):
    conversation, _ = open_conversation("post", "en")
    with locked(conversation.pk) as held:
        say(held, Author.ASSISTANT, "an answer")
    assert not Job.objects.exists()


def test_that_two_who_prove_the_same_new_address_at_once_are_one_customer():
    both = [open_conversation("web", "nl")[0] for _ in range(2)]
    errors = in_threads(lambda number: prove(both[number], "anna@example.com"), 2)
    # On PostgreSQL the second may fail the first time; its turn is then taken again by a worker.
    assert [type(error) for error in errors] in ([], [IntegrityError])
    for one in both:
        prove(one, "anna@example.com")
    assert both[0].customer == both[1].customer
    assert Identity.objects.count() == 1


def test_that_a_conversation_that_does_not_exist_cannot_be_locked():
    with pytest.raises(Conversation.DoesNotExist), locked(12345):
        raise AssertionError("nobody can have it")
    assert not transaction.get_connection().in_atomic_block
