"""A sentence encoder small enough for a test: BERT's shape, words of one meaning on one place, nothing downloaded."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

SLANG = {
    "parcel": "plimbo drazel quonk tivver brax womble fendo skarn",
    "return": "zulf gnorp hexit jubble crint oskel vandro pume",
    "password": "blick yarfo mistu kelp rundle thwap egzo noffin",
}
"""Words nobody else knows, for what customers of one trade say among themselves."""
MEANINGS = (
    f"parcel package shipment box pakket pakje zending bestelling {SLANG['parcel']}",
    "where track find locate waar volgen",
    f"return send back retourneren terugsturen {SLANG['return']}",
    f"password login wachtwoord inloggen {SLANG['password']}",
    "open hours opening uur",
    "my a the is it i to you do what mijn is de het ik",
)
WIDTH, HEADS, LAYERS, PLACES = 24, 2, 2, 40
CONFIG = {
    "model_type": "bert", "hidden_size": WIDTH, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS,
    "hidden_act": "gelu", "layer_norm_eps": 1e-12, "max_position_embeddings": PLACES, "pad_token_id": 0,
}  # fmt: skip


def words() -> list[str]:
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(" ".join(MEANINGS).split())]


def weights() -> dict[str, np.ndarray]:
    """Random but the same each time; the layers only stir a little, so that meanings stay apart."""
    chance = np.random.default_rng(7)

    def some(*shape: int, size: float = 0.05) -> np.ndarray:
        return chance.normal(0, size, shape).astype(np.float32)

    known, places = words(), [set(meaning.split()) for meaning in MEANINGS]
    table = some(len(known), WIDTH)
    for number, word in enumerate(known):
        table[number, : len(places)] += [3 * (word in place) for place in places]
    found = {
        "embeddings.word_embeddings.weight": table,
        "embeddings.position_embeddings.weight": some(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
        **_normal("embeddings.LayerNorm", some),
    }
    for number in range(LAYERS):
        place = f"encoder.layer.{number}"
        shapes = {f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        shapes |= {
            "attention.output.dense": (WIDTH, WIDTH),
            "intermediate.dense": (48, WIDTH),
            "output.dense": (WIDTH, 48),
        }
        for name, shape in shapes.items():
            found |= {f"{place}.{name}.weight": some(*shape), f"{place}.{name}.bias": some(shape[0])}
        found |= _normal(f"{place}.attention.output.LayerNorm", some) | _normal(f"{place}.output.LayerNorm", some)
    return found


def _normal(place: str, some: Any) -> dict[str, np.ndarray]:
    return {f"{place}.weight": 1 + some(WIDTH), f"{place}.bias": some(WIDTH)}


def hub_folder(folder: Path) -> Path:
    """As a hub would keep it: configuration, tokenizer and safetensors."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(CONFIG))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_mean_tokens": True}))
    vocabulary = {word: number for number, word in enumerate(words())}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    )
    tokenizer.enable_padding(length=32)  # as some folders do: a short text must not be read with its padding
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.safetensors").write_bytes(safetensors(weights()))
    return folder


def safetensors(arrays: dict[str, np.ndarray]) -> bytes:
    listed, data = {}, b""
    for name, array in arrays.items():
        listed[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + array.nbytes],
        }
        data += array.tobytes()
    head = json.dumps(listed).encode()
    return len(head).to_bytes(8, "little") + head + data
