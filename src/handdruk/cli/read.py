"""`handdruk read`: what messages mean and what would be decided, with nothing sent."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from handdruk.cli.ending import Ending
from handdruk.cli.ready import is_made, sample_company, say
from handdruk.company.judge import judge_of
from handdruk.reception.rehearsal import Judge, rehearse, rehearse_singles
from handdruk.reception.training import NotTrained, judgement
from handdruk.relationship.models import Company

BATCH = 512
Row = dict[str, Any]


def run(options: Namespace) -> int:
    """One text, or a file of JSON lines; bad lines are refused before anything is read."""
    if (options.text is None) == (options.jsonl is None):
        raise Ending("give either one text or --jsonl FILE", 2)
    if options.text is not None:
        return _one(options.text, options)
    rows = _rows(options.jsonl)
    judge = judge_for(options.company)
    for done in _batches(rows, judge):
        print(json.dumps(done, ensure_ascii=False))
    return 0


def _one(text: str, options: Namespace) -> int:
    [done] = _batches([{"text": text}], judge_for(options.company))
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
        return 0
    reading, decision = done["reading"], done["decision"]
    topics = ", ".join(f"{name} {probability:.0%}" for name, probability in reading["topics"][:3]) or "no known topic"
    print(f"language  {reading['language']}\ntopics    {topics}\nemotion   {reading['emotion']}")
    print(f"decision  {decision['kind']}: {' '.join(decision['reasons'])}")
    return 0


def judge_for(folder: str | None) -> Judge:
    """The company given, else the one in the home folder, else the sample company."""
    try:
        if folder is not None:
            return judge_of(Path(folder).resolve())
        if is_made() and Company.objects.exists():
            return judgement()
    except (ValueError, NotTrained) as error:
        raise Ending(str(error), 2) from error
    say("No company has been loaded here; reading as the sample company.")
    return judge_of(sample_company())


def _rows(name: str) -> list[Row]:
    try:
        if name == "-":
            return list(_parse(sys.stdin, "standard input"))
        with Path(name).open(encoding="utf-8") as file:
            return list(_parse(file, name))
    except OSError as error:
        raise Ending(f"{name}: {error.strerror}", 2) from error
    except UnicodeDecodeError as error:
        raise Ending(f"{name}: not UTF-8 (byte {error.start})", 2) from error


def _parse(file: TextIO, name: str) -> Iterator[Row]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Ending(f"{name}:{number}: not JSON: {error}", 2) from error
        problem = _problem(row)
        if problem:
            raise Ending(f"{name}:{number}: {problem}", 2)
        yield row


def _problem(row: Any) -> str:
    if not isinstance(row, dict) or ("text" in row) == ("turns" in row):
        return 'a line must be {"text": "..."} or {"turns": ["...", ...]}'
    if "text" in row:
        return "" if _is_text(row["text"]) else "text must be a string of real characters"
    turns = row["turns"]
    good = isinstance(turns, list) and all(map(_is_text, turns))
    return "" if good else "turns must be a list of strings"


def _is_text(value: Any) -> bool:
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def _batches(rows: Iterable[Row], judge: Judge) -> Iterator[Row]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield from _done(batch, judge)
            batch = []
    yield from _done(batch, judge)


def _done(batch: list[Row], judge: Judge) -> Iterator[Row]:
    singles = iter(rehearse_singles([row["text"] for row in batch if "text" in row], judge))
    for row in batch:
        if "text" in row:
            reading, decision = next(singles)
            yield {**row, "reading": reading.as_json(), "decision": decision.as_json(reading.language)}
            continue
        turns = rehearse(row["turns"], judge)
        yield {
            **row,
            "readings": [reading.as_json() for reading, _ in turns],
            "decisions": [decision.as_json(reading.language) for reading, decision in turns],
        }
