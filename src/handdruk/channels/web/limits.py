"""How much one customer may ask for."""

from handdruk.channels.web.problems import Problem
from handdruk.work.limits import use

WINDOW = 2  # minutes; a burst may use all of it at once


def allow(what: str, who: str, per_minute: int) -> None:
    """Counts one use. Raises a 429 problem with Retry-After when there were too many."""
    wait = use(what, who, times=per_minute * WINDOW, minutes=WINDOW)
    if wait:
        raise Problem(429, f"try again in {wait} seconds", Retry_After=str(wait))
