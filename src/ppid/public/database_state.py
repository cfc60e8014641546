"""Which state of the public database a thread sees, so that what is kept of one never serves
another.

SQLite tells each connection when somebody else has committed (PRAGMA data_version); the numbers of
two connections cannot be compared, so a change that any thread sees begins a new generation for
all. PostgreSQL is asked for the newest of all that a kept page is made of.
"""

from collections.abc import Callable, Hashable
from threading import Lock, local
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NEWEST = (
    "SELECT (SELECT max(id) FROM public_edition), (SELECT max(id) FROM public_logentry),"
    " (SELECT max(id) FROM public_sop), (SELECT sum(sop_count) FROM public_body),"
    " (SELECT sum(length(note)) FROM public_checkpoint)"  # cosignatures come later
)

T = TypeVar("T")

_lock = Lock()
_generation = 0
_of_thread = local()
_known: dict[Hashable, tuple[Hashable, Any]] = {}


def database_state() -> Hashable | None:
    """Return what differs once anything was committed; None inside a transaction: keep nothing.

    Raises DatabaseError where the database cannot be asked.
    """
    connection = connections[settings.PUBLIC_DATABASE]
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _sqlite_generation(connection)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return tuple(cursor.fetchone())


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns, made once for each state of the database.

    What raises is not kept; so no more keys are kept than there is anything to find under.
    """
    state = database_state()
    known = _known.get(key)
    if known is None or state is None or known[0] != state:
        known = _known[key] = (state, make())
    return known[1]


def _sqlite_generation(connection: BaseDatabaseWrapper) -> int:
    global _generation
    connection.ensure_connection()
    raw = connection.connection
    # The connection itself is a part of it: a new one begins to count anew.
    seen = (raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes)
    if seen != getattr(_of_thread, "seen", None):
        _of_thread.seen = seen
        with _lock:
            _generation += 1
    return _generation
