"""Database addresses: a PostgreSQL URL, or an SQLite file in the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ppid.errors import BadInput, Finding

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
MAPPED_BYTES = 2**36
"""How much of the public file is read in place: nothing is copied, and the kernel fetches what lies
around a row with it (docs/decisions/0149)."""
PREPARE_AFTER = 5
"""How often a statement of `ppid.reading` is sent before PostgreSQL keeps its plan."""


def database(url: str, *, file: Path, read_only: bool = False) -> dict[str, Any]:
    """Return the Django database entry for `url`, or for the SQLite `file` when it is empty.

    read_only opens the SQLite file so that no statement can write (the public process).
    Raises BadInput for an address that cannot be read, or of another scheme than postgresql.
    """
    if not url:
        return _sqlite(file, read_only=read_only)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadInput(_bad_url("Alamat basis data tidak dapat dibaca.")) from error
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadInput(_bad_url("Alamat basis data harus diawali postgresql://."))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": PREPARE_AFTER},
    }


def _bad_url(text: str) -> Finding:
    hint = "Perbaiki PPID_DATABASE_URL atau PPID_PUBLIC_DATABASE_URL; kosong berarti SQLite."
    return Finding("database_url", text, hint=hint)


def _sqlite(file: Path, *, read_only: bool) -> dict[str, Any]:
    if read_only:
        command = f"PRAGMA query_only=ON; PRAGMA mmap_size={MAPPED_BYTES};"
        options = {"uri": True, "timeout": 20, "init_command": command}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{file}?mode=ro",
            "CONN_MAX_AGE": None,
            "OPTIONS": options,
        }
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": dict(SQLITE_OPTIONS)}
