"""Sign a PDF with a certificate through pyHanko: PAdES B-B, B-T or B-LT; here from a PKCS#12.

A program of its own (`python -m ppid.papers.pades`): `ppid.papers.signing` starts it and tells it
everything by its input. What the signature then must prove is decided by `ppid.papers.acceptance`.
"""

import asyncio
import base64
import io
import sys
from collections.abc import Callable, Mapping
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign._session_scope import run_and_release
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import (
    PdfSignatureMetadata,
    PdfSigner,
    Signer,
    SimpleSigner,
)
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)

from ppid.errors import Finding, Refused
from ppid.papers.child import answer_on_output, question_on_input
from ppid.papers.signature import Level

TSA_SECONDS = 15
USAGE = {"non_repudiation"}
EVIDENCE_BESIDE = DSSContentSettings(
    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE, include_vri=False
)
"""What proves the chain stands in the signed revision, so that the signature covers the file."""

TROUBLES: tuple[tuple[type[Exception], str, str, str], ...] = (
    (
        RevokedError,
        "certificate_revoked",
        "Sertifikat ini sudah dicabut.",
        "Minta sertifikat baru kepada penerbitnya.",
    ),
    (
        ExpiredError,
        "certificate_expired",
        "Masa berlaku sertifikat ini, atau sertifikat penerbitnya, sudah habis.",
        "Minta sertifikat baru kepada penerbitnya; periksa juga jam mesin ini.",
    ),
    (
        NotYetValidError,
        "certificate_not_yet_valid",
        "Sertifikat ini belum mulai berlaku.",
        "Periksa jam mesin ini, atau tunggu hari mulainya.",
    ),
    (
        InvalidCertificateError,
        "certificate_not_for_signing",
        "Sertifikat ini tidak diterbitkan untuk tanda tangan dokumen.",
        "Pakai sertifikat dengan kegunaan nirsangkal (non repudiation).",
    ),
    (
        PathBuildingError,
        "certificate_untrusted",
        "Penerbit sertifikat ini tidak ada di antara sertifikat induk yang dipercaya badan publik.",
        "Minta pengelola sistem memasang sertifikat induk penerbitnya.",
    ),
    (
        TimestampRequestError,
        "tsa_failed",
        "Otoritas cap waktu tidak menjawab sebagaimana mestinya.",
        "Coba lagi nanti, atau minta pengelola sistem memeriksa alamatnya.",
    ),
    (
        InsufficientRevinfoError,
        "certificate_unproven",
        "Keabsahan sertifikat ini tidak dapat dibuktikan sekarang.",
        "Layanan OCSP atau CRL penerbitnya mungkin tidak menjawab; coba lagi nanti.",
    ),
    (
        PathValidationError,
        "certificate_invalid",
        "Rantai sertifikat ini tidak sah.",
        "Minta pengelola sistem memeriksa sertifikat induknya.",
    ),
    (
        ValidationError,
        "certificate_invalid",
        "Sertifikat ini tidak sah.",
        "Minta sertifikat baru kepada penerbitnya.",
    ),
    (
        SigningError,
        "paper_not_signable",
        "Berkas ini tidak dapat ditandatangani.",
        "Siapkan naskahnya sekali lagi.",
    ),
    (
        PdfError,
        "paper_unreadable",
        "Berkas ini bukan PDF yang utuh.",
        "Siapkan naskahnya sekali lagi.",
    ),
    (
        ValueError,
        "signing_service_garbled",
        "Layanan penerbit sertifikat atau otoritas cap waktu menjawab dengan data yang rusak.",
        "Coba lagi nanti, atau minta pengelola sistem memeriksa alamatnya.",
    ),
)
"""Error of pyHanko -> code, sentence, hint. The first that fits counts: narrow ones come first."""


def sign(*, archive: bytes, passphrase: str, **told: Any) -> bytes:
    """Return a PDF signed with a PKCS#12. told: as `sign_with` takes it, the signer apart.

    Raises Refused with what the certificate or its services say.
    """
    return sign_with(_signer(archive, passphrase), **told)


def sign_with(
    signer: Signer,
    *,
    pdf: bytes,
    field: str,
    level: Level,
    anchors: tuple[bytes, ...],
    tsa: str = "",
    reason: str = "",
    place: str = "",
) -> bytes:
    """Return the PDF with one more, invisible signature; the bytes before it stay as they were.

    anchors: PEM. Raises Refused with what the certificate or its services say.
    """
    try:
        evidence = _context(signer, anchors, mode="require") if level is Level.LT else None
        if evidence is None:
            _prove(signer, _context(signer, anchors, mode="soft-fail"))
        return _signed(
            pdf,
            signer,
            PdfSignatureMetadata(
                field_name=field,
                subfilter=SigSeedSubFilter.PADES,
                reason=reason or None,
                location=place or None,
                embed_validation_info=evidence is not None,
                validation_context=evidence,
                dss_settings=EVIDENCE_BESIDE,
            ),
            tsa="" if level is Level.B else tsa,
        )
    except tuple(kind for kind, *_ in TROUBLES) as error:
        raise Refused(trouble(error)) from error


def trouble(error: Exception) -> Finding:
    """Return what an error of pyHanko means for the person who signs."""
    cause = error.__cause__ if isinstance(error.__cause__, ValidationError) else error
    _, code, text, hint = next(one for one in TROUBLES if isinstance(cause, one[0]))
    return Finding(code, text, hint=hint)


def _signer(archive: bytes, passphrase: str) -> SimpleSigner:
    try:
        return SimpleSigner.load_pkcs12_data(archive, [], passphrase.encode())
    except (ValueError, TypeError, AttributeError) as error:
        # The library does not tell a wrong passphrase from a damaged archive.
        text = "Berkas sertifikat tidak terbuka: kata sandinya salah atau berkasnya bukan PKCS#12."
        hint = "Periksa huruf besar dan kecil kata sandi, dan pilih berkas .p12 atau .pfx."
        raise Refused(Finding("passphrase_wrong", text, "passphrase", hint)) from error


def _context(signer: Signer, anchors: tuple[bytes, ...], *, mode: str) -> ValidationContext:
    """Return a context that may ask the issuer's services about the chain."""
    return ValidationContext(
        trust_roots=certificates(anchors),
        other_certs=list(signer.cert_registry),
        allow_fetching=True,
        revocation_mode=mode,
    )


def _prove(signer: Signer, context: ValidationContext) -> None:
    """Raise what is wrong with the certificate today; from B-LT on pyHanko itself asks first."""
    chain = list(signer.cert_registry)
    checked = CertificateValidator(signer.signing_cert, chain, validation_context=context)
    asyncio.run(run_and_release(checked.async_validate_usage(USAGE), context))


def _signed(pdf: bytes, signer: Signer, what: PdfSignatureMetadata, *, tsa: str) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec(what.field_name, box=None))
    stamper = RequestsHTTPTimeStamper(tsa, timeout=TSA_SECONDS) if tsa else None
    signed = PdfSigner(what, signer, timestamper=stamper).sign_pdf(writer, in_place=False)
    return bytes(signed.getvalue())


def certificates(pems: tuple[bytes, ...]) -> list[x509.Certificate]:
    """Return the certificates of PEM texts."""
    return [
        x509.Certificate.load(der)
        for text in pems
        for _, _, der in pem.unarmor(text, multiple=True)
    ]


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the signed file, or the findings that stopped it."""
    return answer_of(question, _sign_as_asked)


def _sign_as_asked(question: Mapping[str, Any], **told: Any) -> bytes:
    archive = base64.b64decode(question["archive"])
    return sign(archive=archive, passphrase=question["passphrase"], **told)


def answer_of(question: Mapping[str, Any], by: Callable[..., bytes]) -> dict[str, Any]:
    """Return what a way of signing makes of a question, or the findings that stopped it.

    by: takes the question, and what `sign_with` takes beside the signer.
    """
    told = {name: question[name] for name in ("field", "tsa", "reason", "place")}
    anchors = tuple(text.encode() for text in question["anchors"])
    pdf, level = base64.b64decode(question["pdf"]), Level(question["level"])
    try:
        signed = by(question, pdf=pdf, anchors=anchors, level=level, **told)
    except Refused as error:
        return {"findings": [one.as_dict() for one in error.findings]}
    return {"pdf": signed}


if __name__ == "__main__":
    answer_on_output(answer(question_on_input()))
    sys.stdout.flush()
