"""Statements written once, for the few that every turn runs.

Django builds the SQL of a statement anew each time, which takes longer than running it: of a web chat turn that was two
thirds. These are built from a model once a process and database. They do what `filter(...).first()`, `save(force_insert=True)`
and `save(update_fields=...)` do, for plain columns; anything else is the ORM's work.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Converter = tuple[int, list[Callable[..., Any]], Any]


class First(Generic[M]):
    """The first row in which these columns have these values.

        turn_before = First(Turn, "conversation_id", order_by="-id")
        turn_before(12)

    `also` is a fixed condition in SQL; `lock` takes the row's lock where the database has them.
    """

    def __init__(self, model: type[M], *columns: str, order_by: str = "", also: str = "", lock: bool = False) -> None:
        self._model, self._columns, self._order, self._also, self._lock = model, columns, order_by, also, lock
        self._built: dict[str, tuple[str, list[str], list[Converter]]] = {}

    def __call__(self, *values: Any) -> M | None:
        """The row, or None."""
        if connection.vendor not in self._built:
            self._built[connection.vendor] = self._build()
        sql, names, converters = self._built[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row = cursor.fetchone()
        if row is None:
            return None
        read = list(row)
        for index, functions, column in converters:
            for function in functions:
                read[index] = function(read[index], column, connection)
        return self._model.from_db(connection.alias, names, read)

    def _build(self) -> tuple[str, list[str], list[Converter]]:
        meta, quote = self._model._meta, _quote
        fields: Sequence[Any] = meta.concrete_fields
        where = [f"{quote(column)} = %s" for column in self._columns] + ([self._also] if self._also else [])
        sql = f"SELECT {', '.join(quote(field.column) for field in fields)} FROM {quote(meta.db_table)}"  # noqa: S608
        sql += f" WHERE {' AND '.join(where)}"
        if self._order:
            sql += f" ORDER BY {quote(self._order.lstrip('-'))} {'DESC' if self._order.startswith('-') else 'ASC'}"
        sql += " LIMIT 1"
        if self._lock and connection.features.has_select_for_update:
            sql += " FOR UPDATE"
        return sql, [field.attname for field in fields], list(_converters(meta.db_table, fields))


def insert(row: models.Model, *, unless_there: bool = False) -> None:
    """Stores a new row and gives it its key.

    With `unless_there` nothing happens, and there is no key, when a row with the same unique values exists or is being
    stored by somebody else at this moment.
    """
    model = type(row)
    sql, fields = _insert(model, connection.vendor)
    if unless_there:
        sql = sql.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        stored = cursor.fetchone()
    if stored is not None:
        row.pk = stored[0]
        row._state.adding, row._state.db = False, connection.alias


def update(row: models.Model, *names: str) -> None:
    """Stores these fields of a row that exists."""
    sql, fields = _update(type(row), names, connection.vendor)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


def _quote(name: str | None) -> str:
    return str(connection.ops.quote_name(name or ""))


def _converters(table: str, fields: Sequence[Any]) -> Any:
    for index, field in enumerate(fields):
        column = field.get_col(table)
        functions = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        if functions:
            yield index, functions, column


@cache
def _insert(model: type[models.Model], vendor: str) -> tuple[str, tuple[Any, ...]]:
    meta, quote = model._meta, _quote
    fields: tuple[Any, ...] = tuple(field for field in meta.concrete_fields if not field.primary_key)
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    key = quote(meta.pk.column)
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}) RETURNING {key}", fields  # noqa: S608


@cache
def _update(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, tuple[Any, ...]]:
    meta, quote = model._meta, _quote
    fields: tuple[Any, ...] = tuple(meta.get_field(name) for name in names)
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(meta.pk.column)} = %s", fields  # noqa: S608
