"""Watches whether answers stay as right as promised, from an audited random sample of them.

For each alternative q above the bound, wealth bets on wrong answers: an audited answer multiplies it by q / at_most when
it was wrong and by (1 - q) / (1 - at_most) when it was right, which gains nothing on average while at most the promised
share is wrong (a test martingale: Waudby-Smith & Ramdas 2024, arXiv:2010.09686). Between answers a little fresh money
comes in, so that old losses do not hide a new problem (an e-detector: Shin, Ramdas, Rinaldo 2024, arXiv:2203.03532;
with one alternative it is the Shiryaev-Roberts procedure). What all of it amounts to, less what was put in, is a
supermartingale; so the chance of an alarm in a year's audits is at most what is put in divided by the alarm's level.
"""

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from handdruk.decide.promise import Promise
from handdruk.decide.threshold import Threshold

ALTERNATIVES = ((1.5, 0.25), (2.0, 0.5), (3.0, 0.25))  # so many times the bound, and the share of the money on it
FIRST = 0.3  # of a year's money is there from the start; the rest comes in answer by answer
FALSE_ALARM = 0.05  # the chance of an alarm in a year in which the promise is kept
MOST_KEPT = 3_000  # audited answers
Audit = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Monitor:
    """What was seen so far; a new value after each audited answer.

    `wealth` stands beside ALTERNATIVES. `recent` are the audited answers, as (probability of being right, was right),
    since things last looked well; `suspicion` is the logarithm of how much they speak for twice the bound.
    """

    at_most: float
    confidence: float
    audits_a_year: int
    least_sampling: float
    wealth: tuple[float, ...]
    audited: int = 0
    wrong: int = 0
    recent: tuple[Audit, ...] = ()
    suspicion: float = 0.0
    alarm: bool = False

    @classmethod
    def start(cls, promise: Promise, *, audits_a_year: int, least_sampling: float = 1.0) -> Self:
        """A monitor that has seen nothing yet.

        `least_sampling` is the smallest chance with which any answer is audited, relative to the largest; 1 for a plain
        random sample. ValueError for numbers that cannot be.
        """
        if audits_a_year < 1:
            raise ValueError(f"audits_a_year must be at least 1, not {audits_a_year}")
        if not 0 < least_sampling <= 1:
            raise ValueError(f"least_sampling must lie above 0 and be at most 1, not {least_sampling}")
        wealth = (FIRST,) * len(ALTERNATIVES)
        return cls(promise.at_most, promise.confidence, audits_a_year, least_sampling, wealth)

    @property
    def evidence(self) -> float:
        """The money on all alternatives together; the alarm rings at 1 / FALSE_ALARM."""
        return sum(share * wealth for (_, share), wealth in zip(ALTERNATIVES, self.wealth, strict=True))

    def after(self, probability_right: float, was_right: bool, *, sampling: float = 1.0) -> Self:
        """The monitor after one more audited answer, which had the chance `sampling` (relative, as above) to be audited.

        An answer that was likelier to be audited counts for less, so that a sample that looks harder at doubtful answers
        still speaks for all of them. An alarm stays until a new monitor is started. ValueError for a chance below
        `least_sampling` or above 1.
        """
        if not self.least_sampling <= sampling <= 1:
            raise ValueError(f"sampling must lie between {self.least_sampling} and 1, not {sampling}")
        weight = self.least_sampling / sampling
        fresh = (1 - FIRST) / self.audits_a_year
        wealth = tuple(
            (money + fresh) * self._payoff(times, was_right, weight)
            for (times, _), money in zip(ALTERNATIVES, self.wealth, strict=True)
        )
        later = replace(self, wealth=wealth, audited=self.audited + 1, wrong=self.wrong + (not was_right))
        later = later._looked_back((probability_right, was_right), self._payoff(2.0, was_right, weight))
        return replace(later, alarm=self.alarm or later.evidence >= 1 / FALSE_ALARM)

    def proposal(self) -> Threshold:
        """What the promise still allows according to the audited answers since things last looked well.

        Its value is None, and everything goes to people, when these are too few or too often wrong at any threshold.
        """
        probabilities, right = [row[0] for row in self.recent], [row[1] for row in self.recent]
        return Promise(self.at_most, self.confidence).fit(probabilities, right, provisional=True)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing: a monitor read back goes on exactly where this one stopped."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        recent = tuple((float(probability), bool(right)) for probability, right in stored["recent"])
        return cls(**{**stored, "wealth": tuple(stored["wealth"]), "recent": recent})

    def _payoff(self, times: float, was_right: bool, weight: float) -> float:
        alternative = min(times * self.at_most, (1 + self.at_most) / 2)
        stake = weight * (alternative - self.at_most) / (self.at_most * (1 - self.at_most))
        return 1 + stake * ((not was_right) - self.at_most)

    def _looked_back(self, row: Audit, payoff: float) -> Self:
        """Forgets what came before the last moment at which nothing pointed to a problem (Page 1954)."""
        suspicion = self.suspicion + math.log(payoff)
        if suspicion <= 0:
            return replace(self, recent=(), suspicion=0.0)
        return replace(self, recent=(*self.recent[-(MOST_KEPT - 1) :], row), suspicion=suspicion)
