"""The senses as the package brings them: trained once on its own lessons, and stored beside those.

    python -m handdruk.understand.make_senses

writes them again, after the lessons changed or how they are learned from. Learned on the spot they would make the training
of a company of fifty topics nearly half as long again.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib.resources import files

from handdruk.understand.evidence import SenseEvidence
from handdruk.understand.lessons import LANGUAGES, sense_lessons
from handdruk.understand.model_parts import senses_of, senses_parts
from handdruk.understand.senses import Senses, SensesEvidence, train_senses
from handdruk.understand.storage import FORMAT, Parts, pack, unpack
from handdruk.understand.word_meanings import word_meanings

FILE = "senses.model"
_ARRAYS = tuple(one.name for one in fields(SenseEvidence))


@cache
def shipped_senses() -> tuple[Senses, SensesEvidence]:
    """Those that the package brings or, where these are of other lessons than its own, those trained now."""
    file = files("handdruk.understand") / "lessons" / FILE
    if file.is_file():
        header, parts = unpack(file.read_bytes())
        if header.get("lessons") == fingerprint():
            return unpacked(parts)
    return train_senses(sense_lessons())


def fingerprint() -> str:
    """Of what the senses are learned from."""
    folder = files("handdruk.understand") / "lessons"
    told = b"".join((folder / f"senses.{language}.tsv").read_bytes() for language in LANGUAGES)
    return sha256(told + word_meanings().fingerprint.encode() + bytes([FORMAT])).hexdigest()[:16]


def packed(senses: Senses, evidence: SensesEvidence) -> bytes:
    """The senses and their evidence as data."""
    return pack({"lessons": fingerprint()}, {**senses_parts(senses), **{
        f"evidence.{one.name}.{name}": getattr(getattr(evidence, one.name), name)
        for one in fields(SensesEvidence) for name in _ARRAYS
    }})  # fmt: skip


def unpacked(parts: Parts) -> tuple[Senses, SensesEvidence]:
    """The inverse of `packed`, for what `unpack` gives."""
    each = ([parts[f"evidence.{one.name}.{name}"] for name in _ARRAYS] for one in fields(SensesEvidence))
    return senses_of(parts), SensesEvidence(*(SenseEvidence(*arrays) for arrays in each))
