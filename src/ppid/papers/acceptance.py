"""Whether a file that came back from a signer may count as signed. Until then the step stays open.

Decides; what stands in the file was read by `ppid.papers.validation` in a process of its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ppid.errors import Finding
from ppid.papers.signature import Examination, Level, Signatory, Signature

CLOCKS_DIFFER = timedelta(hours=1)
"""How far the moment of signing may be from the server's clock: gateways have clocks of their own,
but a day off is a clock that is wrong."""

TITLES = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "h",
        "hj",
        "kh",
        "rd",
        "raden",
        "apt",
        "ns",
        "ak",
        "ca",
        "cpa",
        "sh",
        "mh",
        "se",
        "mm",
        "mt",
        "st",
        "ssi",
        "msi",
        "msc",
        "mkn",
    ]
)
"""Titles that stand before a name, or behind it without a comma."""

TROUBLES = {
    "certificate_revoked": "Sertifikat penanda tangan sudah dicabut.",
    "certificate_expired": "Sertifikat penanda tangan sudah habis masa berlakunya.",
    "certificate_not_yet_valid": "Sertifikat penanda tangan belum mulai berlaku.",
    "certificate_untrusted": "Penerbit sertifikat penanda tangan tidak dipercaya badan publik ini.",
    "certificate_invalid": "Rantai sertifikat penanda tangan tidak sah.",
}
TRY_AGAIN = "Naskah belum ditandatangani. Coba lagi; bila berulang, hubungi pengelola sistem."


@dataclass(frozen=True, slots=True)
class Expected:
    """What was asked for. sent: the bytes that were handed over. before: its signatures then.

    at: the server's clock when the file came back, aware.
    """

    sent: bytes
    signatory: Signatory
    level: Level
    at: datetime
    before: Sequence[Signature] = ()


def return_findings(returned: bytes, found: Examination, expected: Expected) -> Iterator[Finding]:
    """Yield every reason why the returned file is not the paper, signed as asked. Codes are stable.

    The first bytes must be those that were sent: what was signed is then what was read.
    Source: PP 71/2019 ps. 59-64
    """
    if returned.startswith(b"%PDF-") and not returned.startswith(expected.sent):
        text = "Yang dikembalikan bukan naskah yang dikirim: isinya lain atau ditulis ulang."
        yield Finding("return_is_another", text, hint=TRY_AGAIN)
        return
    if not returned.startswith(expected.sent) or found.unreadable:
        text = "Yang dikembalikan layanan tanda tangan bukan PDF yang dapat dibaca."
        yield Finding("return_unreadable", text, hint=TRY_AGAIN)
        return
    count = len(expected.before)
    if len(found.signatures) != count + 1:
        text = f"Tanda tangan baru seharusnya satu, yang ditemukan {len(found.signatures) - count}."
        yield Finding("signature_count", text, hint=TRY_AGAIN)
        return
    if found.changed:
        text = "Selain menandatangani, isi naskah juga diubah."
        yield Finding("return_changed", text, hint=TRY_AGAIN)
    yield from _earlier_findings(found.signatures[:count], expected.before)
    yield from signature_findings(found.signatures[count])
    yield from _asked_findings(found.signatures[count], expected)


def signature_findings(signature: Signature) -> Iterator[Finding]:
    """Yield what speaks against one signature by itself."""
    place = signature.signer
    if not signature.intact:
        text = "Tanda tangan ini rusak: isi yang ditandatangani berubah."
        yield Finding("signature_broken", text, place)
    if not signature.whole:
        text = "Tanda tangan ini tidak meliputi seluruh naskah."
        yield Finding("signature_not_whole", text, place)
    if not signature.trusted:
        yield Finding(signature.trouble, TROUBLES[signature.trouble], place)


def _earlier_findings(now: Sequence[Signature], before: Sequence[Signature]) -> Iterator[Finding]:
    for one, other in zip(now, before, strict=True):
        if one.fingerprint != other.fingerprint or not (one.intact and one.whole):
            text = "Tanda tangan sebelumnya tidak utuh lagi."
            yield Finding("signature_before_broken", text, other.signer, TRY_AGAIN)


def _asked_findings(signature: Signature, expected: Expected) -> Iterator[Finding]:
    wanted = expected.signatory
    if not belongs_to(signature, wanted):
        text = f"Sertifikat ini atas nama {signature.signer}, bukan {wanted.name}."
        hint = "Yang menandatangani harus orang yang disebut naskah, dengan sertifikatnya sendiri."
        yield Finding("signer_differs", text, hint=hint)
    at = signature.at
    if at is None or abs(at - expected.at) > CLOCKS_DIFFER:
        text = "Waktu tanda tangan ini tidak sama dengan waktu sekarang."
        hint = "Periksa jam mesin ini, jam layanan tanda tangan, dan otoritas cap waktu."
        yield Finding("signature_time_off", text, hint=hint)
    if not signature.level.reaches(expected.level):
        text = (
            f"Tanda tangan ini hanya sampai {signature.level.value}, "
            f"padahal badan publik ini meminta {expected.level.value}."
        )
        yield Finding("signature_level_low", text, hint=TRY_AGAIN)


def belongs_to(signature: Signature, signatory: Signatory) -> bool:
    """Return whether a certificate is that of the person: by NIP if it names one, else by name.

    Titles, case and accents do not count; the words of the name and their order do.
    """
    serial = re.sub(r"\D", "", signature.serial)
    if signatory.nip and serial == signatory.nip:
        return True
    if signatory.nip and len(serial) == len(signatory.nip):
        return False
    words = bare_name(signature.signer)
    return bool(words) and words == bare_name(signatory.name)


def bare_name(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles: "Dr. H. Rina Wati, S.H., M.H." is rina, wati."""
    bare = (one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    before_titles = "".join(bare).casefold().split(",")[0]
    words = (word.replace(".", "") for word in before_titles.split())
    return tuple(word for word in words if word and word not in TITLES)
