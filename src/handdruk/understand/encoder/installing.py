"""From a folder as a hub keeps it to one that can be used: checked, converted when needed, and whole or not at all."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handdruk.understand.encoder.graph import KINDS, model_of
from handdruk.understand.encoder.running import MODEL, TOKENIZER, Encoder
from handdruk.understand.encoder.settings import contents, settings_of
from handdruk.understand.encoder.unusable import EncoderUnusable, part
from handdruk.understand.encoder.weights import weights_of

WEIGHTS = "model.safetensors"
WANTED = ("*.json", "model.safetensors", "model.onnx", "onnx/model.onnx")
"""The files of a hub that are needed, as patterns."""


def install(source: str | Path, folder: str | Path, *, prefix: str | None = None, exact: bool = False) -> Encoder:
    """Makes `folder` an encoder folder from `source`, and returns the encoder; what was in `folder` is replaced.

    `model.onnx` is taken as it is. One in safetensors is written as ONNX, its large matrices in whole numbers of eight
    bits (half the time, two thirds of the size, the same quality), or unchanged if `exact`; `onnx/model.onnx`, which hubs
    keep beside it, serves for kinds of models that are not known here. `prefix`
    goes before each text; left out, the folder's files decide. EncoderUnusable says what is wrong, and then
    nothing has changed.
    """
    source, folder = Path(source), Path(folder)
    if not source.is_dir():
        raise EncoderUnusable(f"{source} is no folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".encoder-") as place:
        fresh = Path(place) / "encoder"
        fresh.mkdir()
        _fill(source, fresh, exact)
        settings = settings_of(source)
        (settings if prefix is None else replace(settings, prefix=prefix)).save(fresh)
        encoder = Encoder.load(fresh)
        if folder.exists():
            folder.rename(Path(place) / "old")
        fresh.rename(folder)
    return encoder


def _fill(source: Path, fresh: Path, exact: bool) -> None:
    if not (source / TOKENIZER).is_file():
        raise EncoderUnusable(f"{source / TOKENIZER} is missing")
    shutil.copyfile(source / TOKENIZER, fresh / TOKENIZER)
    ready, config = _ready(source), contents(source / "config.json")
    if ready is not None:
        shutil.copyfile(ready, fresh / MODEL)
        return
    model = model_of(config, weights_of(source / WEIGHTS))
    part("onnx", "convert").save(model, fresh / MODEL)
    if not exact:
        _make_smaller(fresh / MODEL)


def _ready(source: Path) -> Path | None:
    """The ONNX file to take as it is; None if the weights are to be converted, or there is none."""
    if (source / MODEL).is_file():
        return source / MODEL
    known = contents(source / "config.json").get("model_type") in KINDS and (source / WEIGHTS).is_file()
    beside = source / "onnx" / MODEL
    return beside if beside.is_file() and not known else None


def _make_smaller(model: Path) -> None:
    """Whole numbers of seven bits: eight overflow on processors without instructions made for them."""
    quantization = part("onnxruntime.quantization", "convert")
    whole = model.rename(model.with_suffix(".exact"))
    quantization.quantize_dynamic(
        whole,
        model,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=quantization.QuantType.QInt8,
    )
    whole.unlink()
