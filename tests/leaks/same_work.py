"""A program: does the open site do the same for what is hidden as for what stands nowhere?

    python same_work.py FILE INTO

FILE is what plant.py wrote; PPID_DATA is the planted folder. INTO gets, as JSON, mutant -> the
ways of asking at which the answer (status, headers, bytes) or the statements of the database
differ, each with a name it differs for. "" is the site as it is.
"""

import json
import logging
import os
import random
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from django.db import connection

from leaks.mutants_public import Inside  # chooses the settings of the open site
from leaks.response_times import (
    ENTRIES,
    MUTANTS,
    SEARCHES,
    hidden_entries,
    hidden_words,
    strangers,
)

DATA = Path(os.environ["PPID_DATA"])
LITERAL = re.compile(r"'(?:[^']|'')*'")
LISTED = re.compile(r"'\?'(?:, '\?')+")
MOST = 12
"""Names of each way: all words of inside titles have the same make."""


def did(address: str, name: str) -> tuple[int, bytes, bytes, list[str]]:
    """Return the answer and the statements behind it, without the name that was asked for."""
    statements: list[str] = []
    connection.ensure_connection()
    connection.connection.set_trace_callback(statements.append)
    given = Inside().ask(address.format(name))
    connection.connection.set_trace_callback(None)
    shapes = [LISTED.sub("'?'", LITERAL.sub("'?'", one)) for one in statements]
    return given.status, given.headers, _without(given.body, name), shapes


def _without(body: bytes, name: str) -> bytes:
    return re.sub(re.escape(name.encode()), b"?", body, flags=re.IGNORECASE)


def differences(planted: Mapping[str, list], *, run: int) -> dict[str, str]:
    """Return way of asking -> a hidden name for which the site does something else.

    run: its number, so that no page is asked for that was kept.
    """
    draw = random.Random(1)
    ways = {name: (address, hidden_words(planted)) for name, address in SEARCHES.items()}
    ways |= {name: (address, hidden_entries(DATA)) for name, address in ENTRIES.items()}
    found = {}
    for way, (address, names) in ways.items():
        inside = names[:MOST]
        assert inside, way
        address += f"&n={run}"
        did(address, "hangat")  # what is asked once in the life of a process
        for name, other in zip(inside, strangers(inside, draw), strict=True):
            one, another = did(address, name), did(address, other)
            assert one[3], "no statement was seen"
            if one != another:
                found[way] = name
    return found


def main(file: Path, into: Path) -> None:
    """Compare hidden names with such as stand nowhere, on the site as it is and with a mutant."""
    logging.disable()
    planted = json.loads(file.read_text())
    found = {"": differences(planted, run=1)}
    os.environ["LEAKY_SEARCH"] = MUTANTS[-1]
    import_module("leaks.leaky_search")
    into.write_text(json.dumps(found | {MUTANTS[-1]: differences(planted, run=2)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
