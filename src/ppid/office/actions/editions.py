"""Publish an edition of the list: build exactly the publishable fields, and hand them over.

The office commits first, then delivers; a delivery that failed is made up by the worker, because
which editions the public site lacks can always be seen by comparing the two.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from ppid.errors import Refused
from ppid.law import consequence_test, grounds, term
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import Part
from ppid.office.actions.consequence_tests import PUBLISHABLE
from ppid.office.actions.log_delivery import deliver_log
from ppid.office.actions.openings import (
    first_open_day,
    opened_by_law,
    reason_in_words,
    words_of_opening,
)
from ppid.office.actions.paper_delivery import deliver_papers
from ppid.office.actions.sop_publication import body_in, deliver_sops
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append, checkpoint, lock
from ppid.office.models import Body, Case, ConsequenceTest, Edition, Event, Item
from ppid.office.projections import Happened
from ppid.office.queries.release import cleared_words, demand_released, edition_release
from ppid.office.writing import writing
from ppid.public import intake

FIELDS = {"reason": "public_interest"}
PUBLISHING_ROLES = MAY[Right.DETERMINE] | {"petugas_ppid", "pejabat_bidang", "ppid_pelaksana"}


def register_of(body: Body) -> list[Item]:
    """Return every item that was ever determined, opened ones too: nothing is removed."""
    return list(
        Item.objects.filter(body=body, stage="dikecualikan")
        .select_related("agency", "determination", "determined_test")
        .prefetch_related("determination_lines__determination")
        .order_by("public_id")
    )


def publish_edition(
    body: Body,
    *,
    by: UUID,
    at: datetime,
    case: Case | None = None,
    cleared: str = "",
    act: UUID | None = None,
) -> Edition:
    """Publish the list as it stands now as the next edition.

    cleared: why what may be innocent may be public (`queries.release.UNSURE`); it is logged with
    what it answers. The exempt documents themselves are never part of an edition.

    Raises Refused: `personal_number`, `unreleased_text` always; `inside_title`,
    `close_to_confidential` unless they are cleared; or for want of the right.
    Source: UU 14/2008 ps. 54; UU 43/2009 ps. 44 (2)
    """
    edition = uuid4()
    with writing(act=act, at=at):
        lock(body.pk)
        authority = authority_in(body, by=by, at=at)
        if not authority.holds(PUBLISHING_ROLES):
            raise Refused(not_authorised(PUBLISHING_ROLES))
        last = Edition.objects.filter(body=body).first()
        items = register_of(body)
        built = _edition(body, items, number=last.number + 1 if last else 1, at=at)
        found = edition_release(built, items, before=last.content if last else None)
        demand_released(found, cleared=cleared)
        said = {
            "id": str(edition),
            "number": built.number,
            "content_hash": intake.content_hash(built),
            "entries": len(built.entries),
            "entries_root": intake.entries_root(built),
        }
        kept = {"content": intake.plain_content(built)} | cleared_words(found, cleared)
        append(_fact(said, kept, case), body=body.pk, by=by, at=at)
        # robust: the office has committed; what the public site lacks the worker makes up
        transaction.on_commit(lambda: deliver(body, at=at), robust=True)
    return Edition.objects.get(pk=edition)


def _fact(said: dict[str, Any], kept: dict[str, Any], case: Case | None) -> Fact:
    return Fact("edition.published", said, kept, case=case.pk if case else None)


def deliver(body: Body, *, at: datetime) -> int:
    """Hand every edition that the public site lacks to it, in order; return how many.

    The SOPs that it lacks go before them, and after them the papers, and the log up to the newest
    checkpoint among these (docs/decisions/0035 and 0116).
    """
    deliver_sops(body)
    known = intake.latest_number(body.pk)
    waiting = Edition.objects.filter(body=body, number__gt=known).order_by("number")
    count = 0
    for edition in waiting:
        intake.accept(_handed_over(edition, body, at=at))
        count += 1
    deliver_papers(body, at=at)
    deliver_log(body)
    return count


def _handed_over(edition: Edition, body: Body, *, at: datetime) -> intake.EditionIn:
    return replace(
        intake.edition_from_plain(edition.content),
        checkpoint=checkpoint(body.pk, at=at).note,
        content_hash=edition.content_hash,
    )


def _edition(body: Body, items: Sequence[Item], *, number: int, at: datetime) -> intake.EditionIn:
    return intake.EditionIn(
        body=body_in(body),
        number=number,
        published_at=at,
        entries=tuple(_entry(item, body) for item in items),
        checkpoint="",
        content_hash="",
    )


def _entry(item: Item, body: Body) -> intake.EntryIn:
    test = item.determined_test
    sheet = consequence_test.from_dict(test.sheet)
    decree = item.determination
    ground = grounds.ground(sheet.ground, on=decree.determined_on)
    shown = shown_of(test)
    return intake.EntryIn(
        public_id=item.public_id,
        agency=item.agency.name,
        title=item.public_title,
        ground_label=ground.label,
        legal_basis=sheet.statutes,
        reason=shown["reason"] or "",
        consequence_if_open=shown["consequence_if_open"],
        consequence_if_closed=shown["consequence_if_closed"],
        scope=intake.Scope.PART if sheet.part is Part.PART else intake.Scope.WHOLE,
        opens_on=first_open_day(item),
        opened_reason=_why_open(item),
        opens_soon_from=_soon(item, body),
        decree_number=decree.number,
        decree_date=decree.determined_on,
        history=_history(item, body),
        **_term(sheet),
    )


def shown_of(test: ConsequenceTest) -> dict[str, str | None]:
    """Return the texts of a sheet by name, None where its officers did not mark them publishable.

    Names: those of PUBLISHABLE, `reason` for the balancing of the public interest.
    """
    sheet = consequence_test.from_dict(test.sheet)
    return {
        name: getattr(sheet, FIELDS.get(name, name)) if name in test.publishable else None
        for name in sorted(PUBLISHABLE)
    }


def _term(sheet: Sheet) -> dict[str, Any]:
    given = sheet.term
    return {
        "term_text": term.describe(given),
        "term_starts_on": given.starts_on,
        "term_ends_on": term.ends_on(given),
        "event": getattr(given, "event", None),
        "review_on": term.review_on(given),
    }


def _why_open(item: Item) -> str | None:
    """Return why the item is open: an act's reason, or that the law opened it and nobody acted."""
    return LAPSED if opened_by_law(item) else words_of_opening(item) or None


def _soon(item: Item, body: Body) -> Any:
    ends = first_open_day(item)
    return term.last_day_to_declare_open(ends, body_calendar(body)).day if ends else None


LAPSED = (
    "Terbuka demi hukum: jangka waktunya berakhir dan tidak ada penetapan (PP 61/2010 ps. 11 (3))."
)
DETERMINED = "Ditetapkan sebagai informasi yang dikecualikan"
CHANGED = "Klasifikasi diubah dengan uji konsekuensi baru (PP 61/2010 ps. 10)"
OPENED = "Dinyatakan terbuka"
CORRECTED = "Judul diralat; edisi sebelumnya memuat judul yang lama"


def _history(item: Item, body: Body) -> tuple[intake.HistoryIn, ...]:
    """Return what happened to the item, as far as everybody may know it, oldest first."""
    events = Event.objects.filter(item=item.pk, kind__in=TOLD).order_by("seq")
    lines = [*_determinations(item), *(TOLD[one.kind](one, body) for one in events)]
    return tuple(sorted(lines, key=attrgetter("date")))


def _opened(event: Event, body: Body) -> intake.HistoryIn:
    said = Happened.of(event).values
    return intake.HistoryIn(
        date=date.fromisoformat(said["opened_on"]),
        kind=intake.HistoryKind.DECLARED_OPEN,
        text=f"{OPENED}: {reason_in_words(said['reason'], said.get('document', ''))}",
    )


def _corrected(event: Event, body: Body) -> intake.HistoryIn:
    on = event.at.astimezone(body.zone).date()
    return intake.HistoryIn(date=on, kind=intake.HistoryKind.CORRECTED, text=CORRECTED)


TOLD = {"item.opened": _opened, "item.title_corrected": _corrected}


def _determinations(item: Item) -> list[intake.HistoryIn]:
    """Return the letters on the item, oldest first: the first one determines, the next change."""
    letters = [line.determination for line in item.determination_lines.all()]
    lines = []
    for decree in sorted(letters, key=attrgetter("at")):
        kind = intake.HistoryKind.CHANGED if lines else intake.HistoryKind.DETERMINED
        said = f"{CHANGED if lines else DETERMINED}: {decree.number}"
        lines.append(intake.HistoryIn(date=decree.determined_on, kind=kind, text=said))
    return lines
