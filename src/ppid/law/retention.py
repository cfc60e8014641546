"""Retention (retensi arsip): why an archive may not be destroyed on a day.

The end of an exemption opens information and says nothing of how long it is kept. How the procedure
goes is `ppid.law.destruction`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.term import add_months, in_words


class Fate(StrEnum):
    """What the retention schedule (jadwal retensi arsip, JRA) says of an archive at its end."""

    DESTROY = "musnah"
    PERMANENT = "permanen"
    REAPPRAISE = "dinilai_kembali"


class Phase(StrEnum):
    """Where an archive stands in its retention on a day."""

    ACTIVE = "aktif"
    INACTIVE = "inaktif"
    OVER = "retensi habis"
    UNKNOWN = "belum diketahui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A line of the retention schedule (JRA) as it applies to one archive; None: not known.

    closed_on: the day its activity was done; the years count from it.
    """

    closed_on: date | None = None
    active_years: int | None = None
    inactive_years: int | None = None
    fate: Fate | None = None


def retention_ends_on(schedule: Schedule) -> date | None:
    """Return the first day after active and inactive years together, None while one is unknown.

    Where that day does not exist (29 February), the first of the next month: kept no day too few.
    Source: PP 28/2012 ps. 54 (1) (penjelasan) (reading: docs/decisions/0127).
    """
    if schedule.active_years is None or schedule.inactive_years is None:
        return None
    return _years_after(schedule.closed_on, schedule.active_years + schedule.inactive_years)


def phase(schedule: Schedule, *, on: date) -> Phase:
    """Return whether an archive is active, inactive, or past its retention on a day.

    Source: PP 28/2012 ps. 63 (2).
    """
    if schedule.active_years is None:
        return Phase.UNKNOWN
    inactive_from = _years_after(schedule.closed_on, schedule.active_years)
    if inactive_from is None or on < inactive_from:
        return Phase.ACTIVE
    ends_on = retention_ends_on(schedule)
    return Phase.OVER if ends_on is not None and on >= ends_on else Phase.INACTIVE


def _years_after(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    found = add_months(day, years * 12)
    return found if found.day == day.day else found + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is known of an archive's retention (UU 43/2009 ps. 51); what is not known is empty.

    ends_on: first day after its retention by the JRA. exempt: its exemption runs. pending: a case
    or dispute that it belongs to is not settled yet. owed: a request for it, or an objection, is
    not answered. held: somebody ordered that it be kept. procedure_done: panel, approval,
    witnesses and minutes exist.
    """

    fate: Fate | None = None
    ends_on: date | None = None
    exempt: bool = False
    pending: bool = False
    owed: bool = False
    held: bool = False
    procedure_done: bool = False


def destruction_obstacles(archive: Retention, *, on: date) -> tuple[Finding, ...]:
    """Return why the archive may not be destroyed on a day; the end of an exemption changes none.

    Source: UU 43/2009 ps. 51 (1) (reading: docs/decisions/0129).
    """
    return (
        *_schedule(archive, on=on),
        *((_EXEMPT,) if archive.exempt else ()),
        *((_PENDING,) if archive.pending else ()),
        *((_OWED,) if archive.owed else ()),
        *((_HELD,) if archive.held else ()),
        *(() if archive.procedure_done else (_NO_PROCEDURE,)),
    )


def _schedule(archive: Retention, *, on: date) -> tuple[Finding, ...]:
    if archive.fate is None or archive.ends_on is None:
        return (_UNKNOWN,)
    late = archive.ends_on > on
    running = Finding(
        "retention_running",
        f"Retensinya baru habis pada {in_words(archive.ends_on)}.",
        "ends_on",
        "Simpan sampai hari itu, juga bila informasinya sudah terbuka.",
        "UU 43/2009 ps. 51 (1) huruf b",
    )
    kept = () if archive.fate is Fate.DESTROY else (_KEPT,)
    return (*((running,) if late else ()), *kept)


_UNKNOWN = Finding(
    "retention_unknown",
    "Retensi dan nasib akhirnya menurut JRA tidak tercatat di sini.",
    "fate",
    "Tanyakan unit kearsipan; tanpa JRA tidak ada pemusnahan.",
    "UU 43/2009 ps. 51 (1) huruf b",
)
_KEPT = Finding(
    "retention_permanent",
    "Menurut JRA arsip ini tidak berketerangan musnah.",
    "fate",
    "Arsip ini disimpan atau dinilai kembali.",
    "UU 43/2009 ps. 51 (1) huruf b",
)
_PENDING = Finding(
    "case_pending",
    "Arsip ini berkaitan dengan perkara atau berkas yang belum selesai.",
    "pending",
    "Tunggu sampai selesai.",
    "UU 43/2009 ps. 51 (1) huruf d",
)
_EXEMPT = Finding(
    "exemption_running",
    "Jangka waktu pengecualiannya masih berjalan.",
    "exempt",
    "Tunggu sampai berakhir: informasinya lalu menjadi Informasi Publik.",
    "PP 61/2010 ps. 11 (3)",
)
_OWED = Finding(
    "answer_owed",
    "Permintaan atau keberatan atas informasi ini belum dijawab.",
    "owed",
    "Jawab lebih dahulu; menghancurkan Informasi Publik yang dilindungi negara dipidana.",
    "UU 14/2008 ps. 53",
)
_HELD = Finding(
    "archive_held",
    "Arsip ini ditahan dari pemusnahan.",
    "held",
    "Cabut penahanannya lebih dahulu, bila alasannya sudah tidak ada.",
    "UU 43/2009 ps. 51 (1) huruf c",
)
_NO_PROCEDURE = Finding(
    "destruction_procedure_missing",
    "Prosedur pemusnahan belum ditempuh: panitia penilai, persetujuan, saksi, berita acara.",
    "procedure_done",
    "Serahkan kepada unit kearsipan; pemusnahan di luar prosedur dipidana (UU 43/2009 ps. 86).",
    "PP 28/2012 ps. 66",
)
