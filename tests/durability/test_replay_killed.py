"""A replay is killed and started again: its report is the one an uninterrupted replay gives."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.integration.insight.conftest import FOLDER, archive

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("HANDDRUK_", "DJANGO_"))}
KEEPS_ALWAYS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "handdruk.config.settings"
os.environ["HANDDRUK_HOME"] = sys.argv.pop(1)
from handdruk.cli import main, replay
replay.KEEP_EVERY = 0.0
sys.exit(main(sys.argv[1:]))
"""
__all__ = ["archive"]


@pytest.fixture
def start(tmp_path):
    """Starts a replay that writes how far it is after every chunk."""

    def start(path: Path, report: Path, *more: str) -> subprocess.Popen[str]:
        command = [
            sys.executable,
            "-c",
            KEEPS_ALWAYS,
            str(tmp_path / "home"),
            "replay",
            str(path),
            "--report",
            str(report),
        ]
        command += ["--company", str(FOLDER), "--json", "--workers", "2", *more]
        return subprocess.Popen(command, env=CLEAN, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return start


def finished(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return json.loads(out)


def test_that_a_killed_replay_goes_on_and_ends_the_same(start, archive, tmp_path):
    path = archive(6000)
    whole = finished(start(path, tmp_path / "whole.html"))
    report = tmp_path / "killed.html"
    unfinished = tmp_path / "killed.html.unfinished"
    at = []
    for _ in range(3):
        process = start(path, report)
        until = time.monotonic() + 120
        while (not unfinished.exists() or _place(unfinished) in at) and time.monotonic() < until:
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.02)
        children = _children(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        at.append(_place(unfinished))
        _all_end(children)
    assert at == sorted(set(at)), "each run went on from where the last one was"
    assert not report.exists()
    assert finished(start(path, report)) == whole
    assert report.read_text() == (tmp_path / "whole.html").read_text()
    assert not unfinished.exists()


def _place(unfinished):
    return json.loads(unfinished.read_text())["until"]


def _children(process):
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _all_end(processes):
    """Workers of a killed replay do not stay behind."""
    until = time.monotonic() + 20
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < until, "a worker outlived its parent"
        time.sleep(0.1)
