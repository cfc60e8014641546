"""`ppid check`: silent when all is whole, and exact about what is not."""

import shutil

import pytest

from commands.programs import ppid, refused, sql

GUARDS = ("office_event_no_update", "office_event_no_delete")


def test_the_demo_is_whole(demo_made):
    data, _ = demo_made
    done = ppid("check", data=data)
    assert (done.code, done.err) == (0, "")
    events = sql(data / "office.sqlite3", "SELECT count(*) FROM office_event")[0][0]
    assert f"{events} peristiwa" in done.out
    assert "berkas tersegel dibaca sampai habis" in done.out
    assert "di ruang simpan dicocokkan" in done.out


def test_one_changed_byte_of_one_event_is_found_and_named(demo):
    file = demo / "office.sqlite3"
    event, seq, entry = sql(
        file, "SELECT id, seq, entry FROM office_event WHERE body = 'kalteng' AND seq = 40"
    )[0]
    altered = bytearray(entry)
    altered[len(altered) // 2] ^= 1
    sql(
        file,
        *(f"DROP TRIGGER {name}" for name in GUARDS),
        f"UPDATE office_event SET entry = x'{altered.hex()}' WHERE id = {event}",
    )

    done = ppid("check", data=demo, traced=False)

    assert refused(done, "kalteng", str(seq))


def test_a_row_that_was_changed_by_hand_is_found_and_named(demo):
    file = demo / "office.sqlite3"
    changed = {
        "office_item": "public_title",
        "office_place": "name",
        "office_archiveentry": "file_number",
        "office_loan": "reason",
    }
    for table, column in changed.items():
        row = f"rowid = (SELECT min(rowid) FROM {table})"
        sql(file, f"UPDATE {table} SET {column} = 'lain' WHERE {row}")
    copy = next((demo / "vault").glob("*.age"))
    copy.write_bytes(copy.read_bytes()[:-1])

    done = ppid("check", data=demo)

    assert refused(done, *changed, *changed.values(), copy.name.partition(".")[0], "terpotong")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda key, other: key.unlink(), "tidak ditemukan"),
        (lambda key, other: shutil.copy(other, key), "bukan kunci yang dikenal"),
        (lambda key, other: key.write_text("bukan kunci"), "rusak"),
        (lambda key, other: key.write_bytes(key.read_bytes()[:-30]), "rusak"),
        (lambda key, other: key.chmod(0o644), "pengguna lain"),
        (lambda key, other: (key.unlink(), key.mkdir()), "tidak dapat dibuka"),
    ],
    ids=["missing", "another body's", "garbled", "cut off", "open to others", "a folder"],
)
def test_a_key_that_cannot_be_used_is_one_sentence(demo, damage, words):
    damage(demo / "keys" / "kalteng.key", demo / "keys" / "bali.key")
    done = ppid("check", data=demo)
    assert refused(done, words, "kalteng.key")
    assert len(done.errors) == 1


def test_a_checkpoint_from_outside_is_compared_and_another_file_refused(demo, tmp_path):
    [[note]] = sql(
        demo / "office.sqlite3",
        "SELECT note FROM office_checkpoint WHERE body = 'kalteng' ORDER BY size LIMIT 1",
    )
    kept, other = tmp_path / "titik.txt", tmp_path / "lain.txt"
    origin, size, root, rest = note.split("\n", 3)
    kept.write_text(note)
    other.write_text(f"{origin}x\n{size}\n{root}\n{rest}")

    assert ppid("check", "--checkpoint", kept, data=demo, traced=False).code == 0
    assert refused(ppid("check", "--checkpoint", other, data=demo), "lain.txt", hint=False)
    assert refused(ppid("check", "--checkpoint", tmp_path / "none", data=demo), "none")
