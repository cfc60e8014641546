"""The statements that every step of a case runs, with their SQL built once.

Building the SQL of one query costs Django many times what running it costs, and its cursor as much
again as SQLite (bench/README.md). The ORM stays the one language of queries; only what it built is
kept, and sent by the driver's own cursor. What does not run at every step has no business here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Argument = UUID | date | str | None
Converters = Mapping[int, tuple[list[Callable[..., Any]], Any]]
Written = tuple[str, list[models.JSONField | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a sent query gives."""

    cursor: Any
    converters: Converters
    connection: BaseDatabaseWrapper

    def rows(self) -> list[list[Any]]:
        """Return the rows, with the values that the ORM would give. To be asked once."""
        with self.connection.wrap_database_errors:
            found = self.cursor.fetchall()
        return [_converted(row, self.converters, self.connection) for row in found]


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
        return self.ask(db=db, **arguments).rows()

    def ask(self, *, db: str = DEFAULT_DB_ALIAS, **arguments: Argument) -> Answer:
        """Send the query; in a block of `together` its rows are to be asked for behind it."""
        connection = connections[db]
        built = self._built.get(connection.vendor)
        if built is None:
            built = self._built[connection.vendor] = self._sql(connection)
        sql, places, converters = built
        given = {name: _adapted(value, connection) for name, value in arguments.items()}
        parameters = [given.get(name, value) for name, value in places]
        return Answer(_sent(sql, parameters, connection), converters, connection)

    def _sql(self, connection: BaseDatabaseWrapper) -> tuple[str, list[Any], Converters]:
        compiler = self._build(**self._like).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_adapted(value, connection): name for name, value in self._like.items()}
        places = [(names.get(value), value) for value in parameters]
        converters = compiler.get_converters(column for column, _, _ in compiler.select)
        return sql, places, converters


@contextmanager
def together(*, db: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Send what the block asks and writes by this module in one go: on a server one round trip.

    It runs in its order, each with what was committed by then. A fault may rise as late as behind
    the block, and how many rows were changed is known on SQLite only.
    """
    connection = connections[db]
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _sent(sql: str, parameters: Sequence[Any], connection: BaseDatabaseWrapper) -> Any:
    """Send a statement and return its cursor; whoever watches Django's queries sees it too."""
    if connection.execute_wrappers or connection.queries_logged:
        cursor = connection.cursor()
        cursor.execute(sql, parameters)
        return cursor
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    driver = connection.connection
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            return driver.execute(_with_question_marks(sql), parameters)
        return connection.Database.Cursor(driver).execute(sql, parameters)


@lru_cache(maxsize=256)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def _converted(
    row: tuple[Any, ...], converters: Converters, connection: BaseDatabaseWrapper
) -> list[Any]:
    values = list(row)
    for place, (functions, column) in converters.items():
        for function in functions:
            values[place] = function(values[place], column, connection)
    return values


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return the value as this database takes it: what a field of its type would make of it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def columns(model: type[models.Model]) -> list[str]:
    """Return the names of all fields of a model, in the order of its positional arguments."""
    return [field.attname for field in model._meta.concrete_fields]


def insert(model: type[models.Model], *, db: str = DEFAULT_DB_ALIAS, **values: Any) -> None:
    """Insert one row; every field but a key that the database hands out must be given."""
    sql, fields = _insert_sql(model, tuple(values))
    _write(sql, fields, values.values(), db=db)


def update(
    model: type[models.Model],
    where: Mapping[str, Any],
    *,
    db: str = DEFAULT_DB_ALIAS,
    **values: Any,
) -> None:
    """Set these fields where those fields have these values."""
    sql, fields = _update_sql(model, tuple(values), tuple(where))
    _write(sql, fields, (*values.values(), *where.values()), db=db)


def delete(
    model: type[models.Model], where: Mapping[str, Any], *, db: str = DEFAULT_DB_ALIAS
) -> None:
    """Delete the rows whose fields have these values, and nothing that hangs on them."""
    sql, fields = _delete_sql(model, tuple(where))
    _write(sql, fields, where.values(), db=db)


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
    sql = f"UPDATE {_quoted(model._meta.db_table)} SET {to} WHERE {_equal(known)}"  # noqa: S608
    return sql, _preparing(changed + known)


@lru_cache(maxsize=64)
def _delete_sql(model: type[models.Model], where: tuple[str, ...]) -> Written:
    known = _fields(model, where)
    sql = f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {_equal(known)}"  # noqa: S608
    return sql, _preparing(known)


def _equal(fields: Iterable[Any]) -> str:
    return " AND ".join(f"{_quoted(field.column)} = %s" for field in fields)


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    return [known[name] for name in names]


def _preparing(fields: Iterable[Any]) -> list[models.JSONField | None]:
    """Return the fields that prepare their values themselves, None for the others."""
    return [field if isinstance(field, models.JSONField) else None for field in fields]


def _quoted(name: str) -> str:
    return f'"{name}"'  # SQLite and PostgreSQL quote alike


def _write(
    sql: str, fields: Sequence[models.JSONField | None], values: Iterable[Any], *, db: str
) -> None:
    connection = connections[db]
    prepared = [
        field.get_db_prep_save(value, connection) if field else _adapted(value, connection)
        for field, value in zip(fields, values, strict=True)
    ]
    _sent(sql, prepared, connection)
