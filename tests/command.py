"""The `handdruk` command in a process of its own, as an engineer uses it."""

import os
import subprocess
import sys

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("HANDDRUK_", "DJANGO_"))}


def handdruk(*arguments, home, environment=None, **more):
    """Runs one command to its end. `environment` holds settings beside those of this machine."""
    command = [sys.executable, "-m", "handdruk.cli", str(arguments[0]), "--home", str(home), *map(str, arguments[1:])]
    more = {"timeout": 120, "check": False, "capture_output": True, "text": True} | more
    return subprocess.run(command, env=CLEAN | (environment or {}), **more)
