"""What every test stands on: a process that a test starts has the program's own settings."""

import gc
import os
import re
import sqlite3
import sys
from contextlib import closing

import pytest
from coverage import Coverage
from django.core import management
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadFileScheduling

import asked
import traced
from ready_made import demo_in, migrated_in

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"
sys.dont_write_bytecode = False  # each of the many processes would compile everything anew
for address in ("PPID_DATABASE_URL", "PPID_PUBLIC_DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(address, None)

# The objects of Django and of what it read are many and stay; looking through them often is dear.
gc.set_threshold(50_000, 20, 50)

# Workers share the cores, so how long an example takes says nothing about the program.
hypothesis_settings.register_profile(
    "shared cores", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("shared cores")

WAITING = ("browser/", "campaigns/", "leaks/", "commands/", "office/test_channels", "vault/")
"""Tests that wait for browsers, servers and kills, the longest first."""

ELSEWHERE = re.compile(
    r"tests/(campaigns|browser|leaks)/|test_newer_page_rights|as_its_document_says$"
)
"""Tests that do in other processes, or once more for everybody, what others do on purpose."""

COUNTING = re.compile(r"tests/(law|ledger)/")
"""Tests whose draws count as covered: they compare every day, and trees of every size."""


class ByFile(LoadFileScheduling):
    """Gives a worker file by file, and one of them all files of the browser.

    They share what a process makes once: the served demo, who has signed in, what axe has seen.
    """

    def _split_scope(self, nodeid):
        return (
            "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)
        )


def pytest_configure(config):
    """Listen to what tests do where a list of it is drawn anew."""
    if "TEST_OFFICE_DRAWS" in os.environ:
        config.pluginmanager.register(asked.Recorder())
    if "TEST_TRACES_DRAWS" in os.environ:
        config.pluginmanager.register(traced.Recorder())


def pytest_xdist_make_scheduler(config, log):
    """Let the workers share the files as above."""
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Trace in one worker what modules do when they are imported: it is the same in each."""
    tracing = Coverage.current()
    if tracing is None or os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        return (yield)
    tracing.stop()
    try:
        return (yield)
    finally:
        tracing.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """First what waits, so that others compute meanwhile and nobody waits for it at the end.

    What only a random draw reaches should not count as covered, and tracing is dear: what other
    tests go through is not traced again (tests/traced.py). On PostgreSQL run what asks a database
    what no other test asks (tests/asked.py); the rest is the same there.
    """
    untraced = frozenset() if "TEST_TRACES_DRAWS" in os.environ else traced.elsewhere()
    for item in items:
        draws = item.get_closest_marker("hypothesis") and not COUNTING.match(item.nodeid)
        if draws or ELSEWHERE.search(item.nodeid) or asked.name_of(item.nodeid) in untraced:
            item.add_marker("no_cover")
    items.sort(key=lambda item: [f"tests/{one}" not in item.nodeid for one in WAITING])
    if "TEST_OFFICE_SERVER" in os.environ:
        known = asked.elsewhere() if "TEST_OFFICE_SPARES" in os.environ else ()
        asks = [
            one
            for one in items
            if one.get_closest_marker("django_db") and asked.name_of(one.nodeid) not in known
        ]
        chosen = set(asks)
        config.hook.pytest_deselected(items=[one for one in items if one not in chosen])
        items[:] = asks


def pytest_collection_finish():
    """What was collected stays to the end: no need to look through it for what nobody holds."""
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo_made(shared):
    """The data folder of a demo, and what `ppid demo` said. Not to be changed."""
    return demo_in(shared)


@pytest.fixture(scope="session")
def migrated(shared):
    """A data folder with both databases and nothing in them. Not to be changed."""
    return migrated_in(shared)


def fill(connection, migrated):
    """Bring a migrated database into an empty one."""
    name = {"default": "office", "public": "public"}[connection.alias]
    connection.ensure_connection()
    with closing(sqlite3.connect(migrated / f"{name}.sqlite3")) as source:
        source.backup(connection.connection)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """Let the test databases get the tables of migrated ones, where they would migrate anew."""
    real = management.call_command

    def copied(command, **more):
        if command != "migrate":
            real(command, **more)
        elif connections[more["database"]].vendor == "sqlite":
            fill(connections[more["database"]], request.getfixturevalue("migrated"))
        # a server's are copies as a whole (tests/run_settings.py)

    patch = pytest.MonkeyPatch()
    patch.setattr(management, "call_command", copied)
    return patch


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_modify_db_settings):
    """The test databases; from here on `migrate` means what it says."""
    django_db_modify_db_settings.undo()


@pytest.fixture
def connected():
    """The end of a request does not close the test's own connection, as in Django's test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
