"""Runs code that is not ours, which may print, end the program or never end itself."""

import ctypes
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout


class Endless(Exception):
    """It was given up. `places` are the (file, line) pairs it was at, outermost first."""

    def __init__(self, seconds: float, places: list[tuple[str, int]]) -> None:
        super().__init__(f"it did not end within {seconds:g} seconds")
        self.places = places


def bounded(function: Callable[[], object], seconds: float) -> BaseException | None:
    """Runs it in a thread of its own; what it prints goes to stderr. Returns what it raised, or Endless.

    A loop in Python is broken off. What waits outside Python is left behind, and does not keep the process alive.
    """
    ended: list[BaseException | None] = []
    thread = threading.Thread(target=_run, args=(function, ended), daemon=True)
    with redirect_stdout(sys.stderr):
        thread.start()
        thread.join(seconds)
    if ended:
        return ended[0]
    assert thread.ident is not None
    frame = sys._current_frames().get(thread.ident)
    places = [(entry.filename, entry.lineno or 1) for entry in traceback.extract_stack(frame)] if frame else []
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
    return Endless(seconds, places)


def _run(function: Callable[[], object], ended: list[BaseException | None]) -> None:
    try:
        function()
    except BaseException as error:  # whatever it is, it must not end more than this thread
        ended.append(error)
    else:
        ended.append(None)
