"""How often something may be done: counted in memory for one process, in Redis for several.

A sliding window that is made of two fixed ones: exact enough, and cheap at any number of requests.
"""

import math
import time

from django.conf import settings
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

_limiter: SlidingWindowCounterRateLimiter | None = None


def use(what: str, who: str, *, times: int, minutes: int = 1) -> int:
    """Counts one use of `what` by `who`. Returns 0, or after `times` in so many minutes the seconds to wait."""
    limiter = _the_limiter()
    item = RateLimitItemPerMinute(times, minutes)
    if limiter.hit(item, what, who):
        return 0
    return max(1, math.ceil(limiter.get_window_stats(item, what, who).reset_time - time.time()))


def forget() -> None:
    """Forgets every count."""
    _the_limiter().storage.reset()


def _the_limiter() -> SlidingWindowCounterRateLimiter:
    global _limiter  # noqa: PLW0603  (one counter a process)
    if _limiter is None:
        storage = RedisStorage(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage()
        _limiter = SlidingWindowCounterRateLimiter(storage)
    return _limiter
