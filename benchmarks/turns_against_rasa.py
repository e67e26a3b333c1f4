"""Handdruk's turns beside Rasa's, on one machine in one run.

    python benchmarks/turns_against_rasa.py [--scratch DIR] [--runs 3] [--seconds 12] [--customers 16] [--json]

Handdruk is its real server with the sample company, everything stored on SQLite. Rasa is `rasa run` with its REST channel, a bot
of the same topics' examples, its default pipeline and policies, and its default store in memory. The same customers say the
same sentences to both, by turns (first one, then the other, so many runs), each as soon as the last answer came. Then, with one
customer at a time, turn 3 of new conversations is timed beside turn 300 of old ones, by turns too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from beside import rasa_bot
from beside.environments import NotInstalled, python_with

from handdruk.cli.measure.customer import Customer
from handdruk.cli.measure.server import Server, running_server
from handdruk.cli.measure.turns import WORDS, talk

Side = tuple[Callable[[], AbstractContextManager[Server]], type[Customer]]
EARLY, LATE = 3, 300
AROUND = 5  # turns timed of each old conversation, from LATE on
FIGURES = ("turns_a_second", "p50_ms", "p99_ms")


def main() -> None:
    """Install, train, measure, print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--scratch", type=Path, help="where Rasa and its bot are made and kept (default: made and thrown away)"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--customers", type=int, default=16)
    parser.add_argument("--conversations", type=int, default=8, help="old conversations of which turn 300 is timed")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="handdruk-rasa-") as thrown_away:
        figures = measure(given, given.scratch or Path(thrown_away))
    print(json.dumps(figures, indent=None if given.json else 2))


def measure(given: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """All figures; without Rasa, when it cannot be installed, those of Handdruk and the reason."""
    sides: dict[str, Side] = {"handdruk": (running_server, Customer)}
    told: dict[str, Any] = {"rasa_version": rasa_bot.VERSION}
    try:
        python = python_with(scratch / "rasa", rasa_bot.PYTHON, rasa_bot.PACKAGES)
        told["rasa_seconds_to_train"] = rasa_bot.trained(python, scratch / "rasa-bot")
        sides["rasa"] = (lambda: rasa_bot.running_rasa(python, scratch / "rasa-bot"), rasa_bot.RasaCustomer)
    except NotInstalled as reason:
        told["rasa_not_installed"] = str(reason)
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in sides}
    for _ in range(given.runs):
        for name, side in sides.items():
            runs[name].append(at_once(side, given))
    medians = {name: median_of(some) for name, some in runs.items()}
    lengths = {name: by_length(side, given.conversations) for name, side in sides.items()}
    return {**told, "customers": given.customers, "medians": medians, "times_rasas": ratios(medians),
            "by_length": lengths, "runs": runs}  # fmt: skip


def at_once(side: Side, given: argparse.Namespace) -> dict[str, Any]:
    """One run of so many customers at once, and how busy the machine was before and after."""
    start, kind = side
    with start() as server:
        before = os.getloadavg()[0]
        figures = asyncio.run(talk(server.port, kind, given.customers, 0, given.seconds))
        return {**figures, "memory_mb": server.memory_mb(), "load": [before, os.getloadavg()[0]]}


def median_of(runs: list[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure over the runs."""
    return {name: statistics.median(run[name] for run in runs) for name in (*FIGURES, "memory_mb")}


def ratios(medians: dict[str, dict[str, float]]) -> dict[str, float] | None:
    """Handdruk's medians over Rasa's."""
    if "rasa" not in medians:
        return None
    return {name: round(medians["handdruk"][name] / medians["rasa"][name], 3) for name in FIGURES}


def by_length(side: Side, conversations: int) -> dict[str, Any]:
    """Milliseconds of turn 3 of new conversations and of turns from 300 on of old ones, one at a time, by turns."""
    start, kind = side
    with start() as server:
        before = os.getloadavg()[0]
        early, late = asyncio.run(_early_and_late(server.port, kind, conversations))
        return {
            f"turn_{EARLY}_ms": _median_ms(early),
            f"turn_{LATE}_ms": _median_ms(late),
            "late_over_early": round(statistics.median(late) / statistics.median(early), 3),
            "turns_timed": len(early),
            "load": [before, os.getloadavg()[0]],
        }


def _median_ms(times: list[float]) -> float:
    return round(1000 * statistics.median(times), 2)


async def _early_and_late(port: int, kind: type[Customer], conversations: int) -> tuple[list[float], list[float]]:
    """The same sentence ends both: what is timed differs in the conversation's length only."""
    old = [await kind.arrive(port, "en") for _ in range(conversations)]
    for person in old:
        for number in range(LATE - 1):
            await _timed(person, number, WORDS["en"][number % len(WORDS["en"])])
    early, late = [], []
    for number in range(LATE, LATE + AROUND):
        for person in old:
            sentence = WORDS["en"][number % len(WORDS["en"])]
            early.append(await _third(port, kind, sentence))
            late.append(await _timed(person, number, sentence))
    return early, late


async def _third(port: int, kind: type[Customer], sentence: str) -> float:
    person = await kind.arrive(port, "en")
    for number in range(EARLY - 1):
        await _timed(person, number, WORDS["en"][number])
    took = await _timed(person, EARLY, sentence)
    person.leave()
    return took


async def _timed(person: Customer, number: int, sentence: str) -> float:
    started = time.perf_counter()
    problem = await person.problem_with(f"length-{number}", sentence)
    if problem is not None:
        raise RuntimeError(problem)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
