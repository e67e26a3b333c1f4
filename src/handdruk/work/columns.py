"""How the values of plain columns go into the database and come out of it: one small function a column.

They do what the fields' own methods do, without asking anew for each value what kind of field it is.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Change = Callable[[Any], Any]
PLAIN = frozenset({str, int, float, bool, type(None)})  # every database takes these as they are


def into(field: Any, database: BaseDatabaseWrapper) -> Change:
    """From a row's attribute to what this database stores."""
    if database.vendor == "sqlite":
        if type(field) is models.DateTimeField:
            return _moment_into_text
        if type(field) is models.JSONField and field.encoder is None:
            return _json_into_text
    return lambda value: value if type(value) in PLAIN else field.get_db_prep_save(value, database)


def out_of(field: Any, database: BaseDatabaseWrapper) -> Change | None:
    """From what this database gives to a row's attribute; None where that is the same."""
    if database.vendor == "sqlite":
        if type(field) is models.DateTimeField:
            return _moment_read
        if type(field) is models.JSONField and field.decoder is None:
            return _json_out_of_text
    column = field.get_col(field.model._meta.db_table)
    functions = [*database.ops.get_db_converters(column), *column.get_db_converters(database)]
    return _one_after_another(functions, column, database) if functions else None


def _one_after_another(functions: list[Callable[..., Any]], column: Any, database: BaseDatabaseWrapper) -> Change:
    def change(value: Any) -> Any:
        for function in functions:
            value = function(value, column, database)
        return value

    return change


def _moment_into_text(value: datetime | None) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _moment_read(value: datetime | None) -> datetime | None:
    """Django has the driver read times, but they do not say that they are in UTC."""
    return None if value is None else value.replace(tzinfo=UTC)


def _json_into_text(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _json_out_of_text(value: str | None) -> Any:
    return None if value is None else json.loads(value)
