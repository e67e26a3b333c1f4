"""The shop's file: made once, then a connection per call."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .days import now
from .fill import fill

SCHEMA = Path(__file__).with_name("schema.sql")
WAIT = 10.0  # seconds for another writer


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A connection that sees one moment of the shop."""
    with closing(_connect(_file())) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """A connection in a transaction of its own: all of it happens, or (when an error leaves the block) nothing."""
    with closing(_connect(_file())) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _file() -> Path:
    path = Path(os.environ.get("HANDDRUK_HOME", "handdruk-data")) / "shop.sqlite3"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    return path


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _make(path: Path) -> None:
    """Builds the whole shop aside and then publishes it, so that nobody ever sees half a shop."""
    handle, name = tempfile.mkstemp(prefix="shop-", suffix=".new", dir=path.parent)
    os.close(handle)
    try:
        with closing(_connect(Path(name))) as connection:
            connection.executescript(SCHEMA.read_text(encoding="utf-8"))
            connection.execute("BEGIN")
            fill(connection, now())
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        _publish(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _publish(made: Path, path: Path) -> None:
    """The first one to get here wins.

    A link, since `os.replace` would put a fresh shop over one in which another process may already have sold something.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            os.replace(made, path)
