"""Which tests need not be traced for coverage: others go every way in the program that they go.

Tracing takes a third of a test's time. `make campaign-traces` traces each test by itself and draws
traced_elsewhere.txt anew: tests each of whose jumps from line to line another test of its folder
makes that is not in it. A test that nobody has drawn yet is traced.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import coverage
import pytest

import ppid
from asked import name_of
from redundant import redundant

PROGRAM = Path(ppid.__file__).parent
LIST = Path(__file__).with_name("traced_elsewhere.txt")
LEAST_SECONDS = 0.05
"""Processor time from which on it is worth a line."""


def elsewhere() -> frozenset[str]:
    """Return the names of the tests that need not be traced."""
    return frozenset(LIST.read_text(encoding="ascii").split())


def untraced(ways: dict[str, array], took: dict[str, float]) -> list[str]:
    """Return the tests whose ways others go too. took: seconds of processor, by name."""
    in_folders = {name: [(_folder(name), way) for way in ways[name]] for name in ways}
    dear = {name: seconds for name, seconds in took.items() if seconds >= LEAST_SECONDS}
    return redundant(in_folders, dear)


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


class Recorder:
    """Draws the list from a run that passed, in one process."""

    def __init__(self) -> None:
        self.coverage = coverage.Coverage(
            data_file=None, config_file=False, branch=True, source=[str(PROGRAM)]
        )
        self.coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self.numbers: dict[tuple[str, int, int], int] = {}
        self.ways: dict[str, array] = {}
        self.took: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Trace the test; its fixtures are traced whatever the list says."""
        if item.get_closest_marker("no_cover"):
            return (yield)
        name, began = name_of(item.nodeid), process_time()
        gone = set(self.ways.get(name, ()))
        try:
            with self.tracing(gone):
                return (yield)
        finally:
            self.took[name] += process_time() - began
            self.ways[name] = array("L", gone)

    @contextmanager
    def tracing(self, gone: set[int]) -> Iterator[None]:
        """Trace a block, and add a number to the set for each jump that was made in it."""
        self.coverage.erase()
        self.coverage.start()
        try:
            yield
        finally:
            self.coverage.stop()
            data = self.coverage.get_data()
            for file in data.measured_files():
                for start, end in data.arcs(file):
                    gone.add(self.numbers.setdefault((file, start, end), len(self.numbers)))

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the list."""
        if exitstatus == pytest.ExitCode.OK:
            names = untraced(self.ways, self.took)
            LIST.write_text("".join(f"{name}\n" for name in names), encoding="ascii")
