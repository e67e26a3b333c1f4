"""Makes an installation ready: a home, one writer, a migrated database, a trained reader."""

import fcntl
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import IO

import django
from django.conf import settings

django.setup()

from django.core.management import call_command  # noqa: E402  (Django must be set up first)
from django.db import DatabaseError, connection  # noqa: E402

from handdruk.cli.ending import Ending  # noqa: E402
from handdruk.company.fingerprint import is_loaded  # noqa: E402
from handdruk.company.load import load  # noqa: E402
from handdruk.company.mistakes import BadFolder  # noqa: E402
from handdruk.digital.actions.define import BadActions  # noqa: E402
from handdruk.digital.queries import missing_actions  # noqa: E402
from handdruk.reception.models import TrainedReader  # noqa: E402
from handdruk.reception.training import is_usable, train  # noqa: E402
from handdruk.relationship import company as the_company  # noqa: E402
from handdruk.relationship.models import Company  # noqa: E402

log = logging.getLogger(__name__)
MIGRATING = 0x48616E64  # the key of the PostgreSQL lock under which one process at a time migrates


def sample_company() -> Path:
    """The folder of the sample company that comes with Handdruk."""
    return Path(str(files("handdruk") / "thuis"))


def say(text: str = "") -> None:
    """Tells the person at the terminal; stdout stays for results."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """On SQLite one process a home folder: it alone writes. Raises Ending when there is another."""
    home.mkdir(parents=True, exist_ok=True)
    if connection.vendor != "sqlite":
        yield
        return
    with (home / "running").open("a") as file:
        _lock(file, home)
        yield


def _lock(file: IO[str], home: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Ending(f"Handdruk is already running on {home}; stop it, or choose another --home") from error


def migrate() -> None:
    """Makes the home folder with its key, and brings the database to this version."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    str(settings.SECRET_KEY)
    with _alone():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def is_made() -> bool:
    """Is there a database with Handdruk's tables? Looks without making one."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    return Company._meta.db_table in connection.introspection.table_names()


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            with suppress(DatabaseError):
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def problem_with_actions() -> str:
    """Why customers would get a person instead of an action, and what to do; "" when all is well."""
    meanwhile = "mend it and load the folder again; until then customers who need it get a person"
    try:
        missing = missing_actions()
    except BadActions as error:
        return f"{' '.join(str(error).split())}; {meanwhile}"
    if not missing:
        return ""
    folder = Company.objects.values_list("folder", flat=True).get()
    return f"{folder}/actions.py has no {', '.join(missing)}, which topics name; {meanwhile}"


def take_into_use(folder: Path) -> bool:
    """Loads a company folder unless it was loaded as it is; true when something changed.

    What colleagues changed in the database therefore survives a restart. Raises Ending (2) with every mistake.
    """
    if is_loaded(folder):
        return False
    try:
        changed = bool(load(folder))
    except BadFolder as error:
        raise Ending(str(error), 2) from error
    the_company.forget()
    return changed


def train_if_needed() -> bool:
    """Trains when the company's content is newer than the reader, or this version cannot use it; true when it did.

    Raises Ending (2) when there is too little to learn.
    """
    company = Company.objects.first()
    if company is None:
        raise Ending("no company has been loaded yet; run: handdruk load FOLDER", 2)
    newest = TrainedReader.objects.order_by("-pk").values_list("content_version", flat=True).first()
    if newest == company.version and is_usable():
        return False
    try:
        train()
    except ValueError as error:
        raise Ending(str(error), 2) from error
    return True
