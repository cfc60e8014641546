"""What signing needs of this machine: the gateway's account, and certificates left on it.

keys/bontang.esign            {"address", "user", "password", "version"}, for the program only
keys/bontang.<person>.p12     a person's own PKCS#12, sealed by a passphrase that is asked each time
keys/bontang.<person>.token   {"module", "name", "label"}: where a person's key is kept (PKCS#11)
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from django.conf import settings

from ppid.errors import BadInput, CorruptData, Finding, Refused
from ppid.papers.esign_http import Gateway, check_address
from ppid.papers.signing import Token

MOST_BYTES = 100_000
NO_GATEWAY = Finding(
    "esign_not_set_up",
    "Gateway eSign badan publik ini belum dipasang.",
    hint="Minta pengelola sistem menjalankan: ppid papers gateway BADAN",
)


def gateway_of(body: str) -> Gateway:
    """Return the gateway of a body. Raises Refused: `esign_not_set_up`; CorruptData."""
    path = _gateway_file(body)
    if not path.exists():
        raise Refused(NO_GATEWAY)
    try:
        return Gateway(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        text = "Berkas pengaturan gateway eSign rusak."
        raise CorruptData(Finding("esign_file_damaged", text, path.name)) from error


def has_gateway(body: str) -> bool:
    """Return whether a gateway is set up."""
    return _gateway_file(body).exists()


def set_gateway(body: str, gateway: Gateway) -> None:
    """Keep where the gateway is and how it is signed in to. Raises BadInput."""
    check_address(gateway.address)
    if gateway.version not in (1, 2) or not gateway.user.strip():
        text = "Versi gateway 1 atau 2, dan nama penggunanya tidak boleh kosong."
        raise BadInput(Finding("esign_account_invalid", text))
    told = {name: getattr(gateway, name) for name in ("address", "user", "password", "version")}
    write_private(_gateway_file(body), json.dumps(told).encode())


def certificate_of(body: str, person: UUID) -> bytes:
    """Return the PKCS#12 that a person has left on this machine, or nothing."""
    path = _certificate_file(body, person)
    return path.read_bytes() if path.exists() else b""


def set_certificate(body: str, person: UUID, archive: bytes) -> None:
    """Keep a person's PKCS#12, sealed as it is. Raises BadInput: `certificate_file_invalid`."""
    if not archive.startswith(b"\x30") or len(archive) > MOST_BYTES:
        text = "Berkas ini bukan PKCS#12 (.p12 atau .pfx)."
        raise BadInput(Finding("certificate_file_invalid", text, "archive"))
    write_private(_certificate_file(body, person), archive)


def token_of(body: str, person: UUID) -> Token | None:
    """Return where a person's key is kept, None without a token. Raises CorruptData."""
    path = _token_file(body, person)
    if not path.exists():
        return None
    try:
        return Token(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        text = "Berkas pengaturan token rusak."
        raise CorruptData(Finding("token_file_damaged", text, path.name)) from error


def set_token(body: str, person: UUID, token: Token) -> None:
    """Keep where a person's key is. Raises BadInput: `token_invalid`, `token_module_missing`."""
    told = asdict(token)
    if not all(value.strip() for value in told.values()):
        text = "Nama token dan label sertifikatnya tidak boleh kosong."
        raise BadInput(Finding("token_invalid", text))
    if not Path(token.module).is_file():
        text = f"Pustaka PKCS#11 tidak ada: {token.module}."
        hint = "Pasang perangkat lunak dari pembuat token, lalu tunjuk berkas .so-nya."
        raise BadInput(Finding("token_module_missing", text, "module", hint))
    write_private(_token_file(body, person), json.dumps(told).encode())


def _gateway_file(body: str) -> Path:
    return Path(settings.KEYS / f"{body}.esign")


def _certificate_file(body: str, person: UUID) -> Path:
    return Path(settings.KEYS / f"{body}.{person}.p12")


def _token_file(body: str, person: UUID) -> Path:
    return Path(settings.KEYS / f"{body}.{person}.token")


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only the program may read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
