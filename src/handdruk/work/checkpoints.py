"""SQLite's log is written back into its file by a thread of its own.

By itself SQLite does that within some transaction's commit, which then takes ten times as long while every other writer waits.
"""

import logging
import threading

from django.db import close_old_connections, connection

from handdruk.core.errors import describe
from handdruk.work.transactions import alone

log = logging.getLogger(__name__)
PAUSE = 0.5  # seconds
LONG = 4000  # pages (16 MB) from which writers wait for a moment, so that the log begins anew; SQLite itself does at twice that


class Checkpoints:
    """A thread that does this until `stop` is called."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="checkpoints", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; what is in the log is safe there."""
        self._stopping.set()
        self._thread.join(2)

    def _work(self) -> None:
        while not self._stopping.wait(PAUSE):
            try:
                checkpoint()
            except Exception as error:
                log.warning("the database's log was not written back, and will be: %s", describe(error))
                close_old_connections()
        connection.close()


def checkpoint() -> None:
    """Writes back what nobody reads any more, beside readers and writers; a log that grew long is begun anew."""
    if _pages("PASSIVE") >= LONG:
        with alone():
            _pages("RESTART")


def _pages(how: str) -> int:
    """Does it, and returns how many pages the log holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        return int(cursor.fetchone()[1])
