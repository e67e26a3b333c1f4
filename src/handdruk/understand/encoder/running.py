"""Texts to vectors, by ONNX Runtime."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from handdruk.core.machine import cores
from handdruk.understand.encoder.settings import Settings, settings_of
from handdruk.understand.encoder.unusable import EncoderUnusable, part
from handdruk.understand.text import LONGEST
from handdruk.understand.vocabulary import Floats

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_QUIET = 3
_TOKENS, _SENTENCE = 3, 2
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder in memory, for any number of threads at once. `fingerprint` says which one it is.

    A text becomes one vector for each of its `views`: the layers that the model gives out, the last one first.
    """

    fingerprint: str
    views: tuple[str, ...]
    width: int
    settings: Settings
    _session: Any = field(repr=False)
    _tokenizer: Any = field(repr=False)
    _inputs: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, folder: str | Path, *, threads: int = 1) -> Encoder:
        """The encoder in a folder. `threads` work on one message; more than one only pays when the machine is idle.

        EncoderUnusable if a file is missing or damaged, or a Python package is not there. What is run is what the
        fingerprint was taken of; files elsewhere are never read.
        """
        folder = Path(folder)
        settings = settings_of(folder)
        model, tokenizer = _bytes(folder / MODEL), _bytes(folder / TOKENIZER)
        session = _session(folder / MODEL, model, threads)
        inputs = frozenset(given.name for given in session.get_inputs())
        views = _views(session.get_outputs())
        if not views or not {"input_ids", "attention_mask"} <= inputs <= _INPUTS:
            raise EncoderUnusable(f"{folder / MODEL} is not a sentence encoder: its inputs or outputs are other ones")
        print_of = hashlib.sha256(repr(settings).encode())
        for data in (model, tokenizer):
            print_of.update(hashlib.sha256(data).digest())
        split = _tokenizer(folder / TOKENIZER, tokenizer, settings.tokens)
        loaded = cls(print_of.hexdigest(), views, 0, settings, session, split, inputs)
        return cls(loaded.fingerprint, views, loaded._tried(folder).shape[1], settings, session, split, inputs)

    def encode(self, text: str) -> Floats:
        """The vectors of one text, each of length 1; shape (views, width)."""
        ids = np.array([self._tokenizer.encode(self.settings.prefix + text[:LONGEST]).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(self.views, {name: given[name] for name in self._inputs})
        vectors = np.stack([self._pooled(view[0]) for view in found]).astype(np.float32)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        result: Floats = vectors / np.maximum(length, np.float32(1e-9))
        return result

    def encode_many(self, texts: Sequence[str]) -> Floats:
        """The same vectors as `encode` gives; shape (texts, views, width).

        All cores work, each on a text of its own: in one batch a text's vectors would depend by a hair on what stands
        beside it, where whole numbers are calculated with, and a batch is hardly faster on a processor.
        """
        result = np.zeros((len(texts), len(self.views), self.width), dtype=np.float32)
        with ThreadPoolExecutor(cores()) as pool:
            for number, vectors in enumerate(pool.map(self.encode, texts)):
                result[number] = vectors
        return result

    def _pooled(self, view: Floats) -> Floats:
        if view.ndim == 1:
            return view
        if self.settings.pooling == "first":
            first: Floats = view[0]
            return first
        pooled: Floats = view.max(axis=0) if self.settings.pooling == "highest" else view.mean(axis=0)
        return pooled

    def _tried(self, folder: Path) -> Floats:
        """The vectors of a word: what cannot encode one is no encoder."""
        try:
            vectors = self.encode("handdruk")
        except Exception as error:
            raise EncoderUnusable(f"{folder / MODEL} and {TOKENIZER} do not fit together: install it again") from error
        if not np.isfinite(vectors).all():
            raise EncoderUnusable(f"{folder / MODEL} gives no usable numbers: install the encoder again")
        return vectors


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise EncoderUnusable(f"{file} is missing: install the encoder again")
    return file.read_bytes()


def _session(file: Path, model: bytes, threads: int) -> Any:
    runtime = part("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = _QUIET
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EncoderUnusable(f"{file} is damaged or no ONNX model: install the encoder again") from error


def _tokenizer(file: Path, data: bytes, tokens: int) -> Any:
    try:
        tokenizer = part("tokenizers").Tokenizer.from_str(data.decode())
    except EncoderUnusable:
        raise
    except Exception as error:
        raise EncoderUnusable(f"{file} is damaged: install the encoder again") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens)
    return tokenizer


def _views(outputs: Sequence[Any]) -> tuple[str, ...]:
    """A sentence's own vector if the model makes one, else every layer it gives out."""
    sentence = [one.name for one in outputs if len(one.shape) == _SENTENCE and one.name == "sentence_embedding"]
    return tuple(sentence or [one.name for one in outputs if len(one.shape) == _TOKENS])
