"""`ppid ledger witness`: vouch for the logs of neighbours (C2SP tlog-witness), without an office.

    name = "saksi.example.go.id"        under which it signs; for good
    folder = "saksi"                    its key and what it has vouched for; keep it, back it up

    [[log]]
    origin = "sip-ppid/bontang"
    vkey = "sip-ppid/bontang+0f1e2d3c+AQ..."

What was vouched for last is one file per log, `<SHA-256 of the origin>/checkpoint`. Reading it,
judging, and writing the new one is one step under one lock, and the new one is on the disk before
the answer leaves: a witness that forgot could be led to vouch for two histories.
"""

import fcntl
import hashlib
import os
import re
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from ppid.commands.ledger_reading import read_file
from ppid.errors import BadInput, CorruptData, Finding, PpidError
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature
from ppid.ledger.checkpoint import Checkpoint, SignedNote
from ppid.ledger.witness import SIZE_TYPE, Status, Verdict, judge, request_of
from ppid.office import keys

KEY = "saksi"
MOST_BYTES = 256 * 1024
SILENCE_SECONDS = 30
TEXT = "text/plain; charset=utf-8"
MONITORED = re.compile(r"/([0-9a-f]{64})/checkpoint")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    text: str = ""
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Witness:
    """Who vouches, for which logs, and where it remembers. logs: origin -> verifier keys."""

    name: str
    folder: Path
    logs: Mapping[str, tuple[str, ...]]

    def vkey(self) -> str:
        """Return its verifier key, for those who ask it. Raises as keys.public_key."""
        return cosignature.vkey(self.name, keys.public_key(self.folder, KEY))

    def add_checkpoint(self, body: bytes, *, at: int) -> Answer:
        """Return the answer to one request; what it vouches for is on the disk by then.

        at: POSIX seconds. Raises BadInput, CorruptData: when key or memory cannot be read.
        """
        if not (asked := request_of(body)):
            return Answer(Status.BAD_REQUEST, "bukan permintaan tlog-witness\n")
        proof, head = asked
        with self._turn():
            last = self._last(head.origin)
            verdict = judge(proof, head, logs=self.logs, last=last, verifier=keys.verifier_with)
            if verdict.note is None:
                return _refusal(verdict)
            line = cosignature.cosign(
                verdict.note.text,
                vkey=self.vkey(),
                sign=keys.signer(self.folder, KEY),
                at=at,
            )
            self._remember(head.origin, verdict.note, line)
        return Answer(Status.VOUCHED, line.line())

    def monitored(self, path: str) -> Answer:
        """Return what it has vouched for last, by the hash of the log's origin."""
        found = MONITORED.fullmatch(path)
        file = self.folder / found[1] / "checkpoint" if found else None
        if file is None or not file.exists():
            return Answer(Status.UNKNOWN_LOG)
        return Answer(Status.VOUCHED, file.read_text(encoding="utf-8"))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold off every other request, also those to another process on the same folder."""
        lock = os.open(self.folder / "kunci.lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _last(self, origin: str) -> Checkpoint | None:
        """Return what was vouched for last. Raises CorruptData: `witness_memory_damaged`."""
        file = self._file(origin)
        if not file.exists():
            return None
        try:
            signed = notes.parse(file.read_text(encoding="utf-8"))
            cosignature.verify(signed, vkey=self.vkey(), verifier=keys.verifier_with)
            return notes.parse_checkpoint(signed.text)
        except (CorruptData, UnicodeDecodeError):
            raise CorruptData(_damaged(file)) from None

    def _remember(self, origin: str, note: SignedNote, line: notes.Signature) -> None:
        file = self._file(origin)
        file.parent.mkdir(mode=0o700, exist_ok=True)
        signed = SignedNote(note.text, (*note.signatures, line)).to_text()
        write_durably(file, signed.encode())

    def _file(self, origin: str) -> Path:
        return self.folder / hashlib.sha256(origin.encode()).hexdigest() / "checkpoint"


def write_durably(file: Path, data: bytes) -> None:
    """Replace a file whole or not at all, and return only when it is on the disk."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
    with draft.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    for folder in (file.parent, file.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def load_witness(file: Path) -> Witness:
    """Return the witness of a settings file.

    Raises BadInput: `witness_settings_invalid`, `vkey_malformed`, `file_missing`.
    """
    try:
        said = tomllib.loads(read_file(file).decode("utf-8"))
        name, folder = said["name"], Path(said["folder"])
        logs: dict[str, tuple[str, ...]] = {}
        for one in said["log"]:
            notes.parse_vkey(one["vkey"])
            logs[one["origin"]] = (*logs.get(one["origin"], ()), one["vkey"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(_settings_invalid(file, str(error))) from None
    cosignature.parse_vkey(cosignature.vkey(name, bytes(32)))  # a name that a note can hold
    return Witness(name, (file.parent / folder).resolve(), logs)


@click.command("witness")
@click.argument("settings", metavar="SETELAN", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=7380, show_default=True)
@click.option("--create-key", is_flag=True, help="Buat kunci saksi satu kali, lalu berhenti.")
def witness(settings: Path, host: str, port: int, create_key: bool) -> None:
    """Jadilah saksi bagi log tetangga: tolak log yang ditulis ulang atau dipotong."""
    one = load_witness(settings)
    if create_key:
        keys.create(one.folder, KEY)
    click.echo(f"Kunci saksi: {one.vkey()}")
    if create_key:
        return
    with serving(one, host=host, port=port) as server:
        where = f"http://{host}:{server.server_port}/"
        click.echo(f"Menyaksikan {len(one.logs)} log di {where}; hentikan dengan Ctrl+C.")
        server.serve_forever()


def serving(one: Witness, *, host: str, port: int) -> ThreadingHTTPServer:
    """Return the server of a witness, not yet started. Raises BadInput: `port_taken`."""

    class Handler(_Handler):
        witness = one

    try:
        return ThreadingHTTPServer((host, port), Handler)
    except OSError as error:
        text = f"Porta {port} tidak dapat dipakai: {error.strerror}."
        raise BadInput(Finding("port_taken", text, hint="Pakai --port yang lain.")) from None


class _Handler(BaseHTTPRequestHandler):
    witness: Witness
    protocol_version = "HTTP/1.1"
    timeout = SILENCE_SECONDS

    def do_GET(self) -> None:
        self._give(self.witness.monitored(self.path))

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if self.path != "/add-checkpoint" or not size.isascii() or not size.isdigit():
            self.close_connection = True
            self._give(Answer(Status.UNKNOWN_LOG if size.isdigit() else Status.BAD_REQUEST))
        elif int(size) > MOST_BYTES:
            self.close_connection = True
            self._give(Answer(Status.BAD_REQUEST, "terlalu besar\n"))
        else:
            self._give(self._judged(self.rfile.read(int(size))))

    def _judged(self, body: bytes) -> Answer:
        try:
            return self.witness.add_checkpoint(body, at=int(time.time()))
        except (PpidError, OSError) as error:
            click.echo(f"ppid: kesalahan: {error}", err=True)
            return Answer(500, "saksi ini rusak; pengelolanya sudah diberi tahu\n")

    def _give(self, answer: Answer) -> None:
        data = answer.text.encode()
        self.send_response(int(answer.status))
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what it vouched for stands in its folder."""


def _refusal(verdict: Verdict) -> Answer:
    if verdict.status is Status.OTHER_SIZE:
        return Answer(verdict.status, f"{verdict.size}\n", SIZE_TYPE)
    return Answer(verdict.status, f"{verdict.status.name.lower().replace('_', ' ')}\n")


def _damaged(file: Path) -> Finding:
    return Finding(
        "witness_memory_damaged",
        "Ingatan saksi tentang log ini rusak; tidak ada lagi yang disaksikan.",
        place=str(file),
        hint="Pulihkan dari cadangan; jangan menghapusnya.",
    )


def _settings_invalid(file: Path, why: str) -> Finding:
    return Finding(
        "witness_settings_invalid",
        f"Setelan saksi tidak dapat dipakai: {why}.",
        place=str(file),
        hint="Isi name, folder, dan satu [[log]] dengan origin dan vkey untuk tiap log.",
    )
