"""Signing: a signer takes the bytes of a PDF and returns them signed, or says why not.

Three signers sign the file itself: a certificate of one's own in a PKCS#12, one whose key is on a
token (PKCS#11), and BSrE's gateway (`ppid.papers.esign`). What they return counts only after
`ppid.papers.acceptance`.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from typing import Protocol

from ppid.errors import Finding, Refused
from ppid.papers import child
from ppid.papers.signature import Examination, Level, from_data
from ppid.vault.apart import MIB, Limits, work_apart

SIGNING_SECONDS = 90
NO_PKCS11 = Finding(
    "pkcs11_missing",
    "Pustaka untuk token (PKCS#11) belum terpasang di mesin ini.",
    hint='Minta pengelola sistem memasang: pip install "sip-ppid[hsm]"',
)
READING = Limits(memory=2048 * MIB, seconds=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """What is to be signed. field: the name of the new signature's field in the file."""

    pdf: bytes = field(repr=False)
    field: str
    level: Level = Level.B
    reason: str = ""
    place: str = ""


class Signer(Protocol):
    """One way of signing a file."""

    def sign(self, what: ToSign) -> bytes:
        """Return the signed file. Raises Refused or BadInput with the signer's own message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSigner:
    """A certificate of one's own in a PKCS#12, opened with its passphrase for this one act.

    anchors: PEM texts. tsa: the address of an RFC 3161 authority, needed from B-T on.
    """

    archive: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    anchors: tuple[str, ...] = ()
    tsa: str = ""

    def sign(self, what: ToSign) -> bytes:
        """Return the file with one more, invisible PAdES signature. Raises Refused, BadInput."""
        question = {
            **_asked(what, self.anchors, self.tsa),
            "archive": self.archive,
            "passphrase": self.passphrase,
        }
        answer = child.ask("pades", question, seconds=SIGNING_SECONDS)
        return base64.b64decode(answer["pdf"])


@dataclass(frozen=True, slots=True)
class Token:
    """Where a person's key is kept: a token or an HSM that speaks PKCS#11.

    module: the path of its maker's library. name: the label of the token. label: that of the
    certificate and the key on it.
    """

    module: str
    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSigner:
    """A key that never leaves its token, opened with the PIN for this one act.

    anchors, tsa: as for `CertificateSigner`.
    """

    token: Token
    pin: str = field(repr=False)
    anchors: tuple[str, ...] = ()
    tsa: str = ""

    def sign(self, what: ToSign) -> bytes:
        """Return the file with one more, invisible PAdES signature.

        Raises Refused (also `pkcs11_missing`: without the extra `hsm`), BadInput.
        """
        if find_spec("pkcs11") is None:
            raise Refused(NO_PKCS11)
        question = {
            **_asked(what, self.anchors, self.tsa),
            "module": self.token.module,
            "token": self.token.name,
            "label": self.token.label,
            "passphrase": self.pin,
        }
        answer = child.ask("token_signing", question, seconds=SIGNING_SECONDS)
        return base64.b64decode(answer["pdf"])


def _asked(what: ToSign, anchors: tuple[str, ...], tsa: str) -> dict[str, object]:
    return {
        "pdf": what.pdf,
        "field": what.field,
        "level": what.level.value,
        "reason": what.reason,
        "place": what.place,
        "anchors": anchors,
        "tsa": tsa,
    }


def examine_apart(
    pdf: bytes, *, anchors: Sequence[str], at: datetime, since: int = 0
) -> Examination:
    """Return the signatures of a PDF, read by a process set apart.

    at: aware, the moment for which chains are judged where no stamp says when. since: the length
    of the file before the last act, to see what else that act changed.
    Raises BadInput as `work_apart`.
    """
    asked = {"anchors": list(anchors), "at": at.isoformat(), "since": since}
    done = work_apart("ppid.papers.validation", io.BytesIO(pdf), asked=asked, limits=READING)
    done.file.close()
    return from_data(done.said)
