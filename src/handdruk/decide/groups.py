"""Thresholds for groups of answers (a topic, or a topic in one language), where these are expected to allow more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from handdruk.decide.promise import Promise, upper_bound
from handdruk.decide.sequence import Bools, Floats
from handdruk.decide.threshold import Point, Threshold

ENOUGH = 2  # times the answers that a proof takes when all are right
FALLBACK = 0.1  # the share of the risk of being wrong that is kept for one threshold for all
GAIN = 1.01  # times as many answers must be likely with a group more: splitting costs certainty

Group = tuple[str, str]  # topic and language, or topic and "" for every language
Own = Mapping[Group, Threshold]
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labelled turns, an array (n,) for each thing known of them.

    `topic` and `language` are what the reader took each for, `probability_right` how probable it was that the topic is
    right, and `was_right` whether it was.
    """

    probability_right: Floats
    was_right: Bools
    topic: Names
    language: Names

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self.was_right)

    @property
    def pair(self) -> tuple[Floats, Bools]:
        """Probabilities and labels, as a promise takes them."""
        return self.probability_right, self.was_right

    def where(self, chosen: Bools) -> "Labelled":
        """Only these."""
        return Labelled(
            self.probability_right[chosen], self.was_right[chosen], self.topic[chosen], self.language[chosen]
        )

    def within(self, group: Group) -> Bools:
        """Which of them are of this group."""
        found: Bools = self.topic == group[0]
        return found & (self.language == group[1]) if group[1] else found

    def parts(self, groups: list[Group]) -> "list[Labelled]":
        """The turns of each group, and at the end all others."""
        inside = [self.within(group) for group in groups]
        rest = ~np.any(inside, axis=0) if inside else np.ones(len(self), np.bool_)
        return [self.where(chosen) for chosen in (*inside, rest)]


@dataclass(frozen=True, slots=True)
class GroupThresholds:
    """A threshold of its `own` for some groups, and one `shared` by all other turns.

    With the promise's confidence all of them hold at once: in each group of `own`, and in all other turns together, at
    most the promised share of the automatic answers is wrong; hence also in the company as a whole. `curve` is what one
    threshold for all would have meant on the whole sample.
    """

    shared: Threshold
    own: Own = field(default_factory=dict)
    curve: tuple[Point, ...] = ()

    def of(self, topic: str, language: str) -> Threshold:
        """The threshold that an answer on this topic in this language has to reach."""
        return self.own.get((topic, language)) or self.own.get((topic, "")) or self.shared

    def admitted(self, turns: Labelled) -> Bools:
        """Which of these would have been answered."""
        at = zip(turns.topic.tolist(), turns.language.tolist(), turns.probability_right.tolist(), strict=True)
        return np.array([self.of(topic, language).admits(right) for topic, language, right in at], dtype=np.bool_)

    def all(self) -> list[Threshold]:
        """Every threshold there is."""
        return [self.shared, *self.own.values()]

    def lowest(self) -> float | None:
        """The lowest probability that is admitted anywhere; None when none is."""
        return min((one.value for one in self.all() if one.value is not None), default=None)

    def whole(self) -> Threshold:
        """The evidence of all of them together; its `value` is the lowest of theirs."""
        if not self.own:
            return self.shared
        every = self.all()
        n, answered, wrong = (sum(getattr(one, name) for one in every) for name in ("n", "answered", "wrong"))
        bound = upper_bound(wrong, answered, self.shared.confidence)
        return replace(
            self.shared, value=self.lowest(), n=n, answered=answered, wrong=wrong, bound=bound, coverage=answered / n,
            labels_missing=self.shared.labels_missing if self.shared.value is not None else 0, curve=self.curve,
        )  # fmt: skip

    def raised(self, least: float | None) -> Self:
        """The same with every threshold at least so high; with None nothing is admitted."""
        own = {group: threshold.raised(least) for group, threshold in self.own.items()}
        return replace(self, shared=self.shared.raised(least), own=own)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        own = [
            {"topic": topic, "language": language, "threshold": threshold.as_json()}
            for (topic, language), threshold in self.own.items()
        ]
        return {"shared": self.shared.as_json(), "own": own, "curve": [point.as_json() for point in self.curve]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        own = {(row["topic"], row["language"]): Threshold.from_json(row["threshold"]) for row in stored["own"]}
        return cls(Threshold.from_json(stored["shared"]), own, tuple(Point(**point) for point in stored["curve"]))

    @classmethod
    def fit(cls, promise: Promise, sample: Labelled, guide: Labelled, *, provisional: bool = False) -> Self:
        """The thresholds that keep this promise, with their evidence, from one calibration sample.

        `guide` are *other* turns (see `Promise.fit`). Groups are chosen by how many turns the sample has of them and by
        what the guide makes likely, never by the sample's labels; without a gain to expect there is one threshold. Else
        a tenth of the risk of being wrong is kept for one threshold after all, which is taken if it answers as much of the
        sample; half of the remaining risk is for each group alike, the other half for all other turns.
        """
        groups = worth_splitting(promise, sample, guide)
        if not groups:
            return cls(promise.fit(*sample.pair, guide=guide.pair, provisional=provisional))
        one = _strict(promise, FALLBACK).fit(*sample.pair, guide=guide.pair, provisional=provisional)
        fitted = [
            _strict(promise, part).fit(*turns.pair, guide=told.pair, provisional=provisional)
            for turns, told, part in zip(sample.parts(groups), guide.parts(groups), _shares(len(groups)), strict=True)
        ]
        if one.answered >= sum(threshold.answered for threshold in fitted):
            return cls(replace(one, confidence=promise.confidence))
        *own, shared = (replace(threshold, confidence=promise.confidence) for threshold in fitted)
        return cls(shared, dict(zip(groups, own, strict=True)), one.curve)


def worth_splitting(promise: Promise, sample: Labelled, guide: Labelled) -> list[Group]:
    """The groups that make more answers likely when they have thresholds of their own; none when one is as good.

    Of the sample only what its turns were taken for is looked at. Groups are added in the order of what each would gain by
    itself, and as many of them are taken as gain most together.
    """
    alone = {group: _prospect(promise, sample, guide, [group]) for group in _large_enough(promise, sample)}
    best, most = list[Group](), promise.prospect(len(sample), guide.pair)
    tried: list[Group] = []
    for group in sorted(alone, key=lambda group: (-alone[group], group)):
        if any(_overlap(group, other) for other in tried):
            continue
        tried.append(group)
        prospect = _prospect(promise, sample, guide, tried)
        if prospect > GAIN * most:
            best, most = list(tried), prospect
    return best


def _large_enough(promise: Promise, sample: Labelled) -> list[Group]:
    """Topics with ENOUGH turns for a proof; and topics in one language where that is so in several."""
    least = ENOUGH * promise.answers_needed()
    turns = Counter(zip(sample.topic.tolist(), sample.language.tolist(), strict=True))
    totals, large = Counter[str](), Counter[str]()
    for (topic, _), count in turns.items():
        totals[topic] += count
        large[topic] += count >= least
    whole = [(topic, "") for topic, count in totals.items() if topic and count >= least]
    return whole + [group for group, count in turns.items() if group[0] and count >= least and large[group[0]] > 1]


def _prospect(promise: Promise, sample: Labelled, guide: Labelled, groups: list[Group]) -> float:
    return sum(
        _strict(promise, share).prospect(len(turns), told.pair)
        for turns, told, share in zip(sample.parts(groups), guide.parts(groups), _shares(len(groups)), strict=True)
    )


def _shares(groups: int) -> list[float]:
    """Each group's share of the risk of being wrong, and at the end that of all other turns."""
    half = (1 - FALLBACK) / 2
    return [*[half / groups] * groups, half]


def _strict(promise: Promise, share: float) -> Promise:
    """The same promise for a share of the risk of being wrong."""
    return replace(promise, confidence=1 - (1 - promise.confidence) * share)


def _overlap(one: Group, other: Group) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or not (one[1] and other[1]))
