"""What the other customers bought: made up, with everything that happens to parcels in it."""

from datetime import datetime, timedelta
from random import Random

from .days import AMSTERDAM
from .story import Basket, Story, at
from .values import Customer

BASKETS: tuple[tuple[Basket, int], ...] = (  # and how often each is bought
    ((("glans-2", 1),), 6),
    ((("glans-1", 1),), 4),
    ((("glans-2", 1), ("heads", 1)), 4),
    ((("heads", 1),), 6),
    ((("heads", 2),), 4),
    ((("blades", 1),), 4),
    ((("blades", 2), ("heads", 1)), 2),
    ((("warm", 1),), 4),
    ((("warm", 1), ("visit-warm", 1)), 3),
    ((("maai-300", 1),), 2),
    ((("maai-300", 1), ("blades", 1)), 2),
    ((("maai-800", 1), ("visit-maai", 1)), 2),
)
OLDEST = 220  # days


def invented(rng: Random, customers: list[Customer], count: int, moment: datetime) -> list[Story]:
    """`count` orders of these customers, oldest first; a third of them is from the last week."""
    made = [_story(rng, rng.choice(customers), moment) for _ in range(count)]
    return sorted(made, key=lambda story: story.ordered_at)


def _story(rng: Random, customer: Customer, moment: datetime) -> Story:
    baskets, weights = zip(*BASKETS, strict=True)
    basket: Basket = rng.choices(baskets, weights)[0]
    chance = rng.random()
    return Story(
        customer,
        basket,
        _ordered_at(rng, moment),
        late_by=rng.choice((1, 2, 3)) if chance < 0.05 else 0,
        missed=0.05 <= chance < 0.13 and not any(key.startswith("maai") for key, _ in basket),
        fetched_after=rng.randint(1, 5),
        silent=chance < 0.02,
        cancelled=0.13 <= chance < 0.18,
        returned_after=rng.randint(2, 20) if 0.18 <= chance < 0.27 and not basket[-1][0].startswith("visit") else None,
    )


def _ordered_at(rng: Random, moment: datetime) -> datetime:
    days = rng.randint(0, 7) if rng.random() < 0.33 else rng.randint(8, OLDEST)
    day = moment.astimezone(AMSTERDAM).date() - timedelta(days=days)
    ordered = at(day, rng.randint(7, 23), rng.randint(0, 59))
    return ordered if ordered < moment else ordered - timedelta(days=1)
