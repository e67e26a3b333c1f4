"""Jobs: enqueued with the fact, claimed by one, kept alive while they last, tried again, and given up with a word."""

import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection, transaction

from handdruk.core.clock import now
from handdruk.work import commands
from handdruk.work.commands import back_off, beat, claim, fail, finish
from handdruk.work.define import JOBS, RECURRING, Permanent, recurring, under_way
from handdruk.work.models import Job, JobState, Recurring
from handdruk.work.names import LEASE
from handdruk.work.worker import run, run_begun, run_next
from tests.integration.work.chores import broken, done, fragile, hopeless, note, raising

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "another:1:process"


def only() -> Job:
    return Job.objects.exclude(name__endswith=".dead").get()


def in_threads(*functions) -> None:
    """Runs these at the same moment, each with a connection of its own."""
    ready, errors = threading.Barrier(len(functions)), []

    def go(function):
        try:
            ready.wait()
            function()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


# -- enqueueing


def test_that_a_job_is_done_once_with_its_arguments():
    note.enqueue(what={"list": [1, "é"]})
    assert run_next()
    assert not run_next()
    assert done == [{"list": [1, "é"]}]
    assert (only().state, only().lease_until, only().error) == (JobState.DONE, None, "")
    assert only().finished_at is not None


def test_that_a_job_enqueued_in_a_transaction_that_rolls_back_never_exists():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue(what="never")
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert not run_next()


def test_that_a_job_is_invisible_until_its_fact_is_certain():
    def look():
        assert claim() is None

    with transaction.atomic():
        note.enqueue(what="soon")
        if connection.vendor == "postgresql":  # on SQLite the other thread would wait for this transaction to end
            in_threads(look)
    assert run_next()


def test_that_nothing_is_done_before_its_time(later):
    note.enqueue(what="later", run_at=now() + timedelta(hours=1))
    assert not run_next()
    later(timedelta(hours=1))
    assert run_next()


def test_that_what_was_due_first_is_done_first():
    note.enqueue(what="second", run_at=now() - timedelta(seconds=1))
    note.enqueue(what="first", run_at=now() - timedelta(seconds=2))
    while run_next():
        pass
    assert done == ["first", "second"]


def test_that_the_same_key_is_the_same_job_even_when_it_was_done():
    for _ in range(2):
        note.enqueue(what="once", key="k")
        note.enqueue(what="once", key="k")
        run_next()
    assert done == ["once"]
    assert Job.objects.count() == 1


def test_that_jobs_without_a_key_do_not_collide():
    note.enqueue(what=1)
    note.enqueue(what=1)
    assert Job.objects.count() == 2


def test_that_of_many_who_enqueue_the_same_key_at_once_one_does_and_no_transaction_is_spoilt():
    kept = []

    def enqueue():
        with transaction.atomic():
            note.enqueue(what="once", key="k")
            Recurring.objects.create(name=f"fact {threading.get_ident()}", next_at=now())
        kept.append(True)

    in_threads(*[enqueue] * 8)
    assert (len(kept), Job.objects.count(), Recurring.objects.count()) == (8, 1, 8)


# -- claiming


def test_that_a_claimed_job_is_nobody_elses_until_its_lease_has_passed(later):
    note.enqueue(what="x")
    claimed = claim()
    assert claimed is not None
    assert (claimed.state, claimed.attempts) == (JobState.RUNNING, 1)
    assert abs(only().lease_until - (now() + LEASE)) < timedelta(seconds=5)
    assert claim() is None
    later(LEASE + timedelta(seconds=1))
    again = claim()
    assert again is not None
    assert again.attempts == 2


def test_that_many_claim_every_job_exactly_once():
    for number in range(40):
        note.enqueue(what=number)

    def work():
        while run_next():
            pass

    in_threads(*[work] * 4)
    assert sorted(done) == list(range(40))
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_that_the_heartbeat_keeps_the_lease_of_what_is_under_way(later):
    note.enqueue(what="long")
    claim()
    later(LEASE - timedelta(seconds=1))
    beat()
    later(LEASE - timedelta(seconds=1))
    assert claim() is None


def test_that_the_heartbeat_lets_go_of_what_nobody_is_doing_any_more(later):
    fragile.enqueue(what="x")
    broken["x"] = ValueError()
    with mock.patch.object(commands, "back_off", raising(RuntimeError("the database is gone"))):
        assert run_next()
    assert only().state == JobState.RUNNING, "how it went could not be stored"
    later(LEASE - timedelta(seconds=1))
    beat()
    later(timedelta(seconds=2))
    broken.clear()
    assert run_next()
    assert done == ["x"]


def test_that_the_heartbeat_leaves_other_processes_jobs_alone(later):
    note.enqueue(what="x")
    job = claim()
    Job.objects.update(worker=ELSEWHERE)
    before = only().lease_until
    beat()
    assert only().lease_until == before
    assert job is not None


def test_that_whoever_comes_back_too_late_does_not_spoil_what_another_is_doing(later):
    fragile.enqueue(what="x")
    job = claim()
    assert job is not None
    Job.objects.update(worker=ELSEWHERE)  # the lease had passed and another process took it
    fail(job.pk, ValueError())
    assert (only().state, only().worker, only().error) == (JobState.RUNNING, ELSEWHERE, "")


def test_that_a_process_that_is_alone_takes_back_everything_at_once():
    note.enqueue(what="theirs")
    claim()
    Job.objects.update(worker=ELSEWHERE)
    note.enqueue(what="mine")
    mine = claim()
    assert commands.recover_all() == 1
    assert run_next()
    assert not run_next()
    assert done == ["theirs"]
    assert mine is not None
    assert Job.objects.get(pk=mine.pk).state == JobState.RUNNING


# -- beginning at once


def test_that_a_begun_job_is_left_to_whoever_began_it():
    with transaction.atomic():
        job = note.begin(key="k", what="now")
    assert not run_next()
    run_begun(job)
    assert done == ["now"]
    assert only().state == JobState.DONE


def test_that_a_worker_does_a_begun_job_when_the_lease_of_a_dead_process_has_passed(later):
    with transaction.atomic():
        note.begin(key="k", what="left behind")
    later(LEASE + timedelta(seconds=1))
    assert run_next()
    assert done == ["left behind"]


def test_that_a_job_begun_in_a_transaction_that_rolls_back_was_never_begun():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.begin(key="k", what="never")
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert not under_way


def test_that_a_begun_job_that_fails_is_tried_again_by_a_worker(later):
    broken["x"] = ValueError()
    with transaction.atomic():
        job = fragile.begin(key="k", what="x")
    run_begun(job)
    assert (only().state, only().attempts) == (JobState.READY, 1)
    broken.clear()
    later(timedelta(seconds=2))
    assert run_next()
    assert done == ["x"]


def test_that_a_begun_job_that_cannot_even_be_read_is_left_to_another(later):
    with transaction.atomic():
        job = note.begin(key="k", what="x")
    with (
        mock.patch.object(Job.objects, "get", raising(RuntimeError("the database is gone"))),
        pytest.raises(RuntimeError),
    ):
        run_begun(job)
    later(LEASE - timedelta(seconds=1))
    beat()
    later(timedelta(seconds=2))
    assert run_next()
    assert done == ["x"]


def test_that_work_and_its_being_done_are_one_transaction():
    with transaction.atomic():
        job = note.begin(key="k", what="x")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        finish(job)
        raise ZeroDivisionError
    assert only().state == JobState.RUNNING


# -- failing


def test_that_a_failed_job_waits_longer_each_time_and_then_is_dead_with_a_word_to_whoever_must_know(later):
    broken["x"] = ValueError("what a customer wrote")
    fragile.enqueue(what="x")
    waits = []
    for _ in range(2):
        before = now()
        assert run_next()
        assert only().state == JobState.READY
        waits.append((only().run_at - before).total_seconds())
        assert not run_next(), "not before its time"
        later(timedelta(seconds=10))
    assert 1 <= waits[0] < 1.6
    assert 2 <= waits[1] < 2.9
    assert done == []
    assert run_next()
    assert (only().state, only().attempts, done) == (JobState.DEAD, 3, [])
    assert run_next()
    assert done == [("given up", "x")]
    later(timedelta(days=1))
    assert not run_next()


def test_that_an_error_says_where_and_what_kind_but_never_what_a_customer_wrote():
    broken["x"] = ValueError("my secret")
    fragile.enqueue(what="x")
    run_next()
    assert only().error.startswith("ValueError at fragile:")
    assert "secret" not in only().error


def test_that_a_permanent_error_is_not_tried_again():
    hopeless.enqueue(what="x")
    assert run_next()
    assert run_next()
    assert (only().state, only().attempts, done) == (JobState.DEAD, 1, [("given up", "x")])


def test_that_a_job_nobody_knows_is_dead_and_holds_up_no_other():
    note.enqueue(what="x")
    Job.objects.update(name="chores.forgotten")
    note.enqueue(what="y")
    while run_next():
        pass
    assert set(Job.objects.values_list("name", "state")) == {
        ("chores.forgotten", JobState.DEAD), ("chores.note", JobState.DONE),
    }  # fmt: skip


def test_that_a_last_word_that_fails_is_said_later_and_holds_up_nothing(later):
    broken["a"], broken["a afterwards"] = Permanent(), ValueError()
    fragile.enqueue(what="a", lane="l")
    fragile.enqueue(what="b", lane="l")
    for _ in range(3):
        assert run_next()
    assert done == ["b"]
    broken["a afterwards"] = None
    later(timedelta(seconds=2))
    assert run_next()
    assert done == ["b", ("given up", "a")]


def test_that_a_job_whose_process_dies_each_time_is_dead_with_its_last_word(later):
    broken["x"] = None
    fragile.enqueue(what="x")
    claims = 0
    while (job := claim()) is not None and job.name == "chores.fragile":
        claims += 1
        later(LEASE + timedelta(seconds=1))  # the process that claimed it is gone
    assert claims == fragile.attempts + commands.MOST_CRASHES
    assert (only().state, only().error) == (JobState.DEAD, "its process died each time")
    assert job is not None
    run(job)
    assert done == [("given up", "x")]


def test_that_a_dead_job_lives_again_with_all_its_attempts():
    broken["x"] = Permanent()
    fragile.enqueue(what="x")
    run_next()
    broken.clear()
    assert run_next()
    assert not run_next()
    commands.revive(only().pk)
    assert run_next()
    assert (only().state, only().attempts, done[-1]) == (JobState.DONE, 1, "x")


def test_that_only_the_dead_are_revived_or_buried():
    note.enqueue(what="x")
    run_next()
    commands.revive(only().pk)
    assert only().state == JobState.DONE
    hopeless.enqueue(what="y")
    run_next()
    run_next()
    dead = Job.objects.get(state=JobState.DEAD)
    commands.bury(dead.pk)
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert not run_next()


def test_that_waiting_doubles_up_to_an_hour_and_never_in_step():
    for attempts in range(1, 40):
        seconds = min(2 ** (attempts - 1), 3600)
        assert seconds <= back_off(attempts).total_seconds() <= seconds * 1.25
    assert len({back_off(5) for _ in range(20)}) > 10


# -- lanes


def test_that_in_a_lane_one_is_done_at_a_time_and_the_oldest_first():
    for what in ("a", "b"):
        note.enqueue(what=what, lane="conversation:1")
    note.enqueue(what="c", lane="conversation:2")
    first, other = claim(), claim()
    assert first is not None
    assert other is not None
    assert (first.args["what"], other.args["what"]) == ("a", "c")
    assert claim() is None
    finish(first.pk)
    second = claim()
    assert second is not None
    assert second.args["what"] == "b"


def test_that_a_failed_job_holds_up_its_lane_until_it_is_dead(later):
    broken["a"] = ValueError()
    fragile.enqueue(what="a", lane="l")
    fragile.enqueue(what="b", lane="l")
    assert run_next()
    assert not run_next(), "b waits for a"
    for _ in range(2):
        later(timedelta(seconds=10))
        assert run_next()
    assert run_next()
    assert run_next()
    assert done == [("given up", "a"), "b"]


def test_that_a_revived_job_waits_for_what_is_under_way_in_its_lane(later):
    broken["a"] = Permanent()
    fragile.enqueue(what="a", lane="l")
    run_next()
    run_next()
    fragile.enqueue(what="b", lane="l")
    under = claim()
    assert under is not None
    commands.revive(Job.objects.get(state=JobState.DEAD).pk)
    assert claim() is None
    later(LEASE + timedelta(seconds=1))  # whoever did b is gone; neither waits for the other for ever
    again = claim()
    assert again is not None
    assert again.args["what"] == "a"
    finish(again.pk)
    rest = claim()
    assert rest is not None
    assert rest.pk == under.pk


# -- recurring


@pytest.fixture
def hourly():
    known = dict(RECURRING)
    RECURRING.clear()
    ran = []
    recurring(timedelta(hours=1), "chores.hourly")(lambda: ran.append(now()))
    yield ran
    RECURRING.clear()
    RECURRING.update(known)
    JOBS.pop("chores.hourly")


def test_that_what_recurs_is_done_once_a_period_however_many_look(hourly):
    in_threads(*[commands.enqueue_recurring] * 2)
    commands.enqueue_recurring()
    assert Job.objects.filter(name="chores.hourly").count() == 1
    Recurring.objects.update(next_at=now() - timedelta(minutes=1))
    in_threads(*[commands.enqueue_recurring] * 2)
    assert Job.objects.filter(name="chores.hourly").count() == 2
    while run_next():
        pass
    assert len(hourly) == 2


def test_that_a_period_is_not_lost_when_enqueueing_it_fails(hourly):
    commands.enqueue_recurring()
    Recurring.objects.update(next_at=now() - timedelta(minutes=1))
    due = Recurring.objects.get().next_at
    definition = RECURRING["chores.hourly"][1]
    with (
        mock.patch.object(type(definition), "enqueue", raising(RuntimeError("crashed in between"))),
        pytest.raises(RuntimeError),
    ):
        commands.enqueue_recurring()
    assert Recurring.objects.get().next_at == due
    commands.enqueue_recurring()
    assert Job.objects.count() == 2


def test_that_what_was_done_is_forgotten_after_some_days_and_the_dead_are_not():
    for what in ("old", "new"):
        note.enqueue(what=what)
        run_next()
    hopeless.enqueue(what="dead")
    run_next()
    long_ago = now() - commands.KEEP_DONE - timedelta(hours=1)
    Job.objects.filter(args={"what": "old"}).update(finished_at=long_ago)
    Job.objects.filter(state=JobState.DEAD).update(finished_at=long_ago)
    commands.sweep()
    assert {job.args["what"] for job in Job.objects.all()} == {"new", "dead"}
