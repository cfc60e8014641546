"""Whether the log of a PostgreSQL server would hold what the office writes.

Its statements hold titles and reasons in plain words, since the database does (SECURITY.md). The
server's log lies elsewhere, is read by others and never sealed. deploy/roles.sql keeps the words of
the office's roles out of it; asked here is what holds for the connection that we have.
"""

from django.db import connections

SILENT = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "auto_explain.log_min_duration": "-1",
}
"""Setting -> the only value with which no word of a statement, and of no row, is logged."""


def telling_settings(alias: str) -> tuple[str, ...]:
    """Return the settings, with their values, by which words of the office get into the log.

    A setting of an extension that is not loaded does nothing, and is not named. Empty for SQLite.
    """
    if connections[alias].vendor != "postgresql":
        return ()
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [list(SILENT)],
        )
        return tuple(f"{name} = {said}" for name, said in cursor if said != SILENT[name])
