"""Remarks on a legal basis (dasar hukum) as a list: what is missing, out of order, or twice.

Each line by itself is citation_line.py's.
"""

from collections.abc import Sequence
from datetime import date

from ppid.law.citation_line import read_line
from ppid.law.reference import Citation
from ppid.law.regulation_kind import REGIONAL_KINDS, Rank
from ppid.law.remark import Remark, note, warning

INFORMATION_ACT = Citation("UU", "14", 2008)
INFORMATION_PP = Citation("PP", "61", 2010)
ARCHIVE_ACT = Citation("UU", "43", 2009)
SERVICE_STANDARD = Citation("Perki", "1", 2021)
HOME_AFFAIRS = Citation("Permendagri", "3", 2017)
SOP_GUIDE = Citation("PermenPANRB", "35", 2012)

_PLACE = "dasar_hukum"


def lint_basis(
    lines: Sequence[str], *, on: date | None, exempt_information: bool, archives: bool = False
) -> tuple[Remark, ...]:
    """Return the remarks on a legal basis as a whole; those on single lines are `lint`'s.

    exempt_information: the SOP is about exempt information. archives: it has steps that archive.
    A citation with a wrong year or number counts as the regulation that its title names.
    Source: UU 14/2008 ps. 19.
    """
    cited = [_cited(line, on=on) for line in lines]
    whole = {citation for line in cited for citation in line}
    return (
        *(_missing(whole) if exempt_information else ()),
        *(_archives(whole) if archives else ()),
        *_guides(whole, exempt_information=exempt_information),
        *_order(cited),
        *_repeated(cited),
    )


def _cited(line: str, *, on: date | None) -> list[Citation]:
    return [meant for meant, _ in read_line(line, place="", on=on)]


def _missing(whole: set[Citation]) -> list[Remark]:
    remarks = []
    if INFORMATION_ACT not in whole:
        remarks.append(
            warning(
                "basis_no_information_act",
                "Dasar hukum tidak menyebut UU 14/2008, yang mengatur pengecualian informasi.",
                place=_PLACE,
                hint="Tambahkan UU 14/2008 tentang Keterbukaan Informasi Publik.",
                source="UU 14/2008 ps. 17",
            )
        )
    if INFORMATION_PP not in whole:
        remarks.append(
            warning(
                "basis_no_information_pp",
                "Dasar hukum tidak menyebut PP 61/2010, yang mengatur penetapan dan jangka waktu.",
                place=_PLACE,
                hint="Tambahkan PP 61/2010 tentang Pelaksanaan UU 14/2008.",
                source="PP 61/2010 ps. 3 (1)",
            )
        )
    if not any(citation.kind == "Perki" for citation in whole):
        remarks.append(
            warning(
                "basis_no_commission_rule",
                "Dasar hukum tidak menyebut satu pun Peraturan Komisi Informasi.",
                place=_PLACE,
                hint="Tambahkan Perki 1/2021 tentang Standar Layanan Informasi Publik.",
                source="Perki 1/2021 ps. 49",
            )
        )
    return remarks


def _guides(whole: set[Citation], *, exempt_information: bool) -> list[Remark]:
    """Return notes on rules that usually stand in such a list."""
    remarks = []
    regional = any(citation.kind in REGIONAL_KINDS for citation in whole)
    if exempt_information and regional and not any(c.kind == "Permendagri" for c in whole):
        remarks.append(
            note(
                "basis_no_home_affairs_rule",
                "Dasar hukum pemerintah daerah ini tidak menyebut Permendagri 3/2017.",
                place=_PLACE,
                hint="Pertimbangkan menambahkan Permendagri 3/2017.",
                source=str(HOME_AFFAIRS),
            )
        )
    if SOP_GUIDE not in whole:
        remarks.append(
            note(
                "basis_no_sop_guide",
                "Dasar hukum tidak menyebut PermenPANRB 35/2012, pedoman penyusunan SOP.",
                place=_PLACE,
                hint="Pertimbangkan menambahkan PermenPANRB 35/2012.",
                source=str(SOP_GUIDE),
            )
        )
    return remarks


def _archives(whole: set[Citation]) -> list[Remark]:
    if ARCHIVE_ACT in whole:
        return []
    return [
        note(
            "basis_no_archive_act",
            "SOP ini mengarsipkan dokumen, tetapi dasar hukumnya tidak menyebut UU 43/2009.",
            place=_PLACE,
            hint="Pertimbangkan menambahkan UU 43/2009 tentang Kearsipan.",
            source="UU 43/2009 ps. 44 (2)",
        )
    ]


def _order(cited: list[list[Citation]]) -> list[Remark]:
    """Return one note, on the first line that a higher-ranking one follows."""
    lowest: tuple[Rank, Citation] | None = None
    for number, line in enumerate(cited, start=1):
        if not line:
            continue
        first = line[0]
        if lowest is not None and first.rank < lowest[0]:
            return [
                note(
                    "basis_order_of_rank",
                    f"{first} lebih tinggi tingkatnya, tetapi disebut sesudah {lowest[1]}.",
                    place=f"{_PLACE} {number}",
                    hint="Urutkan menurut tingkat peraturan, lalu menurut tahun (angka 43).",
                    source="UU 12/2011 ps. 64 (2)",
                )
            ]
        if lowest is None or first.rank > lowest[0]:
            lowest = (first.rank, first)
    return []


def _repeated(cited: list[list[Citation]]) -> list[Remark]:
    """Return a warning for each line that begins with a regulation listed before."""
    first_line: dict[Citation, int] = {}
    remarks = []
    for number, line in enumerate(cited, start=1):
        for citation in line[:1]:
            if citation in first_line:
                remarks.append(
                    warning(
                        "basis_repeated",
                        f"{citation} sudah disebut pada baris {first_line[citation]}.",
                        place=f"{_PLACE} {number}",
                        hint="Hapus salah satu.",
                    )
                )
            first_line.setdefault(citation, number)
    return remarks
