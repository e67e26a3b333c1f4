"""Trains at a lead's word, so that what colleagues said counts without anybody at a command line."""

import subprocess
import sys

from django.contrib.auth.models import User

from handdruk.core.clock import now
from handdruk.human.models import Colleague
from handdruk.reception.models import TrainedReader
from handdruk.relationship.commands import NotAllowed
from handdruk.work.define import job

COMMAND = (sys.executable, "-m", "handdruk.cli", "train")
PATIENCE = 1800.0  # seconds


class TrainingFailed(Exception):
    """The training ended without a new reader; the one before stays in use."""


def train_again(user: User) -> None:
    """Begins a training in the background; asked twice within a minute it trains once. Raises NotAllowed."""
    if not user.is_active or not Colleague.objects.filter(user=user, lead=True).exists():
        raise NotAllowed("only team leads may do this")
    newest = _newest()
    train.enqueue(reader=newest, key=f"train:{newest}:{now():%Y-%m-%d %H:%M}")


@job("insight.train", attempts=2)
def train(reader: int) -> None:
    """Trains, unless somebody did since: in a process of its own, which ends with the memory that training takes."""
    if _newest() != reader:
        return
    done = subprocess.run(COMMAND, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  (no word of others)
    if done.returncode != 0:
        raise TrainingFailed(f"handdruk train ended with {done.returncode}")


def _newest() -> int:
    return TrainedReader.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
