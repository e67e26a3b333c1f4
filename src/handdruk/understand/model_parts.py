"""Each part of a model to arrays and back. Names are "place.array"; `check` refuses what does not fit together."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from handdruk.understand.calibration import Calibrator
from handdruk.understand.evidence import Evidence, SenseEvidence
from handdruk.understand.language import Languages
from handdruk.understand.meaning import Meaning, Mix
from handdruk.understand.remembered import Remembered
from handdruk.understand.senses import SENSES, Senses
from handdruk.understand.storage import ModelDamaged, Parts, sparse, sparse_of, strings, strings_of
from handdruk.understand.topics import Block, Judge, Topics
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


def judge_parts(judge: Judge) -> Parts:
    return {
        **_prefixed("fits", calibrator_parts(judge.fits)),
        **_prefixed("right", calibrator_parts(judge.right)),
        "sharpness": np.array(judge.sharpness),
    }


def judge_of(parts: Parts) -> Judge:
    fits, right = (calibrator_of(_under(name, parts)) for name in ("fits", "right"))
    return Judge(fits, right, float(parts["sharpness"]))


def meaning_parts(meaning: Meaning) -> Parts:
    return {
        "shares": np.array([meaning.mix.words, *meaning.mix.views]),
        "centre": meaning.centre,
        "places": meaning.places.astype(np.float16),
        "weights": meaning.weights,
    }


def meaning_of(parts: Parts, lessons: int, targets: int) -> Meaning:
    words, *views = (float(share) for share in parts["shares"])
    centre, places = parts["centre"], parts["places"].astype(np.float32)
    check(centre.ndim == 2 and len(centre) == len(views) and places.shape == (lessons, centre.size))
    check(parts["weights"].shape == (lessons, targets))
    return Meaning(Mix(words, tuple(views)), centre, places, parts["weights"])


def block_parts(block: Block) -> Parts:
    return {
        **_prefixed("plain", meaning_parts(block.plain)),
        **({} if block.fuller is None else _prefixed("fuller", meaning_parts(block.fuller))),
        **_prefixed("vocabulary", vocabulary_parts(block.vocabulary)),
        **sparse("lessons", block.lessons.lessons),
        "starts": block.starts,
        "knows": np.packbits(block.knows, axis=1),
    }


def block_of(parts: Parts, topics: int) -> Block:
    vocabulary = vocabulary_of(_under("vocabulary", parts))
    lessons = sparse_of("lessons", parts)
    count, starts = lessons.shape[1], parts["starts"]
    knows = np.unpackbits(parts["knows"], axis=1, count=topics).astype(np.bool_)
    check(lessons.shape[0] == len(vocabulary) and knows.shape == (len(vocabulary.words), topics))
    check(len(starts) == topics + 1 and bool(np.all(np.diff(starts, append=count) >= 0) and starts[0] == 0))
    plain, fuller = _under("plain", parts), _under("fuller", parts)
    learned = meaning_of(fuller, count, topics + 1) if fuller else None
    return Block(vocabulary, Remembered.of(lessons), starts, knows, meaning_of(plain, count, topics + 1), learned)


def topics_parts(topics: Topics) -> Parts:
    parts: Parts = {
        "names": strings(topics.names),
        "languages": strings(topics.blocks),
    }
    for number, (code, block) in enumerate(topics.blocks.items()):
        parts |= _prefixed(f"block{number}", block_parts(block))
        parts |= _prefixed(f"judge{number}", judge_parts(topics.judges[code]))
        if topics.fuller:
            parts |= _prefixed(f"fuller{number}", judge_parts(topics.fuller[code]))
    return parts


def topics_of(parts: Parts) -> Topics:
    names, languages = tuple(strings_of(parts["names"])), strings_of(parts["languages"])
    blocks = {code: block_of(_under(f"block{number}", parts), len(names)) for number, code in enumerate(languages)}
    check(bool(blocks))
    judges = {code: judge_of(_under(f"judge{number}", parts)) for number, code in enumerate(languages)}
    fuller = {
        code: judge_of(_under(f"fuller{number}", parts))
        for number, code in enumerate(languages)
        if "fuller0.sharpness" in parts
    }
    return Topics(names, blocks, judges, fuller)


def senses_parts(senses: Senses) -> Parts:
    return {
        **_prefixed("vocabulary", vocabulary_parts(senses.vocabulary)),
        **sparse("lessons", senses.lessons.lessons),
        **_prefixed("meaning", meaning_parts(senses.meaning)),
        **_prefixed("calibrator", calibrator_parts(senses.calibrator)),
    }


def senses_of(parts: Parts) -> Senses:
    vocabulary = vocabulary_of(_under("vocabulary", parts))
    lessons = sparse_of("lessons", parts)
    check(lessons.shape[0] == len(vocabulary))
    meaning = meaning_of(_under("meaning", parts), lessons.shape[1], SENSES)
    return Senses(vocabulary, Remembered.of(lessons), meaning, calibrator_of(_under("calibrator", parts)))


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


def whole(topics: Topics, senses: Senses, languages: Languages, evidence: Evidence, fuller: Evidence | None) -> Parts:
    """All parts of a reader."""
    return {
        **({} if fuller is None else _prefixed("fuller", evidence_parts(fuller))),
        **_prefixed("topics", topics_parts(topics)),
        **_prefixed("senses", senses_parts(senses)),
        **_prefixed("languages", languages_parts(languages)),
        **_prefixed("evidence", evidence_parts(evidence)),
    }


def from_whole(parts: Parts) -> tuple[Topics, Senses, Languages, Evidence, Evidence | None]:
    """The reader's parts again."""
    fuller = _under("fuller", parts)
    topics = topics_of(_under("topics", parts))
    check(bool(fuller) == bool(topics.fuller))
    return (
        topics,
        senses_of(_under("senses", parts)),
        languages_of(_under("languages", parts)),
        evidence_of(_under("evidence", parts)),
        evidence_of(fuller) if fuller else None,
    )
