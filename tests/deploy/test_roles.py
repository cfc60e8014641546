"""The roles of deploy/ hold: the program cannot rewrite events, the public site cannot write."""

import os
import subprocess
import sys
from contextlib import suppress
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


SECRET = "kenari-di-log-server"
EXPLAINED = ("session_preload_libraries = auto_explain", "auto_explain.log_min_duration = 0")
TALKATIVE = ("log_statement = 'all'", "log_min_duration_statement = 0", *EXPLAINED)


@pytest.fixture(scope="module")
def talkative(installed):
    """The office's database on a server that logs all it hears; its log is read by a superuser."""
    if os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("the log of a server elsewhere is not ours to read")
    with psycopg.connect(address(installed, "postgres", OFFICE), autocommit=True) as connection:
        for one in TALKATIVE:
            connection.execute(f"ALTER DATABASE {OFFICE} SET {one}")
        yield installed
        for one in TALKATIVE:
            connection.execute(f"ALTER DATABASE {OFFICE} RESET {one.split(' ')[0]}")


def log_of(server):
    """What the server has logged until now."""
    with psycopg.connect(address(server, "postgres", "postgres")) as connection:
        place = "current_setting('data_directory') || '/../log'"
        return connection.execute(f"SELECT pg_read_file({place})").fetchone()[0]


def say_the_secret(server, role):
    """Say it in every way in which the program sends words; return what was logged meanwhile."""
    told = EVENT.replace("'{}'", "%s").replace("'entry'", "%s")
    twice, broken = f"{told}, {told[told.index('(', 40) :]}", told.replace("now()", "NULL")
    before = len(log_of(server))
    with psycopg.connect(address(server, role, OFFICE)) as connection:
        for cursor in (connection.cursor(), psycopg.ClientCursor(connection)):
            for statement in (told, twice, broken):
                values = ["entri", f'{{"judul": "{SECRET}"}}'] * (2 if statement == twice else 1)
                with suppress(psycopg.errors.IntegrityError), connection.transaction() as block:
                    cursor.execute(statement, values)
                    raise psycopg.Rollback(block)
    return log_of(server)[before:]


def test_a_server_that_logs_everything_logs_no_word_of_the_program(talkative):
    assert SECRET not in say_the_secret(talkative, "ppid_office")


def test_of_a_role_that_deploy_did_not_make_silent_it_logs_them(talkative):
    logged = say_the_secret(talkative, "postgres")
    ways = ("statement: ", "duration: ", "parameters: ", "STATEMENT: ", "DETAIL: ", "Query Text: ")
    assert SECRET in logged
    assert [one for one in ways if one not in logged] == []


def test_doctor_knows_which_settings_tell(installed, talkative, tmp_path):
    program = (
        "import sys; from django.conf import settings;"
        "from ppid.config.database import database;"
        "settings.configure(DATABASES={'default': database(sys.argv[1], file=None)});"
        "import django; django.setup();"
        "from ppid.commands.server_log import telling_settings; print(telling_settings('default'))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", program, address(installed, role, OFFICE)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for role in ("ppid_office", "postgres")
    ]

    assert found[0] == "()\n"
    assert "log_statement = all" in found[1]
    assert "auto_explain.log_min_duration = 0" in found[1]


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
