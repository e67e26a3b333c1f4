"""Counts uses within a sliding window, in the memory of one process.

The window is made of two fixed ones: what the last one counted weighs as much as of it still lies within the window that ends
now. (The storage in memory that comes with `limits` starts a thread for nearly every use, which takes longer than a query.)
"""

import math
import threading
import time

SWEEP = 10_000  # uses between two looks at what is over


class Counter:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str, int], tuple[int, int, int]] = {}  # which window, uses in it, uses before
        self._uses = 0

    def use(self, what: str, who: str, times: int, seconds: int) -> int:
        """Counts one use. Returns 0, or when there were `times` in so many seconds already, the seconds to wait."""
        moment = time.time()
        window, within = divmod(moment, seconds)
        with self._lock:
            self._sweep(moment)
            now, before = self._counted(what, who, seconds, int(window))
            weighed = now + before * (1 - within / seconds)
            if weighed + 1 > times:
                return max(1, math.ceil(_until_free(now, before, times, within / seconds) * seconds))
            self._counts[what, who, seconds] = (int(window), now + 1, before)
        return 0

    def reset(self) -> None:
        """Forgets every count."""
        with self._lock:
            self._counts.clear()

    def _counted(self, what: str, who: str, seconds: int, window: int) -> tuple[int, int]:
        last, uses, before = self._counts.get((what, who, seconds), (window, 0, 0))
        if last == window:
            return uses, before
        return 0, uses if last == window - 1 else 0

    def _sweep(self, moment: float) -> None:
        self._uses += 1
        if self._uses % SWEEP == 0:
            over = [key for key, (window, _, _) in self._counts.items() if window + 2 <= moment // key[2]]
            for key in over:
                del self._counts[key]


def _until_free(now: int, before: int, times: int, passed: float) -> float:
    """The share of a window until one more use is allowed; `passed` of this one is over."""
    if now + 1 <= times:  # it is enough that the last window weighs less
        return 1 - (times - 1 - now) / before - passed
    return 1 - passed + max(0.0, 1 - (times - 1) / now)
