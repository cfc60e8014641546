"""The file of a body's own identities, the newest first.

    # Kunci layanan brankas. Rahasia: hanya program ini yang membacanya.
    AGE-SECRET-KEY-1...

Mode 0600. It is an identity file of the `age` tool too (`age -d -i kota.brankas`). An older
identity stays below until every soft copy is sealed anew.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ppid.errors import BadInput, Conflict, CorruptData, Finding
from ppid.vault import age
from ppid.vault.folder import FILE_MODE, FOLDER_MODE, sync_folder

HEADING = "# Kunci layanan brankas. Rahasia: hanya program ini yang membacanya.\n"
OTHERS = 0o077


def create(path: Path) -> str:
    """Make the file with a first identity, durably; return its recipient.

    Raises Conflict: `keyring_exists`; BadInput: `keyring_unusable`.
    """
    if path.exists():
        text = "Kunci layanan brankas sudah ada; kunci tidak pernah diganti diam-diam."
        hint = "Pakai ppid vault rotate untuk menggantinya."
        raise Conflict(Finding("keyring_exists", text, place=str(path), hint=hint))
    identity = age.generate_identity()
    _write(path, (identity,))
    return age.recipient_of(identity)


def identities(path: Path) -> tuple[str, ...]:
    """Return the identities, the newest first.

    Raises BadInput: `keyring_missing`, `keyring_open_to_others`, `keyring_unusable`; CorruptData:
    `keyring_garbled`.
    """
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            mode = os.fstat(file.fileno()).st_mode
            lines = file.read().splitlines()
    except FileNotFoundError:
        raise BadInput(_missing(path)) from None
    except OSError as error:
        raise BadInput(_unusable(path, error)) from error
    if mode & OTHERS:
        text = "Kunci layanan brankas dapat dibaca oleh pengguna lain di mesin ini."
        hint = f"Jalankan: chmod 600 {path}"
        raise BadInput(Finding("keyring_open_to_others", text, place=str(path), hint=hint))
    found = tuple(line for line in lines if line and not line.startswith("#"))
    if not found or not all(_is_whole(one) for one in found):
        text = "Berkas kunci layanan brankas rusak."
        raise CorruptData(Finding("keyring_garbled", text, str(path), "Pulihkan dari cadangan."))
    return found


def recipients(path: Path) -> tuple[str, ...]:
    """Return the recipients of the identities, the newest first. Raises as `identities`."""
    return tuple(age.recipient_of(one) for one in identities(path))


def add(path: Path) -> str:
    """Put a new identity on top, durably; return its recipient. Raises as `identities`."""
    identity = age.generate_identity()
    _write(path, (identity, *identities(path)))
    return age.recipient_of(identity)


def retire(path: Path) -> int:
    """Leave only the newest identity; return how many are gone. Raises as `identities`."""
    newest, *older = identities(path)
    if older:
        _write(path, (newest,))
    return len(older)


def _is_whole(identity: str) -> bool:
    try:
        age.recipient_of(identity)
    except BadInput:
        return False
    return True


def _write(path: Path, found: tuple[str, ...]) -> None:
    """Write the file so that a power cut leaves the old one or the new one.

    Raises BadInput: `keyring_unusable`.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    text = HEADING + "".join(f"{one}\n" for one in found)
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise BadInput(_unusable(path, error)) from error


def _missing(path: Path) -> Finding:
    text = "Kunci layanan brankas tidak ditemukan."
    hint = "Pulihkan dari cadangan, atau buka berkas dengan kunci pemulihan yang dicetak."
    return Finding("keyring_missing", text, place=str(path), hint=hint)


def _unusable(path: Path, error: OSError) -> Finding:
    text = f"Kunci layanan brankas tidak dapat dibuka atau disimpan: {error.strerror}."
    hint = "Periksa izin folder kunci dan sisa ruang disk."
    return Finding("keyring_unusable", text, place=str(path), hint=hint)
