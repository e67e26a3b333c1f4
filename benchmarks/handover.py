"""How well the turn at which a person takes over is known, on an archive of which one conversation in five was never used.

    python benchmarks/handover.py --archive FILE [--every-turn] [--json]

FILE holds conversations as `handdruk learn handover` takes them, each with a name; the names draw the lot. With
--every-turn each turn of either side is judged, as in the literature, and not only the customer's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from handdruk.understand.handover import HandoverModel, Judged, always_or_never, best_threshold, figures, lived, talk_of
from handdruk.understand.handover.moments import Moment, moments

ONE_IN = 5
Moments = tuple[list[Moment], np.typing.NDArray[np.intp]]


def main() -> None:
    """Learn, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True, help="conversations as JSON lines")
    parser.add_argument("--every-turn", action="store_true", help="judge every turn of both sides")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = parser.parse_args()
    measured = measure([json.loads(line) for line in given.archive.open()], every_turn=given.every_turn)
    print(json.dumps(measured, indent=None if given.json else 2))


def measure(rows: list[dict[str, Any]], *, every_turn: bool) -> dict[str, Any]:
    """Figures on the conversations apart and on the others, at the threshold that is best for the others."""
    apart = [row for row in rows if is_apart(row)]
    others, talk = moments_of([row for row in rows if not is_apart(row)], every_turn=every_turn)
    started = time.process_time()
    model = HandoverModel.train(others, talk)
    trained = time.process_time()
    asked, asked_talk = moments_of(apart, every_turn=every_turn)
    judged = Judged(model.probabilities(asked), np.array([one.took_over for one in asked]), asked_talk)
    best = best_threshold(model.judged)
    return {
        "threshold": best,
        "untouched": figures(judged, lambda one: one >= best).as_json(),
        "untouched_lived": lived(judged, lambda one: one >= best).as_json(),
        "others_each_unseen": figures(model.judged, lambda one: one >= best).as_json(),
        "never": always_or_never(judged, rings=False).as_json(),
        "always": always_or_never(judged, rings=True).as_json(),
        "calibration_error": calibration_error(judged),
        "seconds_to_train": trained - started,
        "milliseconds_a_turn": milliseconds(model, apart[:20]),
        "model_megabytes": len(model.to_bytes()) / 1e6,
    }


def is_apart(row: dict[str, Any]) -> bool:
    """One conversation in five, by its name."""
    return int(hashlib.sha256(str(row["conversation"]).encode()).hexdigest(), 16) % ONE_IN == 0


def moments_of(rows: list[dict[str, Any]], *, every_turn: bool) -> Moments:
    """The moments of these conversations and the number of each one's."""
    each = [list(moments(talk_of(row), every_turn=every_turn)) for row in rows]
    return [moment for some in each for moment in some], np.repeat(np.arange(len(each)), [len(some) for some in each])


def calibration_error(judged: Judged) -> float:
    """The mean distance between probability and share, over ten equal groups."""
    groups = np.array_split(np.argsort(judged.probability), 10)
    apart = [abs(judged.probability[one].mean() - judged.took_over[one].mean()) * len(one) for one in groups]
    return float(sum(apart) / len(judged.probability))


def milliseconds(model: HandoverModel, rows: list[dict[str, Any]]) -> float:
    """What asking costs at a conversation's last turn, everything said before it read afresh."""
    talks = [talk_of(row) for row in rows]
    started = time.process_time()
    for talk in talks:
        model.probability(talk)
    return (time.process_time() - started) / len(talks) * 1000


if __name__ == "__main__":
    main()
