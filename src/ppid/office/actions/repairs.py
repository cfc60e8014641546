"""The repair desk's two ways out: take an old entry up with a sheet, or decide that it is open.

The third, leaving it for later, is no act. What is wrong with an entry is defect_report's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.law.consequence_test import ConsequenceTest
from ppid.law.defect_term import end_of
from ppid.law.term_text import read_term
from ppid.law.written_date import first_day
from ppid.office.actions.cases import open_case
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.legacy import take_up_entry, taking_up_entry_obstacles
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Case, ImportedEntry, Item, SopVersion
from ppid.office.writing import writing

CASE_TITLE = "Perbaikan daftar lama"


class EntryOpening(StrEnum):
    """Why what an old entry names is open."""

    ENDED = "berakhir"
    NOT_EXEMPT = "tidak_dikecualikan"

    @property
    def label(self) -> str:
        """Return the reason in words."""
        return _LABELS[self]


_LABELS = {
    EntryOpening.ENDED: "Jangka waktunya sudah berakhir",
    EntryOpening.NOT_EXEMPT: "Bukan informasi yang dikecualikan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What an officer made of an entry: who holds it, how it is called in public, and the sheet."""

    agency: Agency
    public_title: str = ""
    sheet: ConsequenceTest


def take_up_repaired(
    entry: ImportedEntry,
    *,
    into: Case | SopVersion | None,
    repair: Repair,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Item:
    """Make a candidate of an entry with its sheet and return it, all in one act.

    into: a running case, or the SOP by which one is opened. The sheet may be incomplete like any
    other. Raises BadInput (no case) or Refused.
    Source: UU 14/2008 ps. 19
    """
    if into is None:
        text = "Pilih berkas untuk informasi ini."
        raise BadInput(Finding("case_missing", text, place="into"))
    with writing(act=act, at=at):
        lock(entry.body_id)
        if isinstance(into, SopVersion):
            into = open_case(into, title=CASE_TITLE, by=by, at=at)
        item = take_up_entry(
            into,
            entry=entry,
            agency=repair.agency,
            public_title=repair.public_title,
            by=by,
            at=at,
        )
        write_test(item, sheet=repair.sheet, by=by, at=at)
    return item


def ended_on(entry: ImportedEntry, *, on: date) -> date | None:
    """Return the day an entry's own term ended, None unless it has on the day.

    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0027)
    """
    old = entry.legacy
    end, _ = end_of(read_term(old.term), decreed_on=first_day(old.decree))
    return end if end is not None and end <= on else None


def opening_obstacles(
    entry: ImportedEntry, *, opening: EntryOpening | None, on: date
) -> tuple[Finding, ...]:
    """Return why an entry cannot be decided open on the day; without a reason, whatever it is.

    Source: PP 61/2010 ps. 11 (3)
    """
    found = taking_up_entry_obstacles(entry)
    if found or opening is not EntryOpening.ENDED or ended_on(entry, on=on):
        return found
    return (
        Finding(
            "term_not_ended",
            "Dari daftar lama tidak terbaca bahwa jangka waktunya sudah berakhir.",
            "opening",
            "Pilih alasan lain, atau ambil ke berkas dan isi jangka waktunya.",
            "PP 61/2010 ps. 11 (3)",
        ),
    )


def open_entry(
    entry: ImportedEntry,
    *,
    opening: EntryOpening,
    reason: str,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Decide that what an entry names is open: from the end of its term, else from today.

    by: a PPID. reason: in the officer's words, kept for the record. Raises BadInput (no reason) or
    Refused.
    Source: PP 61/2010 ps. 11 (1)
    """
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Alasan belum diisi.", place="reason"))
    with writing(act=act, at=at):
        lock(entry.body_id)
        entry.refresh_from_db()
        on = at.astimezone(entry.body.zone).date()
        findings = opening_obstacles(entry, opening=opening, on=on)
        if not authority_in(entry.body, by=by, at=at).may(Right.OPEN_ITEM):
            findings += (not_authorised(MAY[Right.OPEN_ITEM]),)
        if findings:
            raise Refused(*findings)
        opened_on = ended_on(entry, on=on) if opening is EntryOpening.ENDED else on
        said = {
            "entry": str(entry.pk),
            "opening": opening.value,
            "opened_on": (opened_on or on).isoformat(),
        }
        fact = Fact("entry.opened", said, {"reason": reason.strip()})
        append(fact, body=entry.body_id, by=by, at=at)
    entry.refresh_from_db()
