"""This room's jobs, for the worker to find."""

from handdruk.relationship.delivery import deliver

__all__ = ["deliver"]
