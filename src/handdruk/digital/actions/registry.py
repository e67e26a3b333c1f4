"""The actions of the company that is running, loaded from its folder."""

import importlib
import importlib.util
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from handdruk.digital.actions import define
from handdruk.digital.actions.define import Action, BadActions, Lookup

PACKAGE = "handdruk_company"  # the name under which a company's folder is imported, so that its files find each other


@dataclass(frozen=True, slots=True)
class Actions:
    """What an `actions.py` defines."""

    by_name: dict[str, Action]
    lookup: Lookup | None


_lock = threading.Lock()
_loaded: dict[str, Actions] = {}


def actions_of(folder: str) -> Actions:
    """The actions of a company's folder, loaded once a process. Without an `actions.py` there are none.

    This runs the company's own code, with the rights of this process. Raises BadActions when it cannot be loaded.
    """
    with _lock:
        if folder not in _loaded:
            _loaded[folder] = load(Path(folder))
        return _loaded[folder]


def load(folder: Path) -> Actions:
    """Loads afresh. Raises BadActions with file and line."""
    path = folder / "actions.py"
    if not path.is_file():
        return Actions({}, None)
    define.collecting = define.Collected()
    _forget_package()
    package = importlib.util.spec_from_loader(PACKAGE, None, is_package=True)
    assert package is not None
    package.submodule_search_locations = [str(folder)]
    sys.modules[PACKAGE] = importlib.util.module_from_spec(package)
    try:
        importlib.import_module(f"{PACKAGE}.actions")
    except Exception as error:
        raise BadActions(f"{path}:{_line(error, path)}: {type(error).__name__}: {error}") from error
    return Actions(dict(define.collecting.actions), define.collecting.lookup)


def _forget_package() -> None:
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]


def _line(error: Exception, path: Path) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
