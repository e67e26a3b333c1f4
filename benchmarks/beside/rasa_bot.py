"""A small Rasa bot on the sample company's topics: each an intent with its first examples, a rule, and the approved answer.

Everything else is as Rasa comes: its default pipeline and policies, one process, trackers and locks in memory.
"""

import hashlib
import json
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from handdruk.cli.measure.customer import Customer
from handdruk.cli.measure.server import Server, free_port, wait_for
from handdruk.company.around import Around
from handdruk.company.mistakes import Notes
from handdruk.company.topic import read_topic
from handdruk.company.values import TopicFile

VERSION = "3.6.21"
PYTHON = "3.10"
PACKAGES = (f"rasa=={VERSION}",)
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
TOPICS = Path(__file__).parents[2] / "src/handdruk/thuis/topics"
EXAMPLES = 5  # of each topic in each language; all of them would take Rasa an hour to learn from
PATIENCE = 3600


class RasaCustomer(Customer):
    """One conversation over one connection, with Rasa's REST channel."""

    @classmethod
    async def arrive(cls, port: int, language: str) -> Self:
        """Connects; Rasa begins a conversation at its first message."""
        customer = await cls.connect(port)
        customer.path, customer.sender = "/webhooks/rest/webhook", uuid.uuid4().hex
        return customer

    async def problem_with(self, client_id: str, text: str) -> str | None:
        """Sends a message and waits for its answer; what was wrong with that, or None."""
        status, answer = await self.request("POST", self.path, {"sender": self.sender, "message": text})
        return None if status == 200 and answer else f"{status}: {str(answer)[:200]}"


def trained(python: Path, folder: Path) -> float | None:
    """Writes and trains the bot in the folder, unless it holds the same one. Seconds it took, or None."""
    files = project()
    mark = hashlib.sha256(json.dumps([VERSION, files]).encode()).hexdigest()
    if (folder / "trained").exists() and (folder / "trained").read_text() == mark:
        return None
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(as_yaml(content))
    started = time.perf_counter()
    with (folder / "training.log").open("w") as log:
        subprocess.run(  # noqa: S603  (our own command)
            [str(python.with_name("rasa")), "train", "--fixed-model-name", "bot"],
            cwd=folder, env={**os.environ, **QUIET}, stdout=log, stderr=log, timeout=PATIENCE, check=True,
        )  # fmt: skip
    (folder / "trained").write_text(mark)
    return round(time.perf_counter() - started, 1)


def as_yaml(content: dict[str, Any]) -> str:
    """A line for each key, whose value is JSON, which is YAML too. Rasa knows a file by what its lines begin with."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in content.items())


def project() -> dict[str, Any]:
    """The files of the bot."""
    topics = [topic for file in sorted(TOPICS.glob("*.md")) if (topic := _topic(file)) is not None]
    return {
        "config.yml": {"recipe": "default.v1", "assistant_id": "sample", "language": "nl", "pipeline": None, "policies": None},
        "credentials.yml": {"rest": None},
        "endpoints.yml": {},
        "domain.yml": {
            "version": "3.1",
            "intents": [topic.name for topic in topics],
            "responses": {
                **{f"utter_{topic.name}": [{"text": topic.answers["nl"] or topic.titles["nl"]}] for topic in topics},
                "utter_unsure": [{"text": "Dat heb ik niet begrepen."}],
            },
        },
        "data/nlu.yml": {"version": "3.1", "nlu": [{"intent": t.name, "examples": _examples(t)} for t in topics]},
        "data/rules.yml": {
            "version": "3.1",
            "rules": [
                *(_rule(topic.name, f"utter_{topic.name}") for topic in topics),
                _rule("nlu_fallback", "utter_unsure"),
            ],
        },
    }  # fmt: skip


def _topic(file: Path) -> TopicFile | None:
    return read_topic(file.stem, file.read_text(encoding="utf-8"), Around(("nl", "en")), Notes(file.name, []))


def _examples(topic: TopicFile) -> str:
    by_language = (
        [line.text for line in topic.examples if line.belongs and line.language == one] for one in ("nl", "en")
    )
    return "".join(f"- {text}\n" for texts in by_language for text in texts[:EXAMPLES])


def _rule(intent: str, action: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": action}]}


@contextmanager
def running_rasa(python: Path, folder: Path) -> Iterator[Server]:
    """The trained bot on a free port of this machine, through its REST channel; ended afterwards."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  (our own command)
        [str(python.with_name("rasa")), "run", "--interface", "127.0.0.1", "--port", str(port), "--model", "models/bot.tar.gz"],
        cwd=folder, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, process, page="/")
        yield Server(port, process.pid, round(time.perf_counter() - started, 2))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
