"""One transaction, one writer.

SQLite has one writer at a time, and its own waiting is a poll with growing pauses. Within a process a lock is fairer and
faster, so every write takes it first; between processes IMMEDIATE transactions and the busy timeout remain.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_one_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is one transaction; inside another `writing()` it simply joins that."""
    if connection.in_atomic_block:
        yield
        return
    with _one_writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Nobody in this process writes meanwhile, and no transaction is begun. SQLite only."""
    with _one_writer:
        yield
