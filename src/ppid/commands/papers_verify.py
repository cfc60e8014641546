"""`ppid papers verify`: hash, signatures and, if given, the log's proof of a paper; offline."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from ppid.commands.ledger_reading import read_file
from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import evidence
from ppid.ledger.entry import Entry
from ppid.ledger.proof import parse_inclusion
from ppid.office import keys
from ppid.papers.acceptance import signature_findings
from ppid.papers.signature import Signature
from ppid.papers.signing import examine_apart

MATCHES = "Cocok. Berkas ini sama persis dengan naskah yang diterbitkan."
UNFINISHED = "Cocok, tetapi ini naskah sebelum ditandatangani semua penanda tangannya."
DIFFERS = "Tidak cocok. Berkas ini bukan naskah ini, atau isinya sudah berubah."
IN_LOG = "Sidiknya ada dalam log yang ditandatangani badan publik."
"""The words of the page "Periksa dokumen" for the same results; a test compares them."""


@click.command("verify")
@click.argument("file", metavar="BERKAS")
@click.option(
    "--anchors", multiple=True, metavar="PEM", help="Berkas sertifikat induk; boleh ulang."
)
@click.option("--proof", default="", help="Berkas bukti (.tlog-proof) peristiwa tanda tangannya.")
@click.option(
    "--vkey", default="", help="Kunci pemeriksa badan publik, atau berkas yang memuatnya."
)
def verify(file: str, anchors: tuple[str, ...], proof: str, vkey: str) -> None:
    """Periksa hash, setiap tanda tangan, dan buktinya dalam log; keluar dengan 1 bila salah.

    Tidak menghubungi siapa pun. Tanpa --anchors tidak ada penerbit yang dipercaya.
    """
    content = read_file(Path(file))
    sha256 = hashlib.sha256(content).hexdigest()
    click.echo(f"Berkas          {Path(file).name}, {len(content)} bita")
    click.echo(f"SHA-256         {sha256}")
    trusted = [read_file(Path(one)).decode("ascii", "replace") for one in anchors]
    entry = _proven(read_file(Path(proof)), vkey) if proof else None
    found = _said_of(entry, sha256) if entry else []
    if entry and not found and _is_last(entry) and entry.payload.get("way") == "basah":
        click.echo(
            "Ditandatangani dengan tinta: pindaiannya salinan, bukan tanda tangan elektronik."
        )
    elif not found:
        found = _signatures(content, trusted)
    if found:
        raise CorruptData(*found)
    click.echo("Sah.")


def _signatures(content: bytes, anchors: Sequence[str]) -> list[Finding]:
    """Say what each signature is, and return what speaks against them."""
    examined = examine_apart(content, anchors=anchors, at=datetime.now(UTC))
    if examined.unreadable:
        text = "Berkas ini bukan PDF yang dapat dibaca."
        raise BadInput(Finding("paper_unreadable", text, hint="Pindaian diperiksa dari hash-nya."))
    if not examined.signatures:
        text = "Berkas ini tidak memuat tanda tangan elektronik."
        return [Finding("paper_unsigned", text, hint="Cocokkan hash-nya dengan catatan kantor.")]
    found = []
    for number, one in enumerate(examined.signatures, start=1):
        wrong = list(signature_findings(one))
        _say(number, one, good=not wrong)
        found += wrong
    return found


def _say(number: int, one: Signature, *, good: bool) -> None:
    click.echo(f"Tanda tangan {number}  {'sah' if good else 'TIDAK SAH'}, {one.level.label}")
    click.echo(f"  Nama          {one.signer}{f', NIP {one.serial}' if one.serial else ''}")
    click.echo(f"  Penerbit      {one.issuer}, berlaku sampai {one.valid_until:%d-%m-%Y}")
    if one.stamped_at:
        click.echo(f"  Cap waktu     {one.stamped_at.astimezone(UTC):%d-%m-%Y %H.%M.%S} UTC")
    elif one.claimed_at:
        said = f"{one.claimed_at.astimezone(UTC):%d-%m-%Y %H.%M.%S} UTC"
        click.echo(f"  Waktu         {said}, menurut jam penanda tangan sendiri")


def _proven(proof: bytes, vkey: str) -> Entry:
    """Say where the log has what the proof is about; return that entry. Raises CorruptData."""
    if not vkey:
        text = "Untuk memeriksa bukti diperlukan kunci pemeriksa badan publiknya."
        raise BadInput(Finding("vkey_missing", text, hint="Pakai --vkey."))
    key = vkey if vkey.count("+") >= 2 else read_file(Path(vkey)).decode("utf-8", "replace").strip()
    stated = parse_inclusion(proof.decode("utf-8", "replace"))
    proven = evidence.verify(stated, vkey=key, verify=keys.verifier_of(key))
    entry = proven.entry
    click.echo(f"Log             {proven.checkpoint.origin}, catatan {entry.seq} dari {entry.at}")
    return entry


def _is_last(entry: Entry) -> bool:
    return entry.kind == "paper.signed" and entry.payload.get("last") is not False


def _said_of(entry: Entry, sha256: str) -> list[Finding]:
    """Say whether the log names the file; return what speaks against that."""
    if entry.kind not in ("paper.signed", "paper.prepared") or entry.payload["sha256"] != sha256:
        return [Finding("proof_of_other_file", DIFFERS, hint="Unduh lagi berkas dan buktinya.")]
    click.echo(f"Nomor           {entry.payload['number'] or 'tanpa nomor'}")
    click.echo(MATCHES if _is_last(entry) else UNFINISHED)
    click.echo(IN_LOG)
    return []
