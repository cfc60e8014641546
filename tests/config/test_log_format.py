"""The log of a process: what went wrong, and not the row that it went wrong with."""

import logging
import sys

from ppid.config.log_format import WithoutRows
from ppid.config.shared import LOGGING

SAID = """null value in column "at" violates not-null constraint
DETAIL:  Failing row contains (7, Nama pasien KENARI,

dan alamatnya).
CONTEXT:  SQL statement of KENARI"""


def logged(act):
    try:
        act()
    except RuntimeError:
        record = logging.LogRecord("ppid", logging.ERROR, "x", 1, "gagal", None, sys.exc_info())
    return WithoutRows("{message}", style="{").format(record)


def broken():
    raise ValueError(SAID)


def chained():
    try:
        broken()
    except ValueError as error:
        raise RuntimeError("basis data menolak") from error


def alone():
    raise RuntimeError(SAID)


def test_a_row_that_the_database_quotes_is_not_logged():
    for act in (alone, chained):
        text = logged(act)
        assert "KENARI" not in text
        assert "alamatnya" not in text
        assert "violates not-null constraint" in text


def test_what_came_of_it_still_is():
    text = logged(chained)
    assert "The above exception was the direct cause" in text
    assert text.endswith("RuntimeError: basis data menolak")


def test_every_handler_of_ours_writes_so():
    formatters = {one["formatter"] for one in LOGGING["handlers"].values()}
    assert {LOGGING["formatters"][one]["class"] for one in formatters} == {
        f"{WithoutRows.__module__}.{WithoutRows.__qualname__}"
    }
