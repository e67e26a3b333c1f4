"""How much one customer may ask for: in memory for one process, in Redis for several."""

import math
import time

from django.conf import settings
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter

from handdruk.channels.web.problems import Problem

_limiter: MovingWindowRateLimiter | None = None
WINDOW = 2  # minutes; a burst may use all of it at once


def allow(what: str, who: str, per_minute: int) -> None:
    """Counts one use. Raises a 429 problem with Retry-After when there were too many."""
    limiter = _the_limiter()
    item = RateLimitItemPerMinute(per_minute * WINDOW, WINDOW)
    if limiter.hit(item, what, who):
        return
    wait = max(1, math.ceil(limiter.get_window_stats(item, what, who).reset_time - time.time()))
    raise Problem(429, f"try again in {wait} seconds", Retry_After=str(wait))


def _the_limiter() -> MovingWindowRateLimiter:
    global _limiter  # noqa: PLW0603  (one counter a process)
    if _limiter is None:
        storage: Storage = RedisStorage(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage()
        _limiter = MovingWindowRateLimiter(storage)
    return _limiter
