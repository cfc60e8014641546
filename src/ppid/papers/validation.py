"""Read the signatures of a PDF with pyHanko and say what each proves.

A job for `ppid.vault.apart`, because it reads bytes that others made: it fetches nothing from
anywhere and knows no key. Nothing is decided here; see `ppid.papers.acceptance`.
"""

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ppid.papers.pades import certificates
from ppid.papers.signature import Examination, Level, Signature, as_data

READING = (PdfError, SigningError, SignatureValidationError, ValueError, TypeError, KeyError)
READING_TOO = (LookupError, AttributeError, RuntimeError, OSError, zlib.error, AssertionError)
"""What pyHanko raises over a file that is damaged or made to mislead; it has no one base class."""

SIGNED_ONLY = ModificationLevel.LTA_UPDATES
WITH_OTHERS = ModificationLevel.FORM_FILLING


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a validation stands on: anchors, and the moment for signatures without a stamp."""

    anchors: list[x509.Certificate]
    at: datetime


def examine(pdf: bytes, *, grounds: Grounds, since: int = 0) -> Examination:
    """Return every signature of the file; since: the length of the file before the last act.

    Never raises over what the file is: a file that cannot be read says so.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            return Examination(unreadable="paper_encrypted")
        found = tuple(_signature(one, reader, grounds) for one in reader.embedded_signatures)
        changed = _changed(pdf, reader, since) if since else ""
    except (*READING, *READING_TOO) as error:
        return Examination(unreadable=type(error).__name__)
    return Examination(found, changed)


def _changed(pdf: bytes, reader: PdfFileReader, since: int) -> str:
    """Return what was changed, beside signatures, after the first `since` bytes; or nothing."""
    before = PdfFileReader(io.BytesIO(pdf[:since])).xrefs.total_revisions
    found = DEFAULT_DIFF_POLICY.review_file(reader, before - 1)
    return str(found) or "changed" if isinstance(found, SuspiciousModification) else ""


def _signature(one: EmbeddedPdfSignature, reader: PdfFileReader, grounds: Grounds) -> Signature:
    first = validate_pdf_signature(one, _context(reader, grounds))
    status, stamp, proven = _judged(one, first, reader, grounds)
    cert = status.signing_cert
    subject = cert.subject.native
    return Signature(
        # A text of pyHanko holds on to the whole file that it was read from.
        field="".join(one.field_name),
        signer=_text(subject.get("common_name")),
        organization=_text(subject.get("organization_name")),
        serial=_text(subject.get("serial_number")),
        fingerprint=cert.sha256.hex(),
        issuer=_text(cert.issuer.native.get("common_name")),
        valid_from=cert.not_valid_before,
        valid_until=cert.not_valid_after,
        claimed_at=status.signer_reported_dt,
        stamped_at=stamp,
        intact=bool(first.intact and first.valid),
        trusted=bool(status.trusted),
        trouble=_trouble(status),
        whole=_is_whole(first),
        level=Level.LT if proven else Level.T if stamp else Level.B,
    )


def _judged(
    one: EmbeddedPdfSignature, first: PdfSignatureStatus, reader: PdfFileReader, grounds: Grounds
) -> tuple[PdfSignatureStatus, datetime | None, bool]:
    """Return the status that counts, when it was stamped, and whether the file proves the chain.

    A trusted stamp proves when it was signed: the chain is then looked at as it was at that moment.
    """
    stamp = _stamped(first)
    if stamp is not None:
        strict = _again(one, _context(reader, grounds, moment=stamp, mode="require"))
        if strict.trusted:
            return strict, stamp, True
    now = first if stamp is None else _again(one, _context(reader, grounds, moment=stamp))
    if now.trusted or now.revocation_details is not None:
        return now, stamp, False
    # What the file carries may be about another signer's chain, which is as good as nothing.
    return _again(one, _plain(grounds, stamp or grounds.at)), stamp, False


def _stamped(status: PdfSignatureStatus) -> datetime | None:
    """Return the moment that a trusted authority has stamped, None without one."""
    stamp = status.timestamp_validity
    trusted = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
    return stamp.timestamp if stamp is not None and trusted else None


def _again(one: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    """Judge the chain anew; what was changed since is known from the first time."""
    return validate_pdf_signature(one, context, skip_diff=True)


def _context(
    reader: PdfFileReader, grounds: Grounds, *, moment: datetime | None = None, mode: str = ""
) -> ValidationContext:
    """Return a context with the evidence that the file itself carries, which fetches nothing."""
    options = _options(grounds, moment or grounds.at) | ({"revocation_mode": mode} if mode else {})
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(options)
    except NoDSSFoundError:
        return ValidationContext(**options, crls=(), ocsps=())


def _plain(grounds: Grounds, moment: datetime) -> ValidationContext:
    """Return a context without the file's evidence."""
    return ValidationContext(**_options(grounds, moment))


def _options(grounds: Grounds, moment: datetime) -> dict[str, Any]:
    return {
        "trust_roots": grounds.anchors,
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
        "moment": moment,
        "retroactive_revinfo": True,
    }


def _trouble(status: PdfSignatureStatus) -> str:
    if status.trusted:
        return ""
    if status.revocation_details is not None:
        return "certificate_revoked"
    when = status.validation_time
    cert = status.signing_cert
    if when and when > cert.not_valid_after:
        return "certificate_expired"
    if when and when < cert.not_valid_before:
        return "certificate_not_yet_valid"
    if status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        return "certificate_untrusted"
    return "certificate_invalid"


def _is_whole(status: PdfSignatureStatus) -> bool:
    """Return whether all of the file is covered, or followed by nothing but evidence and others."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    covers = status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
    return covers and level is not None and level <= WITH_OTHERS and bool(status.docmdp_ok)


def _text(value: object) -> str:
    """Return a name of a certificate as one text; several values of it are joined."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the examination of a file as plain data; the job of a process set apart."""
    anchors = certificates(tuple(text.encode() for text in asked["anchors"]))
    grounds = Grounds(anchors, datetime.fromisoformat(asked["at"]))
    return as_data(examine(source.read(), grounds=grounds, since=asked["since"]))
