"""How a checkpoint leaves: to a witness over HTTP, by mail, into a folder.

Each channel returns when the other side has it, and raises BadInput with one sentence when not.
"""

import os
import secrets
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.core.mail import EmailMessage

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature
from ppid.ledger.proof import ConsistencyProof
from ppid.office import keys
from ppid.office.keepers import Keeper

SILENCE_SECONDS = 10
MOST_BYTES = 64 * 1024
VOUCHED, OTHER_SIZE = 200, 409


class OtherSize(Exception):
    """The witness has vouched for another size than the proof starts from."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def ask_witness(keeper: Keeper, proof: ConsistencyProof) -> notes.Signature:
    """Return the witness's cosignature over the newer checkpoint of the proof, verified.

    Raises OtherSize; BadInput: `keeper_unreachable`, `witness_refused`, `witness_answer_invalid`.
    """
    status, text = _post(keeper, proof.to_text().encode())
    if status == OTHER_SIZE and text.strip().isascii() and text.strip().isdigit():
        raise OtherSize(int(text))
    if status != VOUCHED:
        raise BadInput(_witness_refused(keeper, status))
    try:
        signed = notes.parse(proof.checkpoint + text)
        cosignature.verify(signed, vkey=keeper.vkey, verifier=keys.verifier_with)
    except CorruptData:
        message = f"Jawaban saksi {keeper.address} tidak ditandatangani dengan kuncinya."
        hint = "Cocokkan kunci saksi dengan yang diberikan pengelolanya."
        raise BadInput(Finding("witness_answer_invalid", message, hint=hint)) from None
    key = cosignature.parse_vkey(keeper.vkey)
    return [o for o in signed.signatures if (o.name, o.key_id) == (key.name, key.key_id)][-1]


def _post(keeper: Keeper, body: bytes) -> tuple[int, str]:
    parts = urlsplit(keeper.address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    client = kind(parts.hostname or "", parts.port, timeout=SILENCE_SECONDS)
    try:
        client.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body)
        answer = client.getresponse()
        return answer.status, answer.read(MOST_BYTES).decode("utf-8")
    except (OSError, HTTPException, ValueError) as error:
        raise BadInput(_unreachable(keeper, str(error) or type(error).__name__)) from None
    finally:
        client.close()


def send_mail(keeper: Keeper, note: str, *, subject: str, text: str) -> None:
    """Send the checkpoint as an attachment. Raises BadInput: `keeper_unreachable`."""
    mail = EmailMessage(subject, text, to=[keeper.address])
    mail.attach("titik-periksa.txt", note, "text/plain")
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        raise BadInput(_unreachable(keeper, str(error) or type(error).__name__)) from None


def put_in_folder(keeper: Keeper, note: str, *, name: str) -> None:
    """Write the checkpoint durably, under a name that is never written again.

    Raises BadInput: `keeper_unreachable`; `kept_checkpoint_differs` when another one stands there.
    """
    file = Path(keeper.address) / name
    try:
        if file.exists():
            _demand_same(file, note)
            return
        _write(file, note.encode())
    except FileNotFoundError:
        raise BadInput(_unreachable(keeper, "folder itu tidak ada")) from None
    except OSError as error:
        raise BadInput(_unreachable(keeper, str(error.strerror))) from None


def _write(file: Path, data: bytes) -> None:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with draft.open("xb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)


def _demand_same(file: Path, note: str) -> None:
    kept = file.read_text(encoding="utf-8", errors="replace")
    if kept.partition("\n\n")[0] != note.partition("\n\n")[0]:
        message = f"Titik periksa {file.name} yang sudah disimpan di luar berbeda dari yang ini."
        hint = "Log ditulis ulang atau dipulihkan dari cadangan lama; jalankan ppid check."
        raise BadInput(Finding("kept_checkpoint_differs", message, hint=hint))


def _unreachable(keeper: Keeper, why: str) -> Finding:
    message = f"{keeper.kind.label} {keeper.address} tidak tercapai: {why}."
    return Finding("keeper_unreachable", message, hint="Periksa alamat dan jaringan.")


def _witness_refused(keeper: Keeper, status: int) -> Finding:
    why = {
        403: "ia tidak mengenal kunci log ini",
        404: "ia tidak mengenal log ini",
        422: "menurutnya log ini ditulis ulang atau dipotong",
    }.get(status, f"jawabannya {status}")
    hint = (
        "Jalankan ppid check; bila catatan pernah dipulihkan dari cadangan, beri tahu saksi."
        if status == 422
        else "Minta pengelola saksi memasukkan asal log dan kunci pemeriksa badan publik ini."
    )
    return Finding("witness_refused", f"Saksi {keeper.address} menolak: {why}.", hint=hint)
