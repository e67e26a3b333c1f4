import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from scipy.special import erf
from tests.unit.understand.tiny_encoder import CONFIG, HEADS, LAYERS, WIDTH, hub_folder, safetensors, weights, words

from handdruk.understand.encoder import Encoder, EncoderUnusable, install
from handdruk.understand.encoder.settings import Settings, settings_of


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hub_folder(tmp_path_factory.mktemp("hub") / "tiny")


@pytest.fixture
def source(hub: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hub, tmp_path / "source"))


def test_that_a_converted_model_calculates_what_its_weights_say(hub: Path, tmp_path: Path) -> None:
    encoder = install(hub, tmp_path / "encoder", exact=True)
    vectors = encoder.encode("Where is my PARCEL")
    assert vectors.shape == (2, WIDTH) and encoder.views == ("last_hidden_state", "layer_before")
    for vector, layers in zip(vectors, (LAYERS, LAYERS - 1), strict=True):
        expected = _by_hand([2, *[words().index(word) for word in ("where", "is", "my", "parcel")], 3], layers).mean(
            axis=0
        )
        assert np.allclose(vector, expected / np.linalg.norm(expected), atol=1e-5)


def test_that_eight_bits_change_little_and_batches_nothing(hub: Path, tmp_path: Path) -> None:
    exact, small = install(hub, tmp_path / "a", exact=True), install(hub, tmp_path / "b")
    texts = ["where is my parcel", "return it", "password login"]
    assert exact.fingerprint != small.fingerprint
    together = small.encode_many(texts)
    assert np.array_equal(together, np.stack([small.encode(text) for text in texts]))
    assert np.sum(together[:, 0] * exact.encode_many(texts)[:, 0], axis=1).min() > 0.98


@pytest.mark.parametrize("text", ["", " ", "…", "x" * 100_000, "where " * 5_000, "\x00\ud83d"])
def test_that_any_text_has_vectors_of_length_one(text: str, hub: Path, tmp_path: Path) -> None:
    vectors = install(hub, tmp_path / "encoder").encode(text.encode(errors="replace").decode())
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_that_a_missing_or_damaged_file_is_named(name: str, hub: Path, tmp_path: Path) -> None:
    install(hub, tmp_path / "encoder")
    file = tmp_path / "encoder" / name
    whole = file.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"{}"):
        file.write_bytes(damaged)
        with pytest.raises(EncoderUnusable, match=name):
            Encoder.load(tmp_path / "encoder")
    file.unlink()
    with pytest.raises(EncoderUnusable, match=f"{name} is missing"):
        Encoder.load(tmp_path / "encoder")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("config.json", b"[]", "config.json is damaged"),
        ("config.json", json.dumps({**CONFIG, "model_type": "t5"}).encode(), "model_type"),
        ("config.json", json.dumps({**CONFIG, "hidden_act": "other"}).encode(), "hidden_act"),
        ("config.json", json.dumps({**CONFIG, "num_hidden_layers": 3}).encode(), "do not fit together"),
        ("model.safetensors", b"\xff" * 20, "model.safetensors is damaged"),
        ("model.safetensors", safetensors(weights())[:-9], "model.safetensors is damaged"),
    ],
)
def test_that_a_source_that_cannot_be_converted_is_refused_and_nothing_changes(
    name: str, content: bytes, said: str, source: Path, tmp_path: Path
) -> None:
    before = install(source, tmp_path / "encoder").fingerprint
    (source / name).write_bytes(content)
    with pytest.raises(EncoderUnusable, match=said):
        install(source, tmp_path / "encoder")
    assert Encoder.load(tmp_path / "encoder").fingerprint == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["encoder", "source"]


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_that_a_source_without_a_needed_file_is_refused(name: str, source: Path, tmp_path: Path) -> None:
    (source / name).unlink()
    with pytest.raises(EncoderUnusable, match=f"{name} is missing"):
        install(source, tmp_path / "encoder")


def test_that_a_model_that_is_onnx_already_is_taken_as_it_is(source: Path, tmp_path: Path) -> None:
    ready = install(source, tmp_path / "ready", exact=True)
    (source / "onnx").mkdir()
    shutil.copy(tmp_path / "ready" / "model.onnx", source / "onnx" / "model.onnx")
    (source / "model.safetensors").unlink()
    assert install(source, tmp_path / "encoder").fingerprint == ready.fingerprint


def test_that_an_onnx_model_that_is_no_encoder_is_refused(source: Path, tmp_path: Path) -> None:
    make = onnx.helper
    number = make.make_tensor_value_info("number", onnx.TensorProto.FLOAT, [1])
    graph = make.make_graph([make.make_node("Identity", ["number"], ["same"])], "other", [number],
                            [make.make_tensor_value_info("same", onnx.TensorProto.FLOAT, [1])])  # fmt: skip
    onnx.save(make.make_model(graph, opset_imports=[make.make_opsetid("", 20)], ir_version=9), source / "model.onnx")
    with pytest.raises(EncoderUnusable, match=r"model\.onnx is not a sentence encoder"):
        install(source, tmp_path / "encoder")


def test_that_the_folder_says_how_it_wants_to_be_used(source: Path, tmp_path: Path) -> None:
    assert settings_of(source) == Settings("mean", "", 40)
    (source / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    (source / "sentence_bert_config.json").write_text('{"max_seq_length": 16}')
    (source / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: "}}')
    assert settings_of(source) == Settings("first", "ask: ", 16)
    assert install(source, tmp_path / "encoder", prefix="").settings == Settings("first", "", 16)
    assert settings_of(tmp_path / "encoder") == Settings("first", "", 16)


@pytest.mark.parametrize(
    ("name", "prefix"), [("intfloat/multilingual-e5-small", "query: "), ("someone/made5-words", "")]
)
def test_that_the_e5_family_gets_the_prefix_it_was_trained_with(name: str, prefix: str, source: Path) -> None:
    (source / "config.json").write_text(json.dumps({**CONFIG, "_name_or_path": name}))
    assert settings_of(source).prefix == prefix


@pytest.mark.parametrize("own", ['{"pooling": "other"}', '{"tokens": 1}', '{"colour": "red"}', "x"])
def test_that_damaged_settings_of_an_encoder_are_refused(own: str, source: Path) -> None:
    (source / "encoder.json").write_text(own)
    with pytest.raises(EncoderUnusable, match=r"encoder\.json is damaged"):
        settings_of(source)


def _by_hand(ids: list[int], layers: int) -> np.ndarray:
    """BERT as in its paper, in plain NumPy."""
    known = weights()

    def linear(flow: np.ndarray, place: str) -> np.ndarray:
        return flow @ known[f"{place}.weight"].T + known[f"{place}.bias"]

    def normal(flow: np.ndarray, place: str) -> np.ndarray:
        apart = flow - flow.mean(axis=1, keepdims=True)
        scaled = apart / np.sqrt((apart**2).mean(axis=1, keepdims=True) + 1e-12)
        return scaled * known[f"{place}.weight"] + known[f"{place}.bias"]

    flow = known["embeddings.word_embeddings.weight"][ids] + known["embeddings.position_embeddings.weight"][: len(ids)]
    flow = normal(flow + known["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for number in range(layers):
        place = f"encoder.layer.{number}"
        parts = [linear(flow, f"{place}.attention.self.{one}") for one in ("query", "key", "value")]
        query, key, value = (part.reshape(len(ids), HEADS, -1).transpose(1, 0, 2) for part in parts)
        looks = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS))
        mixed = ((looks / looks.sum(axis=2, keepdims=True)) @ value).transpose(1, 0, 2).reshape(len(ids), WIDTH)
        flow = normal(linear(mixed, f"{place}.attention.output.dense") + flow, f"{place}.attention.output.LayerNorm")
        inner = linear(flow, f"{place}.intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        flow = normal(linear(inner, f"{place}.output.dense") + flow, f"{place}.output.LayerNorm")
    return flow
