"""The list of information that is accessible on request (penjelasan PP 61/2010 ps. 11 (1)).

Decides what stands on the list on a day and on what ground, and what a line must state. Who draws
it up, and where it is published, is the office's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.opening import OpeningReason


class Basis(StrEnum):
    """Why a line stands on the list: the PPID determined it, or the law opened it."""

    DETERMINED = "ditetapkan"
    BY_LAW = "demi_hukum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An item whose exemption ends or ended (PP 61/2010 ps. 11); what is not known is empty.

    opens_on: first open day by the term. declared_open_on, reason: the act that declared it open.
    decree_number, decree_on: the letter that had closed it. title: safe for everybody.
    """

    item: str
    title: str
    holder: str
    decree_number: str
    decree_on: date | None
    opens_on: date | None = None
    declared_open_on: date | None = None
    reason: OpeningReason | None = None


def basis(ended: Ended, *, on: date) -> Basis | None:
    """Return why the item stands on the list on a day, None if it does not.

    Listed is what the end of its term opened, by an act or by law. What a consent, a hearing or a
    dispute opened is public information of another list (UU 14/2008 ps. 11 (2)).
    Source: PP 61/2010 ps. 11 (1) (reading: docs/decisions/0091).
    """
    declared = ended.declared_open_on is not None and ended.declared_open_on <= on
    by_term = ended.opens_on is not None and ended.opens_on <= on
    if declared and ended.reason is OpeningReason.TERM_ENDS:
        return Basis.DETERMINED
    if by_term and not declared:
        return Basis.BY_LAW
    return None


def list_findings(lines: Iterable[Ended]) -> tuple[Finding, ...]:
    """Return what the lines of the list do not state; the place is "item: field".

    Source: PP 61/2010 ps. 11 (1) (reading: docs/decisions/0091).
    """
    wanted = (
        ("title", "list_title_missing", "Judul untuk umum belum diisi."),
        ("holder", "list_holder_missing", "Unit kerja yang menguasainya belum disebut."),
        ("decree_number", "list_decree_missing", "Nomor penetapan semula belum disebut."),
        ("decree_on", "list_decree_missing", "Tanggal penetapan semula belum disebut."),
    )
    return tuple(
        Finding(
            code,
            text,
            f"{line.item}: {name}",
            "Lengkapi, supaya pemohon tahu apa yang dapat dimintanya.",
            "PP 61/2010 ps. 11 (1)",
        )
        for line in lines
        for name, code, text in wanted
        if not getattr(line, name)
    )
