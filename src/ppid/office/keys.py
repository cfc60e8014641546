"""The keys with which bodies sign their checkpoints: one Ed25519 key per body, in one folder.

    keys/bontang.key    PKCS #8, PEM, not encrypted, mode 0600; the folder 0700

A key is made once, by `create`, and never replaced: whoever kept a checkpoint checks later ones
with the same public key. A missing key is therefore an error, not a reason to make a new one.
"""

import os
import re
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ppid.errors import BadInput, Conflict, CorruptData, Finding
from ppid.ledger import checkpoint

FOLDER_MODE = 0o700
FILE_MODE = 0o600
READABLE_BY_OTHERS = 0o077
SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}", flags=re.ASCII)


def key_name(body: str) -> str:
    """Return the name that a body's key signs under: the origin of its log."""
    return f"sip-ppid/{body}"


def create(folder: Path, body: str) -> str:
    """Make the body's signing key, durably, and return its verifier key (vkey).

    Raises Conflict: `key_exists`; BadInput: `key_name_invalid`, `key_folder_unusable`.
    """
    path = _path(folder, body)
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        _write_once(path, pem)
    except OSError as error:
        raise BadInput(_unusable(folder, error)) from error
    return checkpoint.vkey(key_name(body), private.public_key().public_bytes_raw())


def signer(folder: Path, body: str, *, expected: str = "") -> Callable[[bytes], bytes]:
    """Return the function that signs with the body's key.

    expected: the verifier key that the body is known by; another key is refused.
    Raises BadInput: `key_missing`, `key_unreadable`, `key_open_to_others`, `key_wrong`,
    `key_name_invalid`; CorruptData: `key_garbled`.
    """
    private = _load(folder, body)
    public = private.public_key().public_bytes_raw()
    if expected and checkpoint.parse_vkey(expected).public_key != public:
        raise BadInput(_wrong(_path(folder, body)))
    return private.sign


def public_key(folder: Path, body: str) -> bytes:
    """Return the body's public key, 32 bytes. Raises as `signer`."""
    return _load(folder, body).public_key().public_bytes_raw()


def vkey(folder: Path, body: str) -> str:
    """Return the body's public key as a C2SP verifier key. Raises as `signer`."""
    return checkpoint.vkey(key_name(body), public_key(folder, body))


def verifier(folder: Path, body: str) -> checkpoint.Verify:
    """Return the function that checks a (signature, message) of the body. Raises as `signer`."""
    return verifier_of(vkey(folder, body))


def verifier_of(vkey: str) -> checkpoint.Verify:
    """Return the function that checks a (signature, message) with a verifier key alone.

    Raises BadInput: `vkey_malformed`.
    """
    return verifier_with(checkpoint.parse_vkey(vkey).public_key)


def verifier_with(public_key: bytes) -> checkpoint.Verify:
    """Return the function that checks a (signature, message) with a public key of 32 bytes."""
    public = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            public.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def _load(folder: Path, body: str) -> Ed25519PrivateKey:
    path = _path(folder, body)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            pem = file.read()
    except FileNotFoundError:
        raise BadInput(_missing(path)) from None
    except OSError as error:
        raise BadInput(_unreadable(path, error)) from error
    if mode & READABLE_BY_OTHERS:
        raise BadInput(_open_to_others(path))
    try:
        private = _parsed(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise CorruptData(_garbled(path)) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise CorruptData(_garbled(path))
    return private


@lru_cache(maxsize=16)
def _parsed(pem: bytes) -> PrivateKeyTypes:
    """Return the key of a file's content; the file itself is read and judged at every use."""
    return load_pem_private_key(pem, password=None)


def _write_once(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, and never over another one.

    Raises Conflict: `key_exists`.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, fails if the key is there
    except FileExistsError:
        raise Conflict(_exists(path)) from None
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _path(folder: Path, body: str) -> Path:
    if not SLUG.fullmatch(body):
        raise BadInput(
            Finding(
                code="key_name_invalid",
                message=f"Nama badan publik “{body}” tidak dapat dipakai untuk berkas kunci.",
                hint="Pakai huruf, angka, tanda hubung, atau garis bawah.",
            )
        )
    return folder / f"{body}.key"


def _exists(path: Path) -> Finding:
    return Finding(
        code="key_exists",
        message="Badan publik ini sudah memiliki kunci; kunci tidak pernah diganti diam-diam.",
        place=str(path),
        hint="Pakai kunci yang ada.",
    )


def _missing(path: Path) -> Finding:
    return Finding(
        code="key_missing",
        message="Kunci penanda tangan badan publik ini tidak ditemukan.",
        place=str(path),
        hint="Pulihkan berkas kunci dari cadangan, atau periksa letak folder data (PPID_DATA).",
    )


def _unreadable(path: Path, error: OSError) -> Finding:
    return Finding(
        code="key_unreadable",
        message=f"Berkas kunci tidak dapat dibuka: {error.strerror}.",
        place=str(path),
        hint="Jalankan program sebagai pemilik berkas kunci.",
    )


def _open_to_others(path: Path) -> Finding:
    return Finding(
        code="key_open_to_others",
        message="Berkas kunci dapat dibaca oleh pengguna lain di mesin ini.",
        place=str(path),
        hint=f"Jalankan: chmod 600 {path}",
    )


def _garbled(path: Path) -> Finding:
    return Finding(
        code="key_garbled",
        message="Berkas kunci rusak atau bukan kunci Ed25519.",
        place=str(path),
        hint="Pulihkan berkas kunci dari cadangan.",
    )


def _wrong(path: Path) -> Finding:
    return Finding(
        code="key_wrong",
        message="Kunci ini bukan kunci yang dikenal untuk badan publik ini.",
        place=str(path),
        hint="Pulihkan kunci yang benar dari cadangan; jangan menandatangani dengan kunci lain.",
    )


def _unusable(folder: Path, error: OSError) -> Finding:
    return Finding(
        code="key_folder_unusable",
        message=f"Kunci tidak dapat disimpan: {error.strerror}.",
        place=str(folder),
        hint="Periksa izin folder dan ruang penyimpanan.",
    )
