"""What goes wrong outside Handdruk, in one sentence that says what to do about it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from handdruk.cli.ending import Ending

DAMAGED = ("not a database", "malformed")
LONGEST = 300  # characters of a driver's own words


def explained(error: Exception) -> Ending | None:
    """How a command ends (2) that met this; None for what is our own mistake, which a traceback shows best."""
    if isinstance(error, DatabaseError | InterfaceError):
        return Ending(_database(" ".join(str(error).split())[:LONGEST]), 2)
    if isinstance(error, ImproperlyConfigured) and "psycopg" in str(error):
        return Ending('HANDDRUK_DATABASE_URL: PostgreSQL needs: pip install "handdruk[postgres]"', 2)
    if isinstance(error, OSError) and error.filename is not None:
        return Ending(f"{error.filename}: {error.strerror}; make it usable, or choose another --home", 2)
    return None


def _database(problem: str) -> str:
    if settings.ENVIRONMENT.database_url:
        return (
            f"the database of HANDDRUK_DATABASE_URL cannot be used: {problem}; is it running, and is the address right?"
        )
    file = settings.SQLITE["NAME"]
    if any(word in problem for word in DAMAGED):
        return f"{file} is damaged ({problem}); put a backup in its place, or choose another --home"
    return f"{file} cannot be used: {problem}; starting Handdruk brings it up to date, handdruk doctor tells more"
