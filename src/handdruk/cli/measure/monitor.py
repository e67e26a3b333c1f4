"""How soon the monitor rings, and how often for nothing: the recursion of `decide.monitor` for many companies at once."""

from typing import Any

import numpy as np
import numpy.typing as npt

from handdruk.decide.monitor import ALTERNATIVES, FALSE_ALARM, FIRST

AUDITS_A_DAY = 20
YEAR = 365 * AUDITS_A_DAY
BOUNDS = (0.01, 0.02, 0.05)
BEFORE = 3_000
"""Audited answers before a change, where there is one."""
Counts = npt.NDArray[np.int64]


def measure_monitor(runs: int) -> dict[str, Any]:
    """For each bound, from so many simulated companies: the share of years with a false alarm, and median delays in audits."""
    return {f"at most {at_most:.0%} wrong": _figures(at_most, runs) for at_most in BOUNDS}


def _figures(at_most: float, runs: int) -> dict[str, Any]:
    as_promised, better, worse = at_most, at_most / 2, 2 * at_most
    return {
        "years_with_a_false_alarm": {
            "as much wrong as promised": _rang_within(alarms(at_most, np.full(YEAR, as_promised), runs), YEAR),
            "half of that": _rang_within(alarms(at_most, np.full(YEAR, better), runs), YEAR),
        },
        "audits_until_twice_the_bound_is_noticed": {
            "from the start": _median_delay(alarms(at_most, np.full(YEAR, worse), runs), 0),
            f"after {BEFORE} audits at half the bound": _median_delay(
                alarms(at_most, np.repeat([better, worse], [BEFORE, YEAR]), runs), BEFORE
            ),
            f"after {BEFORE} audits at the bound": _median_delay(
                alarms(at_most, np.repeat([as_promised, worse], [BEFORE, YEAR]), runs), BEFORE
            ),
        },
    }


def _rang_within(rang: Counts, audits: int) -> float:
    return float((rang <= audits).mean())


def _median_delay(rang: Counts, before: int) -> float:
    """Over those that did not ring for nothing before the change."""
    return float(np.median(rang[rang > before] - before))


def alarms(at_most: float, risks: npt.NDArray[np.float64], runs: int, seed: int = 1) -> Counts:
    """After how many audited answers, wrong with these risks, each of `runs` monitors rang; one more than all if it did not."""
    pick = np.random.default_rng(seed)
    times, shares = np.array(ALTERNATIVES).T
    down = (1 - times * at_most) / (1 - at_most)
    wealth = np.full((runs, len(times)), FIRST)
    rang = np.full(runs, len(risks) + 1)
    for number, risk in enumerate(risks, 1):
        wrong = pick.random(runs) < risk
        wealth = (wealth + (1 - FIRST) / YEAR) * np.where(wrong[:, None], times, down)
        rang[(rang > number) & (wealth @ shares >= 1 / FALSE_ALARM)] = number
    return rang
