"""`ppid ledger verify`: what it says of whole, damaged, missing and hostile sources."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ledger.logs import STRANGER, VKEY
from ledger.published import (
    SALT,
    edition_entry,
    entries_of,
    files_of,
    growth,
    listed,
    note_of,
    proof_of,
)
from ledger.test_cosignature import VKEY as WITNESS
from ledger.test_cosignature import vouched_note
from ppid.cli import run
from ppid.commands import ledger_reading
from ppid.commands.ledger_reading import fetch
from ppid.errors import BadInput, NotFound

ENTRIES = entries_of(20)
FILES = files_of(ENTRIES)
STRANGE = VKEY.replace("bontang", "lain")
OPENED = {"sheet": {"salt": SALT.hex(), "value": {"alasan": "rahasia"}}}


@pytest.fixture
def ppid(capsys):
    """Run `ppid ledger verify`; return code, stdout and stderr."""

    def call(*args):
        code = run(["ledger", "verify", *map(str, args)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file; return its path."""

    def written(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return written


@pytest.fixture
def folder(write, tmp_path):
    """A published log as a folder."""

    def made(files=FILES):
        for path, data in files.items():
            write(f"log/{path}", data)
        return tmp_path / "log"

    return made


@contextmanager
def site(answer):
    """A web server on this machine; answer(handler) gives each answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False  # none outlives its test

        def handle_error(self, request, client_address):
            pass  # a client that hangs up is what some tests are about

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def serving(files):
    """Answer from these files, 404 for every other path."""

    def answer(handler):
        data = files.get(handler.path.removeprefix("/kota/log/"))
        handler.send_response(404 if data is None else 200)
        handler.send_header("Content-Length", str(len(data or b"")))
        handler.end_headers()
        handler.wfile.write(data or b"")

    return answer


def test_a_folder_is_checked_with_nothing_but_the_key(ppid, folder):
    code, out, err = ppid(folder(), "--vkey", VKEY)
    assert (code, err) == (0, "")
    assert "Utuh." in out
    assert "20 cocok" in out


def test_a_site_is_checked_with_nothing_but_the_key(ppid):
    with site(serving(FILES)) as address:
        code, out, _ = ppid(f"{address}/kota/log/", "--vkey", VKEY)
    assert code == 0
    assert "Utuh." in out


def test_a_key_of_the_same_source_is_used_with_a_warning(ppid, folder):
    code, _, err = ppid(folder())
    assert code == 0
    assert "perhatian" in err


def test_an_earlier_checkpoint_is_compared(ppid, folder, write):
    kept = write("kept", note_of(ENTRIES, 7))
    other = write("other", note_of(entries_of(20, editions=(3,)), 7))

    assert "kelanjutan 7 catatan" in ppid(folder(), "--vkey", VKEY, "--checkpoint", kept)[1]
    code, _, err = ppid(folder(), "--vkey", VKEY, "--checkpoint", other)
    assert code == 1
    assert "catatan 0-6" in err


def test_every_fault_is_named_and_the_exit_code_says_so(ppid, folder):
    files = FILES | {"edisi/2.json": b"{}", "tile/entries/000.p/20": b""}
    code, out, err = ppid(folder(files), "--vkey", VKEY)
    assert code == 1
    assert err.count("ppid: kesalahan:") == 2
    assert "Utuh" not in out


def test_a_log_of_another_key_is_refused(ppid, folder):
    files = FILES | {"checkpoint": note_of(ENTRIES, key=STRANGER).encode()}
    assert ppid(folder(files), "--vkey", VKEY)[0] == 1


def test_the_key_may_stand_in_a_file(ppid, write):
    key, proof = write("vkey", f"{VKEY}\n"), write("a.tlog-proof", proof_of(ENTRIES, 11).to_text())
    assert ppid(proof, "--vkey", key)[0] == 0


def test_a_proof_shows_what_it_proves(ppid, write):
    proof = proof_of(ENTRIES, 11, listed=listed(3), opened=OPENED)
    document = write("2.json", edition_entry(11, 2)[1])

    code, out, _ = ppid(
        write("a.tlog-proof", proof.to_text()), "--vkey", VKEY, "--document", document
    )

    assert code == 0
    assert "Sah." in out
    assert all(word in out for word in ("KC-003", "Denah 3", "rahasia", "sidik dalam catatan"))


def test_a_false_proof_is_refused(ppid, write):
    text = proof_of(ENTRIES, 11).to_text().replace("index 11", "index 12")
    assert ppid(write("a.tlog-proof", text), "--vkey", VKEY)[0] == 1
    document = write("2.json", b"{}")
    proof = write("b.tlog-proof", proof_of(ENTRIES, 11).to_text())
    assert ppid(proof, "--vkey", VKEY, "--document", document)[0] == 1


def test_growth_is_shown_from_the_checkpoint_that_was_kept(ppid, write):
    proof, kept = write("growth", growth(ENTRIES, 7).to_text()), write("kept", note_of(ENTRIES, 7))

    code, out, _ = ppid(proof, "--vkey", VKEY, "--checkpoint", kept)

    assert code == 0
    assert "dari 7 catatan" in out
    assert ppid(proof, "--vkey", VKEY)[0] == 1


def test_two_checkpoints_are_compared_as_far_as_that_goes(ppid, write):
    now, same = write("now", note_of(ENTRIES)), write("same", note_of(ENTRIES))
    shorter = write("shorter", note_of(ENTRIES, 7))
    other = write("other", note_of(entries_of(20, editions=(3,))))

    assert ppid(now, "--vkey", VKEY)[0] == 0
    assert ppid(now, "--vkey", VKEY, "--checkpoint", same)[0] == 0
    assert "perlu bukti kelanjutan" in ppid(now, "--vkey", VKEY, "--checkpoint", shorter)[1]
    assert ppid(now, "--vkey", VKEY, "--checkpoint", other)[0] == 1


def test_witnesses_are_named_with_their_time(ppid, write):
    note = write("now", vouched_note(note=note_of(ENTRIES)).to_text())
    late = write("late", vouched_note(note=note_of(ENTRIES), at=2**62).to_text())
    none = write("none", note_of(ENTRIES))

    assert "saksi.example/ki, 02-03-2026" in ppid(note, "--vkey", VKEY, "--witness", WITNESS)[1]
    assert "detik ke-" in ppid(late, "--vkey", VKEY, "--witness", WITNESS)[1]
    assert "belum ada" in ppid(none, "--vkey", VKEY, "--witness", WITNESS)[1]
    assert ppid(none, "--vkey", VKEY, "--witness", f"{VKEY}")[0] == 1


@pytest.mark.parametrize(
    ("data", "args"),
    [
        (b"\xff\xfe", ["--vkey", VKEY]),
        (b"", ["--vkey", VKEY]),
        (b"bukan apa-apa", ["--vkey", VKEY]),
        (b"old 3\n\n", ["--vkey", VKEY, "--checkpoint", "/nowhere"]),
        (note_of(ENTRIES).encode(), ["--vkey", "a+b+c"]),
        (note_of(ENTRIES).encode(), ["--vkey", STRANGE]),
        (note_of(ENTRIES).encode(), ["--vkey", "/nowhere/key"]),
        (note_of(ENTRIES).encode(), []),
    ],
)
def test_a_file_that_is_nothing_of_ours_is_one_sentence(ppid, write, data, args):
    code, out, err = ppid(write("x", data), *args)
    assert (code, out) == (1, "")
    assert "ppid: kesalahan:" in err
    assert "Traceback" not in err


def test_a_source_that_is_not_there_is_one_sentence(ppid, tmp_path):
    assert ppid(tmp_path / "none", "--vkey", VKEY)[0] == 1
    assert ppid(tmp_path, "--vkey", VKEY)[0] == 1
    assert ppid("http://127.0.0.1:9/log", "--vkey", VKEY)[0] == 1


def failing(handler):
    handler.send_error(500)


def garbage(handler):
    handler.wfile.write(b"\x00\x01 garbage\r\n\r\n")


def leading_astray(handler):
    handler.send_response(302)
    handler.send_header("Location", "file:///etc/hostname")
    handler.end_headers()


def cutting_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"half")


@pytest.mark.parametrize("answer", [failing, garbage, leading_astray])
def test_a_site_that_fails_is_one_sentence(answer):
    with site(answer) as address, pytest.raises(BadInput) as raised:
        fetch(f"{address}/checkpoint")
    assert raised.value.codes == ("source_unreadable",)


def test_an_answer_that_breaks_off_is_one_sentence(ppid):
    with site(cutting_off) as address:
        code, _, err = ppid(address, "--vkey", VKEY)
    assert code == 1
    assert "Traceback" not in err


def test_a_site_that_never_answers_is_not_waited_for():
    release = threading.Event()
    with site(lambda handler: release.wait(20)) as address:
        with pytest.raises(BadInput) as raised:
            fetch(address, silence=0.1)
        release.set()
    assert raised.value.codes == ("source_unreadable",)


def dripping(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.01)


def test_a_site_that_answers_drop_by_drop_is_not_waited_for():
    with site(dripping) as address, pytest.raises(BadInput) as raised:
        fetch(address, most=0.02)
    assert raised.value.codes == ("source_unreadable",)


def test_an_answer_without_end_is_not_read_to_the_end(monkeypatch):
    monkeypatch.setattr(ledger_reading, "LARGEST", 10)
    with site(serving({"a": b"x" * 11})) as address, pytest.raises(BadInput) as raised:
        fetch(f"{address}/kota/log/a")
    assert raised.value.codes == ("source_unreadable",)


def test_a_page_that_is_gone_is_not_found():
    with site(serving({})) as address, pytest.raises(NotFound):
        fetch(f"{address}/kota/log/a")


def test_a_folder_in_the_place_of_a_file_is_one_sentence(ppid, write, tmp_path):
    (tmp_path / "vkey").mkdir()
    assert ppid(write("x", note_of(ENTRIES)), "--vkey", tmp_path / "vkey")[0] == 1


def test_it_needs_no_office_no_settings_and_no_django(folder):
    program = (
        "import sys; from ppid.cli import run; code = run(sys.argv[1:]);"
        "sys.exit(code or 10 * any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ledger", "verify", folder(), "--vkey", VKEY],
        env={"PATH": "", "PPID_DATA": "/nowhere"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
