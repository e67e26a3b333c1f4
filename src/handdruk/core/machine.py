"""What the machine offers."""

import os
from collections.abc import Callable
from typing import Any


def cores() -> int:
    """How many cores this process may use."""
    usable: Callable[[int], Any] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Set before NumPy is first loaded, these make it calculate on one thread.

Two that wait for one another burn both cores, and when other work is there too, take many times as long as one.
"""
