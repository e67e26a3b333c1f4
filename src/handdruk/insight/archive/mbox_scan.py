"""Where the mails of an mbox begin and end."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

LINE = 1_000_000  # bytes of a line looked at in one go
HEAD = 100_000  # bytes of a head that are kept
_BEGINS = re.compile(rb"From \S.{0,400}\b(?:19|20)\d\d\b")  # a sentence that begins with From names no year


@dataclass(frozen=True, slots=True)
class Spot:
    """A mail's head, and where the mail stands: from byte `start`, after the "From " line, which is line `line`."""

    head: bytes
    start: int
    length: int
    line: int


def scan(file: IO[bytes], seen: Callable[[bytes], object]) -> Iterator[Spot]:
    """Every mail of the file; `seen` is given all of its bytes on the way."""
    start = line = place = mail_line = 0
    head: list[bytes] = []
    weight = 0
    in_head, after_blank, begun = False, True, False
    while text := file.readline(LINE):
        seen(text)
        if after_blank and (_BEGINS.match(text) or (place == 0 and text.startswith(b"From "))):
            if begun:
                yield Spot(b"".join(head), start, place - start, mail_line)
            start, mail_line, head, weight, in_head, begun = place + len(text), line + 1, [], 0, True, True
        elif in_head:
            in_head = bool(text.strip())
            weight += len(text)
            if weight <= HEAD:
                head.append(text)
        place += len(text)
        line += text.endswith(b"\n")
        after_blank = text in (b"\n", b"\r\n")
    if begun:
        yield Spot(b"".join(head), start, place - start, mail_line)
