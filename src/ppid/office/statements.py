"""The statements that every step of a case writes, with their SQL built once (ppid.reading).

What does not run at every step has no business here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from ppid.reading import adapted, sent

Written = tuple[str, list[models.JSONField | None]]


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
        field.get_db_prep_save(value, connection) if field else adapted(value, connection)
        for field, value in zip(fields, values, strict=True)
    ]
    sent(sql, prepared, connection)
