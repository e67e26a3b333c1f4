"""How long replaying an archive takes, and how much memory: python benchmarks/replay.py [--conversations 100000] [--json]

Makes an archive of conversations of four messages from the sample company's examples, with typing mistakes, small talk and
things it has no topic for (always the same), replays it with the real command, and prints time, processor time, the greatest
memory of all its processes together, and how busy the machine was. `--only-archive FILE` only writes the archive.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from handdruk.company.around import Around
from handdruk.company.mistakes import Notes
from handdruk.company.topic import read_topic

TOPICS = Path(__file__).parents[1] / "src/handdruk/thuis/topics"
SMALL_TALK = {
    "nl": [
        "bedankt",
        "ok",
        "ja",
        "nee dat bedoel ik niet",
        "TH-104233",
        "dank je wel hoor",
        "hallo?",
        "ik wil een mens spreken",
    ],
    "en": [
        "thanks",
        "ok",
        "yes",
        "no that is not what i mean",
        "TH-104233",
        "thank you so much",
        "hello?",
        "a human please",
    ],
}
NO_TOPIC = {
    "nl": {
        "parkeren": ["kan ik {} bij jullie parkeren", "is parkeren {} gratis", "waar parkeer ik {} mijn auto"],
        "zonnepanelen": ["verkopen jullie {} zonnepanelen", "hoeveel zonnepanelen heb ik {} nodig", "zonnepanelen huren {}"],
        "stofzuiger": ["mijn stofzuiger zuigt {} slecht", "stofzuigerzakken {} bestellen", "welke stofzuiger is {} stil"],
        "spaarpunten": ["waar zie ik {} mijn spaarpunten", "spaarpunten {} inwisselen", "verlopen spaarpunten {}"],
    },
    "en": {
        "sponsoring": ["would you sponsor {} our football club", "sponsoring {} a school party", "sponsor request {}"],
        "drone": ["do you sell {} drones", "my drone crashed {}", "drone with {} a camera"],
    },
}  # fmt: skip
BETWEEN = ["", "ook", "eigenlijk", "vandaag", "misschien", "nog"], ["", "also", "maybe", "today", "perhaps", "again"]


def main() -> None:
    """Write, replay, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--only-archive", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = parser.parse_args()
    if given.only_archive:
        write(given.only_archive, given.conversations)
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.jsonl"
        write(archive, given.conversations)
        figures = measure(archive)
    print(
        json.dumps(figures, indent=2)
        if given.json
        else "\n".join(f"{name:24} {value}" for name, value in figures.items())
    )


def write(path: Path, conversations: int) -> None:
    """The archive, one conversation a line."""
    pick = random.Random(7)  # noqa: S311  (no secret)
    examples = examples_by_language()
    with path.open("w", encoding="utf-8") as file:
        for _ in range(conversations):
            language = pick.choice(("nl", "nl", "en"))
            topic = pick.choice(examples[language])
            turns = [said(pick, language, topic, number) for number in range(4)]
            file.write(json.dumps({"turns": turns}, ensure_ascii=False) + "\n")


def examples_by_language() -> dict[str, list[list[str]]]:
    """The examples of every topic of the sample company, a list a topic."""
    found: dict[str, list[list[str]]] = {"nl": [], "en": []}
    for file in sorted(TOPICS.glob("*.md")):
        topic = read_topic(file.stem, file.read_text(encoding="utf-8"), Around(("nl", "en")), Notes(file.name, []))
        for language, topics in found.items():
            topics.append([line.text for line in topic.examples if line.belongs and line.language == language])
    return found


def said(pick: random.Random, language: str, topic: list[str], number: int) -> str:
    """The next message: mostly about the topic at first, later also small talk, and now and then something else."""
    chance = pick.random()
    if chance < 0.08:
        thing = pick.choice(list(NO_TOPIC[language].values()))
        return " ".join(pick.choice(thing).format(pick.choice(BETWEEN[language == "en"])).split())
    if number and chance < 0.6:
        return pick.choice(SMALL_TALK[language])
    return mistyped(pick, pick.choice(topic))


def mistyped(pick: random.Random, text: str) -> str:
    """About one slip in thirty letters: one left out, doubled or in the wrong place."""
    letters = list(text)
    for _ in range(int(pick.random() * len(letters) / 15)):
        place = pick.randrange(len(letters) - 1)
        slip = pick.choice(("out", "twice", "swapped"))
        if slip == "twice":
            letters.insert(place, letters[place])
        elif slip == "swapped":
            letters[place : place + 2] = reversed(letters[place : place + 2])
        elif len(letters) > 5:
            del letters[place]
    return "".join(letters)


def measure(archive: Path) -> dict[str, float | int]:
    """Replays the archive with the command, and watches."""
    command = [sys.executable, "-m", "handdruk.cli", "replay", str(archive), "--report", f"{archive}.html", "--json"]
    command += ["--home", str(archive.parent / "home")]
    started, most, busy = time.monotonic(), 0, []
    with (archive.parent / "out.json").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)  # noqa: S603  (our own command)
        while process.poll() is None:
            most = max(most, sum(memory(each) for each in with_children(process.pid)))
            busy.append(os.getloadavg()[0])
            time.sleep(0.25)
    seconds, used = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    found = json.loads((archive.parent / "out.json").read_text())
    return {
        "conversations": found["archive"]["conversations"],
        "messages": found["archive"]["messages"],
        "seconds": round(seconds, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "megabytes_at_most": round(most / 1e6),
        "load": round(sum(busy) / len(busy), 1),
    }


def with_children(process: int) -> list[int]:
    """The process and everything it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *(each for child in children for each in with_children(int(child)))]


def memory(process: int) -> int:
    """Resident bytes; those shared between processes count in each."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
