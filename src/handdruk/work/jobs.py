"""This room's own recurring work."""

from datetime import timedelta

from handdruk.work import commands
from handdruk.work.define import recurring


@recurring(timedelta(hours=1), "work.sweep")
def sweep() -> None:
    """Keeps the table of jobs small."""
    commands.sweep()
