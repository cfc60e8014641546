"""Which state of the public database a thread sees, so that what is kept of one never serves
another.

SQLite tells a connection when another has committed (PRAGMA data_version). The numbers of two
connections cannot be compared, so one of its own is asked for the whole process; what is kept
outlives the thread that made it. PostgreSQL is asked for the newest of all that a kept page is
made of.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ppid.reading import sent

NEWEST = (
    "SELECT (SELECT max(id) FROM public_edition), (SELECT max(id) FROM public_logentry),"
    " (SELECT max(id) FROM public_sop), (SELECT sum(sop_count) FROM public_body),"
    " (SELECT sum(length(note)) FROM public_checkpoint)"  # cosignatures come later
)

T = TypeVar("T")

_lock = Lock()
_known: dict[Hashable, tuple[Hashable, Any]] = {}


class _OfThread(local):
    """The public database as a thread knows it; looking it up costs as much as asking it.

    held: what stands for the one state that the thread says it sees; None while it says nothing.
    """

    connection: BaseDatabaseWrapper | None = None
    held: object = None


class _Watch:
    """SQLite's own count of what others have committed, seen from one connection."""

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None
        self._cursor: Any = None
        self._version = -1
        self._generation = 0

    def generation(self, beside: BaseDatabaseWrapper) -> int:
        """Return a number that grows with each commit; a new connection begins to count anew."""
        if self._cursor is None:
            self._connection = beside.copy()
            self._connection.connect()
            self._cursor, self._version = self._connection.connection.cursor(), -1
        try:
            version = self._cursor.execute("PRAGMA data_version").fetchone()[0]
        except beside.Database.Error as error:
            self.close()
            raise DatabaseError from error
        if version != self._version:
            self._version = version
            self._generation += 1
        return self._generation

    def close(self) -> None:
        """Let the connection go; the next question opens another."""
        if self._connection:
            self._connection.close()
        self._connection = self._cursor = None


_of_thread = _OfThread()
_watch = _Watch()


def database_state() -> Hashable | None:
    """Return what differs once anything was committed; None inside a transaction: keep nothing.

    Raises DatabaseError where the database cannot be asked.
    """
    if (held := _of_thread.held) is not None:
        return held
    connection = _of_thread.connection
    if connection is None:
        connection = _of_thread.connection = connections[settings.PUBLIC_DATABASE]
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        with _lock:
            return _watch.generation(connection)
    return tuple(sent(NEWEST, (), connection).fetchone())


@contextmanager
def one_state() -> Iterator[None]:
    """Keep meanwhile what this thread reads: it sees one state, and writes nothing."""
    _of_thread.held = object()
    try:
        yield
    finally:
        _of_thread.held = None


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns, made once for each state of the database.

    What raises is not kept; so no more keys are kept than there is anything to find under.
    """
    state = database_state()
    known = _known.get(key)
    if known is None or state is None or known[0] != state:
        known = _known[key] = (state, make())
    return known[1]
