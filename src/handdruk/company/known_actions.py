"""The actions a folder defines, and whether they speak the company's languages.

This runs the company's own `actions.py`, as the server will.
"""

import re
from pathlib import Path

from handdruk.company.files import Folder
from handdruk.company.mistakes import Notes
from handdruk.core.words import Texts
from handdruk.digital.actions.define import Action, BadActions
from handdruk.digital.actions.registry import load

WHERE = re.compile(r"(?P<file>.+?\.py):(?P<line>\d+): (?P<wrong>.*)", re.DOTALL)
FILE = "actions.py"


def read_actions(folder: Folder, languages: tuple[str, ...]) -> frozenset[str] | None:
    """The names of the actions; None when the file cannot be used (which is noted)."""
    if not (folder.root / FILE).exists() and not (folder.root / FILE).is_symlink():
        return frozenset()
    if folder.text(FILE) is None:
        return None
    notes = folder.notes(FILE)
    try:
        actions = load(folder.root.resolve()).by_name
    except BadActions as error:
        found = WHERE.fullmatch(str(error))
        line, wrong = (int(found["line"]), found["wrong"]) if found else (1, str(error))
        notes.add(line, " ".join(wrong.split()), "mend it; nothing was loaded")
        return None
    for action in actions.values():
        _check(action, languages, folder, notes)
    return frozenset(actions)


def _check(action: Action, languages: tuple[str, ...], folder: Folder, notes: Notes) -> None:
    code = getattr(action.function, "__code__", None)
    line = code.co_firstlineno if code else 1
    if code and Path(code.co_filename).is_relative_to(folder.root.resolve()):
        notes = folder.notes(str(Path(code.co_filename).relative_to(folder.root.resolve())))
    _check_texts(f"{action.name}: its title", action.titles, languages, line, notes)
    for parameter in action.parameters:
        _check_texts(f"{action.name}: the question for {parameter.name}", parameter.ask.texts, languages, line, notes)


def _check_texts(what: str, texts: Texts, languages: tuple[str, ...], line: int, notes: Notes) -> None:
    for language in languages:
        if not texts.get(language):
            notes.add(line, f"{what} has no {language}", f'add {language}="..."')
