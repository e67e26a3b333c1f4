"""Makes `english.npz` from an encoder: python -m handdruk.understand.word_meanings.make ENCODER_FOLDER

Every whole word of the encoder's own vocabulary is read alone, by its layer before the last. The vectors are centred,
turned to their WIDTH main directions, made shorter the more common the word is, and rounded to whole numbers.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np

from handdruk.understand.encoder import Encoder

WIDTH = 128
COMMON = 1e-3
"""A word with the share p of all words weighs COMMON / (COMMON + p) (Arora, Liang, Ma 2017)."""
_WORD = re.compile(r"[a-z']+|[0-9]{1,4}")


def make(folder: Path) -> None:
    """Writes the file beside this one. The vocabulary is taken to stand in order of frequency, as Zipf's law has it."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted((word for word in vocabulary if _WORD.fullmatch(word)), key=vocabulary.__getitem__)
    encoder = Encoder.load(folder)
    vectors = encoder.encode_many(words)[:, -1]
    vectors -= vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    rank = np.arange(1, len(words) + 1)
    share = 1 / rank / np.log(len(words))
    rows = vectors @ directions[:WIDTH].T * (COMMON / (COMMON + share))[:, None]
    table = np.round(rows / np.abs(rows).max() * 127).astype(np.int8)
    letters = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(Path(__file__).parent / "english.npz", words=letters, table=table)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
