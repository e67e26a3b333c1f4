"""Customers who said things a while ago, and audits of what was decided on them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from handdruk.core.clock import now
from handdruk.human.commands import make_colleague
from handdruk.insight.commands.draw import draw
from handdruk.reception.models import Audit, Turn

Drawn = Callable[..., Audit]


@pytest.fixture
def piet(company) -> User:
    """A colleague who reads English and leads nobody."""
    return make_colleague("piet", "Piet", "a long password", lead=False, language="en", teams=[])


@pytest.fixture
def as_sanne(sanne: User) -> Client:
    """The browser of a lead who reads Dutch."""
    return browser_of(sanne)


@pytest.fixture
def as_piet(piet: User) -> Client:
    """Piet's browser."""
    return browser_of(piet)


def browser_of(user: User) -> Client:
    """A browser in which this user has logged in."""
    client = Client()
    client.force_login(user)
    return client


def long_ago(**wait: float) -> None:
    """Everything that was said so far was said this long ago."""
    earlier = now() - timedelta(**wait)
    Turn.objects.update(at=earlier)


def draw_all() -> list[Audit]:
    """Draws; with so few turns all that can be drawn are."""
    long_ago(minutes=20)
    draw()
    return list(Audit.objects.order_by("turn_id"))
