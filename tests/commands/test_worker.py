"""`ppid worker`: makes up what was missed, and outlives a round that failed."""

import shutil
import time

from commands.programs import WAIT_SECONDS, end, ppid, refused, sql, started

ARRIVED = "SELECT count(*) FROM public_edition"


def wait_until(true):
    """Wait for something to come true."""
    stop = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < stop, "it did not come true"
        time.sleep(0.3)


def without_public_site(data, migrated):
    """Bring the public database back to its first day; returns how many editions it lacks."""
    editions = sql(data / "public.sqlite3", ARRIVED)[0][0]
    for file in data.glob("public.sqlite3*"):
        file.unlink()
    shutil.copy(migrated / "public.sqlite3", data)
    return editions


def test_one_round_hands_over_every_edition_that_did_not_arrive(demo, migrated):
    editions = without_public_site(demo, migrated)

    done = ppid("worker", "--once", data=demo)

    assert (done.code, "Traceback" in done.err) == (0, False)
    assert sql(demo / "public.sqlite3", ARRIVED) == [(editions,)]
    assert editions >= 4


def test_a_single_round_that_fails_says_so(demo):
    sql(demo / "office.sqlite3", "ALTER TABLE office_body RENAME TO away")
    assert refused(ppid("worker", "--once", data=demo), "tidak dapat dibuka")


def test_a_worker_goes_on_after_a_round_that_failed(demo, migrated):
    editions = without_public_site(demo, migrated)
    file, public = demo / "office.sqlite3", demo / "public.sqlite3"
    sql(file, "ALTER TABLE office_body RENAME TO away")

    with started("worker", "--every", 1, data=demo) as process:
        first = process.stderr.readline()
        sql(file, "ALTER TABLE away RENAME TO office_body")
        wait_until(lambda: sql(public, ARRIVED) == [(editions,)])
        alive = process.poll() is None
        end(process)

    assert "Putaran ini gagal" in first
    assert alive
