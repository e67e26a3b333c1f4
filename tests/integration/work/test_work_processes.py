"""Real worker processes, killed in the middle: no job is lost, and none is done by two at once."""

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.integration.work.chores import read_traces

ROOT = Path(__file__).parents[3]
SHORT, LONG = 60, 4  # as crew.py has them


class Crew:
    """Worker processes on one database, and the traces they leave."""

    def __init__(self, folder: Path, **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HANDDRUK_")}
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self._environment = {**clean, "DJANGO_SETTINGS_MODULE": "handdruk.config.settings", "PYTHONPATH": path,
                             "HANDDRUK_HOME": str(folder), "CHORES_TRACES": str(folder / "traces"), **environment}  # fmt: skip
        self._traces = folder / "traces"
        self.processes: list[subprocess.Popen[str]] = []
        self.killed: dict[int, float] = {}

    def command(self, what: str) -> str:
        """Runs it to its end; what it printed."""
        process = self._begin(what)
        printed, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return printed

    def workers(self, *kinds: str) -> "list[subprocess.Popen[str]]":
        """Begins these together."""
        begun = [self._begin(kind) for kind in kinds]
        for process in begun:
            assert process.stdout is not None
            assert process.stdout.readline() == "at work\n"
        for process in begun:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        return begun

    def _begin(self, what: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.integration.work.crew", what]
        process = subprocess.Popen(command, cwd=ROOT, env=self._environment, text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        self.processes.append(process)
        return process

    def kill(self, process: "subprocess.Popen[str]") -> None:
        """As the kernel or a power cut would, in the middle of a long job."""
        self.wait_until(lambda: self._in_a_long_job(process.pid))
        process.kill()
        process.wait()
        self.killed[process.pid] = time.monotonic()

    def stop(self, process: "subprocess.Popen[str]") -> int:
        process.send_signal(signal.SIGTERM)
        return process.wait(15)

    def finish(self) -> None:
        """Waits until every job was done at least once, and stored as done."""
        everything = set(range(LONG + SHORT))
        self.wait_until(lambda: {number for what, number, _, _ in self.traces() if what == "ended"} == everything)

    def traces(self) -> list[tuple[str, int, int, float]]:
        return read_traces(self._traces)

    def wait_until(self, condition: Callable[[], bool], patience: float = 40) -> None:
        until = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < until, self.traces()
            time.sleep(0.05)

    def _in_a_long_job(self, pid: int) -> bool:
        mine = {(what, number) for what, number, by, _ in self.traces() if by == pid and number < LONG}
        return any(("ended", number) not in mine for what, number in mine)

    def check(self) -> None:
        """Everything was done, nothing by two at once, and only what a killed process had under way was begun again."""
        runs: dict[int, list[list[float]]] = defaultdict(list)
        for what, number, pid, at in self.traces():
            if what == "began":
                runs[number].append([pid, at, self.killed.get(pid, float("inf"))])
            else:
                next(run for run in reversed(runs[number]) if run[0] == pid)[2] = at
        assert set(runs) == set(range(LONG + SHORT))
        again = 0
        for number, spans in runs.items():
            for (_, _, ended), (_, began, _) in pairwise(spans):
                assert ended <= began, f"job {number} was done by two at once"
            assert spans[-1][2] < float("inf"), f"job {number} was not finished"
            again += len(spans) - 1
        assert 1 <= again <= 2 * len(self.killed), "a killed process had one or two jobs under way"

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    """On SQLite."""
    crew = Crew(tmp_path)
    yield crew
    crew.end()


@pytest.fixture
def crew_on_postgres(postgres: str, tmp_path: Path) -> Iterator[Crew]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS crew")
        server.execute("CREATE DATABASE crew")
    crew = Crew(tmp_path, HANDDRUK_DATABASE_URL=postgres.rpartition("/")[0] + "/crew")
    yield crew
    crew.end()


def test_that_two_processes_on_postgresql_lose_no_job_and_double_none_when_one_is_killed(crew_on_postgres):
    crew = crew_on_postgres
    crew.command("prepare")
    first, second = crew.workers("work", "work")
    crew.wait_until(lambda: {pid for _, _, pid, _ in crew.traces()} == {first.pid, second.pid})
    crew.kill(first)
    crew.finish()
    assert crew.stop(second) == 0
    assert crew.command("left") == "0\n"
    crew.check()


def test_that_a_process_on_sqlite_that_is_killed_and_started_again_goes_on_where_it_was(crew):
    crew.command("prepare")
    [first] = crew.workers("alone")
    crew.kill(first)
    [second] = crew.workers("alone")
    crew.finish()
    assert crew.stop(second) == 0
    assert crew.command("left") == "0\n"
    crew.check()
