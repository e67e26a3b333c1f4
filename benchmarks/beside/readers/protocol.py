"""What a peer's process is given and gives back. Runs in the peer's environment: needs only Python 3.10 and its own library.

The job is a JSON file `{"learned": [[text, topic or null]], "asked": [text], "encoder": folder or null, "seed": n, ...}`; back
comes one with the known topic that fits each message best, how sure the peer is of it, whether it would decline, and the times.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

NONE = "none_of_these"
"""The name under which messages that fit no topic are taught to a peer that has no other way to learn from them."""


def run(name, train):
    """Does the job named on the command line. `train(job)` returns a function from a text to (topic, confidence, declines)."""
    file = Path(sys.argv[1])
    job = json.loads(file.read_text())
    told = {}
    started, cpu = time.perf_counter(), time.process_time()
    read = train(job, told)
    told["seconds_to_train"], told["cpu_seconds_to_train"] = time.perf_counter() - started, time.process_time() - cpu
    told["answers"], told["milliseconds_a_message"], told["cpu_milliseconds_a_message"] = _read_all(read, job["asked"])
    told["reader"] = name
    file.with_suffix(".out.json").write_text(json.dumps(told))


def _read_all(read: Callable[[str], tuple], asked: list) -> tuple:
    """Every answer, the median of the time of one, and the mean of the processor time of one, over all threads."""
    for text in asked[:5]:
        read(text)
    answers, times = [], []
    cpu = time.process_time()
    for text in asked:
        begin = time.perf_counter()
        answers.append(read(text))
        times.append(time.perf_counter() - begin)
    cpu = time.process_time() - cpu
    return answers, 1000 * statistics.median(times), 1000 * cpu / len(asked)


def best_known(names, probabilities):
    """The best topic but "none of these", its probability, and whether "none of these" is better still."""
    ranked = sorted(zip(names, map(float, probabilities), strict=True), key=lambda pair: -pair[1])
    topic, probability = next(pair for pair in ranked if pair[0] != NONE)
    return topic, probability, ranked[0][0] == NONE
