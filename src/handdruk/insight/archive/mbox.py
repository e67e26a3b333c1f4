"""An mbox, put together into conversations: the mails of one customer in one thread.

A first look through the file notes of each mail where it stands and which mails it answers, in a temporary database on
disk, so that memory does not grow with the archive. A thread is what Message-ID, In-Reply-To and References tie together;
within it each sender has a conversation of their own, so that nobody's mail lands in another customer's.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import IO

from handdruk.insight.archive.mail import Head, head_of
from handdruk.insight.archive.mbox_scan import scan
from handdruk.insight.archive.values import BadArchive, Chunk, Piece

LONGEST = 1_000_000  # bytes of a mail that are looked at
MOST = 100  # mails of a conversation
AT_ONCE = 32  # conversations a chunk
HEAVY = 4_000_000  # bytes after which a chunk is full
TABLES = """
pragma journal_mode = off;
pragma synchronous = off;
pragma cache_size = -32000;
create table ids (id blob primary key, thread integer) without rowid;
create table mails (thread integer, sender blob, sent integer, start integer, length integer, line integer, problem text);
"""
CONVERSATIONS = """
create index by_sender on mails (thread, sender);
create table conversations as select thread, sender, min(start) as first from mails group by thread, sender;
"""
IN_ORDER = """
select first, start, length, line, problem from conversations join mails using (thread, sender)
order by first, sent, start
"""
Row = tuple[int, int, int, int, str]


class Mbox:
    """An archive of mail. Its measure is conversations."""

    mail = True

    def __init__(self, path: Path, ours: Collection[str], told: Callable[[int, int], None]) -> None:
        self._path = path
        self._ours = frozenset(address.lower().removeprefix("@") for address in ours)
        self._passed: Counter[str] = Counter()
        self._index = sqlite3.connect("")  # a temporary file that nobody else can open
        self._index.executescript(TABLES)
        self._mark = self._look_through(told)
        self._index.executescript(CONVERSATIONS)
        self.size = int(self._index.execute("select count(*) from conversations").fetchone()[0])

    def chunks(self, after: int = 0, mark: str = "") -> Iterator[Chunk]:
        """See `Archive.chunks`."""
        if mark and mark != self._mark:
            raise BadArchive("has changed")
        passed = Counter(self._passed) if after == 0 else Counter[str]()
        conversations = groupby(self._index.execute(IN_ORDER), key=lambda row: row[0])
        whole = (list(rows) for _, rows in islice(conversations, after, None))
        with self._path.open("rb") as file:
            pieces: list[Piece] = []
            weight = 0
            for until, rows in enumerate(whole, after + 1):
                pieces.append(_piece(file, rows, passed))
                weight += sum(map(len, pieces[-1].parts))
                if len(pieces) == AT_ONCE or weight > HEAVY or until == self.size:
                    yield Chunk(tuple(pieces), until, self._mark, mail=True, counted=passed)
                    pieces, weight, passed = [], 0, Counter()
        if passed:
            yield Chunk((), self.size, self._mark, mail=True, counted=passed)

    def _look_through(self, told: Callable[[int, int], None]) -> str:
        """Notes every mail; returns the fingerprint of the file."""
        seen = hashlib.blake2b(digest_size=16)
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            for number, mail in enumerate(scan(file, seen.update)):
                self._note(number, _head(mail.head), mail.start, mail.length, mail.line)
                told(mail.start + mail.length, size)
        return f"{size}:{seen.hexdigest()}"

    def _note(self, number: int, head: Head, start: int, length: int, line: int) -> None:
        thread = self._thread(number, head)
        problem = "" if head.sender else "no sender"
        if head.automatic or self._is_ours(head.sender):
            self._passed["automatic" if head.automatic else "ours"] += 1
            self._passed["entries"] += 1
            return
        sender = hashlib.blake2b((head.sender or f"\0{number}").encode(), digest_size=16).digest()
        row = (thread, sender, head.sent, start, length, line, problem)
        self._index.execute("insert into mails values (?, ?, ?, ?, ?, ?, ?)", row)

    def _thread(self, number: int, head: Head) -> int:
        """The thread that any of the mails it names belongs to, else a new one; all of them belong to it from now on."""
        ids = [hashlib.blake2b(name.encode(), digest_size=16).digest() for name in head.names]
        found = (self._index.execute("select thread from ids where id = ?", [known]).fetchone() for known in ids)
        thread = next((row[0] for row in found if row), number)
        self._index.executemany("insert or ignore into ids values (?, ?)", [(known, thread) for known in ids])
        return int(thread)

    def _is_ours(self, sender: str) -> bool:
        return sender in self._ours or sender.rpartition("@")[2] in self._ours


def _head(data: bytes) -> Head:
    try:
        return head_of(data)
    except Exception:  # whatever a parser stumbles over, one mail must not stop the others
        return Head((), "", 0, automatic=False)


def _piece(file: IO[bytes], rows: list[Row], counted: Counter[str]) -> Piece:
    counted["entries"] += len(rows)
    if len(rows) > MOST:
        counted["beyond"] += len(rows) - MOST
    _, _, _, line, problem = rows[0]
    return Piece(line, tuple(_bytes(file, start, length) for _, start, length, _, _ in rows[:MOST]), problem)


def _bytes(file: IO[bytes], start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(min(length, LONGEST))
