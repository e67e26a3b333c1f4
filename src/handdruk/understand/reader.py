"""The reader: trained on a company's lessons, it turns a text into a `Reading`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from handdruk.understand.details import DetailFinder
from handdruk.understand.encoder import Encoder
from handdruk.understand.evidence import Evidence
from handdruk.understand.language import Languages
from handdruk.understand.lessons import elsewhere, sense_lessons
from handdruk.understand.model_parts import from_whole, whole
from handdruk.understand.parts import parts_of
from handdruk.understand.senses import Senses, SensesEvidence
from handdruk.understand.shipped import shipped_senses
from handdruk.understand.storage import ModelDamaged, damage_told, pack, unpack
from handdruk.understand.text import words
from handdruk.understand.titles import titles_of
from handdruk.understand.topic_training import Judged, train_topics
from handdruk.understand.topics import Topics
from handdruk.understand.values import Lesson, Ranked, Reading
from handdruk.understand.wanted import checked
from handdruk.understand.word_meanings import word_meanings


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages. `languages` are those of the lessons; `evidence` says, out of sample, how good it is.

    `encoder` is the one it reads with, if any. `trained_with` is the fingerprint of the one it was trained with: where
    that one is not at hand it reads by words alone, as its evidence then says, too.
    """

    topics: tuple[str, ...]
    languages: tuple[str, ...]
    evidence: Evidence = field(repr=False)
    encoder: Encoder | None
    trained_with: str | None
    _by_words: Evidence = field(repr=False)
    _fuller: Evidence | None = field(repr=False)
    _topics: Topics = field(repr=False)
    _senses: Senses = field(repr=False)
    _tongues: Languages = field(repr=False)
    _details: DetailFinder = field(repr=False)

    @classmethod
    def train(
        cls, lessons: Iterable[Lesson], *, encoder: Encoder | str | Path | None = None, order_number: str | None = None
    ) -> Reader:
        """A reader for these lessons; the same lessons in any order give the same reader.

        At least one lesson must have a topic; one that fits none (topic None) helps to know what to leave alone, and
        the package's own such lines join in the languages of the lessons. Topics are learned from their names, too.
        `encoder` is a sentence encoder, or its folder. `order_number` is a regular expression such
        as "TH-\\d{6}". ValueError or TypeError says which lesson is unusable, counted from 0. The largest language
        decides what it costs: for n lessons some n^3 multiplications (3,500: half a second) and 4 n^2 bytes, with an
        encoder twice that, and a few milliseconds a lesson.
        """
        details = DetailFinder(order_number)
        given = checked(lessons)
        encoder = Encoder.load(encoder) if isinstance(encoder, str | Path) else encoder
        company_languages = tuple(sorted({lesson.language for lesson in given}))
        titles = titles_of(given)
        everything = [*given, *(lesson for lesson in elsewhere() if lesson.language in company_languages), *titles]
        found = [words(lesson.text) for lesson in everything]
        vectors = None if encoder is None else encoder.encode_many([lesson.text for lesson in everything])
        learned = train_topics(everything, found, vectors, len(titles))
        senses, felt = shipped_senses()
        spoken = [(lesson.language, text) for lesson, text in zip(everything, found, strict=True)]
        spoken = spoken[: len(spoken) - len(titles)]
        spoken += [(lesson.language, words(lesson.text)) for lesson in sense_lessons()]
        by_words = _evidence(everything, learned.model.names, learned.judged, felt)
        fuller = None if learned.fuller is None else _evidence(everything, learned.model.names, learned.fuller, felt)
        return cls(
            learned.model.names, company_languages, fuller or by_words, encoder, None if encoder is None else encoder.fingerprint,
            by_words, fuller, learned.model, senses, Languages.learn(spoken), details,
        )  # fmt: skip

    def read(self, text: str, *, hint: str | None = None) -> Reading:
        """What `text` means. `hint` is the language the conversation already has, which decides on short messages.

        A message that could be about several matters costs two to five readings of topics more. Never fails on a
        string; of a long one the first 4,000 characters are read for meaning, 10,000 for details.
        """
        found = words(text)
        language = self._tongues.read(found, hint)
        feeling = self._senses.read(text, found, language)
        topics = self._topics_of(text, found, language, hint)
        return Reading(
            language=language,
            topics=topics,
            emotion=feeling.emotions[0][0],
            wants_human=feeling.wants_human,
            vulnerable=feeling.vulnerable,
            details=self._details.find(text),
            emotions=feeling.emotions,
            courtesy=feeling.courtesy,
            parts=parts_of(text, topics, lambda piece: self._topics_of(piece, words(piece), language, hint)),
        )

    def _topics_of(self, text: str, found: Sequence[str], *languages: str | None) -> Ranked:
        encode = None if self.encoder is None else partial(self.encoder.encode, text)
        return self._topics.read(found, *languages, encode=encode)

    def read_many(self, texts: Sequence[str], *, hint: str | None = None) -> list[Reading]:
        """The same readings as `read` gives, one for each text."""
        return [self.read(text, hint=hint) for text in texts]

    def to_bytes(self) -> bytes:
        """The reader as data, for `from_bytes`; the encoder stays where it is."""
        header = {
            "languages": list(self.languages),
            "order_number": self._details.order_number,
            "encoder": self.trained_with,
            "word_meanings": word_meanings().fingerprint,
        }
        return pack(header, whole(self._topics, self._senses, self._tongues, self._by_words, self._fuller))

    @classmethod
    def from_bytes(cls, data: bytes, *, encoder: Encoder | str | Path | None = None) -> Reader:
        """The reader that `to_bytes` wrote. ModelDamaged if that is not what these bytes are; nothing is ever run.

        Without `encoder`, or with another than it was trained with, it reads by words alone.
        """
        header, parts = unpack(data)
        if header.get("word_meanings") != word_meanings().fingerprint:
            raise ModelDamaged("this model was made with other meanings of words: train again with this version")
        encoder = Encoder.load(encoder) if isinstance(encoder, str | Path) else encoder
        with damage_told():
            topics, senses, tongues, by_words, fuller = from_whole(parts)
            details = DetailFinder(header["order_number"])
            same = encoder is not None and encoder.fingerprint == header["encoder"] and fuller is not None
            return cls(
                topics.names, tuple(header["languages"]), (fuller if same else None) or by_words,
                encoder if same else None, header["encoder"], by_words, fuller, topics, senses, tongues, details,
            )  # fmt: skip

    def save(self, path: str | Path) -> None:
        """Write the reader to one file."""
        Path(path).write_bytes(self.to_bytes())

    @classmethod
    def load(cls, path: str | Path, *, encoder: Encoder | str | Path | None = None) -> Reader:
        """The reader that `save` wrote; OSError if the file cannot be read, ModelDamaged if it is not whole."""
        return cls.from_bytes(Path(path).read_bytes(), encoder=encoder)


def _evidence(lessons: Sequence[Lesson], names: tuple[str, ...], judged: Judged, felt: SensesEvidence) -> Evidence:
    with_none = np.array([*names, ""])
    return Evidence(
        probability_right=judged.right,
        was_right=(judged.predicted == judged.truth) & ~judged.held_out,
        probability_of_truth=judged.of_truth,
        language=np.array([lessons[number].language for number in judged.lesson]),
        predicted=with_none[judged.predicted],
        truth=with_none[judged.truth],
        held_out=judged.held_out,
        wants_human=felt.wants_human,
        vulnerable=felt.vulnerable,
        upset=felt.upset,
    )
