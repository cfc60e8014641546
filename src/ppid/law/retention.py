"""Retention (retensi arsip): why an archive may not be destroyed on a day.

The end of an exemption opens information and says nothing of how long it is kept. This program
destroys nothing; it says what stands in the way of those who would.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.term import in_words


class Fate(StrEnum):
    """What the retention schedule (jadwal retensi arsip, JRA) says of an archive at its end."""

    DESTROY = "musnah"
    PERMANENT = "permanen"
    REAPPRAISE = "dinilai_kembali"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is known of an archive's retention (UU 43/2009 ps. 51); what is not known is empty.

    ends_on: first day after its retention by the JRA. pending: a case, objection or dispute that it
    belongs to is not settled yet. procedure_done: panel, approval, witnesses and minutes exist.
    """

    fate: Fate | None = None
    ends_on: date | None = None
    pending: bool = False
    procedure_done: bool = False


def destruction_obstacles(archive: Retention, *, on: date) -> tuple[Finding, ...]:
    """Return why the archive may not be destroyed on a day; the end of an exemption changes none.

    Source: UU 43/2009 ps. 51 (1).
    """
    return (
        *_schedule(archive, on=on),
        *((_PENDING,) if archive.pending else ()),
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
_NO_PROCEDURE = Finding(
    "destruction_procedure_missing",
    "Prosedur pemusnahan belum ditempuh: panitia penilai, persetujuan, saksi, berita acara.",
    "procedure_done",
    "Serahkan kepada unit kearsipan; pemusnahan di luar prosedur dipidana (UU 43/2009 ps. 86).",
    "PP 28/2012 ps. 66",
)
