"""File an item: where its soft copy and its hard copy are kept, and what kind of archive it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.law.archive_security import Security
from ppid.law.retention import Fate
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import ArchiveEntry, Item, Place, SoftCopy
from ppid.office.writing import writing

FILING_ROLES = MAY[Right.PREPARE] | {"arsiparis"}
DEVELOPMENTS = ("asli", "salinan", "tembusan", "petikan", "pertinggal", "konsep")
MEDIA = ("kertas", "elektronik", "foto", "audio visual", "kartografi")
CONDITIONS = ("baik", "rusak ringan", "rusak berat", "tidak lengkap")
UNITS = ("lembar", "berkas", "folder", "boks", "buku", "keping")
MOST_YEARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What PP 28/2012 and the retention schedule (JRA) say of an archive; all may be unknown.

    period: years ("2024", "2023-2025"). amount, unit: how much there is ("24", "lembar").
    closed_on: the activity was done, from which the years of the JRA count.
    """

    place: UUID | None = None
    classification_code: str = ""
    file_number: str = ""
    item_number: str = ""
    description: str = ""
    period: str = ""
    amount: int | None = None
    unit: str = ""
    development: str = ""
    medium: str = ""
    condition: str = ""
    processing_unit: str = ""
    closed_on: date | None = None
    active_years: int | None = None
    inactive_years: int | None = None
    fate: str = ""


NOTHING = Record()
TEXTS = (
    *("classification_code", "file_number", "item_number", "description", "period", "unit"),
    *("development", "medium", "condition", "processing_unit", "fate"),
)
NUMBERS = ("amount", "active_years", "inactive_years")
CLOSED_SETS = {
    "development": DEVELOPMENTS,
    "medium": MEDIA,
    "condition": CONDITIONS,
    "fate": (*Fate,),
}


def filing_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not record archive entries; empty when they may."""
    return () if authority.holds(FILING_ROLES) else (not_authorised(FILING_ROLES),)


def file_item(
    item: Item,
    *,
    by: UUID,
    at: datetime,
    soft_copy: str = "",
    hard_copy: str = "",
    security: str = Security.SECRET,
    record: Record = NOTHING,
    act: UUID | None = None,
) -> None:
    """Record the item's archive entry, whole; it takes the place of an earlier one.

    soft_copy: where one is kept outside the vault. hard_copy: a word on the place, or instead of
    one. Raises BadInput, Refused.
    Source: UU 14/2008 ps. 8; PP 28/2012 ps. 42
    """
    with writing(act=act, at=at):
        lock(item.body_id)
        refused = filing_obstacles(authority_in(item.body, by=by, at=at))
        if refused:
            raise Refused(*refused)
        demand_kept(item)
        somewhere = bool(soft_copy.strip() or hard_copy.strip())
        findings = (
            *_place_findings(item, record, somewhere=somewhere),
            *_word_findings(record, security, on=at.astimezone(item.body.zone).date()),
        )
        if findings:
            raise BadInput(*findings)
        kept = {"soft_copy": soft_copy.strip(), "hard_copy": hard_copy.strip(), **_said(record)}
        said = {"security": security}
        fact = Fact("archive.filed", said, kept, case=item.case_id, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)


def demand_kept(item: Item) -> None:
    """Raise Refused `archive_destroyed` for an item whose archive is no more."""
    if ArchiveEntry.objects.filter(item=item, destroyed_at__isnull=False).exists():
        raise Refused(Finding("archive_destroyed", "Arsip ini sudah dimusnahkan."))


def _said(record: Record) -> dict[str, object]:
    return {
        "place": str(record.place) if record.place else None,
        "closed_on": record.closed_on.isoformat() if record.closed_on else None,
        **{name: getattr(record, name).strip() for name in TEXTS},
        **{name: getattr(record, name) for name in NUMBERS},
    }


def _place_findings(item: Item, record: Record, *, somewhere: bool) -> Iterator[Finding]:
    if record.place is None:
        if not somewhere and not SoftCopy.objects.filter(item=item).exists():
            text = "Isi tempat soft copy, hard copy, atau keduanya."
            yield Finding("place_missing", text, place="hard_copy")
        return
    places = Place.objects.filter(pk=record.place, body=item.body_id, closed_at__isnull=True)
    if not places.exists():
        text = "Tempat itu tidak ada atau sudah ditutup."
        yield Finding("place_unknown", text, "place", "Pilih tempat lain.")


def _word_findings(record: Record, security: str, *, on: date) -> Iterator[Finding]:
    if security not in [*Security]:
        yield Finding("security_unknown", "Pilih tingkat keamanan arsip.", place="security")
    for name, known in CLOSED_SETS.items():
        if getattr(record, name) not in ("", *known):
            yield Finding("archive_word_unknown", "Pilih salah satu yang tersedia.", name)
    if record.amount is not None and record.amount < 1:
        yield Finding("amount_impossible", "Jumlah arsip paling sedikit satu.", "amount")
    for name in ("active_years", "inactive_years"):
        if not 0 <= (getattr(record, name) or 0) <= MOST_YEARS:
            text = f"Tulis jumlah tahun menurut JRA, 0 sampai {MOST_YEARS}."
            yield Finding("retention_years_impossible", text, name)
    if record.closed_on is not None and record.closed_on > on:
        text = "Hari selesainya kegiatan belum tiba."
        yield Finding("closed_in_future", text, "closed_on", "Kosongkan selama kegiatan berjalan.")
