"""How long a web chat turn takes: many customers at once, through the real server, everything stored."""

import asyncio
import itertools
import random
import statistics
import time
from typing import Any

from handdruk.cli.measure.customer import Customer
from handdruk.cli.measure.server import running_server

WORDS = {
    "nl": ("hoi", "hoeveel kost de verzending", "kan ik met ideal betalen", "wanneer moet ik de opzetborstel vervangen",
           "hoe laad ik mijn tandenborstel op", "hoelang heb ik garantie op de thermostaat", "bedankt!",
           "ik ben mijn wachtwoord vergeten", "wanneer zijn jullie open?", "krijg ik mijn geld al terug"),
    "en": ("hi", "how much is delivery to belgium?", "can I pay with paypal", "how often do I change the brush head",
           "how do I replace the blades of my mower", "how long is the warranty on the thermostat", "thanks!",
           "do you sell gift cards", "when are you open?", "when will I get my refund"),
}  # fmt: skip
"""Said in this order each is answered, again and again: a conversation stays with the assistant, and every turn has a reply."""
WARM_UP = 2.0  # seconds before figures count


def measure_turns(customers: int, rate: float, seconds: float) -> dict[str, Any]:
    """Milliseconds a turn (p50, p90, p99) and turns a second.

    With a `rate`, turns are offered at that many a second over all customers together, each at a random moment, and a
    turn's time runs from the moment it was due, so that a server that falls behind cannot hide it. With rate 0 every
    customer writes as soon as they have their answer.
    """
    with running_server() as server:
        figures = asyncio.run(talk(server.port, Customer, customers, rate, seconds))
        return {"customers": customers, "rate_offered": rate or None, **figures,
                "seconds_to_start": server.seconds_to_start, "memory_mb": server.memory_mb()}  # fmt: skip


async def talk(port: int, kind: type[Customer], customers: int, rate: float, seconds: float) -> dict[str, Any]:
    """So many customers of this kind at once, with the server that listens there: figures of their turns."""
    people = [await kind.arrive(port, "nl" if n % 2 else "en") for n in range(customers)]
    begin = time.perf_counter()
    times: list[tuple[float, float]] = []
    errors: list[str] = []
    await asyncio.gather(
        *(_talk(person, n, rate / customers, begin, seconds, times, errors) for n, person in enumerate(people))
    )
    for person in people:
        person.leave()
    counted = sorted(took * 1000 for at, took in times if at - begin > WARM_UP)
    return {
        "turns": len(counted),
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
        "p50_ms": _percentile(counted, 50),
        "p90_ms": _percentile(counted, 90),
        "p99_ms": _percentile(counted, 99),
        "mean_ms": round(statistics.fmean(counted), 2) if counted else None,
        "turns_a_second": round(len(counted) / (seconds - WARM_UP), 1),
    }


async def _talk(
    person: Customer, who: int, rate: float, begin: float, seconds: float, times: list[tuple[float, float]],
    errors: list[str],
) -> None:  # fmt: skip
    pick = random.Random(who)  # noqa: S311  (the same load each time, not a secret)
    sentences = WORDS["nl" if who % 2 else "en"]
    due = begin + (pick.random() / rate if rate else 0)
    for number in itertools.count():
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        if time.perf_counter() - begin > seconds:
            return
        start = due if rate else time.perf_counter()
        problem = await person.problem_with(f"bench-{who}-{number}", sentences[(who // 2 + number) % len(sentences)])
        times.append((start, time.perf_counter() - start))
        if problem is not None:
            errors.append(problem)
        due = due + pick.expovariate(rate) if rate else time.perf_counter()


def _percentile(values: list[float], percent: int) -> float | None:
    """The nearest-rank percentile."""
    if not values:
        return None
    return round(values[min(len(values) - 1, len(values) * percent // 100)], 2)
