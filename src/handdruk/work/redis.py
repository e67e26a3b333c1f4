"""This process's one way to Redis. It is never waited for long: everything here also works, for a while, without it."""

from functools import cache
from typing import Any

from django.conf import settings

PATIENCE = 0.5  # seconds; a customer may be waiting


@cache
def client() -> Any:
    """The client, which connects at its first use and does not try again by itself."""
    from redis import Redis  # noqa: PLC0415  (an optional part)
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    return Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, health_check_interval=30,
        retry=Retry(NoBackoff(), 0),
    )  # fmt: skip
