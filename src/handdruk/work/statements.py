"""Statements written once, for the few that every turn runs.

Django builds the SQL of a statement anew each time, which takes longer than running it: of a web chat turn that was two
thirds. These are built from a model once a process and database, and go to the database's own driver. They do what
`filter(...).first()`, `save(force_insert=True)` and `save(update_fields=...)` do, for plain columns; anything else is the
ORM's work.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from handdruk.work.columns import Change, into, out_of

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
Built = tuple[str, list[str], list[tuple[int, Change]]]


class First(Generic[M]):
    """The first row in which these columns have these values.

        turn_before = First(Turn, "conversation_id", order_by="-id")
        turn_before(12)

    `also` is a fixed condition in SQL; `lock` takes the row's lock where the database has them.
    """

    def __init__(self, model: type[M], *columns: str, order_by: str = "", also: str = "", lock: bool = False) -> None:
        self._model, self._columns, self._order, self._also, self._lock = model, columns, order_by, also, lock
        self._built: dict[str, Built] = {}

    def __call__(self, *values: Any) -> M | None:
        """The row, or None."""
        database = _database()
        if database.vendor not in self._built:
            self._built[database.vendor] = self._build(database)
        sql, names, changes = self._built[database.vendor]
        row = _one_row(database, sql, values)
        if row is None:
            return None
        read = list(row)
        for place, change in changes:
            read[place] = change(read[place])
        return _as_stored(self._model, dict(zip(names, read, strict=True)), database.alias)

    def _build(self, database: BaseDatabaseWrapper) -> Built:
        meta, quote = self._model._meta, _quoting(database)
        fields: Sequence[Any] = meta.concrete_fields
        where = [f"{quote(column)} = %s" for column in self._columns] + ([self._also] if self._also else [])
        sql = f"SELECT {', '.join(quote(field.column) for field in fields)} FROM {quote(meta.db_table)}"  # noqa: S608
        sql += f" WHERE {' AND '.join(where)}"
        if self._order:
            sql += f" ORDER BY {quote(self._order.lstrip('-'))} {'DESC' if self._order.startswith('-') else 'ASC'}"
        sql += " LIMIT 1"
        if self._lock and database.features.has_select_for_update:
            sql += " FOR UPDATE"
        found = [(place, out_of(field, database)) for place, field in enumerate(fields)]
        changes = [(place, change) for place, change in found if change is not None]
        return _for_driver(sql, database.vendor), [field.attname for field in fields], changes


def insert(row: models.Model, *, unless_there: bool = False) -> None:
    """Stores a new row and gives it its key.

    With `unless_there` nothing happens, and there is no key, when a row with the same unique values exists or is being
    stored by somebody else at this moment.
    """
    database = _database()
    sql, columns = _insert(type(row), database.vendor)
    if unless_there:
        sql = sql.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
    stored = _one_row(database, sql, [change(getattr(row, name)) for name, change in columns])
    if stored is not None:
        row.pk = stored[0]
        row._state.adding, row._state.db = False, database.alias


def update(row: models.Model, *names: str) -> None:
    """Stores these fields of a row that exists."""
    update_by_key(type(row), row.pk, {name: getattr(row, _attribute(type(row), name)) for name in names})


def update_by_key(model: type[models.Model], key: Any, values: dict[str, Any]) -> None:
    """Stores these fields, with values as the row's attributes would have them, in the row with this key."""
    database = _database()
    sql, changes = _update(model, tuple(values), database.vendor)
    stored = [change(value) for change, value in zip(changes, values.values(), strict=True)]
    _execute(database, sql, [*stored, key])


def _database() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def _execute(database: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Any:
    """The driver's own cursor. Whoever watches Django's statements sees these, too."""
    database.ensure_connection()
    database.validate_no_broken_transaction()
    if database.queries_logged or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(sql.replace("?", "%s"), values)
        return cursor
    with database.wrap_database_errors:
        return cast(Any, database.connection).execute(sql, values)


def _one_row(database: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Row | None:
    cursor = _execute(database, sql, values)
    with database.wrap_database_errors:
        row = cursor.fetchone()
    cursor.close()
    return cast("Row | None", row)


def _as_stored(model: type[M], values: dict[str, Any], alias: str) -> M:
    """What `Model.from_db` makes, for a row with all its columns; its checks of each take longer than the query."""
    row = model.__new__(model)
    row.__dict__.update(values)
    row._state = ModelState()
    row._state.adding, row._state.db = False, alias
    return row


def _quoting(database: BaseDatabaseWrapper) -> Callable[[str | None], str]:
    return lambda name: str(database.ops.quote_name(name or ""))


def _for_driver(sql: str, vendor: str) -> str:
    """SQLite's driver has its own mark for a value."""
    return sql.replace("%s", "?") if vendor == "sqlite" else sql


@cache
def _attribute(model: type[models.Model], name: str) -> str:
    return str(cast(Any, model._meta.get_field(name)).attname)


@cache
def _insert(model: type[models.Model], vendor: str) -> tuple[str, list[tuple[str, Change]]]:
    database = _database()
    meta, quote = model._meta, _quoting(database)
    fields: tuple[Any, ...] = tuple(field for field in meta.concrete_fields if not field.primary_key)
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = quote(meta.pk.column)
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}) RETURNING {key}"  # noqa: S608
    return _for_driver(sql, vendor), [(field.attname, into(field, database)) for field in fields]


@cache
def _update(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, list[Change]]:
    database = _database()
    meta, quote = model._meta, _quoting(database)
    fields: tuple[Any, ...] = tuple(meta.get_field(name) for name in names)
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608
    return _for_driver(sql, vendor), [into(field, database) for field in fields]
