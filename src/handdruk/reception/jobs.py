"""This room's jobs, for the worker to find."""

from handdruk.reception.perform import perform
from handdruk.reception.turn import answer

__all__ = ["answer", "perform"]
