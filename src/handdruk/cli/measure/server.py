"""A real server for a measurement, in a process and a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

LIMITS = ("MESSAGES_PER_MINUTE", "CONVERSATIONS_PER_MINUTE", "STREAMS_PER_CONVERSATION", "STREAMS_PER_ADDRESS")
UNLIMITED = {f"HANDDRUK_{limit}": "1000000" for limit in LIMITS}


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, its process, and how long it took to answer."""

    port: int
    pid: int
    seconds_to_start: float

    def memory_mb(self) -> float:
        """The memory the process holds now (resident set, Linux only)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return round(int(line.split()[1]) / 1024, 1)
        return 0.0


@contextmanager
def running_server(**environment: str) -> Iterator[Server]:
    """The sample company on a free port of this machine; ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="handdruk-bench-") as home:
        port = free_port()
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  (our own command)
            [sys.executable, "-m", "handdruk.cli", "demo", "--home", home, "--port", str(port)],
            env={**os.environ, **UNLIMITED, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port, process)
            yield Server(port, process.pid, round(time.perf_counter() - started, 2))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]", patience: float = 120, page: str = "/health") -> None:
    """Returns when the server answers for the page. Raises RuntimeError when it ended or took too long."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urlopen(f"http://127.0.0.1:{port}{page}", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the server did not answer in time")
