"""Runs a command with a PostgreSQL and a Redis of its own: `python tests/with_postgres.py pytest tests/integration`.

The command finds them in HANDDRUK_DATABASE_URL and HANDDRUK_REDIS_URL; its exit code is ours. Without PostgreSQL on this
machine nothing is run, which is said and is not a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PATIENCE = 30.0  # seconds a server may take to answer


class Missing(Exception):
    """A program that this machine does not have; the text says which."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_folder() -> Path:
    """Where the newest installed PostgreSQL keeps its programs. Raises Missing."""
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    for folder in [*reversed(packaged), *on_path]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Missing("PostgreSQL is not installed on this machine (apt-get install postgresql)")


@contextmanager
def postgres() -> Iterator[str]:
    """A fresh PostgreSQL on 127.0.0.1, as a URL. Raises Missing. It and its folder are gone afterwards."""
    programs = postgres_folder()
    prefix = _as_postgres()
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="handdruk-postgres-"))
    try:
        if prefix:
            shutil.chown(folder, "postgres")
        data, log = folder / "data", folder / "log"
        _run([*prefix, str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--no-sync"], folder)  # fmt: skip
        # What the tests kill is our own processes, never the machine: nothing needs to reach the disk.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        control = [*prefix, str(programs / "pg_ctl"), "-D", str(data), "-w", "-t", str(int(PATIENCE))]
        _run([*control, "-l", str(log), "-o", options, "start"], folder)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(port: int | None = None) -> Iterator[str]:
    """A fresh Redis on 127.0.0.1, as a URL. Raises Missing."""
    program = shutil.which("redis-server")
    if program is None:
        raise Missing("Redis is not installed on this machine (apt-get install redis-server)")
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="handdruk-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root; runuser (never asks for a password) makes it the user that Debian made for it."""
    if os.geteuid() != 0:
        return []
    runuser = shutil.which("runuser")
    with suppress(KeyError):
        import pwd

        pwd.getpwnam("postgres")
        if runuser:
            return [runuser, "-u", "postgres", "--"]
    raise Missing("PostgreSQL does not run as root, and this machine has no user postgres to run it as")


def _run(command: list[str], folder: Path) -> None:
    # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
        if done.returncode != 0:
            output.seek(0)
            logs = "".join(path.read_text() for path in folder.glob("log"))
            raise RuntimeError(f"{' '.join(command)} failed:\n{output.read().decode()}{logs}")


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} did not answer on port {port}")


def main(command: list[str]) -> int:
    """Runs the command; its exit code."""
    if not command:
        print("say what to run: python tests/with_postgres.py COMMAND ...", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        environment = dict(os.environ)
        try:
            environment["HANDDRUK_DATABASE_URL"] = stack.enter_context(postgres())
        except Missing as missing:
            print(f"skipped, nothing was run on PostgreSQL: {missing}", flush=True)
            return 0
        try:
            environment["HANDDRUK_REDIS_URL"] = stack.enter_context(redis())
        except Missing as missing:
            print(f"without Redis: {missing}", flush=True)
        print(f"on PostgreSQL: {' '.join(command)}", flush=True)
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
