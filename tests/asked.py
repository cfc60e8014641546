"""Which tests ask a database nothing that others do not ask: PostgreSQL need not answer them again.

A statement is its text without values, as Django sends it. `make campaign-postgresql` runs every
test on a server and draws asked_elsewhere.txt anew: the tests each of whose statements a test sends
that is not in it. A test that nobody has drawn yet runs.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connections

from redundant import redundant

LIST = Path(__file__).with_name("asked_elsewhere.txt")
WHOLE = re.compile(
    r"/test_(log.*|writing|statements|remembered|readings|.*two_officers|.*conflicts|editions|register"
    r"|docket|watch|inbox|people_actions|keepers|newer_events|repairs|title_corrections"
    r"|public_(list|log|intake|papers|search_words|status|kept_pages|api|feeds))\.py"
)
"""Files that always run: the log, writing, locks, what is drawn from it again, lists, search."""

_FORMS = (
    (r"\s+", " "),
    (r"'(?:[^']|'')*'", "?"),
    (r"\b\d+\b", "?"),
    (r"%s|\?", "?"),
    (r"\(\?(?:, ?\?)*\)", "(?)"),
    (r"(VALUES \([^)]*\))(?:, ?\([^)]*\))+", r"\1"),
    (r"(SAVEPOINT) .*", r"\1"),
)


def shape(sql: str) -> str:
    """Return a statement without its values, however many of them there are."""
    for wanted, instead in _FORMS:
        sql = re.sub(wanted, instead, sql)
    return sql.strip()


def name_of(nodeid: str) -> str:
    """Return the name of a test without its case."""
    return nodeid.partition("[")[0]


def spared(sent: Mapping[str, Counter[str]]) -> list[str]:
    """Return the tests whose statements the rest sends too, those that send most first gone.

    sent: for each test its statements, and how often it sends each. Who sends none may ask in
    another thread, and stays.
    """
    dear = {name: one.total() for name, one in sent.items() if not WHOLE.search(name)}
    return redundant({name: set(one) for name, one in sent.items()}, dear)


def elsewhere() -> frozenset[str]:
    """Return the names of the tests that need not run on a server."""
    return frozenset(LIST.read_text(encoding="ascii").split())


class Recorder:
    """Draws the list from a run that passed."""

    def __init__(self) -> None:
        self.sent: dict[str, Counter[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Listen to what the test sends, its fixtures left aside."""
        if not item.get_closest_marker("django_db"):
            return (yield)
        counted = self.sent.setdefault(name_of(item.nodeid), Counter())

        def listen(execute, sql, *rest):
            try:
                return execute(sql, *rest)
            except Exception as fault:
                counted[f"{type(fault).__name__} {shape(str(sql))}"] += 1
                raise
            finally:
                counted[shape(str(sql))] += 1

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(listen))
            return (yield)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the list."""
        if exitstatus == pytest.ExitCode.OK:
            LIST.write_text("".join(f"{name}\n" for name in spared(self.sent)), encoding="ascii")
