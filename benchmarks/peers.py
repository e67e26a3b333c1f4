"""How well messages are read, Handdruk beside its peers: the same splits, the same measures, one run.

    python benchmarks/peers.py --data DIR [--encoder FOLDER] [--weights FOLDER] [--peers nlpjs,diet,...] [--seeds 3]
                               [--few 10 | --all] [--scratch DIR] [--json]

DIR is as for `handdruk bench understanding`. FOLDER after --encoder is an encoder that Handdruk installed; after --weights the
same encoder as its makers publish it (safetensors), for the peers that need one. Every reader runs in a process and an
environment of its own, made in the scratch folder at its first use; what cannot be installed is told with its reason.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from beside.environments import ENGINE, NotInstalled, node_with, python_with
from beside.rasa_bot import PACKAGES as RASA
from beside.rasa_bot import PYTHON as PYTHON_OF_RASA

from handdruk.cli.measure.understanding import Set, drawn, quality, sets_in, weights_of
from handdruk.understand import Lesson

READERS = Path(__file__).parent / "beside/readers"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ROUTER = ("semantic-router[local]==1.1.1",)
SETFIT = ("setfit==1.2.0", "scikit-learn==1.9.1")
NLPJS = "node-nlp@4.27.0"
PATIENCE = 3600
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader to measure: its program and what it needs beside Python. `packages` are installed step by step."""

    program: str
    packages: tuple[tuple[str, ...], ...] = ()
    python: str = PYTHON
    encoder: str = ""  # "encoder" or "weights": which of the two folders it takes
    environment: str = ""  # peers with the same one share it


PEERS = {
    "handdruk_words": Peer("handdruk_reader.py"),
    "handdruk_encoder": Peer("handdruk_reader.py", encoder="encoder"),
    "minilm_logistic": Peer("minilm_logistic.py", ((ENGINE,), SETFIT), encoder="weights", environment="setfit"),
    "semantic_router": Peer(
        "semantic_router_reader.py", ((ENGINE,), ROUTER), encoder="weights", environment="semantic"
    ),
    "setfit": Peer("setfit_reader.py", ((ENGINE,), SETFIT), encoder="weights", environment="setfit"),
    "nlpjs": Peer("nlpjs.js", ((NLPJS,),), environment="nlpjs"),
    "diet": Peer("diet.py", (RASA,), PYTHON_OF_RASA, environment="rasa"),
}


def main() -> None:
    """Install, measure, print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--peers", default=",".join(PEERS), help="which, with commas (default: all)")
    parser.add_argument("--sets", default="", help="which sets, with commas (default: all in the folder)")
    parser.add_argument("--seeds", type=int, default=3, help="draws of the few examples")
    parser.add_argument("--few", type=int, default=10, help="examples a topic")
    parser.add_argument("--all", action="store_true", help="learn from all examples, once")
    parser.add_argument("--setfit-steps", type=int, default=1000, help="steps of fine-tuning at most")
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="handdruk-peers-") as thrown_away:
        given.scratch = given.scratch or Path(thrown_away)
        figures = measure(given)
    print(json.dumps(figures, indent=None if given.json else 2))


def measure(given: argparse.Namespace) -> Figures:
    """The figures of every reader on every set, and which reader could not be had and why."""
    chosen = [one for one in sets_in(given.data) if not given.sets or one.name in given.sets.split(",")]
    figures: Figures = {
        "examples_a_topic": None if given.all else given.few,
        "missing": {},
        **{one.name: {} for one in chosen},
    }
    for name in given.peers.split(","):
        try:
            command = command_for(PEERS[name], given)
        except NotInstalled as reason:
            figures["missing"][name] = str(reason)
            continue
        for one in chosen:
            figures[one.name][name] = over_draws(command, folder_for(PEERS[name], given), one, given)
    return figures


def command_for(peer: Peer, given: argparse.Namespace) -> list[str]:
    """What starts the reader, in the environment that is its own. NotInstalled says why there is none."""
    if peer.encoder and folder_for(peer, given) is None:
        raise NotInstalled(f"--{peer.encoder} is not given")
    program, place = str(READERS / peer.program), given.scratch / peer.environment
    if peer.program.endswith(".js"):
        return ["env", f"NODE_PATH={node_with(place, *peer.packages[0]) / 'node_modules'}", "node", program]
    return [str(python_with(place, peer.python, *peer.packages) if peer.packages else sys.executable), program]


def folder_for(peer: Peer, given: argparse.Namespace) -> str | None:
    """The encoder's folder, as the reader takes it."""
    folder = getattr(given, peer.encoder) if peer.encoder else None
    return None if folder is None else str(folder.resolve())


def over_draws(command: list[str], encoder: str | None, one: Set, given: argparse.Namespace) -> Figures:
    """The mean of every figure over the draws, and each draw's accuracy. The first draw that fails ends it, and is told."""
    found: list[Figures] = []
    for seed in range(1 if given.all else given.seeds):
        learned = mixed(one.learned if given.all else drawn(one.learned, given.few, seed), seed)
        print(f"{one.name}, draw {seed}: {' '.join(Path(part).name for part in command)}", file=sys.stderr)
        try:
            found.append(figures_of(command, learned, one.asked, {
                "encoder": encoder, "seed": seed, "most_steps": given.setfit_steps,
            }))  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return {"failed": type(error).__name__, "draws_that_did_not": len(found)}
    means = {
        name: round(statistics.fmean(draw[name] for draw in found), 4) if isinstance(value, float) else value
        for name, value in found[0].items()
    }
    return {**means, "draws": len(found), "accuracies": [round(draw["accuracy"], 4) for draw in found]}


def mixed(lessons: list[Lesson], seed: int) -> list[Lesson]:
    """The same lessons in an order drawn by lot: some readers learn worse from one topic after the other."""
    order = np.random.default_rng(seed).permutation(len(lessons))
    return [lessons[number] for number in order]


def figures_of(command: list[str], learned: list[Lesson], asked: list[Lesson], options: Figures) -> Figures:
    """One process that learns and reads; what its answers are worth and what it took."""
    with tempfile.TemporaryDirectory(prefix="handdruk-reader-") as folder:
        job = Path(folder) / "job.json"
        pairs = [[lesson.text, lesson.topic] for lesson in learned]
        texts = [lesson.text for lesson in asked]
        job.write_text(json.dumps({**options, "learned": pairs, "asked": texts, "folder": folder}))
        megabytes = run(command, job)
        told = json.loads(job.with_suffix(".out.json").read_text())
    answers = told.pop("answers")
    return {**worth(answers, asked), **{name: told[name] for name in sorted(told)}, "megabytes": megabytes,
            "load": os.getloadavg()[0]}  # fmt: skip


def run(command: list[str], job: Path) -> float:
    """Runs it to its end; the greatest memory of its process in megabytes (resident set)."""
    log = job.with_suffix(".log")
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603  (our own program)
            [*command, str(job)], cwd=job.parent, stdout=out, stderr=out, env={**os.environ, "HF_HUB_OFFLINE": "1"}
        )
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode:
        print(log.read_text()[-2000:], file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_maxrss / 1024


def worth(answers: list[tuple[str, float, bool | None]], asked: list[Lesson]) -> Figures:
    """Accuracy and what the confidences are worth; where a reader declines by itself, how it does as it comes."""
    confidence = np.array([sure for _, sure, _ in answers], dtype=float)
    right = np.array([lesson.topic == topic for lesson, (topic, _, _) in zip(asked, answers, strict=True)])
    inside = np.array([lesson.topic is not None for lesson in asked])
    figures = {"accuracy": float(right[inside].mean()), **quality(confidence, right, inside)}
    if answers[0][2] is None:
        return figures
    declines = np.array([declined for _, _, declined in answers])
    weights = weights_of(inside)
    answered = weights[~declines].sum()
    return {
        **figures,
        "answered_as_it_comes": float(answered / weights.sum()),
        "wrong_as_it_comes": float((weights * ~right)[~declines].sum() / answered) if answered else 0.0,
    }


if __name__ == "__main__":
    main()
