"""When the reader is trained again."""

import pytest

from handdruk.cli.ready import train_if_needed
from handdruk.reception import training
from handdruk.reception.models import TrainedReader
from handdruk.understand.storage import pack, unpack

pytestmark = pytest.mark.django_db(transaction=True)


def test_that_a_reader_of_the_present_content_is_kept(company):
    assert not train_if_needed()


def of_an_earlier_format(data: bytes) -> bytes:
    header, parts = unpack(data)
    return pack(header | {"format": header["format"] - 1}, parts)


@pytest.mark.parametrize("damage", [lambda data: data[:-40], of_an_earlier_format])
def test_that_a_reader_this_version_cannot_use_is_trained_again(company, damage):
    row = TrainedReader.objects.get()
    data = damage(bytes(row.data))
    assert data != bytes(row.data)
    TrainedReader.objects.update(data=data)
    training._current.judgement = None
    assert train_if_needed()
    assert training.is_usable()


def test_that_the_process_that_trained_decides_by_the_new_reader_at_once(company, monkeypatch):
    before = training.judgement()
    monkeypatch.setattr(training, "FRESH_FOR", 1_000.0)
    row = training.train()
    assert training.judgement().pk == row.pk != before.pk
