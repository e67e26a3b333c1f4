"""JSON lines, one conversation a line."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handdruk.insight.archive.values import BadArchive, Chunk, Piece

LONGEST = 4_000_000  # bytes of a line that are kept
TOO_LONG = "longer than 4 MB"
AT_ONCE = 128  # lines a chunk
HEAVY = 1_000_000  # bytes after which a chunk is full


class Lines:
    """An archive of JSON lines. Its measure is bytes."""

    mail = False

    def __init__(self, path: Path) -> None:
        self.size = path.stat().st_size
        self._path = path
        self._seen = hashlib.blake2b(digest_size=16)

    def chunks(self, after: int = 0, mark: str = "") -> Iterator[Chunk]:
        """See `Archive.chunks`. What was read before is read again, to see that it is the same."""
        self._seen = hashlib.blake2b(digest_size=16)
        with self._path.open("rb") as file:
            line = self._read_again(file, after)
            if mark and mark != self._mark():
                raise BadArchive("has changed")
            while True:
                chunk, line = self._chunk(file, line)
                if not chunk.counted["entries"]:
                    return
                yield chunk

    def _mark(self) -> str:
        return f"{self.size}:{self._seen.hexdigest()}"

    def _read_again(self, file: IO[bytes], left: int) -> int:
        """How many lines there are in the first `left` bytes."""
        line = 0
        while left and (block := file.read(min(left, HEAVY))):
            self._seen.update(block)
            line += block.count(b"\n")
            left -= len(block)
        return line

    def _chunk(self, file: IO[bytes], line: int) -> tuple[Chunk, int]:
        pieces: list[Piece] = []
        counted: Counter[str] = Counter()
        weight = 0
        while counted["entries"] < AT_ONCE and weight < HEAVY:
            text, cut = self._line(file)
            if not text:
                break
            line += 1
            weight += len(text)
            counted["entries"] += 1
            if line == 1:
                text = text.removeprefix(b"\xef\xbb\xbf")
            if cut or text.strip():
                pieces.append(Piece(line, (b"" if cut else text,), TOO_LONG if cut else ""))
            else:
                counted["blank"] += 1
        return Chunk(tuple(pieces), file.tell(), self._mark(), counted=counted), line

    def _line(self, file: IO[bytes]) -> tuple[bytes, bool]:
        """The next line and whether it is too long; of such a line the rest has been passed over."""
        text = self._part(file)
        cut = len(text) == LONGEST and not text.endswith(b"\n")
        while cut and (part := self._part(file)) and not part.endswith(b"\n"):
            pass
        return text, cut

    def _part(self, file: IO[bytes]) -> bytes:
        part = file.readline(LONGEST)
        self._seen.update(part)
        return part
