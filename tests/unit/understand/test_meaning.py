from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tests.unit.understand.company import LESSONS, NEAR_MISSES
from tests.unit.understand.tiny_encoder import SLANG, hub_folder

from handdruk.understand import Encoder, EncoderUnusable, Lesson, Reader
from handdruk.understand.encoder import install
from handdruk.understand.meaning import WORDS_ALONE, Mix, Trial, mix_in, placed
from handdruk.understand.vocabulary import Floats

SPOKEN = [Lesson(word, topic, "en") for topic, said in SLANG.items() for word in said.split()[:-1]]
LEARNED = (*LESSONS, *NEAR_MISSES, *SPOKEN)
SAME_MEANING = SLANG["parcel"].split()[-1]
"""A word the encoder puts beside those of the parcel lessons, and no lesson has."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("encoder")
    install(hub_folder(place / "hub"), place / "encoder")
    return place / "encoder"


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder.load(folder)


@pytest.fixture(scope="module")
def with_encoder(encoder: Encoder) -> Reader:
    return Reader.train(LEARNED, encoder=encoder)


def test_that_a_message_without_a_known_word_is_read_by_its_meaning(with_encoder: Reader) -> None:
    by_words = Reader.train(LEARNED).read(f"the {SAME_MEANING}")
    reading = with_encoder.read(f"the {SAME_MEANING}")
    assert reading.topics[0][0] == "parcel"
    assert reading.topics[0][1] > 2 * dict(by_words.topics).get("parcel", 0)


def test_that_a_reader_comes_back_with_its_encoder_and_reads_exactly_as_before(
    with_encoder: Reader, folder: Path, tmp_path: Path
) -> None:
    with_encoder.save(tmp_path / "model")
    again = Reader.load(tmp_path / "model", encoder=folder)
    texts = [*(lesson.text for lesson in LESSONS), SAME_MEANING, ""]
    assert again.encoder is not None and again.trained_with == again.encoder.fingerprint
    assert again.read_many(texts) == with_encoder.read_many(texts)
    assert np.array_equal(again.evidence.probability_right, with_encoder.evidence.probability_right)


def test_that_without_the_encoder_it_reads_as_one_trained_on_words_alone(with_encoder: Reader) -> None:
    by_words, again = Reader.train(LEARNED), Reader.from_bytes(with_encoder.to_bytes())
    texts = [*(lesson.text for lesson in LESSONS), SAME_MEANING]
    assert again.encoder is None and again.trained_with == with_encoder.trained_with
    assert again.read_many(texts) == by_words.read_many(texts)
    assert np.array_equal(again.evidence.probability_right, by_words.evidence.probability_right)
    assert not np.array_equal(again.evidence.probability_right, with_encoder.evidence.probability_right)


def test_that_another_encoder_than_it_was_trained_with_is_left_alone(with_encoder: Reader, folder: Path) -> None:
    other = install(folder.parent / "hub", folder.parent / "other", exact=True)
    again = Reader.from_bytes(with_encoder.to_bytes(), encoder=other)
    assert again.encoder is None and again.trained_with != other.fingerprint


def test_that_a_reader_without_its_encoder_keeps_what_it_learned_with_it(
    with_encoder: Reader, encoder: Encoder
) -> None:
    passed_on = Reader.from_bytes(with_encoder.to_bytes()).to_bytes()
    assert Reader.from_bytes(passed_on, encoder=encoder).read(SAME_MEANING) == with_encoder.read(SAME_MEANING)


def test_that_training_with_an_encoder_does_not_depend_on_the_order_of_the_lessons(encoder: Encoder) -> None:
    forth, back = (Reader.train(lessons, encoder=encoder) for lessons in (LEARNED, LEARNED[::-1]))
    assert forth.read_many([SAME_MEANING, "waar is mijn pakket"]) == back.read_many(
        [SAME_MEANING, "waar is mijn pakket"]
    )


def test_that_a_folder_that_is_no_encoder_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnusable, match=r"model\.onnx is missing"):
        Reader.train(LESSONS, encoder=tmp_path)


def test_that_an_encoder_that_knows_nothing_of_the_language_is_not_listened_to() -> None:
    chance = np.random.default_rng(1)
    truth = np.repeat(np.arange(4), 10)
    words = np.eye(4, dtype=np.float32)[truth] * 0.9
    products = np.asfortranarray(words @ words.T + 0.1 * np.eye(40, dtype=np.float32))
    noise = chance.normal(size=(40, 1, 8)).astype(np.float32)
    telling = noise + 3 * np.eye(8, dtype=np.float32)[truth][:, None]
    assert chosen(products, noise, truth) is WORDS_ALONE
    nothing = np.asfortranarray(np.eye(40, dtype=np.float32))
    assert chosen(nothing, telling, truth) is not WORDS_ALONE


def chosen(products: Floats, vectors: Floats, truth: npt.NDArray[np.intp]) -> Mix:
    trial = Trial.of(products, truth, 4)
    return trial.best(vectors, instead_of=(WORDS_ALONE, trial.rightness(WORDS_ALONE)))[0]


def test_that_a_mix_weighs_views_and_words_as_it_says() -> None:
    vectors = np.random.default_rng(2).normal(size=(5, 2, 3)).astype(np.float32)
    mix, centre = Mix(0.2, (0.75, 0.25)), vectors.mean(axis=0)
    apart = vectors - centre
    apart /= np.linalg.norm(apart, axis=2, keepdims=True)
    cosines = 0.75 * apart[:, 0] @ apart[:, 0].T + 0.25 * apart[:, 1] @ apart[:, 1].T
    words = np.eye(5, dtype=np.float32)
    found = mix_in(np.asfortranarray(words), placed(vectors, centre, mix), mix)
    assert np.allclose(found, np.exp(1.2 * (0.8 * cosines + 0.2 * words - 1)), atol=1e-5)


def test_that_a_topics_own_name_teaches_too() -> None:
    lessons = [Lesson(f"zin {number} over niets", "lost_umbrella", "en") for number in range(4)]
    lessons += [Lesson(f"regel {number} over iets", "other_things", "en") for number in range(4)]
    reader = Reader.train(lessons)
    assert reader.read("the umbrella").topics[0][0] == "lost_umbrella"
    assert np.count_nonzero((reader.evidence.truth == "lost_umbrella") & ~reader.evidence.held_out) == 4
