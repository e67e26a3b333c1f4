"""A safetensors file, read as what it is: a list of names and places, and plain numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from handdruk.understand.encoder.unusable import EncoderUnusable
from handdruk.understand.vocabulary import Floats

_KINDS = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}
_LONGEST_LIST = 100_000_000


def weights_of(file: Path) -> dict[str, Floats]:
    """Every array of floating-point numbers by its name, as float32; arrays of other numbers are left out.

    EncoderUnusable names the file if it is missing, damaged or cut short.
    """
    if not file.is_file():
        raise EncoderUnusable(f"{file} is missing: give a folder with model.onnx or model.safetensors")
    data = file.read_bytes()
    try:
        length = int.from_bytes(data[:8], "little")
        if length > min(len(data), _LONGEST_LIST):
            raise ValueError("its list of contents is longer than the file")
        listed = json.loads(data[8 : 8 + length])
        return {
            name.removeprefix("bert."): _array(data, 8 + length, entry)
            for name, entry in listed.items()
            if name != "__metadata__" and entry["dtype"] in (*_KINDS, "BF16")
        }
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise EncoderUnusable(f"{file} is damaged or cut short: fetch it again") from error


def _array(data: bytes, begin: int, entry: dict[str, list[int]]) -> Floats:
    start, end = entry["data_offsets"]
    if not 0 <= start <= end <= len(data) - begin:
        raise ValueError("outside the file")
    found = data[begin + start : begin + end]
    kind = str(entry["dtype"])
    if kind == "BF16":
        upper = np.frombuffer(found, "<u2").astype(np.uint32) << 16
        return upper.view(np.float32).reshape(entry["shape"])
    return np.frombuffer(found, _KINDS[kind]).astype(np.float32).reshape(entry["shape"])
