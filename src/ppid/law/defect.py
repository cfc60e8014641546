"""One row of a list of exempt information (DIK) as a body kept it, and what a defect in it is.

Holds the old text as it stood, whatever it says. Reading it from a file is the office's; what is
wrong with a row is defect_report's.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.remark import Remark, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyEntry:
    """A row of an old list (entri DIK lama, UU 14/2008 ps. 17); every field is text, "" if empty.

    number: as printed in the list. title: the information. summary: what it holds. ground: huruf
    (and angka) of Pasal 17, in the list's own words. legal_basis: the regulations cited.
    part: which part is closed. term: jangka waktu. document: the document that holds the
    information; document_link: where the list links it to. test: the consequence test's number and
    date. decree: the determination's number and date. remark: keterangan.
    """

    number: str = ""
    title: str = ""
    summary: str = ""
    agency: str = ""
    ground: str = ""
    legal_basis: str = ""
    consequence_if_open: str = ""
    consequence_if_closed: str = ""
    part: str = ""
    term: str = ""
    document: str = ""
    document_link: str = ""
    test: str = ""
    decree: str = ""
    remark: str = ""


LINKED = "document_linked"
"""The code of a link to a file that may be the exempt document itself."""


class DefectKind(StrEnum):
    """What is wrong with a row, the most serious first.

    First what does harm today (the document itself is exposed; information is kept closed that must
    be open), then what leaves the exemption without its legal ground, then what makes it weak.
    """

    EXPOSED = "dokumen_tertaut"
    ENDED = "sudah_berakhir"
    NEVER_EXEMPT = "tidak_boleh_dikecualikan"
    TERM = "jangka_waktu"
    GROUND = "dasar_tidak_jelas"
    MISFIT = "dasar_tidak_cocok"
    ACT = "undang_undang"
    TEST = "uji_konsekuensi"
    WEAK = "konsekuensi_lemah"
    WHOLE = "seluruh_berkas"
    DECREE = "penetapan"
    PERSONAL = "rahasia_pribadi"
    CITATION = "rujukan"

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return _KINDS[self][0]

    @property
    def source(self) -> str:
        """Return the rule that a row of this kind offends, or that it must be looked at by."""
        return _KINDS[self][1]

    @property
    def rank(self) -> int:
        """Return its place in the order, 0 for the most serious."""
        return _RANKS[self]


_KINDS = {
    DefectKind.EXPOSED: ("Dokumen tertaut dari daftar", "UU 14/2008 ps. 54"),
    DefectKind.ENDED: ("Jangka waktunya sudah berakhir", "PP 61/2010 ps. 11 (3)"),
    DefectKind.NEVER_EXEMPT: ("Mungkin tidak boleh dikecualikan", "UU 14/2008 ps. 18 (1)"),
    DefectKind.TERM: ("Jangka waktu tanpa akhir yang sah", "UU 14/2008 ps. 20 (1)"),
    DefectKind.GROUND: ("Huruf Pasal 17 tidak jelas", "UU 14/2008 ps. 17"),
    DefectKind.MISFIT: ("Huruf tidak cocok dengan isinya", "UU 14/2008 ps. 17"),
    DefectKind.ACT: ("Tanpa Undang-Undang sebagai dasar", "Perki 1/2021 ps. 49 (2) huruf c"),
    DefectKind.TEST: ("Tanpa uji konsekuensi yang tercatat", "UU 14/2008 ps. 19"),
    DefectKind.WEAK: ("Konsekuensi berupa kalimat umum", "UU 14/2008 ps. 2 (2)"),
    DefectKind.WHOLE: ("Seluruh berkas ditutup", "UU 14/2008 ps. 22 (7) huruf e"),
    DefectKind.DECREE: ("Surat penetapan tidak disebut", "PP 61/2010 ps. 4 (2)"),
    DefectKind.PERSONAL: ("Persetujuan atau jabatan publik belum dijawab", "UU 14/2008 ps. 18 (2)"),
    DefectKind.CITATION: ("Rujukan peraturan keliru", "UU 12/2011 ps. 64 (2)"),
}
_RANKS = {kind: place for place, kind in enumerate(DefectKind)}


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of a row: a warning where the row itself shows it, else a note to look at.

    The finding's place is the field of LegacyEntry.
    """

    kind: DefectKind
    severity: Severity
    finding: Finding

    @property
    def code(self) -> str:
        """Return the code of the finding."""
        return self.finding.code

    @property
    def is_sure(self) -> bool:
        """Return whether the row itself shows it."""
        return self.severity is Severity.WARNING

    @property
    def order(self) -> tuple[bool, int]:
        """Return where it stands: what is sure before what is not, each by its kind.

        A link to a document comes first, sure or not: it does its harm today.
        """
        return not self.is_sure and self.code != LINKED, self.kind.rank


def sure(
    code: str, message: str, *, kind: DefectKind, place: str, hint: str, source: str = ""
) -> Defect:
    """Return a defect that the row itself shows. source: the kind's own when left out."""
    finding = Finding(code, message, place, hint, source or kind.source)
    return Defect(kind, Severity.WARNING, finding)


def doubt(
    code: str, message: str, *, kind: DefectKind, place: str, hint: str, source: str = ""
) -> Defect:
    """Return what may be a defect, for a person to look at."""
    finding = Finding(code, message, place, hint, source or kind.source)
    return Defect(kind, Severity.NOTE, finding)


def of_remark(remark: Remark, *, kind: DefectKind, place: str) -> Defect:
    """Return a remark on a legal basis as a defect of the row."""
    source = remark.finding.source or kind.source
    return Defect(kind, remark.severity, replace(remark.finding, place=place, source=source))
