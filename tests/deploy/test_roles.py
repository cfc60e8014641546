"""The roles of deploy/ hold: the program cannot rewrite events, the public site cannot write."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

import postgresql

ROOT = Path(__file__).resolve().parents[2]
OFFICE, PUBLIC = (f"ppid_test_{name}_{os.getpid()}" for name in ("office", "public"))
pytestmark = pytest.mark.postgres
EVENT = (
    "INSERT INTO office_event (body, seq, kind, at, entry, sealed, leaf) "
    "VALUES ('kota', 0, 'case.opened', now(), 'entry', '{}', 'leaf')"
)


def address(server, role, database):
    return server.replace("//postgres@", f"//{role}@") + f"/{database}"


def give_roles(server):
    for database, script in ((OFFICE, "roles.sql"), (PUBLIC, "roles-public.sql")):
        with psycopg.connect(address(server, "postgres", database), autocommit=True) as connection:
            connection.execute((ROOT / "deploy" / script).read_text())


def migrate(server, folder):
    subprocess.run(
        [sys.executable, "-m", "ppid.cli", "migrate"],
        check=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ppid.config.settings",
            "PPID_DATA": str(folder),
            "PPID_DATABASE_URL": address(server, "ppid_owner", OFFICE),
            "PPID_PUBLIC_DATABASE_URL": address(server, "ppid_public_owner", PUBLIC),
        },
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A server set up as deploy/README.md says."""
    with postgresql.server() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {OFFICE}")
            connection.execute(f"CREATE DATABASE {PUBLIC}")
        give_roles(server)
        migrate(server, tmp_path_factory.mktemp("data"))
        give_roles(server)
        yield server
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {OFFICE} WITH (FORCE)")
            connection.execute(f"DROP DATABASE {PUBLIC} WITH (FORCE)")


@pytest.fixture
def as_role(installed):
    """Run one statement as a role in a database; nothing is kept."""

    def run(role, database, *statements):
        with psycopg.connect(address(installed, role, database)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.rollback()

    return run


def test_the_program_may_append_an_event(as_role):
    as_role("ppid_office", OFFICE, EVENT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE office_event SET kind = 'x'",
        "DELETE FROM office_event",
        "TRUNCATE office_event",
        "DROP TABLE office_event",
        "ALTER TABLE office_event DISABLE TRIGGER ALL",
        "UPDATE office_checkpoint SET note = 'x'",
        "DELETE FROM office_checkpoint",
        "CREATE TABLE anything (a int)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_program_may_not_rewrite_what_happened_nor_change_tables(as_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("ppid_office", OFFICE, statement)


def test_even_the_owner_of_the_tables_meets_the_trigger(as_role):
    with pytest.raises(psycopg.errors.RaiseException):
        as_role("ppid_owner", OFFICE, EVENT, "UPDATE office_event SET kind = 'x'")


def test_the_site_may_read_its_database(as_role):
    as_role("ppid_reader", PUBLIC, "SELECT count(*) FROM public_entry")


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM public_entry", "UPDATE public_body SET name = 'x'", "CREATE TABLE a ()"],
)
def test_the_site_may_not_write_even_when_it_asks_for_a_writing_transaction(as_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("ppid_reader", PUBLIC, "SET TRANSACTION READ WRITE", statement)


@pytest.mark.parametrize("role", ["ppid_reader", "ppid_publisher"])
def test_a_role_of_the_public_database_cannot_enter_the_office_database(as_role, role):
    with pytest.raises(psycopg.OperationalError):
        as_role(role, OFFICE, "SELECT 1")


OF_THE_SITE = "c.relnamespace = 'public'::regnamespace"
EVERY_RELATION = """
    SELECT format('%I.%I', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S', 't') AND {}
"""


def relations(server, database, condition):
    with psycopg.connect(address(server, "postgres", database)) as connection:
        return [name for (name,) in connection.execute(EVERY_RELATION.format(condition))]


def readable(server, names):
    """The relations that the site's role reads when it simply asks."""
    found = []
    with psycopg.connect(address(server, "ppid_reader", PUBLIC), autocommit=True) as connection:
        for name in names:
            try:
                connection.execute(f"SELECT * FROM {name} LIMIT 0")
            except psycopg.errors.InsufficientPrivilege:
                continue
            found.append(name)
    return found


def test_every_relation_but_its_own_refuses_the_site(installed):
    others = relations(installed, PUBLIC, f"NOT {OF_THE_SITE}")
    assert len(others) > 200
    assert {"pg_catalog.pg_stat_activity", "pg_catalog.pg_authid"} <= set(others)
    assert readable(installed, others) == []


def test_of_its_own_it_reads_the_list_and_nothing_that_is_not_shown(installed):
    own = readable(installed, relations(installed, PUBLIC, f"c.relkind = 'r' AND {OF_THE_SITE}"))
    assert "public.public_entry" in own
    assert {one for one in own if not one.startswith("public.public_")} == {
        "public.django_migrations"
    }


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_stat_get_activity(NULL)",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "SELECT pg_sleep(0)",
        "COPY public_entry TO '/tmp/entries'",
    ],
)
def test_what_tells_of_the_server_refuses_the_site(as_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("ppid_reader", PUBLIC, statement)


def test_the_site_answers_as_that_role(installed, tmp_path):
    program = (
        "import django; django.setup();"
        "from django.test import Client;"
        "answers = [Client().get(at).status_code for at in ('/', '/cari/?cari=denah', '/bantuan/')]"
        "; assert answers == [200, 200, 200], answers"
    )
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        check=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ppid.config.settings_public",
            "PPID_DATA": str(tmp_path),
            "PPID_PUBLIC_DATABASE_URL": address(installed, "ppid_reader", PUBLIC),
        },
    )
