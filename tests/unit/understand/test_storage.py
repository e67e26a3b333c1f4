import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.understand.company import LESSONS

from handdruk.understand import ModelDamaged, Reader
from handdruk.understand.storage import pack

TEXTS = [lesson.text for lesson in LESSONS] + ["ik ben boos, TH-104233", "hallo", ""]


@pytest.fixture(scope="module")
def stored(reader: Reader) -> bytes:
    return reader.to_bytes()


def test_that_a_saved_reader_reads_exactly_as_before(reader: Reader, tmp_path: Path) -> None:
    reader.save(tmp_path / "model")
    again = Reader.load(tmp_path / "model")
    assert again.read_many(TEXTS) == reader.read_many(TEXTS)
    assert (again.topics, again.languages) == (reader.topics, reader.languages)
    for name in ("probability_right", "was_right", "truth", "held_out"):
        assert np.array_equal(getattr(again.evidence, name), getattr(reader.evidence, name))
    assert np.array_equal(again.evidence.upset.probability, reader.evidence.upset.probability)


@given(part=st.floats(0, 0.999))
@settings(max_examples=30, deadline=None)
def test_that_a_model_cut_short_is_refused(stored: bytes, part: float) -> None:
    with pytest.raises(ModelDamaged):
        Reader.from_bytes(stored[: int(len(stored) * part)])


@given(place=st.floats(0, 0.999), change=st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_that_a_changed_byte_is_refused_or_changes_nothing(
    reader: Reader, stored: bytes, place: float, change: int
) -> None:
    number = int(len(stored) * place)
    damaged = stored[:number] + bytes([stored[number] ^ change]) + stored[number + 1 :]
    try:
        again = Reader.from_bytes(damaged)
    except ModelDamaged:
        return
    assert again.read_many(TEXTS) == reader.read_many(TEXTS)


@pytest.mark.parametrize(
    "data",
    [b"", b"not a model", pickle.dumps({"topics": []}), pack({"format": 99}, {}), pack({"languages": []}, {})],
)
def test_that_bytes_that_are_no_model_are_refused(data: bytes) -> None:
    with pytest.raises(ModelDamaged):
        Reader.from_bytes(data)


def test_that_nothing_in_a_model_is_ever_run(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (tmp_path / "ran",)

    np.savez(tmp_path / "trap.npz", header=np.array([Trap()], dtype=object))
    with pytest.raises(ModelDamaged):
        Reader.load(tmp_path / "trap.npz")
    assert not (tmp_path / "ran").exists()
