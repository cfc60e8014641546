"""`ppid ledger verify`: check a log, an edition or a proof with nothing but the public key."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from ppid.commands.ledger_reading import fetch, is_address, read_file, reader_of
from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature, evidence
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.outside import Published, verify_published
from ppid.ledger.proof import FIRST_LINE, parse_consistency, parse_inclusion
from ppid.office import keys


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe. earlier: the file of a checkpoint that was kept, or empty."""

    vkey: str
    witnesses: tuple[str, ...] = ()
    earlier: str = ""

    def checkpoint(self, note: str) -> Checkpoint:
        """Return the checkpoint of a note that the key signed. Raises CorruptData, BadInput."""
        return notes.verify(note, vkey=self.vkey, verify=keys.verifier_of(self.vkey))

    def known(self) -> Checkpoint | None:
        """Return the earlier checkpoint, if there is one. Raises CorruptData, BadInput."""
        return self.checkpoint(_text(_load(self.earlier))) if self.earlier else None


@click.command("verify")
@click.argument("source", metavar="SUMBER")
@click.option(
    "--vkey", default="", help="Kunci pemeriksa badan publik, atau berkas yang memuatnya."
)
@click.option("--checkpoint", "earlier", default="", help="Titik periksa lebih awal yang disimpan.")
@click.option("--document", default="", help="Berkas edisi yang diperiksa dengan bukti ini.")
@click.option("--witness", "witnesses", multiple=True, help="Kunci saksi; boleh beberapa.")
def verify(source: str, vkey: str, earlier: str, document: str, witnesses: tuple[str, ...]) -> None:
    """Periksa log (alamat atau folder) atau berkas bukti; keluar dengan 1 bila ada yang salah."""
    if is_address(source) or Path(source).is_dir():
        trust = Trust(_key(vkey) or _key_beside(source), _keys(witnesses), earlier)
        _say_log(_log(source, trust), trust)
        return
    if not vkey:
        raise BadInput(VKEY_MISSING)
    trust = Trust(_key(vkey), _keys(witnesses), earlier)
    _file(_text(_load(source)), trust, document=_load(document) if document else None)


def _log(source: str, trust: Trust) -> Published:
    found = verify_published(
        reader_of(source),
        vkey=trust.vkey,
        verify=keys.verifier_of(trust.vkey),
        earlier=trust.known(),
    )
    if found.findings:
        raise CorruptData(*found.findings)
    return found


def _say_log(found: Published, trust: Trust) -> None:
    _say_head(found.checkpoint, found.note.to_text(), trust)
    click.echo("Berkas log      lengkap dan menuju sidik itu")
    opened = f"{found.entries} cocok dengan sidiknya" if found.entries else "tidak diterbitkan"
    click.echo(f"Isi catatan     {opened}")
    click.echo(f"Edisi           {found.editions} cocok dengan catatannya")
    if earlier := trust.known():
        click.echo(f"Titik periksa   log ini kelanjutan {earlier.size} catatan yang Anda simpan")
    click.echo("Utuh.")


def _say_head(head: Checkpoint, note: str, trust: Trust) -> None:
    click.echo(f"Log             {head.origin}")
    click.echo(f"Jumlah catatan  {head.size}")
    click.echo(f"Sidik           {head.root.hex()}")
    click.echo(f"Tanda tangan    sah menurut {trust.vkey}")
    vouched = cosignature.vouched(
        notes.parse(note), witnesses=trust.witnesses, verifier=keys.verifier_with
    )
    for one in vouched:
        click.echo(f"Saksi           {one.name}, {_moment(one.at)}")
    if trust.witnesses and not vouched:
        click.echo("Saksi           belum ada yang Anda kenal")


def _moment(at: int) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%d-%m-%Y %H.%M.%S UTC")
    except (OverflowError, ValueError, OSError):
        return f"detik ke-{at} sejak 1970"


def _file(text: str, trust: Trust, *, document: bytes | None) -> None:
    """Check one file, whichever of the three it is."""
    if text.startswith(FIRST_LINE):
        _proof(text, trust, document)
    elif text.startswith("old "):
        _growth(text, trust)
    else:
        head = trust.checkpoint(text)
        _say_head(head, text, trust)
        _compare(trust.known(), head)
        click.echo("Sah.")


def _proof(text: str, trust: Trust, document: bytes | None) -> None:
    proof = parse_inclusion(text)
    proven = evidence.verify(
        proof, vkey=trust.vkey, verify=keys.verifier_of(trust.vkey), document=document
    )
    _say_head(proven.checkpoint, proof.checkpoint, trust)
    entry = proven.entry
    click.echo(f"Catatan         nomor {entry.seq}, {entry.kind}, {entry.at}")
    click.echo(_pretty(dict(entry.payload)))
    if document is not None:
        click.echo("Isi edisi       cocok dengan sidik dalam catatan")
    if proven.evidence.listed:
        click.echo("Isi informasi   bagian edisi itu:")
        click.echo(_pretty(dict(proven.evidence.listed.content)))
    for name, one in proven.evidence.opened.items():
        click.echo(f"Nilai “{name}” yang diikrarkan pada waktu itu:")
        click.echo(_pretty(one["value"]))
    _compare(trust.known(), proven.checkpoint)
    click.echo("Sah.")


def _growth(text: str, trust: Trust) -> None:
    proof, earlier = parse_consistency(text), trust.known()
    if earlier is None:
        raise BadInput(EARLIER_MISSING)
    head = proof.verify(earlier, vkey=trust.vkey, verify=keys.verifier_of(trust.vkey))
    _say_head(head, proof.checkpoint, trust)
    click.echo(f"Kelanjutan      dari {earlier.size} catatan, tanpa ada yang diubah atau dihapus")
    click.echo("Sah.")


def _compare(earlier: Checkpoint | None, head: Checkpoint) -> None:
    """Compare as far as two checkpoints alone can be compared, and say when they cannot."""
    if earlier is None:
        return
    if earlier.origin != head.origin:
        text = f"Titik periksa yang disimpan milik log {earlier.origin}."
        raise CorruptData(Finding("checkpoint_of_other_log", text))
    if earlier.size != head.size:
        click.echo("Titik periksa   ukurannya lain; perlu bukti kelanjutan dari situsnya")
    elif earlier.root != head.root:
        text = "Dua titik periksa berukuran sama ini berbeda: log ditulis ulang."
        hint = "Simpan keduanya; bersama tanda tangannya, keduanya adalah bukti."
        raise CorruptData(Finding("checkpoint_mismatch", text, hint=hint))


def _pretty(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _key(given: str) -> str:
    """Return the verifier key: the text itself, or the first line of the file it names."""
    if not given or given.count("+") >= 2:
        return given.strip()
    return _text(_load(given)).strip()


def _keys(given: Sequence[str]) -> tuple[str, ...]:
    found = tuple(_key(one) for one in given)
    for one in found:
        cosignature.parse_vkey(one)
    return found


def _key_beside(source: str) -> str:
    found = _text(reader_of(source)("vkey")).strip()
    click.echo(
        "ppid: perhatian: kunci pemeriksa diambil dari sumber yang sama; "
        "bandingkan dengan yang Anda peroleh dari sumber lain, atau pakai --vkey.",
        err=True,
    )
    return found


def _load(source: str) -> bytes:
    return fetch(source) if is_address(source) else read_file(Path(source))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = "Berkas ini bukan berkas bukti, titik periksa, atau kunci."
        raise BadInput(Finding("file_unknown", text, hint="Unduh lagi dari sumbernya.")) from None


VKEY_MISSING = Finding(
    "vkey_missing",
    "Untuk memeriksa satu berkas diperlukan kunci pemeriksa badan publiknya.",
    hint="Pakai --vkey dengan kunci atau berkas kunci dari halaman Bukti situsnya.",
)
EARLIER_MISSING = Finding(
    "earlier_missing",
    "Bukti kelanjutan diperiksa bersama titik periksa yang lebih awal.",
    hint="Pakai --checkpoint dengan berkas titik periksa yang Anda simpan.",
)
