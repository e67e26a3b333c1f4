"""One line that says how far something is, when somebody is looking."""

import sys
import time

WIDTH = 24
SELDOM = 0.2  # seconds between two changes


class Bar:
    """Draws on stderr when that is a terminal, and nothing otherwise."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._looked_at = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._from: int | None = None
        self._shown = 0.0

    def show(self, done: int, total: int, what: str) -> None:
        """So much of the total is done; `what` in words."""
        now = time.monotonic()
        if not self._looked_at or now - self._shown < SELDOM:
            return
        if self._from is None:  # what was done earlier says nothing about how fast it goes
            self._from, self._begun = done, now
        self._shown = now
        share = min(done / total, 1.0) if total else 1.0
        filled = int(share * WIDTH)
        left = self._left(done, total, now)
        line = f"{self._title} [{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%} {what}{left}"
        print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Wipes the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = 0.0

    def _left(self, done: int, total: int, now: float) -> str:
        gained = done - (self._from or 0)
        if gained <= 0:
            return ""
        seconds = int((now - self._begun) * max(total - done, 0) / gained)
        return f", {seconds // 60}:{seconds % 60:02d} left"
