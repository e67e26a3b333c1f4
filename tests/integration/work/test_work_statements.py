"""The statements written once do what the ORM does."""

import pytest
from django.db import IntegrityError, transaction

from handdruk.core.clock import now
from handdruk.work.models import Job, JobState
from handdruk.work.statements import First, insert, update

pytestmark = pytest.mark.django_db(transaction=True)


def new(**more) -> Job:
    moment = now()
    values = {"name": "x", "args": {"é": [1, None, {"a": "'"}]}, "run_at": moment, "created_at": moment, **more}
    return Job(**values)


def test_that_an_inserted_row_is_the_one_that_is_read_back():
    row = new(key="k", lane="l")
    insert(row)
    stored = Job.objects.get(pk=row.pk)
    for field in Job._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(row, field.attname), field.attname
    assert not row._state.adding
    row.name = "y"
    row.save(update_fields=["name"])
    assert Job.objects.get().name == "y"


def test_that_a_row_that_is_there_is_refused_or_left_alone():
    insert(new(key="k"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(new(key="k"))
    again = new(key="k", name="other")
    insert(again, unless_there=True)
    assert again.pk is None
    assert Job.objects.get().name == "x"
    free = new(key="free")
    insert(free, unless_there=True)
    assert free.pk is not None


def test_that_an_update_changes_these_fields_of_this_row_only():
    mine, other = new(), new()
    insert(mine)
    insert(other)
    moment = now()
    update(Job(pk=mine.pk, state=JobState.DONE, finished_at=moment, args={"new": True}, error="no"),
           "state", "finished_at", "args")  # fmt: skip
    mine.refresh_from_db()
    assert (mine.state, mine.finished_at, mine.args, mine.error) == (JobState.DONE, moment, {"new": True}, "")
    other.refresh_from_db()
    assert other.state == JobState.READY


def test_that_the_first_row_is_the_one_the_orm_would_give():
    for lane in ("a", "b", "a"):
        insert(new(lane=lane))
    by_lane = First(Job, "lane", "state", order_by="-id")
    assert by_lane("a", "ready") == Job.objects.filter(lane="a").last()
    assert First(Job, "lane", order_by="id")("a") == Job.objects.filter(lane="a").first()
    assert by_lane("a", "done") is None
    found = by_lane("b", "ready")
    assert found is not None
    expected = Job.objects.get(lane="b")
    for field in Job._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(expected, field.attname), field.attname


def test_that_the_first_row_can_be_locked_and_have_a_fixed_condition():
    insert(new(lane="a", state=JobState.DONE))
    ready = First(Job, "lane", also="state = 'ready'", lock=True)
    with transaction.atomic():
        assert ready("a") is None
    insert(new(lane="a"))
    with transaction.atomic():
        locked = ready("a")
    assert locked is not None
    assert locked.state == JobState.READY


def test_that_values_are_values_and_never_sql():
    insert(new(lane="a"))
    assert First(Job, "lane")("a' OR '1'='1") is None
