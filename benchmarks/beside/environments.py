"""What each peer runs in: an environment of its own in the scratch folder, made at its first use and kept for the next run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ENGINE = "torch==2.13.0"
"""Installed before what needs it, because this version comes without the gigabytes for graphics cards."""
PATIENCE = 1800


class NotInstalled(RuntimeError):
    """A peer could not be installed; the text says why, without paths and addresses."""


def python_with(folder: Path, version: str, *steps: tuple[str, ...]) -> Path:
    """The interpreter of an environment that holds these packages, installed step by step. NotInstalled says why not."""
    python = folder / "bin/python"
    done = folder / "installed"
    if done.exists() and done.read_text() == repr(steps):
        return python
    shutil.rmtree(folder, ignore_errors=True)
    _run([_interpreter(version), "-m", "venv", str(folder)])
    for packages in steps:
        _run([str(python), "-m", "pip", "install", "--quiet", *packages])
    done.write_text(repr(steps))
    return python


def node_with(folder: Path, *packages: str) -> Path:
    """The folder in which Node finds these packages. NotInstalled says why not."""
    if shutil.which("npm") is None:
        raise NotInstalled("npm is not here")
    done = folder / "installed"
    if not (done.exists() and done.read_text() == repr(packages)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *packages])
        done.write_text(repr(packages))
    return folder


def _interpreter(version: str) -> str:
    """A Python of this version: this one, one on the path, or one of pyenv."""
    if sys.version.startswith(f"{version}."):
        return sys.executable
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for found in [*kept.glob(f"{version}.*/bin/python{version}"), shutil.which(f"python{version}")]:
        if found is not None:
            return str(found)
    raise NotInstalled(f"Python {version} is not here")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603  (our own command)
    except subprocess.TimeoutExpired as error:
        raise NotInstalled(f"installing took more than {PATIENCE} seconds") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line or "npm error" in line]
        raise NotInstalled(lines[-1][:200] if lines else f"ended with code {done.returncode}")
