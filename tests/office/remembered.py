"""What many tests begin with: built by the actions once in a process, and then put back.

What is put back is what the actions wrote, row for row and key for key (test_remembered.py
compares), and only into an empty database. Once a test has patched anything it gets the real
building, and so does everybody outside tests/office: campaigns, races and commands.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.db import connections
from django.test.testcases import DatabaseOperationForbidden

from ppid.office.models import Log

NO_RECORDS = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
QUOTED = {"sqlite": "quote({})", "postgresql": "quote_nullable({}::text)"}
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
KNOWN: dict[tuple[str, ...], "Kept"] = {}


@dataclass(frozen=True)
class Kept:
    """What a builder wrote: statements for each database, the keys' files, and what it returned."""

    statements: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, bytes], ...]
    made: object


class Memory:
    """Whether the test that runs may be given what is remembered: tests/office/conftest.py says."""

    @staticmethod
    def serves() -> bool:
        return False


def remembered(build: Callable) -> Callable:
    """Let the builder act once in this process; afterwards put back what it wrote.

    Its arguments must say by their repr what they are.
    """

    @wraps(build)
    def given(*args, **more):
        key = (build.__module__, build.__qualname__, repr(args), repr(sorted(more.items())))
        if not Memory.serves() or Log.objects.exists():
            return build(*args, **more)
        if key in KNOWN:
            return put_back(KNOWN[key])
        is_empty = not rows()
        made = build(*args, **more)
        if is_empty and " at 0x" not in "".join(key) and not settings.VAULT.exists():
            KNOWN[key] = Kept(tuple(rows()), tuple(key_files()), copy.deepcopy(made))
        return made

    return given


def put_back(kept: Kept) -> object:
    """Write the rows and keys, and return a copy of what the builder returned."""
    for alias, statement in kept.statements:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)
    for name, content in kept.keys:
        settings.KEYS.mkdir(mode=0o700, exist_ok=True)
        file = settings.KEYS / name
        file.touch(mode=0o600)
        file.write_bytes(content)
    return copy.deepcopy(kept.made)


def key_files() -> list[tuple[str, bytes]]:
    """Return name and content of every key."""
    return [(file.name, file.read_bytes()) for file in sorted(settings.KEYS.glob("*"))]


def rows() -> list[tuple[str, str]]:
    """Return the statements that write every record anew, with the database each is for."""
    found = []
    for alias in ("default", "public"):
        connection = connections[alias]
        try:
            with connection.cursor() as cursor:
                cursor.execute(TABLES[connection.vendor])
                names = {name for (name,) in cursor.fetchall()} - NO_RECORDS
                statements = [insertion(cursor, name) for name in records(names)]
        except DatabaseOperationForbidden:  # the test has not asked for this database
            continue
        found += [(alias, one) for one in statements if one]
    return found


def records(names: set[str]) -> list[str]:
    """Return the tables but those in which SQLite keeps the index of a search table."""
    shadows = {name + ending for name in names for ending in SHADOWS}
    return sorted(names - shadows)


def insertion(cursor, table: str) -> str:
    """Return the statement that writes the rows of a table anew; "" for none."""
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    columns = [f'"{one[0]}"' for one in cursor.description]
    if table == "public_search" and '"rowid"' not in columns:
        columns.insert(0, "rowid")
    quoted = [QUOTED[cursor.db.vendor].format(column) for column in columns]
    cursor.execute(f"SELECT {', '.join(quoted)} FROM {table}")
    values = ", ".join(f"({', '.join(row)})" for row in cursor.fetchall())
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}" if values else ""
