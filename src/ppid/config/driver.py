"""Swap the SQLite inside `pysqlite3` in for the standard module, before Django loads it.

Debian's SQLite 3.40 lies in the range of the upstream WAL-reset fault (3.7.0 to 3.51.2), which
several processes in WAL mode can meet. Imported by the settings and by nothing else.
"""

import sqlite3
import sys

import pysqlite3
import pysqlite3.dbapi2

SAFE_SQLITE = (3, 51, 3)

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

standard_version: str = sqlite3.sqlite_version
version: tuple[int, int, int] = pysqlite3.sqlite_version_info
