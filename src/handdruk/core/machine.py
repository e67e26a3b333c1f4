"""What the machine offers."""

import os
from collections.abc import Callable
from typing import Any


def cores() -> int:
    """How many cores this process may use."""
    usable: Callable[[int], Any] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
