"""Making and verifying backups: what is sealed to whom, what is copied once, what is refused."""

import io
import sqlite3
import tarfile
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from office.offices import assert_sound, case_in, item_in, office
from office.vaults import recovery_key, store
from ppid.errors import BadInput, CorruptData, PpidError, Refused
from ppid.office import keys
from ppid.office.actions.backups import record_backup
from ppid.office.backup import making, restoring, snapshot
from ppid.office.backup import manifest as manifests
from ppid.office.backup.making import make_backup
from ppid.office.backup.place import place_at
from ppid.office.backup.pruning import prune
from ppid.office.backup.restoring import restore_backup
from ppid.office.backup.snapshot import Snapshot, demand_whole, heads_in, run_tool
from ppid.office.backup.verifying import demand_backup, faults_of_backup
from ppid.office.models import Backup, SoftCopy
from ppid.office.queries.fixity import newest_backup_of
from ppid.vault import age
from vault.s3_server import KEYS, make_bucket, service

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An office with three documents; its databases, which live in memory here, stand as a file."""
    walk = office()
    printed = recovery_key(walk)
    item = item_in(walk, case_in(walk))
    copies = [store(walk, item, f"isi {n}".encode() * 999) for n in range(3)]
    file = tmp_path / "database.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE t (n)")

    @contextmanager
    def of_now():
        heads = heads_in("default")
        files = tuple(making._files_of_now())
        yield Snapshot("sqlite", file, file, b"kunci", heads, files)

    monkeypatch.setattr(making, "snapshot_of_now", of_now)
    return walk, copies, printed


@pytest.fixture
def place(tmp_path):
    return place_at(str(tmp_path / "cadangan"))


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def make(walk, place, **more):
    return make_backup(place, at=walk.tick(), **more)


def faults(place, **more):
    return [one.code for one in faults_of_backup(demand_backup(place), place, **more)]


def files(place):
    return {one.name for one in place.files.files()}


@pytest.mark.parametrize("large", [age.LARGE, 1])
def test_a_backup_holds_every_file_and_opens_with_the_printed_key_alone(
    desk, place, monkeypatch, large
):
    walk, copies, printed = desk
    monkeypatch.setattr(age, "LARGE", large)  # 1: the age program has every part

    made = make(walk, place)

    assert (made.copied, made.damaged) == (3, ())
    assert files(place) == {copy.name for copy in copies}
    assert faults(place, identities=[printed]) == []
    other = [age.generate_identity()]
    assert refused(lambda: faults(place, identities=other)) == ("identity_not_a_recipient",)


def test_the_next_backup_copies_only_what_is_new(desk, place):
    walk, copies, _ = desk
    make(walk, place)
    new = store(walk, copies[0].item, b"baru")

    made = make(walk, place)

    assert made.copied == 1
    assert made.manifest.files[0].name in files(place)
    assert new.name in files(place)
    assert len(place.ids()) == 2
    assert demand_backup(place).id == made.manifest.id


def test_a_backup_key_opens_too_and_several_bodies_need_one(desk, place):
    walk, _, printed = desk
    extra = age.generate_identity()
    make(walk, place, recipients=[age.recipient_of(extra)])
    assert faults(place, identities=[extra]) == faults(place, identities=[printed]) == []

    office("lain")

    assert refused(lambda: make(walk, place), Refused) == ("backup_without_key",)
    make(walk, place, recipients=[age.recipient_of(extra)])
    assert refused(lambda: faults(place, identities=[printed])) == ("identity_not_a_recipient",)


def test_a_damaged_file_is_named_and_does_not_keep_the_rest_from_being_backed_up(
    desk, place, settings
):
    walk, copies, _ = desk
    (settings.VAULT / copies[1].name).write_bytes(b"rusak")

    made = make(walk, place)
    record_backup(made, address=place.address, at=walk.tick())

    assert [one.code for one in made.damaged] == ["file_cut"]
    assert made.manifest.missing == (copies[1].name,)
    assert files(place) == {copies[0].name, copies[2].name}
    assert faults(place) == []
    assert newest_backup_of(copies[1]) is None
    assert newest_backup_of(copies[0]).snapshot == made.manifest.id
    assert_sound()


def test_a_file_that_was_sealed_anew_meanwhile_makes_it_begin_again(desk, place, monkeypatch):
    walk, copies, _ = desk
    tries = []

    def overtaken(damaged):
        tries.append(damaged)
        return len(tries) < 3

    monkeypatch.setattr(making, "_overtaken", overtaken)
    make(walk, place)
    assert len(tries) == 3
    monkeypatch.setattr(making, "_overtaken", lambda damaged: True)
    assert refused(lambda: make(walk, place), Refused) == ("vault_changing",)


def test_two_backups_at_once_are_one(desk, place):
    walk, _, _ = desk
    with making.alone():
        assert refused(lambda: make(walk, place), Refused) == ("backup_running",)
    make(walk, place)


def test_parts_that_were_never_finished_are_no_backup_and_are_swept_later(desk, place):
    walk, _, _ = desk
    place.snapshots.create()
    with place.snapshots.writer("20260101T000000Z-00000000.office.age") as file:
        file.write(b"separuh")
    assert refused(lambda: demand_backup(place)) == ("backup_missing",)

    make_backup(place, at=walk.now + timedelta(days=3650))

    assert {one.name.partition(".")[0] for one in place.snapshots.files()} == set(place.ids())


def test_what_the_place_does_not_keep_as_it_was_sent_is_no_backup(desk, place, monkeypatch):
    walk, _, _ = desk
    monkeypatch.setattr(making, "digest_of", lambda file: None)

    assert refused(lambda: make(walk, place), CorruptData) == ("backup_differs",)

    assert place.ids() == []


def damaged_part(place, ending, data):
    name = f"{place.ids()[-1]}.{ending}"
    (place.snapshots.path / name).write_bytes(data)


@pytest.mark.parametrize(
    ("ending", "data", "code"),
    [
        ("manifest.json", b"{}", "manifest_altered"),
        ("note", b"ppid-backup/1\n", "note_altered"),
        ("note", b"lain/1\nx\ny\n\n\xe2\x80\x94 a AAAAAAA=\n", "note_altered"),
    ],
)
def test_a_manifest_or_note_that_was_changed_is_refused(desk, place, ending, data, code):
    make(desk[0], place)

    damaged_part(place, ending, data)

    assert refused(lambda: demand_backup(place), CorruptData) == (code,)


@pytest.mark.parametrize("ending", manifests.ENDINGS)
def test_a_part_that_is_gone_is_named(desk, place, ending):
    make(desk[0], place)
    (place.snapshots.path / f"{place.ids()[-1]}.{ending}").unlink()

    try:
        found = list(faults_of_backup(demand_backup(place), place))
    except CorruptData as error:
        found = error.findings

    assert [(one.code, one.place) for one in found] == [
        ("part_missing", f"bagian {ending.removesuffix('.age')}")
    ]


def signed_anew(place, **changes):
    """Sign a changed manifest, as somebody could who has the bodies' keys."""
    manifest = replace(place.manifest(), **changes)
    data = manifest.to_bytes()
    signers = [(one.vkey, keys.signer(making.settings.KEYS, one.body)) for one in manifest.heads]
    damaged_part(place, "manifest.json", data)
    note = manifests.note_over(manifest, data, signers=signers)
    damaged_part(place, "note", note.encode())


def test_a_backup_of_a_newer_program_is_refused(desk, place, monkeypatch):
    make(desk[0], place)

    signed_anew(place, migrations=("office.9999_future",))
    assert refused(lambda: demand_backup(place), BadInput) == ("backup_newer",)

    monkeypatch.setattr(manifests, "FORMAT", 2)
    signed_anew(place)
    monkeypatch.setattr(manifests, "FORMAT", 1)
    assert refused(lambda: demand_backup(place), BadInput) == ("backup_newer",)


def test_a_manifest_of_another_snapshot_and_an_unsigned_one_are_refused(desk, place):
    make(desk[0], place)
    good, manifest = (place.read(f"{place.ids()[-1]}{one}") for one in (".note", ".manifest.json"))
    signed_anew(place, id="20990101T000000Z-00000000")
    assert refused(lambda: demand_backup(place), CorruptData) == ("backup_swapped",)

    damaged_part(place, "manifest.json", manifest)
    text, _, _ = good.decode().rpartition("\n\n")
    damaged_part(place, "note", f"{text}\n\n— lain AAAAAAA=\n".encode())
    assert refused(lambda: demand_backup(place), CorruptData) == ("note_altered",)


def test_the_wrong_body_is_refused(desk, place):
    make(desk[0], place)
    strange = "sip-ppid/lain+00000000+AAAA"
    assert refused(lambda: demand_backup(place, vkeys=[strange])) == ("backup_foreign",)
    assert demand_backup(place, vkeys=[desk[0].body.vkey])
    assert refused(lambda: demand_backup(place, name="20990101T000000Z-00000000")) == (
        "backup_missing",
    )


def restore(place, into, printed):
    return restore_backup(demand_backup(place), place, into=into, identities=[printed])


@pytest.mark.parametrize("damage", ["keys.age", "office.age"])
def test_a_restore_names_the_damaged_part_and_leaves_nothing(desk, place, tmp_path, damage):
    make(desk[0], place)
    damaged_part(place, damage, b"rusak")

    assert refused(lambda: restore(place, tmp_path / "baru", desk[2])) == ("part_cut",)

    assert not list(tmp_path.glob("*baru*"))


def test_parts_that_changed_places_are_told(desk, place):
    make(desk[0], place)
    name = place.ids()[-1]
    damaged_part(place, "office.age", place.read(f"{name}.keys.age"))
    assert faults(place) == ["part_swapped"]


def test_a_restore_goes_into_nothing_that_is_there(desk, place, tmp_path, settings):
    make(desk[0], place)
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "x").write_text("x")
    (tmp_path / "tautan").symlink_to(tmp_path / "isi")
    (tmp_path / "berkas").write_text("x")
    for name, code in (
        ("isi", "target_not_empty"),
        ("tautan", "target_not_empty"),
        ("berkas", "target_unusable"),
        ("berkas/di/bawah", "target_unusable"),
    ):
        assert refused(lambda name=name: restore(place, tmp_path / name, desk[2])) == (code,)


def test_a_restored_database_that_is_not_whole_is_refused(desk, place, tmp_path):
    (tmp_path / "rusak.sqlite3").write_bytes(b"bukan basis data" * 99)

    assert refused(lambda: demand_whole(tmp_path / "rusak.sqlite3")) == ("database_damaged",)


def test_a_tool_of_the_database_that_is_not_there_is_a_sentence(settings, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert refused(lambda: run_tool("pg_dump", "default")) == ("pg_dump_missing",)


def test_old_snapshots_go_with_the_files_that_nobody_names_any_more(desk, place, settings):
    walk, copies, _ = desk
    first = make(walk, place).manifest.id
    SoftCopy.objects.filter(pk=copies[0].pk).delete()  # as a destruction does
    second = make(walk, place).manifest.id

    done = prune(place, keep=1)

    assert (done.snapshots, done.files) == ((first,), 1)
    assert place.ids() == [second]
    assert {one.name.partition(".")[0] for one in place.snapshots.files()} == {second}
    assert files(place) == {copies[1].name, copies[2].name}
    assert faults(place) == []
    assert prune(place, keep=5).snapshots == ()


def test_nothing_goes_while_what_would_stay_is_not_whole(desk, place):
    walk, _, _ = desk
    names = [make(walk, place).manifest.id for _ in range(2)]
    damaged_part(place, "manifest.json", b"{}")

    assert refused(lambda: prune(place, keep=1), CorruptData) == ("manifest_altered",)
    assert refused(lambda: prune(place, keep=0), BadInput) == ("keep_too_few",)

    assert place.ids() == sorted(names)
    assert len(files(place)) == 3


@pytest.fixture
def bucket(monkeypatch):
    """A place of backups in a bucket of a service on this machine."""
    with service() as address:
        for name, value in (KEYS | {"AWS_ENDPOINT_URL_S3": address}).items():
            monkeypatch.setenv(name, value)
        make_bucket(address)
        yield place_at("s3://brankas/cadangan/")


def test_a_bucket_is_a_place_too(desk, bucket):
    walk, copies, printed = desk

    made = make(walk, bucket)
    again = make(walk, bucket)

    assert (made.copied, again.copied) == (3, 0)
    assert bucket.address == "s3://brankas/cadangan"
    assert files(bucket) == {copy.name for copy in copies}
    assert bucket.ids() == sorted([made.manifest.id, again.manifest.id])
    assert faults(bucket, identities=[printed]) == []
    bucket.snapshots.remove(f"{again.manifest.id}.office.age")
    bucket.files.remove(copies[0].name)
    assert sorted(faults(bucket)) == ["file_missing", "part_missing"]


def test_a_vault_in_a_bucket_that_holds_something_is_not_written(
    desk, bucket, place, tmp_path, settings
):
    walk, _, printed = desk
    make(walk, place)
    make(walk, bucket)
    settings.STORAGE = "s3://brankas/cadangan/berkas"

    assert refused(lambda: restore(place, tmp_path / "baru", printed)) == ("target_not_empty",)

    settings.STORAGE = "s3://brankas/kosong"
    assert restoring._demand_storage()
    assert not (tmp_path / "baru").exists()


def member(name, data=b"x"):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        about = tarfile.TarInfo(name)
        about.size = len(data)
        tar.addfile(about, io.BytesIO(data))
    return whole.getvalue()


@pytest.mark.parametrize("name", ["../luar.key", "/luar.key", "keys/../../luar.key"])
def test_a_key_that_would_leave_the_folder_is_refused(tmp_path, name):
    (tmp_path / "draf").mkdir()

    assert refused(lambda: restoring._unpack(member(name), tmp_path / "draf")) == ("part_differs",)

    assert not list(tmp_path.rglob("luar.key"))


def test_settings_come_back_as_lines_to_look_at(tmp_path):
    data = member("settings.json", b'{"PPID_STORAGE": "s3://brankas/kota"}')

    restoring._unpack(data, tmp_path)

    assert (tmp_path / "settings.env").read_text() == "PPID_STORAGE=s3://brankas/kota\n"
    assert (tmp_path / "settings.env").stat().st_mode & 0o777 == 0o600


def test_the_keys_of_a_snapshot_are_the_signing_and_service_keys_and_no_password(desk, monkeypatch):
    monkeypatch.setenv("PPID_STORAGE", "s3://brankas/kota")
    monkeypatch.setenv("PPID_DATABASE_URL", "postgresql://x:KENARI-SANDI@localhost/x")

    whole = snapshot._keys()

    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        assert tar.getnames() == ["keys/kota.key", "keys/kota.vault", "settings.json"]
        assert {one.mode for one in tar} == {0o600}
    assert b"KENARI-SANDI" not in whole
    assert b"s3://brankas/kota" in whole


def test_what_a_killed_backup_left_is_removed_by_the_next(desk, place, settings):
    left = settings.DATA / ".cadangan-lama"
    left.mkdir()
    (left / "office.sqlite3").write_bytes(b"separuh")

    make(desk[0], place)

    assert not left.exists()


@pytest.mark.parametrize(
    ("stderr", "known", "fault"),
    [
        ("", (), True),
        ("ppid: kesalahan: kota dokumen a versi 1: tidak ada.\n", ("dokumen a versi 1:",), False),
        ("ppid: kesalahan: kota dokumen b versi 1: tidak ada.\n", ("dokumen a versi 1:",), True),
    ],
)
def test_only_what_was_known_to_be_missing_may_be_missing(
    tmp_path, monkeypatch, stderr, known, fault
):
    done = SimpleNamespace(returncode=1, stdout="", stderr=stderr)
    monkeypatch.setattr(restoring.subprocess, "run", lambda *_, **__: done)

    if fault:
        assert refused(lambda: restoring._ppid("check", tmp_path, known=known), CorruptData) == (
            "restored_unsound",
        )
    else:
        assert "tidak ada" in restoring._ppid("check", tmp_path, known=known)


def test_a_database_that_cannot_be_copied_is_a_sentence(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a")) as source:
        copying = snapshot._copy
        missing = tmp_path / "tidak-ada" / "b.sqlite3"
        assert refused(lambda: copying(source, missing)) == ("snapshot_failed",)


def test_a_backup_is_recorded_in_the_log_of_its_body(desk, place):
    walk, _, _ = desk
    made = make(walk, place)

    record_backup(made, address=place.address, at=walk.tick())

    row = Backup.objects.get()
    assert (row.snapshot, row.address, row.missing) == (made.manifest.id, place.address, [])
    assert row.size == made.manifest.heads[0].size
    assert_sound()
