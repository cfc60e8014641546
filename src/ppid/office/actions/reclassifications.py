"""Begin a change of classification (PP 61/2010 ps. 10); what is called an extension is the same.

The item comes under a case, where it is tested, approved and determined anew. Until that letter the
old determination holds with its own end: beginning a change prolongs nothing.
"""

from datetime import date, datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.law.opening import DISPUTE_REASONS
from ppid.office.actions.cases import open_case
from ppid.office.actions.items import preparing_obstacles, take_up_item, taking_up_obstacles
from ppid.office.actions.openings import first_open_day
from ppid.office.authority import Authority
from ppid.office.log import lock
from ppid.office.models import Case, Item, SopVersion
from ppid.office.writing import writing

ALREADY_OPEN = Finding(
    "already_open",
    "Informasi ini sudah terbuka dan tidak dapat ditutup lagi.",
    source="PP 61/2010 ps. 11 (3)",
)
OPENED_IN_DISPUTE = Finding(
    "opened_in_dispute",
    "Informasi ini dinyatakan terbuka lewat keberatan atau sengketa.",
    hint="Informasi ini tidak dapat dikecualikan lagi.",
    source="UU 14/2008 ps. 18 (1) huruf g",
)


def change_obstacles(item: Item, *, authority: Authority, on: date) -> tuple[Finding, ...]:
    """Return why this person cannot begin a change of the item's classification on the day.

    Source: PP 61/2010 ps. 10 (1) (reading: docs/decisions/0022)
    """
    prepare = preparing_obstacles(None, authority=authority, agency=item.agency_id)
    return (*_what_is_open(item, on=on), *taking_up_obstacles(item), *prepare)


def _what_is_open(item: Item, *, on: date) -> tuple[Finding, ...]:
    if item.opening_reason in DISPUTE_REASONS:
        return (OPENED_IN_DISPUTE,)
    day = first_open_day(item)
    return (ALREADY_OPEN,) if day is not None and day <= on else ()


def begin_change(
    item: Item,
    *,
    into: Case | SopVersion | None,
    reason: str,
    by: UUID,
    at: datetime,
    title: str = "",
    act: UUID | None = None,
) -> Case:
    """Bring a determined item under a case for a new test and return the case.

    into: a running case, or the SOP by which one is opened with the title, by default one that
    names the item as the public list does. reason: why it is to be changed, kept in its history.
    Raises BadInput (no case, no reason), Refused.
    Source: PP 61/2010 ps. 10 (2)
    """
    if into is None:
        raise BadInput(Finding("case_missing", "Pilih berkas untuk uji ulang.", place="into"))
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Alasan pengubahan belum diisi.", place="reason"))
    with writing(act=act, at=at):
        lock(item.body_id)
        item = Item.objects.select_related("body", "agency", "case").get(pk=item.pk)
        on = at.astimezone(item.body.zone).date()
        if found := _what_is_open(item, on=on):
            raise Refused(*found)
        if isinstance(into, SopVersion):
            title = title or f"Pengubahan klasifikasi: {item.public_title}"
            into = open_case(into, title=title, by=by, at=at)
        take_up_item(into, item=item, by=by, at=at, reason=reason)
    return into
