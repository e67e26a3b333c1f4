"""`handdruk learn handover`: learns from the company's archive of conversations at which turn a person takes over."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from handdruk.cli.ending import Ending
from handdruk.cli.learned import table
from handdruk.cli.ready import migrate, say
from handdruk.reception.handovers import forget_handovers, learn_handovers
from handdruk.relationship.company import NoCompany
from handdruk.understand.handover import BadConversation, NothingToLearn, Talk, talk_of

LONGEST_LINE = 5_000_000  # bytes


def run(options: Namespace) -> int:
    """Learns and tells how well; lines that cannot be understood are told one by one and left out."""
    if options.forget == (options.file is not None):
        raise Ending("give either a FILE of conversations or --forget", 2)
    if options.forget:
        return _forget(options)
    talks, lines = _talks(options.file)
    counted = _counted(options.file, talks, lines)
    if not talks:
        raise Ending(f"{options.file}: none of {lines} lines is a conversation to learn from", 2)
    migrate()
    try:
        report = {**counted, **learn_handovers(talks, keep=not options.dry_run), "dry_run": options.dry_run}
    except (NothingToLearn, NoCompany) as error:
        raise Ending(f"{options.file}: {error}" if isinstance(error, NothingToLearn) else str(error), 2) from error
    print(json.dumps(report) if options.json else table(report))
    return 0


def _counted(name: str, talks: list[Talk], lines: int) -> dict[str, Any]:
    return {
        "file": name,
        "lines": lines,
        "used": len(talks),
        "refused": lines - len(talks),
        "turns": sum(map(len, talks)),
        "marked": sum(said.took_over for talk in talks for said in talk),
    }


def _forget(options: Namespace) -> int:
    migrate()
    forgot = forget_handovers()
    told = "What was learned about handovers is removed." if forgot else "Nothing had been learned about handovers."
    print(json.dumps({"forgot": forgot}) if options.json else told)
    return 0


def _talks(name: str) -> tuple[list[Talk], int]:
    """The conversations that can be used, and how many lines there were."""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else open(name, "rb") as file:
            return _parsed(file, "standard input" if name == "-" else name)
    except OSError as error:
        raise Ending(f"{name}: {error.strerror}", 2) from error


def _parsed(file: Iterable[bytes], name: str) -> tuple[list[Talk], int]:
    """Blank lines are no lines."""
    talks: dict[Talk, int] = {}
    names: dict[Any, int] = {}
    lines = 0
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        lines += 1
        try:
            row = _row(line)
            talk = talk_of(row)
            _check_new(number, talk, row.get("conversation"), talks, names)
        except BadConversation as error:
            say(f"{name}:{number}: {error}")
    return list(talks), lines


def _row(line: bytes) -> Any:
    """One line's JSON. What is said of a bad one holds nothing of what stands in it."""
    if len(line) > LONGEST_LINE:
        raise BadConversation("the line is too long to be one conversation")
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadConversation(f"not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise BadConversation(f"not JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:
        raise BadConversation("not JSON that can be read") from error


def _check_new(number: int, talk: Talk, name: Any, talks: dict[Talk, int], names: dict[Any, int]) -> None:
    """The same conversation twice would be learned from and judged at once."""
    if name is not None and not isinstance(name, str | int):
        raise BadConversation("conversation must be a string or a number")
    if name is not None and name in names:
        raise BadConversation(f"this conversation was already given on line {names[name]}")
    if talk in talks:
        raise BadConversation(f"the same turns were already given on line {talks[talk]}")
    talks[talk] = number
    if name is not None:
        names[name] = number
