"""An `actions.py` that prints, ends the program or never ends is code of somebody else: nothing of it does harm."""

import sys
import threading
import time
from pathlib import Path

import pytest

from handdruk.company.mistakes import BadFolder
from handdruk.company.read import read_folder
from handdruk.digital.actions import registry

SOUND = """\
from handdruk.digital.actions import Call, Done, action


@action(title={"nl": "Pakket zoeken", "en": "Find a parcel"})
def find_parcel(call: Call) -> Done:
    return Done(nl="Gevonden.", en="Found.")
"""
BAD = [
    ("raise SystemExit(0)", "it ends the program when it is imported (SystemExit)"),
    ("import sys; sys.exit('bye')", "it ends the program when it is imported (SystemExit)"),
    ("raise KeyboardInterrupt", "it ends the program when it is imported (KeyboardInterrupt)"),
    ("raise BaseException('no')", "it ends the program when it is imported (BaseException)"),
    ("class Odd(BaseException): pass\nraise Odd", "it ends the program when it is imported (Odd)"),
    ("while True: pass", "it did not end within 0.5 seconds"),
    ("import time; time.sleep(30)", "it did not end within 0.5 seconds"),
    ("def again():\n    while True:\n        pass\nagain()", "it did not end within 0.5 seconds"),
    ("1 / 0", "ZeroDivisionError: division by zero"),
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PATIENCE", 0.5)


@pytest.mark.parametrize(("code", "wrong"), BAD)
def test_that_it_is_refused_with_file_and_line(folder: Path, impatient: None, code: str, wrong: str) -> None:
    (folder / "actions.py").write_text(f"{SOUND}\n{code}\n")
    with pytest.raises(BadFolder) as refused:
        read_folder(folder)
    [mistake] = refused.value.mistakes
    assert mistake.file == str(folder / "actions.py")
    assert mistake.line in range(8, 8 + len(code.splitlines()) + 1)
    assert mistake.wrong == wrong


def test_that_a_mistake_in_a_file_beside_it_is_told_where_it_is_imported(folder: Path) -> None:
    (folder / "shop.py").write_text("\n\n\n\n\n\n\n\n\n\n\n\n\ndef oops\n")
    (folder / "actions.py").write_text("from . import shop\n")
    with pytest.raises(BadFolder) as refused:
        read_folder(folder)
    mistakes = [mistake for mistake in refused.value.mistakes if mistake.file.endswith("actions.py")]
    assert [mistake.line for mistake in mistakes] == [1]
    assert "shop.py, line 14" in mistakes[0].wrong


def test_that_an_endless_loop_is_broken_off(folder: Path, impatient: None) -> None:
    (folder / "actions.py").write_text("while True: pass\n")
    before = set(threading.enumerate())
    with pytest.raises(BadFolder):
        read_folder(folder)
    until = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < until:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before


def test_that_what_it_prints_goes_to_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "actions.py").write_text(f"{SOUND}\nprint('hello there')\n")
    read_folder(folder)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "hello there\n")


def test_that_nothing_is_written_into_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    before = sorted(folder.rglob("*"))
    read_folder(folder)
    assert sorted(folder.rglob("*")) == before
    assert sys.dont_write_bytecode is False
