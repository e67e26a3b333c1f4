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
from handdruk.understand.topics import Block, Topics
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


def block_parts(block: Block) -> Parts:
    return {
        **_prefixed("vocabulary", vocabulary_parts(block.vocabulary)),
        **sparse("lessons", block.lessons.lessons),
        "starts": block.starts,
        "weights": block.weights,
        "knows": np.packbits(block.knows, axis=1),
    }


def block_of(parts: Parts, topics: int) -> Block:
    vocabulary = vocabulary_of(_under("vocabulary", parts))
    lessons = sparse_of("lessons", parts)
    starts, weights = parts["starts"], parts["weights"]
    knows = np.unpackbits(parts["knows"], axis=1, count=topics).astype(np.bool_)
    check(lessons.shape == (len(vocabulary), len(weights)) and weights.shape[1] == topics + 1)
    check(len(starts) == topics + 1 and bool(np.all(np.diff(starts, append=len(weights)) >= 0) and starts[0] == 0))
    check(knows.shape == (len(vocabulary.words), topics))
    return Block(vocabulary, Remembered.of(lessons), starts, weights, knows)


def topics_parts(topics: Topics) -> Parts:
    parts: Parts = {
        "names": strings(topics.names),
        "languages": strings(topics.blocks),
        "sharpness": np.array(topics.sharpness),
        **_prefixed("right", calibrator_parts(topics.right)),
        **_prefixed("among", calibrator_parts(topics.among)),
    }
    for number, block in enumerate(topics.blocks.values()):
        parts |= _prefixed(f"block{number}", block_parts(block))
    return parts


def topics_of(parts: Parts) -> Topics:
    names, languages = tuple(strings_of(parts["names"])), strings_of(parts["languages"])
    blocks = {code: block_of(_under(f"block{number}", parts), len(names)) for number, code in enumerate(languages)}
    check(bool(blocks))
    return Topics(
        names,
        blocks,
        calibrator_of(_under("right", parts)),
        calibrator_of(_under("among", parts)),
        float(parts["sharpness"]),
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
_ROWS = tuple(field.name for field in fields(Evidence) if field.name not in _SENSES)


def evidence_parts(evidence: Evidence) -> Parts:
    parts: Parts = {
        field.name: getattr(evidence, field.name) for field in fields(Evidence) if field.name not in _SENSES
    }
    for name in _SENSES:
        sense: SenseEvidence = getattr(evidence, name)
        parts |= {f"{name}.probability": sense.probability, f"{name}.label": sense.label}
    return parts


def evidence_of(parts: Parts) -> Evidence:
    check(len({len(parts[name]) for name in _ROWS}) == 1)
    return Evidence(
        probability_right=parts["probability_right"],
        was_right=parts["was_right"],
        probability_of_truth=parts["probability_of_truth"],
        language=parts["language"],
        predicted=parts["predicted"],
        truth=parts["truth"],
        held_out=parts["held_out"],
        wants_human=_sense_of("wants_human", parts),
        vulnerable=_sense_of("vulnerable", parts),
        upset=_sense_of("upset", parts),
    )


def _sense_of(name: str, parts: Parts) -> SenseEvidence:
    return SenseEvidence(parts[f"{name}.probability"], parts[f"{name}.label"])


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
