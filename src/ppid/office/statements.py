"""The statements that every step of a case runs, with their SQL built once.

Building the SQL of one query costs Django many times what running it costs (bench/README.md). The
ORM stays the one language of queries; only what it built is kept. What does not run at every step
has no business here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Argument = UUID | date | str | None
Converters = Mapping[int, tuple[list[Callable[..., Any]], Any]]
Written = tuple[str, list[Any]]
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


class Reading:
    """A query of values. build: makes it from its arguments, whose names are those of `like`.

    like: a value of each argument's type that nothing else in the query equals; wherever it
    stands among the parameters of the built SQL, the argument goes.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **like: Argument) -> None:
        self._build, self._like = build, like
        self._built: dict[str, tuple[str, list[Any], Converters]] = {}

    def rows(self, *, db: str = DEFAULT_DB_ALIAS, **arguments: Argument) -> list[list[Any]]:
        """Return the rows, with the values that the ORM would give."""
        connection = connections[db]
        built = self._built.get(connection.vendor)
        if built is None:
            built = self._built[connection.vendor] = self._sql(connection)
        sql, places, converters = built
        given = {name: _adapted(value, connection) for name, value in arguments.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(name, value) for name, value in places])
            return [_converted(row, converters, connection) for row in cursor.fetchall()]

    def _sql(self, connection: BaseDatabaseWrapper) -> tuple[str, list[Any], Converters]:
        compiler = self._build(**self._like).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_adapted(value, connection): name for name, value in self._like.items()}
        places = [(names.get(value), value) for value in parameters]
        converters = compiler.get_converters(column for column, _, _ in compiler.select)
        return sql, places, converters


def _converted(
    row: tuple[Any, ...], converters: Converters, connection: BaseDatabaseWrapper
) -> list[Any]:
    values = list(row)
    for place, (functions, column) in converters.items():
        for function in functions:
            values[place] = function(values[place], column, connection)
    return values


def _adapted(value: Argument, connection: BaseDatabaseWrapper) -> Any:
    """Return the value as this database takes it: what a field of its type would make of it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def columns(model: type[models.Model]) -> list[str]:
    """Return the names of all fields of a model, in the order of its positional arguments."""
    return [field.attname for field in model._meta.concrete_fields]


def insert(model: type[models.Model], *, db: str = DEFAULT_DB_ALIAS, **values: Any) -> None:
    """Insert one row; every field but a key that the database hands out must be given."""
    sql, fields = _insert_sql(model, tuple(values))
    _run(sql, fields, values.values(), db=db)


def update(
    model: type[models.Model],
    where: Mapping[str, Any],
    *,
    db: str = DEFAULT_DB_ALIAS,
    **values: Any,
) -> int:
    """Set these fields where those fields have these values; return how many rows there were."""
    sql, fields = _update_sql(model, tuple(values), tuple(where))
    return _run(sql, fields, (*values.values(), *where.values()), db=db)


@lru_cache(maxsize=64)
def _insert_sql(model: type[models.Model], names: tuple[str, ...]) -> Written:
    fields = _fields(model, names)
    into = ", ".join(_quoted(field.column) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({into}) VALUES ({values})"  # noqa: S608
    return sql, _preparing(fields)


@lru_cache(maxsize=64)
def _update_sql(
    model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...]
) -> Written:
    changed, known = _fields(model, names), _fields(model, where)
    to = ", ".join(f"{_quoted(field.column)} = %s" for field in changed)
    rows = " AND ".join(f"{_quoted(field.column)} = %s" for field in known)
    sql = f"UPDATE {_quoted(model._meta.db_table)} SET {to} WHERE {rows}"  # noqa: S608
    return sql, _preparing(changed + known)


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    return [known[name] for name in names]


def _preparing(fields: Iterable[Any]) -> list[Any]:
    """Return the fields that prepare their values for the database, None for the others."""
    return [None if isinstance(field, AS_THEY_ARE) else field for field in fields]


def _quoted(name: str) -> str:
    return f'"{name}"'  # SQLite and PostgreSQL quote alike


def _run(sql: str, fields: Sequence[Any], values: Iterable[Any], *, db: str) -> int:
    connection = connections[db]
    prepared = [
        field.get_db_prep_save(value, connection) if field else value
        for field, value in zip(fields, values, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, prepared)
        return int(cursor.rowcount)
