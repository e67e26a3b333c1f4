"""Whether the topics that would be offered as buttons hold the right one, on messages that were not learned from."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from handdruk.decide import Plausible
from handdruk.understand import Lesson, Reader

RATE = 0.8  # what the sample company asks of its buttons
MOST_BUTTONS = 3
Figures = dict[str, Any]


def measure_asking(reader: Reader, asked: Sequence[Lesson], enough: float) -> Figures:
    """`enough` is the probability from which on a message is answered and nothing is asked.

    `held`: of messages with a topic that are not answered, the share whose set holds it. `offered` and `right_offered`
    are of the messages that are not answered and more likely than not have a topic of ours: how many get buttons, and
    how often rightly. `too_many` of them have a set of more than three; of these `right_in_three` say what the three
    best would hold.
    """
    evidence = reader.evidence
    among = (evidence.truth != "") & ~evidence.held_out & (evidence.probability_right < enough)
    plausible = Plausible.fit(evidence.probability_of_truth[among], rate=RATE)
    rows = [(one, reader.read(one.text).topics) for one in asked]
    held = [one.topic in plausible.among(topics) for one, topics in rows if one.topic and _below(topics, enough)]
    unsure = [
        (one.topic, plausible.among(topics), [name for name, _ in topics[:MOST_BUTTONS]])
        for one, topics in rows
        if topics and _below(topics, enough) and sum(share for _, share in topics) >= 0.5
    ]
    few = [topic in found for topic, found, _ in unsure if 1 <= len(found) <= MOST_BUTTONS]
    many = [topic in best for topic, found, best in unsure if len(found) > MOST_BUTTONS]
    return {
        "rate": RATE,
        "held": _mean(held),
        "unsure": len(unsure),
        "offered": round(len(few) / max(len(unsure), 1), 4),
        "right_offered": _mean(few),
        "one_button": round(sum(len(found) == 1 for _, found, _ in unsure) / max(len(unsure), 1), 4),
        "too_many": round(len(many) / max(len(unsure), 1), 4),
        "right_in_three": _mean(many),
    }


def _below(topics: Sequence[tuple[str, float]], enough: float) -> bool:
    return not topics or topics[0][1] < enough


def _mean(rows: Sequence[bool]) -> float | None:
    return round(float(np.mean(rows)), 4) if rows else None
