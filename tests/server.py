"""The real `handdruk` command in a process of its own, for tests that kill it, cut it off or look at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


class Server:
    """Started with `start`, ended with `stop`, killed with `kill`; the same home and port each time."""

    def __init__(self, home: Path, *arguments: str, port: int | None = None, **environment: str) -> None:
        self.home, self.port = home, port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", "handdruk.cli", *arguments]
        self._command += ["--home", str(home), "--port", str(self.port)]
        ours = ("HANDDRUK_", "DJANGO_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self._environment = {**clean, **environment}
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 90) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the server ended:\n{self.log.read_text()[-3000:]}"
            try:
                if httpx.get(f"{self.address}/health", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As the kernel or a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, patience: float = 15) -> int:
        """Like Ctrl-C. Returns the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(patience)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
