"""Samples of the campaigns, and the proof that they find what they look for."""

import subprocess

import pytest

import postgresql
from campaigns.both import campaign
from campaigns.power import Disk

RACES, KILLS, CUTS, DAMAGES, BACKUPS, CALLS = 2, 10, 15, 200, 8, 12


@pytest.fixture(scope="module")
def files(migrated):
    """What a campaign on files begins with."""
    return {"made": migrated}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """What a campaign on a server begins with: a server for this module, and databases to copy."""
    with postgresql.migrated(tmp_path_factory.mktemp("data")) as (address, model):
        yield {"server": address, "template": model}


def test_of_those_who_race_on_files_as_many_win_as_may(files):
    found = campaign("races", RACES, **files)
    assert (found["vendor"], found["races"]) == ("sqlite", 20)
    assert (found["wrong"], found["check"], found["code"]) == (0, [], 0)


@pytest.mark.postgres
def test_of_those_who_race_on_a_server_as_many_win_as_may(server):
    found = campaign("races", RACES, **server)
    assert (found["vendor"], found["races"]) == ("postgresql", 20)
    assert (found["wrong"], found["check"], found["code"]) == (0, [], 0)


@pytest.mark.postgres
@pytest.mark.parametrize("on_server", [False, True])
def test_without_the_lock_the_same_races_go_wrong(files, server, on_server):
    found = campaign("races", 1, "--without-lock", **(server if on_server else files))
    assert found["wrong"] >= 5
    assert found["code"] == 1


def test_no_acknowledged_act_is_lost_when_everybody_is_killed(files):
    found = campaign("kills", KILLS, **files)
    assert (found["kills"], found["complaints"], found["code"]) == (KILLS, [], 0)
    assert found["acknowledged"] > KILLS


@pytest.mark.postgres
def test_nor_on_a_server(server):
    found = campaign("kills", KILLS, **server)
    assert (found["vendor"], found["complaints"], found["code"]) == ("postgresql", [], 0)
    assert found["acknowledged"] > KILLS


def test_without_transactions_the_same_kills_leave_a_broken_log(files):
    found = campaign("kills", KILLS, "--without-transaction", **files)
    assert found["code"] == 1
    assert found["complaints"]


def test_no_stored_copy_is_lost_when_those_who_store_and_reseal_are_killed(files):
    found = campaign("vault", KILLS, **files)
    assert (found["kills"], found["complaints"], found["code"]) == (KILLS, [], 0)
    assert found["acknowledged"] > KILLS


def test_a_copy_is_lost_when_its_old_file_goes_before_the_log_knows_the_new_one(files):
    found = campaign("vault", 40, "--delete-first", **files)
    assert found["code"] == 1
    assert found["complaints"]


@pytest.fixture(scope="module")
def a_disk(tmp_path_factory):
    """Leave to mount a disk and to cut it, which root has, but not in every container."""
    try:
        disk = Disk(tmp_path_factory.mktemp("power"))
        disk.on()
        disk.cut()
        disk.off()
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be mounted and cut here: {error}")


@pytest.mark.usefixtures("a_disk")
def test_no_acknowledged_file_is_lost_or_torn_when_the_power_is_cut():
    found = campaign("power", CUTS)
    assert (found["cuts"], found["complaints"], found["code"]) == (CUTS, [], 0)
    assert found["acknowledged"] > CUTS


@pytest.mark.usefixtures("a_disk")
@pytest.mark.parametrize("missing", ["--no-file-sync", "--no-folder-sync"])
def test_without_either_fsync_the_same_cuts_lose_files(missing):
    found = campaign("power", CUTS, missing)
    assert found["code"] == 1
    assert found["complaints"]


@pytest.mark.parametrize(("damages", "engine"), [(DAMAGES, []), (40, ["--program"])])
def test_every_damage_to_a_sealed_file_is_named_and_nothing_of_it_is_handed_out(damages, engine):
    found = campaign("damage", damages, *engine)
    assert (found["damages"], found["complaints"], found["code"]) == (damages, [], 0)
    assert len(found["kinds"]) == 5


def test_without_the_hash_in_the_row_the_same_damages_go_through():
    found = campaign("damage", DAMAGES, "--trusting")
    assert found["code"] == 1
    assert found["complaints"]


def test_a_backup_made_while_officers_work_restores_whole_and_a_damaged_one_is_refused(files):
    found = campaign("backup", 1, BACKUPS, **files)
    assert (found["drills"], found["damages"], found["code"]) == (1, BACKUPS, 0)
    assert found["complaints"] == []


def test_without_the_hashes_in_the_manifest_damaged_backups_go_through(files):
    found = campaign("backup", 0, 40, "--trusting", **files)
    assert found["code"] == 1
    assert found["complaints"]


@pytest.fixture(scope="module")
def strace():
    """Leave to join a process with strace, which not every container gives."""
    child = subprocess.Popen(["sleep", "60"])
    try:
        command = ["timeout", "-s", "INT", "1", "strace", "-p", str(child.pid)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("strace is not installed: tools/test-requirements.sh installs it")
    finally:
        child.kill()
        child.wait()
    if "attached" not in done.stderr:
        pytest.skip(f"strace may not join a process here: {done.stderr.strip()}")


@pytest.mark.usefixtures("strace")
def test_an_upload_whose_file_call_fails_is_there_or_leaves_nothing(files):
    found = campaign("syscalls", "--most", CALLS, **files)
    assert (found["faults"], found["complaints"], found["code"]) == (CALLS, [], 0)
    assert found["calls"] > 100


@pytest.mark.usefixtures("strace")
def test_without_a_transaction_the_same_faults_leave_something(files):
    without = ("--only", "pwrite64:signal", "--without-transaction")
    found = campaign("syscalls", *without, **files)
    assert found["code"] == 1
    assert found["complaints"]
