"""Each part of a model to arrays and back. Names are "place.array"; `check` refuses what does not fit together."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from handdruk.understand.calibration import Calibrator
from handdruk.understand.evidence import Evidence, SenseEvidence
from handdruk.understand.language import Languages
from handdruk.understand.remembered import Remembered
from handdruk.understand.senses import Senses
from handdruk.understand.storage import ModelDamaged, Parts, sparse, sparse_of, strings, strings_of
from handdruk.understand.topics import Topics
from handdruk.understand.vocabulary import Vocabulary


def _prefixed(place: str, parts: Parts) -> Parts:
    return {f"{place}.{name}": array for name, array in parts.items()}


def _under(place: str, parts: Parts) -> Parts:
    return {name[len(place) + 1 :]: array for name, array in parts.items() if name.startswith(f"{place}.")}


def check(fits: bool) -> None:
    """ModelDamaged unless the parts fit together."""
    if not fits:
        raise ModelDamaged("the model's parts do not fit together: train again, or restore a copy")


def vocabulary_parts(vocabulary: Vocabulary) -> Parts:
    return {
        "words": strings(vocabulary.words),
        "pieces": strings(vocabulary.pieces),
        "rarity": vocabulary.rarity,
        "rarest": np.array(vocabulary.rarest),
    }


def vocabulary_of(parts: Parts) -> Vocabulary:
    words, pieces = strings_of(parts["words"]), strings_of(parts["pieces"])
    check(len(parts["rarity"]) >= len(words) + len(pieces))
    return Vocabulary.of(words, pieces, parts["rarity"], float(parts["rarest"]))


def calibrator_parts(calibrator: Calibrator) -> Parts:
    return {
        "lowest": calibrator.lowest,
        "highest": calibrator.highest,
        "weights": calibrator.weights,
        "squares": np.array(calibrator.squares),
    }


def calibrator_of(parts: Parts) -> Calibrator:
    return Calibrator(parts["lowest"], parts["highest"], parts["weights"], bool(parts["squares"]))


def topics_parts(topics: Topics) -> Parts:
    return {
        "names": strings(topics.names),
        **_prefixed("vocabulary", vocabulary_parts(topics.vocabulary)),
        **sparse("lessons", topics.lessons.lessons),
        "starts": topics.starts,
        "weights": topics.weights,
        "knows": np.packbits(topics.knows, axis=1),
        **_prefixed("right", calibrator_parts(topics.right)),
        **_prefixed("among", calibrator_parts(topics.among)),
        "sharpness": np.array(topics.sharpness),
    }


def topics_of(parts: Parts) -> Topics:
    names = tuple(strings_of(parts["names"]))
    vocabulary = vocabulary_of(_under("vocabulary", parts))
    lessons = sparse_of("lessons", parts)
    check(lessons.shape[0] == len(vocabulary))
    check(parts["weights"].shape == (lessons.shape[1], len(names) + 1))
    check(parts["starts"].shape == (len(names) + 1,) and bool(np.all(np.diff(parts["starts"]) > 0)))
    knows = np.unpackbits(parts["knows"], axis=1, count=len(names)).astype(np.bool_)
    check(len(knows) == len(vocabulary.words))
    return Topics(
        names=names,
        vocabulary=vocabulary,
        lessons=Remembered.of(lessons),
        starts=parts["starts"],
        weights=parts["weights"],
        knows=knows,
        right=calibrator_of(_under("right", parts)),
        among=calibrator_of(_under("among", parts)),
        sharpness=float(parts["sharpness"]),
    )


def senses_parts(senses: Senses) -> Parts:
    return {
        **_prefixed("vocabulary", vocabulary_parts(senses.vocabulary)),
        **sparse("lessons", senses.lessons.lessons),
        "weights": senses.weights,
        **_prefixed("calibrator", calibrator_parts(senses.calibrator)),
    }


def senses_of(parts: Parts) -> Senses:
    vocabulary = vocabulary_of(_under("vocabulary", parts))
    lessons = sparse_of("lessons", parts)
    check(lessons.shape == (len(vocabulary), len(parts["weights"])))
    return Senses(vocabulary, Remembered.of(lessons), parts["weights"], calibrator_of(_under("calibrator", parts)))


def languages_parts(languages: Languages) -> Parts:
    return {"codes": strings(languages.codes), "parts": strings(languages.parts), "odds": languages.odds}


def languages_of(parts: Parts) -> Languages:
    codes, names = tuple(strings_of(parts["codes"])), strings_of(parts["parts"])
    check(parts["odds"].shape == (len(names), len(codes)))
    return Languages(codes, {name: place for place, name in enumerate(names)}, parts["odds"])


_SENSES = ("wants_human", "vulnerable", "upset")


def evidence_parts(evidence: Evidence) -> Parts:
    parts: Parts = {
        field.name: getattr(evidence, field.name) for field in fields(Evidence) if field.name not in _SENSES
    }
    for name in _SENSES:
        sense: SenseEvidence = getattr(evidence, name)
        parts |= {f"{name}.probability": sense.probability, f"{name}.label": sense.label}
    return parts


def evidence_of(parts: Parts) -> Evidence:
    rows = {field.name: parts[field.name] for field in fields(Evidence) if field.name not in _SENSES}
    check(len({len(array) for array in rows.values()}) == 1)
    senses = {name: SenseEvidence(parts[f"{name}.probability"], parts[f"{name}.label"]) for name in _SENSES}
    return Evidence(**rows, **senses)


def whole(topics: Topics, senses: Senses, languages: Languages, evidence: Evidence) -> Parts:
    """All parts of a reader."""
    return {
        **_prefixed("topics", topics_parts(topics)),
        **_prefixed("senses", senses_parts(senses)),
        **_prefixed("languages", languages_parts(languages)),
        **_prefixed("evidence", evidence_parts(evidence)),
    }


def from_whole(parts: Parts) -> tuple[Topics, Senses, Languages, Evidence]:
    """The reader's parts again."""
    return (
        topics_of(_under("topics", parts)),
        senses_of(_under("senses", parts)),
        languages_of(_under("languages", parts)),
        evidence_of(_under("evidence", parts)),
    )
