"""Queries whose SQL is built once.

Building the SQL of one query costs Django many times what running it costs, and its cursor as much
again as SQLite (bench/README.md). The ORM stays the one language of queries; only what it built is
kept, and sent by the driver's own cursor. What is not asked all the time has no business here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Argument = UUID | date | str | int | None
Converters = Mapping[int, tuple[list[Callable[..., Any]], Any]]


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
        given = {name: adapted(value, connection) for name, value in arguments.items()}
        parameters = [given.get(name, value) for name, value in places]
        return Answer(sent(sql, parameters, connection), converters, connection)

    def _sql(self, connection: BaseDatabaseWrapper) -> tuple[str, list[Any], Converters]:
        compiler = self._build(**self._like).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {adapted(value, connection): name for name, value in self._like.items()}
        places = [(names.get(value), value) for value in parameters]
        converters = compiler.get_converters(column for column, _, _ in compiler.select)
        return sql, places, converters


def sent(sql: str, parameters: Sequence[Any], connection: BaseDatabaseWrapper) -> Any:
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


def adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return the value as this database takes it: what a field of its type would make of it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
