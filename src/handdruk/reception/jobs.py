"""This room's jobs, for the worker to find."""

from handdruk.reception.codes import send_code
from handdruk.reception.perform import perform
from handdruk.reception.turn import answer

__all__ = ["answer", "perform", "send_code"]
