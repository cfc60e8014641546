"""`ppid doctor`: what is broken, what is worth a look, and what to do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from commands.programs import ppid, sql
from office.offices import office
from office.vaults import recovery_key
from ppid.commands.doctor import (
    State,
    _vault_keys,
    address_line,
    age_lines,
    apart_line,
    calendar_line,
    clock_line,
    scanner_lines,
    server_log_lines,
    space_line,
)
from ppid.commands.server_log import telling_settings
from ppid.vault import age_program
from vault.clamd import running

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HORIZON = date(2026, 12, 31)


def states(done):
    """The state of each line but the ports', which belong to the machine."""
    lines = [line for line in done.out.splitlines() if "Porta" not in line]
    return [line.split()[0] for line in lines if not line.startswith(" ")]


def test_a_sound_installation_has_nothing_broken(demo_made):
    done = ppid("doctor", data=demo_made[0])
    assert done.code == 0
    assert "rusak" not in states(done)
    kept = [line for line in done.out.splitlines() if "Kunci" in line]
    assert sum("layanan brankas" not in line for line in kept) == 4


def test_an_installation_without_data_is_told_what_to_do(tmp_path):
    done = ppid("doctor", data=tmp_path / "tidak-ada", PPID_SECRET_KEY="x")
    assert done.code == 1
    assert states(done).count("rusak") == 3
    assert "ppid migrate" in done.out


def test_a_broken_key_and_a_wrong_clock_are_found(demo):
    (demo / "keys" / "bali.key").unlink()
    file = demo / "office.sqlite3"
    sql(
        file,
        "DROP TRIGGER office_event_no_update",
        "UPDATE office_event SET at = '2099-01-01 00:00:00' WHERE seq = 1",
    )
    done = ppid("doctor", data=demo)
    broken = [line for line in done.out.splitlines() if line.startswith("rusak")]
    assert done.code == 1
    assert ["bali.key" in broken[0], "Jam mesin" in broken[1], len(broken)] == [True, True, 2]


@pytest.mark.django_db(databases=["default", "public"])
def test_a_body_without_a_recovery_key_and_one_without_its_service_key_are_found(
    settings, tmp_path
):
    settings.DATA, settings.KEYS, settings.VAULT = tmp_path, tmp_path / "keys", tmp_path / "vault"
    walk = office()
    assert [one.state for one in _vault_keys(walk.body)] == [State.WARNING]

    recovery_key(walk)
    assert [one.state for one in _vault_keys(walk.body)] == [State.OK, State.OK]

    (settings.KEYS / "kota.vault").unlink()
    assert [one.state for one in _vault_keys(walk.body)] == [State.BROKEN, State.OK]


@pytest.mark.parametrize(
    ("free", "state"),
    [(99, State.BROKEN), (100, State.WARNING), (999, State.WARNING), (1000, State.OK)],
)
def test_little_room_is_a_warning_and_no_room_is_broken(free, state):
    assert space_line(free).state is state


@pytest.mark.parametrize(("days", "state"), [(60, State.OK), (59, State.WARNING)])
def test_a_calendar_that_ends_soon_is_worth_a_look(days, state):
    assert calendar_line(HORIZON, on=HORIZON - timedelta(days=days)).state is state


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, State.OK),
        (NOW, State.OK),
        (NOW + timedelta(seconds=1), State.BROKEN),
    ],
)
def test_a_clock_behind_the_last_event_is_broken(last, state):
    assert clock_line(last, at=NOW).state is state


@pytest.mark.parametrize(
    ("network", "files", "state"),
    [(False, False, State.OK), (True, False, State.WARNING), (False, True, State.WARNING)],
)
def test_a_reader_of_uploads_that_reaches_too_far_is_worth_a_look(network, files, state):
    assert apart_line(network=network, files=files).state is state


def test_a_scanner_that_is_down_is_broken_and_none_is_not(settings, tmp_path):
    settings.CLAMD = ""
    assert [one.state for one in scanner_lines()] == [State.OK]
    settings.CLAMD = f"unix:{tmp_path}/tidak-ada"
    assert [one.state for one in scanner_lines()] == [State.BROKEN]
    with running() as (clamd, address):
        settings.CLAMD = address
        assert [one.state for one in scanner_lines()] == [State.OK]
    assert clamd.asked[0][1] == b"ppid"


@pytest.mark.parametrize(
    ("installed", "usable", "state"),
    [
        ("/usr/bin/age", "/usr/bin/age", State.OK),
        ("/usr/bin/age", "", State.WARNING),
        ("", "", State.OK),
    ],
)
def test_a_program_of_that_name_that_does_not_work_is_worth_a_look_and_none_is_not(
    monkeypatch, installed, usable, state
):
    monkeypatch.setattr(age_program, "installed", lambda: installed)
    monkeypatch.setattr(age_program, "usable", lambda: usable)
    assert [one.state for one in age_lines()] == [state]


@pytest.mark.parametrize(
    ("address", "papers", "state"),
    [
        ("http://localhost:8001", False, State.OK),
        ("http://localhost:8001", True, State.WARNING),
        ("https://terbuka.example", True, State.OK),
    ],
)
def test_an_address_that_nobody_else_reaches_is_named_once_it_is_printed(address, papers, state):
    assert address_line(address, papers=papers).state is state


def test_what_lets_the_office_s_words_into_the_server_s_log_is_a_warning():
    assert list(server_log_lines(())) == []
    (line,) = server_log_lines(("log_statement = all",))
    assert line.state is State.WARNING
    assert "log_statement = all" in line.text
    assert "deploy/roles.sql" in line.hint


@pytest.mark.django_db
def test_a_file_has_no_server_that_logs():
    told = telling_settings("default")
    assert told == () or connection.vendor == "postgresql"
