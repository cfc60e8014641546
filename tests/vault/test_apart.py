"""A process set apart: it does its job, and nothing else, however it ends."""

import io
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from ppid.errors import BadInput, PpidError
from ppid.vault import apart, cell, landlock
from ppid.vault.apart import Limits, work_apart
from ppid.vault.memory import held, in_memory, is_sealed, sealed

JOBS = Path(__file__).parent / "jobs"
SOON = Limits(seconds=2, memory=200 << 20, output=1 << 20)
confined = pytest.mark.skipif(landlock.version() < 4, reason="no Landlock 4 on this machine")


@pytest.fixture(autouse=True)
def with_our_jobs(monkeypatch):
    monkeypatch.setattr(apart, "FOLDERS", (str(JOBS),))


def act(source=b"", *, limits=SOON, **asked):
    return work_apart("misbehaving", io.BytesIO(source), asked=asked, limits=limits)


def said(**asked):
    return act(**asked).said


def refused(**asked):
    with pytest.raises(BadInput) as error:
        act(**asked)
    return error.value.codes


def private_folders():
    return {name for name in os.listdir(apart.IN_MEMORY) if name.startswith("ppid-")}


def test_bytes_go_in_and_come_out_without_a_name_on_a_disk():
    done = act(b"isi dokumen", copy=1)

    assert (done.said, done.file.read()) == ("selesai", b"isi dokumen")
    assert is_sealed(done.file)


def test_a_job_cannot_change_what_it_was_given():
    given = held(io.BytesIO(b"asli"), most=10)

    with pytest.raises(BadInput) as error:
        work_apart("misbehaving", given, asked={"spoil": 1}, limits=SOON)

    given.seek(0)
    assert (error.value.codes, given.read()) == (("apart_failed",), b"asli")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"crash": 1}, "apart_failed"),
        ({"leave": 0}, "apart_failed"),
        ({"leave": 3}, "apart_failed"),
        ({"stumble": 1}, "apart_failed"),
        ({"refuse": "macro_inside"}, "macro_inside"),
        ({"hoard": 400 << 20}, "apart_over_limit"),
        ({"write": 2 << 20}, "apart_over_limit"),
        ({"open": 200}, "apart_over_limit"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_however_a_job_ends_there_is_a_finding(asked, code):
    assert refused(**asked) == (code,)


@pytest.mark.parametrize(("asked", "code"), [("hang", "apart_slow"), ("spin", "apart_over_limit")])
def test_a_job_that_does_not_end_is_ended_with_all_it_started(asked, code):
    before = private_folders()

    found = refused(**{asked: 987654, "limits": Limits(seconds=1)})

    assert found in ((code,), ("apart_slow",), ("apart_over_limit",))
    assert private_folders() <= before
    assert "987654" not in "".join(
        path.read_text() for path in Path("/proc").glob("[0-9]*/cmdline") if readable(path)
    )


def readable(path):
    try:
        return path.read_text() != ""
    except OSError:
        return False


def test_a_machine_that_can_start_nothing_more_gives_a_finding(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/tidak/ada/python")

    assert refused(copy=1) == ("apart_failed",)


def test_more_bytes_than_may_go_in_are_refused():
    with pytest.raises(BadInput) as error:
        act(b"12345", limits=Limits(source=4))

    assert error.value.codes == ("file_too_large",)


def test_the_process_knows_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("PPID_DATABASE_URL", "postgresql://rahasia@peladen/ppid")

    variables, modules = said(variables=1), said(modules=1)

    assert set(variables) <= {"LC_CTYPE", "HOME"}
    assert {one.split(".")[0] for one in modules}.isdisjoint({"django", "pyrage", "cryptography"})
    assert not {"ppid.vault.keyring", "ppid.vault.age"} & set(modules)


@confined
def test_the_process_reaches_no_file_of_ours(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("rahasia")

    assert said(read=str(secret)) == "PermissionError"
    assert said(list=str(tmp_path)) == "PermissionError"
    assert said(make=str(tmp_path / "baru")) == "PermissionError"
    assert said(read="/etc/passwd") == "PermissionError"
    assert said(kill=os.getpid()) == "PermissionError"
    assert os.listdir(tmp_path) == ["secret"]


def test_the_private_folder_takes_files_and_goes_with_them():
    assert said(make="catatan.txt") == len("jejak")
    folder = said(folder=1)
    assert not Path(folder).exists()


@confined
def test_the_process_reaches_no_address():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert said(connect=["AF_INET", ["127.0.0.1", port]]) in ("OSError", "PermissionError")


def test_the_same_job_without_a_wall_reaches_address_and_file(monkeypatch, tmp_path):
    """The positive control: what the tests above find closed is open where nothing closes it."""
    (tmp_path / "secret").write_text("rahasia")
    monkeypatch.syspath_prepend(str(JOBS))
    monkeypatch.setattr(cell, "confine", lambda limits: {})

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert in_this_process(f'{{"connect": ["AF_INET", ["127.0.0.1", {port}]]}}') == (0, None)
    assert in_this_process(f'{{"read": "{tmp_path}/secret"}}') == (0, "rahasia")
    assert in_this_process('{"refuse": "macro_inside"}')[0] == cell.FOUND
    sys.modules.pop("misbehaving", None)


def in_this_process(asked):
    """Return status and answer of the cell, run here."""
    files = [sealed(in_memory()), in_memory(), in_memory()]
    words = [str(os.dup(one.fileno())) for one in files]
    sys.stdin, own = io.StringIO(asked), sys.stdin
    try:
        status = cell.main(["misbehaving", *words, "{}"])
    finally:
        sys.stdin = own
    files[2].seek(0)
    return status, apart.json.loads(files[2].read()).get("said")


def test_too_much_is_told_from_what_went_wrong(monkeypatch):
    monkeypatch.syspath_prepend(str(JOBS))
    target = io.BytesIO()

    def ends(asked):
        with pytest.raises((PpidError, OSError)) as error:
            cell.answer("misbehaving", io.BytesIO(), target, asked=asked)
        return getattr(error.value, "codes", error.type)

    monkeypatch.setattr(os, "dup", lambda _: (_ for _ in ()).throw(OSError(24, "terlalu banyak")))
    assert ends({"open": 1}) == ("apart_over_limit",)
    monkeypatch.setattr(os, "dup", lambda _: (_ for _ in ()).throw(OSError(5, "rusak")))
    assert ends({"open": 1}) is OSError
    assert ends({"hoard": 1 << 62}) == ("apart_over_limit",)
    sys.modules.pop("misbehaving", None)


@confined
def test_what_a_process_gives_up_it_cannot_take_back(tmp_path):
    """In a thread of its own: Landlock counts by thread, and this one ends."""
    (tmp_path / "own").mkdir()
    (tmp_path / "other").write_text("lain")
    found = []

    def inside():
        landlock.give_up(reading=("/usr", "/tidak/ada"), writing=(str(tmp_path / "own"),))
        (tmp_path / "own" / "a").write_text("milik")
        found.append(os.access("/usr", os.R_OK))
        try:
            (tmp_path / "other").read_text()
        except OSError as error:
            found.append(type(error))
        try:
            landlock._called(landlock.RESTRICT_SELF, 0, 0)
        except OSError as error:
            found.append(error.errno > 0)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()

    assert found == [True, PermissionError, True]
    assert (tmp_path / "other").read_text() == "lain"


@pytest.mark.parametrize(
    ("answers", "found"), [([0], "namespace"), ([-1, 0], "namespace"), ([-1, -1], "")]
)
def test_the_network_is_closed_as_root_as_anybody_or_not_at_all(monkeypatch, answers, found):
    left = list(answers)
    library = type("Library", (), {"unshare": staticmethod(lambda flags: left.pop(0))})
    monkeypatch.setattr(cell.ctypes, "CDLL", lambda *_, **__: library)
    assert (cell.no_network(), left) == (found, [])


def test_limits_come_after_the_walls_and_the_program_can_still_be_read(monkeypatch, tmp_path):
    done = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cell.tempfile, "tempdir", None)
    monkeypatch.setattr(cell.os, "umask", lambda mask: done.append(("umask", mask)))
    monkeypatch.setattr(cell, "no_network", lambda: done.append("network") or "namespace")
    monkeypatch.setattr(cell.resource, "setrlimit", lambda *limit: done.append(limit))

    def give_up(*, reading, writing):
        done.append(("files", writing))
        assert str(Path(apart.__file__).parents[2]) in reading
        assert str(tmp_path) not in reading
        return 5

    monkeypatch.setattr(landlock, "give_up", give_up)

    closed = cell.confine(Limits(memory=7, output=8, seconds=9, files=10).as_resources())

    names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE")
    limits = zip(names, (7, 9, 8, 10, 0), strict=True)
    assert closed == {"network": "namespace", "landlock": 5}
    assert done == [
        ("umask", 0o077),
        "network",
        ("files", (str(tmp_path),)),
        *[(getattr(cell.resource, f"RLIMIT_{name}"), (most, most)) for name, most in limits],
    ]
    assert cell.tempfile.gettempdir() == str(tmp_path)


def test_a_kernel_that_refuses_a_wall_stops_the_job_before_it_begins(monkeypatch, tmp_path):
    monkeypatch.setattr(landlock, "version", lambda: 1)
    monkeypatch.setattr(landlock._libc, "prctl", lambda *_: 0, raising=False)
    with pytest.raises(OSError, match="."):
        landlock._called(landlock.ADD_RULE, -1, landlock.PATH_BENEATH, None, 0)


def test_where_memory_has_no_folder_the_usual_one_is_used(monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "IN_MEMORY", tmp_path / "tidak ada")
    assert apart._private_folder() is None
    folder = Path(said(folder=1))
    assert folder.name.startswith("ppid-")
    assert not folder.exists()


def test_without_landlock_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)

    assert landlock.give_up(reading=(), writing=()) == 0


def test_a_file_in_memory_stays_as_it_is_once_sealed():
    file = held(io.BytesIO(b"isi"), most=3)

    with pytest.raises(PermissionError):
        os.write(file.fileno(), b"x")

    assert not is_sealed(in_memory())
    with open(__file__, "rb") as ordinary:
        assert not is_sealed(ordinary)
