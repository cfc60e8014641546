"""Who outside the machine is sent a body's checkpoints (penyimpan luar): a setting of the body.

    {"kind": "saksi", "address": "https://saksi.example/", "vkey": "saksi.example+0f1e2d3c+BA..."}
    {"kind": "surel", "address": "ppid@komisi.example"}
    {"kind": "folder", "address": "/mnt/arsip/titik-periksa"}

A witness checks that the log only grew and vouches for it; the others keep what they are sent.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ppid.errors import BadInput, Finding
from ppid.ledger import cosignature
from ppid.ledger.entry import canonical

MOST = 10
LONGEST = 500


class KeeperKind(StrEnum):
    """The ways in which a checkpoint leaves the machine."""

    WITNESS = "saksi"
    MAIL = "surel"
    FOLDER = "folder"

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return {"saksi": "Saksi", "surel": "Surel", "folder": "Folder di mesin lain"}[self]


@dataclass(frozen=True, slots=True)
class Keeper:
    """One keeper. vkey: of a witness, else empty."""

    kind: KeeperKind
    address: str
    vkey: str = ""

    @property
    def key(self) -> str:
        """Return what tells this keeper from others: the digest of its settings."""
        return hashlib.sha256(canonical(self.as_dict())).hexdigest()

    def as_dict(self) -> dict[str, str]:
        """Return the keeper as it stands in the settings of a body."""
        said = {"kind": self.kind.value, "address": self.address}
        return said | ({"vkey": self.vkey} if self.vkey else {})


def keepers_of(settings: Mapping[str, Any]) -> tuple[Keeper, ...]:
    """Return the keepers that the settings of a body name, in their order."""
    said = settings.get("keepers", [])
    return tuple(Keeper(KeeperKind(o["kind"]), o["address"], o.get("vkey", "")) for o in said)


def is_keepers(value: Any) -> bool:
    """Return whether a value can stand in the settings of a body."""
    try:
        found = keepers_of({"keepers": value})
        wrong = [finding for one in found for finding in keeper_findings(one)]
    except (TypeError, KeyError, ValueError, AttributeError):
        return False
    return len(found) <= MOST and not wrong and [one.as_dict() for one in found] == value


def keeper_findings(keeper: Keeper) -> tuple[Finding, ...]:
    """Return what is wrong with a keeper: an address that leads nowhere, a key that is none."""
    fits = {
        KeeperKind.WITNESS: _is_web,
        KeeperKind.MAIL: _is_mail,
        KeeperKind.FOLDER: lambda address: PurePath(address).is_absolute(),
    }[keeper.kind]
    found = []
    if len(keeper.address) > LONGEST or not fits(keeper.address):
        text = f"Alamat ini bukan alamat {keeper.kind.label.lower()}."
        found.append(Finding("keeper_address_invalid", text, "address", HINTS[keeper.kind]))
    if keeper.kind is KeeperKind.WITNESS:
        try:
            cosignature.parse_vkey(keeper.vkey)
        except BadInput as error:
            found += [Finding(one.code, one.message, "vkey", one.hint) for one in error.findings]
    elif keeper.vkey:
        text = "Kunci hanya diisi untuk saksi."
        found.append(Finding("keeper_key_superfluous", text, "vkey"))
    return tuple(found)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


HINTS = {
    KeeperKind.WITNESS: "Tulis seperti https://saksi.example.go.id/.",
    KeeperKind.MAIL: "Tulis seperti ppid@komisi.example.go.id.",
    KeeperKind.FOLDER: "Tulis letak lengkap folder yang ada di mesin lain, mulai dengan /.",
}
