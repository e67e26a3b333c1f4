"""The actions of the company that is running, loaded from its folder."""

import importlib
import importlib.util
import logging
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from handdruk.digital.actions import define
from handdruk.digital.actions.bounded import Endless, bounded
from handdruk.digital.actions.define import Action, BadActions, Lookup

log = logging.getLogger(__name__)
PACKAGE = "handdruk_company"  # the name under which a company's folder is imported, so that its files find each other
PATIENCE = 20.0  # seconds an actions.py may take to be imported
AGAIN_AFTER = 60.0  # seconds until one that could not be imported is tried again


@dataclass(frozen=True, slots=True)
class Actions:
    """What an `actions.py` defines."""

    by_name: dict[str, Action]
    lookup: Lookup | None


@dataclass(frozen=True, slots=True)
class Failed:
    """An `actions.py` that could not be imported, and when that was."""

    why: str
    at: float


_lock = threading.Lock()
_loaded: dict[tuple[str, str], Actions | Failed] = {}


def actions_of(folder: str, fingerprint: str) -> Actions:
    """The actions of a company's folder, imported once for each fingerprint: a load takes new code into use.

    Without an `actions.py` there are none. This runs the company's own code, with the rights of this process. Raises
    BadActions when it cannot be imported.
    """
    with _lock:
        held = _loaded.get((folder, fingerprint))
        if held is None or (isinstance(held, Failed) and time.monotonic() - held.at > AGAIN_AFTER):
            if not (Path(folder) / "actions.py").is_file():
                return Actions({}, None)
            held = _tried(Path(folder))
            _loaded.clear()
            _loaded[folder, fingerprint] = held
    if isinstance(held, Failed):
        raise BadActions(held.why)
    return held


def _tried(folder: Path) -> Actions | Failed:
    try:
        return load(folder)
    except BadActions as error:
        log.error("the company's actions cannot be used; handdruk doctor tells why")
        return Failed(str(error), time.monotonic())


def load(folder: Path) -> Actions:
    """Imports afresh. Raises BadActions with file and line."""
    path = folder / "actions.py"
    if not path.is_file():
        return Actions({}, None)
    define.collecting = define.Collected()
    _begin_package(folder)
    with _without_bytecode():
        error = bounded(lambda: _import(path), PATIENCE)
    if error is not None:
        raise BadActions(f"{path}:{_line(error, path)}: {_told(error)}") from error
    return Actions(dict(define.collecting.actions), define.collecting.lookup)


def _begin_package(folder: Path) -> None:
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    package = importlib.util.spec_from_loader(PACKAGE, None, is_package=True)
    assert package is not None
    package.submodule_search_locations = [str(folder)]
    sys.modules[PACKAGE] = importlib.util.module_from_spec(package)


def _import(path: Path) -> None:
    """Not through `import`, whose lock one that never ends would hold for ever."""
    name = f"{PACKAGE}.actions"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


@contextmanager
def _without_bytecode() -> Iterator[None]:
    """Nothing is written into the company's folder, and no older code is found there."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _told(error: BaseException) -> str:
    if isinstance(error, Endless):
        return str(error)
    if isinstance(error, Exception):
        return f"{type(error).__name__}: {error}"
    return f"it ends the program when it is imported ({type(error).__name__})"


def _line(error: BaseException, path: Path) -> int:
    """Where in this file it went wrong, also when that was in code it calls."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    places = [(entry.filename, entry.lineno or 1) for entry in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, Endless):
        places = error.places
    return next((line for file, line in reversed(places) if file == str(path)), 1)
