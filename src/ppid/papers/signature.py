"""What a signature on a paper is and says, as plain data; reading one is `ppid.papers.validation`.

A light module: neither pyHanko nor a PDF reader is imported here.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Way(StrEnum):
    """How a paper is signed (PP 71/2019 ps. 59-64 for the electronic ones)."""

    INK = "basah"
    CERTIFICATE = "sertifikat"
    BSRE = "bsre"

    @property
    def label(self) -> str:
        """Return the way in words."""
        return _WAYS[self]

    @property
    def electronic(self) -> bool:
        """Return whether the file itself carries the signature."""
        return self is not Way.INK


_WAYS = {
    Way.INK: "Tanda tangan basah, lalu dipindai",
    Way.CERTIFICATE: "Sertifikat elektronik sendiri",
    Way.BSRE: "BSrE (eSign Client Service)",
}


class Level(StrEnum):
    """A level of PAdES: B-T has a time of a trusted authority, B-LT also what proves the chain."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"

    @property
    def label(self) -> str:
        """Return the level in words."""
        return f"PAdES {self.value}: {_LEVELS[self]}"

    def reaches(self, asked: "Level") -> bool:
        """Return whether this level gives at least what the other asks for."""
        order = list(Level)
        return order.index(self) >= order.index(asked)


_LEVELS = {
    Level.B: "tanda tangan saja",
    Level.T: "dengan cap waktu otoritas",
    Level.LT: "dengan cap waktu dan bukti keabsahan sertifikat",
}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who must sign. nip: 18 digits, or empty."""

    name: str
    nip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature in a PDF, as it was found.

    serial: the serialNumber of the subject, where certificates carry a NIP. fingerprint: SHA-256
    of the certificate. claimed_at: by the signer's own clock; stamped_at: by a trusted authority.
    intact: neither the signed bytes nor the signature changed. trusted: the chain leads to an
    anchor and nothing in it was expired or revoked; trouble: why not, as a code of ours.
    whole: it covers the file, or is followed only by evidence for its own validity or by further
    signatures. level: what is proven of it.
    """

    field: str
    signer: str
    organization: str
    serial: str
    fingerprint: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    claimed_at: datetime | None
    stamped_at: datetime | None
    intact: bool
    trusted: bool
    trouble: str = ""
    whole: bool
    level: Level

    @property
    def at(self) -> datetime | None:
        """Return the best known moment of signing."""
        return self.stamped_at or self.claimed_at

    @property
    def good(self) -> bool:
        """Return whether nothing speaks against the signature."""
        return self.intact and self.trusted and self.whole


@dataclass(frozen=True, slots=True)
class Examination:
    """Every signature of a PDF, in the order of signing.

    changed: what a later revision changed beside signatures since the file that was asked about,
    or empty. unreadable: why the file could not be read at all, or empty.
    """

    signatures: tuple[Signature, ...] = field(default_factory=tuple)
    changed: str = ""
    unreadable: str = ""


def as_data(examination: Examination) -> dict[str, Any]:
    """Return the examination as plain data for JSON."""
    data = asdict(examination)
    for one in data["signatures"]:
        for name in _MOMENTS:
            one[name] = one[name].isoformat() if one[name] else None
    return data


def from_data(data: Mapping[str, Any]) -> Examination:
    """Return the examination from what `as_data` made of it."""
    return Examination(
        tuple(signature_of(one) for one in data["signatures"]),
        data["changed"],
        data["unreadable"],
    )


_MOMENTS = ("valid_from", "valid_until", "claimed_at", "stamped_at")


def signature_of(data: Mapping[str, Any]) -> Signature:
    """Return one signature from its plain data."""
    moments = {
        name: datetime.fromisoformat(data[name]) if data[name] else None for name in _MOMENTS
    }
    return Signature(**{**data, **moments, "level": Level(data["level"])})
