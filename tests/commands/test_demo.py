"""`ppid demo`: once, whole, and never over somebody's data."""

import re
import stat

from commands.programs import contents, ppid, refused, sql
from ready_made import OF_YESTERDAY


def test_the_demo_is_made_and_says_whom_to_sign_in_as(demo_made):
    data, done = demo_made
    assert (done.code, done.err) == (0, "")
    password = (data / "demo-password").read_text().strip()
    assert password in done.out
    assert "petugas.bontang" in done.out
    assert stat.S_IMODE((data / "demo-password").stat().st_mode) == 0o600


def test_the_demo_has_four_bodies_with_years_of_work(demo_made):
    data, _ = demo_made
    file = data / "office.sqlite3"
    count = "SELECT count(*) FROM {}".format
    assert sql(file, count("office_body")) == [(4,)]
    assert sql(file, count("office_item"))[0][0] >= 60
    assert sql(file, "SELECT count(DISTINCT opens_on) FROM office_item")[0][0] > 10
    waiting = sql(
        file,
        "SELECT c.body_id, count(DISTINCT t.step) FROM office_task t "
        "JOIN office_case c ON c.id = t.case_id GROUP BY 1",
    )
    assert {body for body, _ in waiting} == {"bali", "bontang", "kalteng", "pontianak"}
    assert all(steps >= 3 for _, steps in waiting)


def test_what_was_published_has_arrived(demo_made):
    data, _ = demo_made
    office = sql(
        data / "office.sqlite3", "SELECT body_id, number, content_hash FROM office_edition"
    )
    public = sql(
        data / "public.sqlite3",
        "SELECT b.slug, e.number, e.content_hash FROM public_edition e "
        "JOIN public_body b ON b.id = e.body_id",
    )
    assert sorted(office) == sorted(public) != []


def test_nobody_real_is_named_in_it(demo_made):
    data, _ = demo_made
    people = sql(data / "office.sqlite3", "SELECT name, nip FROM office_person")
    assert all(name.endswith("contoh)") and nip == "" for name, nip in people)


def test_a_second_demo_is_refused_and_changes_nothing(demo):
    before = contents(demo)
    done = ppid("demo", data=demo)
    assert refused(done, str(demo))
    assert contents(demo) == before


def test_reset_leaves_nothing_of_the_demo_before(demo_made):
    data, done = demo_made
    assert done.code == 0
    assert OF_YESTERDAY not in (data / "demo-password").read_text()
    assert {file.name for file in (data / "keys").glob("*.key")} >= {"bali.key", "bontang.key"}
    assert not (data / "keys" / "lama.key").exists()
    assert (data / "keys" / "bali.key").read_text(errors="replace") != OF_YESTERDAY


def test_reset_leaves_data_alone_that_is_no_demo(demo):
    (demo / "demo-password").unlink()
    before = contents(demo)
    done = ppid("demo", "--reset", data=demo)
    assert refused(done, str(demo))
    assert contents(demo) == before


def test_reset_leaves_a_demo_alone_in_which_somebody_set_up_a_body(demo):
    sql(demo / "office.sqlite3", "UPDATE office_body SET slug = 'kota-kami' WHERE slug = 'bali'")
    done = ppid("demo", "--reset", data=demo)
    assert refused(done, str(demo))
    assert (demo / "keys" / "bali.key").exists()


def test_reset_does_not_delete_keys_whose_database_is_elsewhere(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "kota.key").write_text("kunci")
    done = ppid("demo", "--reset", data=tmp_path)
    assert refused(done, str(tmp_path))
    assert (tmp_path / "keys" / "kota.key").exists()


def test_reset_of_nothing_and_a_day_that_is_none_are_both_understood(tmp_path):
    done = ppid("demo", "--reset", "--on", "besok", data=tmp_path / "data")
    assert (done.code, bool(re.search("besok", done.err))) == (2, True)
    assert "Traceback" not in done.err
    assert not (tmp_path / "data" / "office.sqlite3").exists()
