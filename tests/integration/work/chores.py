"""Jobs for tests, each leaving a trace of what became of it in a file that survives its process."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from handdruk.work.define import Permanent, job

TRACES = "CHORES_TRACES"  # the environment variable that names the file
done: list[object] = []  # what was done in this process
broken: dict[str, Exception | None] = {}  # what goes wrong, by chore


@job("chores.note")
def note(what: object) -> None:
    done.append(what)


@job("chores.fragile", attempts=3, on_dead=lambda what: _given_up(what))
def fragile(what: str) -> None:
    """Fails as long as `broken` says so."""
    if (error := broken.get(what)) is not None:
        raise error
    done.append(what)


@job("chores.hopeless", on_dead=lambda what: done.append(("given up", what)))
def hopeless(what: str) -> None:
    raise Permanent(what)


def _given_up(what: str) -> None:
    if (error := broken.get(f"{what} afterwards")) is not None:
        raise error
    done.append(("given up", what))


@job("chores.traced", attempts=50)
def traced(number: int, seconds: float) -> None:
    """Writes when it began and when it ended; a process that is killed leaves a beginning without an end."""
    _trace("began", number)
    time.sleep(seconds)
    _trace("ended", number)


def _trace(what: str, number: int) -> None:
    file = os.open(os.environ[TRACES], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, f"{what} {number} {os.getpid()} {time.monotonic()}\n".encode())  # one write, so never mixed
    finally:
        os.close(file)


def read_traces(path: Path) -> list[tuple[str, int, int, float]]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [(what, int(number), int(pid), float(at)) for what, number, pid, at in map(str.split, lines)]


def raising(error: Exception) -> Callable[..., None]:
    def fail(*args: object, **more: object) -> None:
        raise error

    return fail
