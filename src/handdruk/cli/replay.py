"""`handdruk replay`: what would have happened in a company's past conversations, as one HTML file and as JSON."""

import json
from argparse import Namespace
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from handdruk.cli.bar import Bar
from handdruk.cli.ending import Ending
from handdruk.cli.read import judge_for
from handdruk.cli.ready import say
from handdruk.company.judge import FolderJudge
from handdruk.core.machine import cores
from handdruk.core.words import LANGUAGES
from handdruk.decide import Promise
from handdruk.digital.topics import known
from handdruk.insight.archive import Archive, BadArchive, open_archive
from handdruk.insight.replay.checkpoint import CannotGoOn
from handdruk.insight.replay.plan import OTHER_BOUNDS, Plan, TopicFacts
from handdruk.insight.replay.result import result
from handdruk.insight.replay.run import replay
from handdruk.insight.replay.worker import SavedReader, Share
from handdruk.insight.report import page
from handdruk.reception.encoding import folder
from handdruk.reception.policy import thresholds_under
from handdruk.reception.rehearsal import Judge
from handdruk.relationship.company import company

KEEP_EVERY = 10.0  # seconds between two looks at what must not be done again
FIRST_BROKEN = 5
KINDS = {
    "answer": "answered",
    "act": "acted on",
    "ask": "asked back",
    "hand_over": "handed over",
    "courtesy": "a kind word",
}


def run(options: Namespace) -> int:
    """Replays, writes the report and says in short what it holds. Broken lines are told and passed over."""
    path = Path(options.archive)
    report = Path(options.report or f"{path.name}.replay.html")
    unfinished = report.with_name(report.name + ".unfinished")
    _check(path, report)
    archive = _opened(path, options.ours)
    judge = judge_for(options.company)
    plan, languages = _plan(judge)
    if options.afresh:
        unfinished.unlink(missing_ok=True)
    share = _replayed(archive, judge, plan, unfinished, options.workers or cores())
    found = result(plan, share, mail=archive.mail)
    _say_broken(found["archive"], path)
    if not found["conversations"]["total"]:
        raise Ending(
            f"{path}: nothing in it could be replayed; see docs/replay.md for what an archive may look like", 2
        )
    language = options.language or next((each for each in languages if each in LANGUAGES), "en")
    _write(report, page(found, language, _look()))
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        _summary(found, report)
    return 0


def _check(path: Path, report: Path) -> None:
    if report.is_dir() or not report.parent.is_dir():
        raise Ending(f"{report}: no file can be written there; choose another --report", 2)
    if report.exists() and path.exists() and report.samefile(path):
        raise Ending(f"{report}: that is the archive; choose another --report", 2)


def _opened(path: Path, ours: list[str]) -> Archive:
    bar = Bar("looking through")
    try:
        return open_archive(path, ours, lambda done, of: bar.show(done, of, ""))
    except OSError as error:
        raise Ending(f"{path}: {error.strerror}", 2) from error
    except BadArchive as error:
        raise Ending(f"{path}: {error}", 2) from error
    finally:
        bar.end()


def _plan(judge: Judge) -> tuple[Plan, tuple[str, ...]]:
    """What to replay, and the company's languages."""
    if isinstance(judge, FolderJudge):
        content = judge.content
        name, languages = str(content.settings["name"]), tuple(content.settings["languages"])
        topics = {topic.name: TopicFacts(topic.titles, topic.phase) for topic in content.topics.values()}
    else:
        name, languages = company().name, company().languages
        topics = {topic.name: TopicFacts(topic.titles, topic.phase) for topic in known().topics.values()}
    confidence = judge.policy.thresholds.shared.confidence
    others = [thresholds_under(Promise(at_most, confidence), judge.reader.evidence) for at_most in OTHER_BOUNDS]
    return Plan.of(name, topics, judge.policy, others), languages


def _replayed(archive: Archive, judge: Judge, plan: Plan, unfinished: Path, workers: int) -> Share:
    bar = Bar("replaying")
    try:
        reader = SavedReader(judge.reader.to_bytes(), folder() if judge.reader.encoder is not None else None)
        return replay(archive, reader, plan, unfinished, workers=workers, every=KEEP_EVERY,
                      told=partial(_tell, bar, archive.size))  # fmt: skip
    except CannotGoOn as error:
        raise Ending(f"{unfinished} {error}; to begin again, add --afresh", 2) from error
    except OSError as error:
        raise Ending(f"{error.filename or unfinished}: {error.strerror}", 2) from error
    except BrokenProcessPool as error:
        raise Ending("a worker was ended from outside, perhaps for want of memory; the same command goes on") from error
    except KeyboardInterrupt:
        bar.end()
        say("Interrupted; the same command goes on from here.")
        raise
    finally:
        bar.end()


def _tell(bar: Bar, size: int, until: int, share: Share) -> None:
    bar.show(until, size, f"{share.tally.counts['archive', 'conversations']:,} conversations")


def _say_broken(archive: dict[str, Any], path: Path) -> None:
    for row in archive["broken_lines"][:FIRST_BROKEN]:
        say(f"{path}:{row['line']}: {row['problem']}")
    more = archive["broken"] - FIRST_BROKEN
    if more > 0:
        say(f"{path}: and {more:,} more that could not be used; the report names them")


def _write(report: Path, text: str) -> None:
    fresh = report.with_name(report.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(report)
    except OSError as error:
        raise Ending(f"{report}: {error.strerror}", 2) from error


def _look() -> str:
    return (files("handdruk.config") / "static" / "handdruk" / "look.css").read_text(encoding="utf-8")


def _summary(found: dict[str, Any], report: Path) -> None:
    shares, total = found["conversations"]["shares"], found["conversations"]["total"]
    parts = (f"{shares[kind]:.0%} {in_words}" for kind, in_words in KINDS.items())
    print(f"{total:,} conversations: {', '.join(parts)}.")
    groups = found["unknown"]["groups"]
    if groups:
        print("What there is no topic for yet: " + "; ".join(group["name"] for group in groups[:5]) + ".")
    print(f"The report: {report}")
