"""How often something may be done: counted in memory for one process, in Redis for several.

A sliding window that is made of two fixed ones: exact enough, and cheap at any number of requests. While Redis does not
answer, each process counts for itself: a limit is then less strict, but nobody is kept waiting.
"""

import logging
import math
import time
from functools import cache

from django.conf import settings
from limits import RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from handdruk.core.errors import describe
from handdruk.work import redis
from handdruk.work.counter import Counter

log = logging.getLogger(__name__)
REST = 5.0  # seconds Redis is left alone after it did not answer
_rests_until = 0.0
_own = Counter()


def use(what: str, who: str, *, times: int, minutes: int = 1) -> int:
    """Counts one use of `what` by `who`. Returns 0, or after `times` in so many minutes the seconds to wait."""
    if settings.REDIS_URL and time.monotonic() >= _rests_until:
        try:
            return _use_shared(what, who, RateLimitItemPerMinute(times, minutes))
        except Exception as error:
            _let_redis_rest(error)
    return _own.use(what, who, times, minutes * 60)


def forget() -> None:
    """Forgets every count."""
    global _rests_until  # noqa: PLW0603  (see below)
    _rests_until = 0.0
    _own.reset()
    if settings.REDIS_URL:
        _shared().storage.reset()


def _use_shared(what: str, who: str, item: RateLimitItemPerMinute) -> int:
    limiter = _shared()
    if limiter.hit(item, what, who):
        return 0
    return max(1, math.ceil(limiter.get_window_stats(item, what, who).reset_time - time.time()))


def _let_redis_rest(error: Exception) -> None:
    global _rests_until  # noqa: PLW0603  (what one process knows of its Redis)
    _rests_until = time.monotonic() + REST
    log.warning("Redis cannot be reached (%s); this process counts for itself", describe(error))


@cache
def _shared() -> SlidingWindowCounterRateLimiter:
    pool = redis.client().connection_pool
    return SlidingWindowCounterRateLimiter(RedisStorage(settings.REDIS_URL, connection_pool=pool))
