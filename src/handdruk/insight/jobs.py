"""This room's recurring work."""

from datetime import timedelta

from handdruk.insight.commands.draw import draw
from handdruk.insight.commands.settle import settle
from handdruk.insight.commands.train import train
from handdruk.insight.commands.watch import mail_brake
from handdruk.work.define import recurring

__all__ = ["draw_audits", "mail_brake", "settle_ledger", "train"]  # a worker knows what is loaded from here


@recurring(timedelta(minutes=10), "insight.settle")
def settle_ledger() -> None:
    """How did the assistant's answers end?"""
    settle()


@recurring(timedelta(hours=1), "insight.draw")
def draw_audits() -> None:
    """Draws turns for colleagues to look at."""
    draw()
