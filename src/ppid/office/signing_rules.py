"""How a body's papers are numbered and signed: which way, to which level, trusting whom.

Kept per body in `SigningRules`. A body that has set nothing signs with ink.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ppid.errors import BadInput, Finding
from ppid.office.models import Body, OfficePaper, SigningRules
from ppid.papers.esign_http import check_address
from ppid.papers.signature import Level, Way

BSRE_FOOTER = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang "
    "diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara "
    "(BSSN)."
)
OWN_FOOTER = "Dokumen ini telah ditandatangani secara elektronik."
LONGEST_FOOTER = 400
LONGEST_PATTERN = 80
MOST_ANCHORS = 10
LONGEST_ANCHORS = 20_000
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PARTS = ("urut", "bulan", "bulan_romawi", "tahun")
_PART = re.compile(r"\{([a-z_]*)\}")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")


class PaperKind(StrEnum):
    """A kind of paper that is signed."""

    DETERMINATION = "penetapan"
    DETERMINATION_COPY = "salinan_penetapan"
    MINUTES = "berita_acara"
    OPENING = "pembukaan"
    SHEET = "lembar_uji"
    ANSWER = "jawaban"
    OBJECTION_ANSWER = "tanggapan"
    PUBLIC_LIST = "daftar_umum"
    INTERNAL_LIST = "daftar_internal"
    REQUESTABLE_LIST = "daftar_terbuka"
    INVITATION = "undangan"
    RECEIPT = "tanda_terima"
    ARCHIVE_LIST = "daftar_arsip"
    DESTRUCTION = "pemusnahan"

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return _KINDS[self]

    @property
    def public(self) -> bool:
        """Return whether nothing exempt stands on papers of the kind."""
        return self in _PUBLIC

    @property
    def numbered(self) -> bool:
        """Return whether papers of the kind can be given a number on preparing, by a pattern."""
        return self in _NUMBERED

    @property
    def personal(self) -> bool:
        """Return whether they name a person of the public, so that none but they may have them."""
        return self in (PaperKind.ANSWER, PaperKind.OBJECTION_ANSWER)


_NUMBERED = (
    PaperKind.OPENING,
    PaperKind.SHEET,
    PaperKind.INTERNAL_LIST,
    PaperKind.REQUESTABLE_LIST,
    PaperKind.INVITATION,
    PaperKind.ARCHIVE_LIST,
)
_PUBLIC = (
    PaperKind.DETERMINATION_COPY,
    PaperKind.OPENING,
    PaperKind.ANSWER,
    PaperKind.OBJECTION_ANSWER,
    PaperKind.PUBLIC_LIST,
    PaperKind.REQUESTABLE_LIST,
)
_KINDS = {
    PaperKind.DETERMINATION: "Surat penetapan dan pengubahan klasifikasi",
    PaperKind.DETERMINATION_COPY: "Surat penetapan klasifikasi, salinan untuk umum",
    PaperKind.MINUTES: "Berita acara pertimbangan",
    PaperKind.OPENING: "Surat penetapan pembukaan",
    PaperKind.SHEET: "Lembar pengujian konsekuensi",
    PaperKind.ANSWER: "Jawaban atas permintaan informasi publik",
    PaperKind.OBJECTION_ANSWER: "Tanggapan atas keberatan",
    PaperKind.PUBLIC_LIST: "Daftar informasi yang dikecualikan, edisi umum",
    PaperKind.INTERNAL_LIST: "Daftar informasi yang dikecualikan, internal",
    PaperKind.REQUESTABLE_LIST: "Daftar informasi yang dapat diakses berdasarkan permintaan",
    PaperKind.INVITATION: "Undangan rapat pertimbangan",
    PaperKind.RECEIPT: "Tanda terima peminjaman dan pengembalian arsip",
    PaperKind.ARCHIVE_LIST: "Daftar arsip",
    PaperKind.DESTRUCTION: "Berita acara pemusnahan arsip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a body has set. ways, numbers: by kind; a pattern names PARTS, as "{urut}/PPID/{tahun}".

    anchors: certificates in PEM whose chains are trusted. footer: printed on papers that are signed
    electronically, empty for the one that belongs to the way. check_address: what a QR leads to,
    before the code of the paper; empty for the open site of this installation.
    """

    ways: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    level: Level = Level.B
    tsa: str = ""
    anchors: tuple[str, ...] = ()
    footer: str = ""
    check_address: str = ""

    def way(self, kind: PaperKind) -> Way:
        """Return how papers of the kind are signed."""
        return Way(self.ways.get(kind, Way.INK))

    def footer_of(self, way: Way) -> str:
        """Return the sentence at the foot of a paper signed so; none on one signed with ink."""
        if not way.electronic:
            return ""
        return self.footer or (BSRE_FOOTER if way is Way.BSRE else OWN_FOOTER)

    def as_said(self) -> dict[str, Any]:
        """Return the rules as plain data."""
        return {**asdict(self), "level": self.level.value, "anchors": list(self.anchors)}


def rules_of(body: Body) -> Rules:
    """Return what the body has set, or the rules of one that has set nothing."""
    kept = SigningRules.objects.filter(body=body).first()
    if kept is None:
        return Rules()
    told = {**kept.rules, "level": Level(kept.rules["level"])}
    return Rules(**told | {"anchors": tuple(told["anchors"])})


def certificates_in(text: str) -> tuple[str, ...]:
    """Return each certificate of a PEM text, for itself."""
    return tuple(_PEM.findall(text))


def rule_findings(rules: Rules) -> tuple[Finding, ...]:
    """Return what is wrong with the rules; each place names a field of the page."""
    return (
        *(_pattern_finding(kind, one) for kind, one in rules.numbers.items() if _is_wrong(one)),
        *_address_findings(rules),
        *_trust_findings(rules),
    )


def _is_wrong(pattern: str) -> bool:
    names = _PART.findall(pattern)
    rest = _PART.sub("", pattern)
    return bool(pattern) and (
        len(pattern) > LONGEST_PATTERN
        or set(names) - set(PARTS) != set()
        or names.count("urut") != 1
        or not set(rest).isdisjoint("{}\n")
    )


def _pattern_finding(kind: str, pattern: str) -> Finding:
    text = f"Pola “{pattern}” tidak dapat dipakai: {{urut}} harus ada satu kali."
    hint = "Contoh: {urut}/PPID/{bulan_romawi}/{tahun}"
    return Finding("number_pattern_invalid", text, f"number_{kind}", hint)


def _address_findings(rules: Rules) -> list[Finding]:
    found = []
    for name, address in (("tsa", rules.tsa), ("check_address", rules.check_address)):
        if address and not _is_address(address):
            text = "Alamat ini bukan alamat http atau https."
            found.append(Finding("address_invalid", text, name, "Contoh: https://tsa.contoh.go.id"))
    return found


def _is_address(address: str) -> bool:
    try:
        check_address(address)
    except BadInput:
        return False
    return True


def _trust_findings(rules: Rules) -> list[Finding]:
    found = []
    electronic = [one for one in rules.ways.values() if Way(one).electronic]
    if len(rules.anchors) > MOST_ANCHORS or sum(map(len, rules.anchors)) > LONGEST_ANCHORS:
        text = f"Sertifikat induk paling banyak {MOST_ANCHORS}."
        found.append(Finding("anchors_too_many", text, "anchors"))
    if electronic and not rules.anchors:
        text = "Tanda tangan elektronik diperiksa terhadap sertifikat induk; belum ada satu pun."
        hint = "Tempel sertifikat induk penerbitnya (PEM)."
        found.append(Finding("anchors_missing", text, "anchors", hint))
    if Way.CERTIFICATE in electronic and rules.level is not Level.B and not rules.tsa:
        text = f"Tingkat {rules.level.value} memerlukan alamat otoritas cap waktu."
        found.append(Finding("tsa_missing", text, "tsa"))
    if len(rules.footer) > LONGEST_FOOTER:
        text = f"Kalimat kaki paling panjang {LONGEST_FOOTER} huruf."
        found.append(Finding("footer_too_long", text, "footer"))
    return found


def next_number(body: Body, kind: PaperKind, *, on: date) -> str:
    """Return the number that a paper of the kind would have next by the body's pattern, or none.

    Counts the papers of the kind that were prepared in the year; the officer may write another.
    """
    pattern = rules_of(body).numbers.get(kind, "")
    if not pattern:
        return ""
    rows = OfficePaper.objects.filter(body=body, kind=kind)
    count = rows.filter(prepared_at__year=on.year).exclude(number="").count()
    return number_by(pattern, count + 1, on=on)


def number_by(pattern: str, sequence: int, *, on: date) -> str:
    """Return a number by a pattern: "{urut}/PPID/{bulan_romawi}/{tahun}" -> "7/PPID/III/2026"."""
    parts = {
        "urut": str(sequence),
        "bulan": f"{on.month:02}",
        "bulan_romawi": ROMAN[on.month - 1],
        "tahun": str(on.year),
    }
    return _PART.sub(lambda found: parts[found[1]], pattern)
