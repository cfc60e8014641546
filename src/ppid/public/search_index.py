"""The search table on the two databases: made, written and matched.

SQLite: an FTS5 table `public_search(title, rest)`, rowid = entry id. PostgreSQL: a table
`public_search(rowid, public_search tsvector)` with a GIN index, dictionary 'simple', since the
stems are already made in Python.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup

RANK_COLUMN = "public_search"

CREATE = {
    "sqlite": ("CREATE VIRTUAL TABLE public_search USING fts5(title, rest)",),
    "postgresql": (
        "CREATE TABLE public_search (rowid bigint PRIMARY KEY, public_search tsvector NOT NULL)",
        "CREATE INDEX public_search_stems ON public_search USING gin (public_search)",
    ),
}
INSERT = {
    "sqlite": "INSERT INTO public_search (rowid, title, rest) VALUES (%s, %s, %s)",
    "postgresql": (
        "INSERT INTO public_search (rowid, public_search) VALUES (%s,"
        " setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}
TIDY = {"sqlite": "INSERT INTO public_search (public_search) VALUES ('optimize')"}
"""How the pieces in which many rows come in are made one; a search looks into each piece."""
MANY = 1000
"""Rows at once from which on it is worth it: fewer are joined by the database itself in time."""


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the search table (called by the migration)."""
    with connection.cursor() as cursor:
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the search table (the migration backwards)."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE public_search")


def store(rows: Sequence[tuple[int, str, str]], *, using: str) -> None:
    """Write (entry id, stems of the title, stems of the rest), in place of what was there.

    After many at once the table lies in one piece.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM public_search WHERE rowid = %s", [(row[0],) for row in rows]
        )
        cursor.executemany(INSERT[connection.vendor], rows)
        if len(rows) >= MANY and connection.vendor in TIDY:
            cursor.execute(TIDY[connection.vendor])


def all_of(stems: Sequence[str], *, using: str) -> str:
    """Return the query that wants every stem; stems are letters and digits, so none is syntax."""
    if connections[using].vendor == "postgresql":
        return " & ".join(stems)
    return " ".join(f'"{stem}"' for stem in stems)


def all_in_title(stems: Sequence[str], *, using: str) -> str:
    """Return the query that wants every stem in the title."""
    if connections[using].vendor == "postgresql":
        return " & ".join(f"{stem}:A" for stem in stems)
    return f"{{title}} : ({all_of(stems, using=using)})"


class MatchLookup(Lookup):
    """`search__stems__match=query`: the row holds what all_of() asks for."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return the FTS5 condition."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, self.rhs]

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """Return the tsquery condition."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ to_tsquery('simple', %s)", [*params, self.rhs]
