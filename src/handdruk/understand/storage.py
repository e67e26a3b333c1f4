"""A trained model as data: one compressed NumPy archive and a JSON header. Reading one never runs what is in it."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Parts = dict[str, npt.NDArray[Any]]
Header = dict[str, Any]

FORMAT = 3
_QUICKLY = 1  # of 9: nearly as small as with NumPy's own 6, in a third of the time


class ModelDamaged(ValueError):
    """These bytes are not a whole model of this version. Train again, or take a copy that was not cut short."""


def pack(header: Header, parts: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """The bytes of a model. `header` is plain JSON values; `parts` are arrays of numbers, flags or text."""
    stored = {"header": _text(json.dumps({"format": FORMAT, **header}, sort_keys=True)), **parts}
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICKLY) as archive:
        for name, array in stored.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.asanyarray(array), allow_pickle=False)
    return memory.getvalue()


def unpack(data: bytes) -> tuple[Header, Parts]:
    """What was packed. ModelDamaged if the bytes are cut short, changed, of another version or no model at all."""
    with damage_told(), np.load(BytesIO(data), allow_pickle=False) as archive:
        parts: Parts = {name: archive[name] for name in archive.files}
        header = json.loads(_string(parts.pop("header")))
        if not isinstance(header, dict) or header.get("format") != FORMAT:
            raise ModelDamaged(f"this model is not of format {FORMAT}: train again with this version")
    return header, parts


@contextmanager
def damage_told() -> Iterator[None]:
    """Whatever goes wrong while a model is put together again is told as ModelDamaged."""
    try:
        yield
    except ModelDamaged:
        raise
    except (OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ModelDamaged(f"the model is damaged or cut short ({error}): train again, or restore a copy") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, MemoryError) as error:
        raise ModelDamaged(f"the model is damaged or cut short ({error}): train again, or restore a copy") from error


def strings(values: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Strings without line breaks, as an array of bytes."""
    return _text("\n".join(values))


def strings_of(stored: npt.NDArray[Any]) -> list[str]:
    """The strings that `strings` stored; none at all come back as none."""
    text = _string(stored)
    return text.split("\n") if text else []


def sparse(name: str, matrix: csr_matrix) -> Parts:
    """The arrays of a sparse matrix, under names that start with `name`."""
    return {
        f"{name}.data": matrix.data,
        f"{name}.indices": matrix.indices,
        f"{name}.ends": matrix.indptr,
        f"{name}.shape": np.array(matrix.shape, dtype=np.int64),
    }


def sparse_of(name: str, parts: Parts) -> csr_matrix:
    """The matrix that `sparse` stored, every index checked."""
    rows, columns = (int(size) for size in parts[f"{name}.shape"])
    data, indices, ends = (parts[f"{name}.{part}"] for part in ("data", "indices", "ends"))
    matrix = csr_matrix((data, indices, ends), shape=(rows, columns))
    matrix.check_format(full_check=True)
    return matrix


def _text(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _string(stored: npt.NDArray[Any]) -> str:
    return stored.astype(np.uint8).tobytes().decode()
