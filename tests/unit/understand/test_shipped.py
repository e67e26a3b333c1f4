"""The senses that the package brings are those its lessons give."""

import numpy as np

from handdruk.understand import shipped
from handdruk.understand.lessons import sense_lessons
from handdruk.understand.senses import train_senses
from handdruk.understand.shipped import packed, shipped_senses, unpacked
from handdruk.understand.storage import unpack
from handdruk.understand.text import words

AGAIN = "they are stale: python -m handdruk.understand.make_senses"
SAID = (
    ("nl", "ik wil nu iemand spreken, dit is de derde keer!!"), ("en", "my husband died last week"), ("nl", "dankjewel!"),
    ("en", "I do not need a person, just the opening hours"), ("nl", "wanneer komt mijn pakje"), ("de", "guten tag"),
)  # fmt: skip


def test_that_the_senses_in_the_package_are_those_its_lessons_give_now():
    kept, evidence = shipped_senses()
    now, evidence_now = train_senses(sense_lessons())
    assert len(kept.lessons) == len(now.lessons), AGAIN
    for name in ("wants_human", "vulnerable", "upset"):
        ours, theirs = getattr(evidence, name), getattr(evidence_now, name)
        assert np.array_equal(ours.label, theirs.label), AGAIN
        assert np.allclose(ours.probability, theirs.probability, atol=0.002), AGAIN
    for language, text in SAID:
        one, other = (senses.read(text, words(text), language) for senses in (kept, now))
        assert one.courtesy == other.courtesy
        assert np.allclose([one.wants_human, one.vulnerable], [other.wants_human, other.vulnerable], atol=0.002), AGAIN
        assert dict(one.emotions).keys() == dict(other.emotions).keys()
        assert all(abs(chance - dict(other.emotions)[name]) < 0.002 for name, chance in one.emotions), AGAIN


def test_that_they_are_used_only_for_the_lessons_they_were_trained_on(monkeypatch):
    def nothing_to_learn(lessons):
        return "trained now", None

    shipped_senses.cache_clear()
    monkeypatch.setattr(shipped, "train_senses", nothing_to_learn)
    assert shipped_senses()[0] != "trained now"
    shipped_senses.cache_clear()
    monkeypatch.setattr(shipped, "fingerprint", lambda: "of other lessons")
    assert shipped_senses()[0] == "trained now"
    shipped_senses.cache_clear()


def test_that_what_is_packed_is_what_is_unpacked():
    senses, evidence = shipped_senses()
    _, parts = unpack(packed(senses, evidence))
    again, evidence_again = unpacked(parts)
    text = "ik ben echt woedend"
    assert again.read(text, words(text), "nl") == senses.read(text, words(text), "nl")
    assert np.array_equal(evidence_again.upset.probability, evidence.upset.probability)
