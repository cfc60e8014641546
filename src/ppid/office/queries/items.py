"""One item as a person sees it: its words, its sheet, its decisions, and its status today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from operator import attrgetter
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law import term
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import from_dict, missing
from ppid.law.consequence_weakness import weaknesses
from ppid.law.grounds import Ground, ground
from ppid.law.reading import reading_obstacles
from ppid.law.term import Status
from ppid.office.actions.approvals import APPROVE
from ppid.office.actions.archive import filing_obstacles
from ppid.office.actions.consequence_tests import newest_sheet, newest_test, sheet_of
from ppid.office.actions.destructions import archive_obstacles
from ppid.office.actions.items import (
    correcting_obstacles,
    determined_already,
    preparing_obstacles,
)
from ppid.office.actions.loans import lending_obstacles
from ppid.office.actions.openings import (
    may_open,
    opened_by_law,
    opening_case,
    opening_obstacles,
    words_of_opening,
)
from ppid.office.actions.places import keeping_obstacles
from ppid.office.actions.reclassifications import change_obstacles
from ppid.office.authority import MAY, Authority, Right, authority_of, not_authorised
from ppid.office.labels import code_of
from ppid.office.mandate import MandatedAct
from ppid.office.models import (
    Approval,
    ArchiveEntry,
    ConsequenceTest,
    Event,
    Item,
    Person,
    RequestedItem,
    SoftCopy,
)
from ppid.office.queries.classifications import Classification, classifications
from ppid.office.queries.deliberations import AdviceLine, advice_lines
from ppid.office.queries.filing import Keeping, documents_of, keeping_of
from ppid.office.queries.history import HistoryLine, in_words, who_in_words
from ppid.office.queries.release import item_release
from ppid.office.queries.requests import requests_for
from ppid.office.queries.sheet_words import sheet_lines

UNKNOWN = Finding("item_unknown", "Informasi tidak ditemukan.")


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that the page of an item shows.

    ground, term_text: of the determination that holds, else of the newest sheet. prepare, changing,
    correcting, filing, opening, reclassifying: why this person may not write the sheet, change the
    words, correct the public title, record the archive entry, declare the item open, begin a
    change; empty when they may. lending: why its paper cannot be handed out now. release: what
    stands against publishing the words that can still be changed.
    """

    item: Item
    sheet: Sheet
    test: ConsequenceTest | None
    ground: Ground | None
    missing: tuple[Finding, ...]
    weaknesses: tuple[Finding, ...]
    release: tuple[Finding, ...]
    status: str
    term_text: str
    approvals: tuple[tuple[Approval, str], ...]
    advice: tuple[AdviceLine, ...]
    history: tuple[HistoryLine, ...]
    sheet_lines: tuple[tuple[str, str], ...]
    archive: ArchiveEntry | None
    kept: Keeping | None
    lending: tuple[Finding, ...]
    documents: tuple[SoftCopy, ...]
    prepare: tuple[Finding, ...]
    changing: tuple[Finding, ...]
    correcting: tuple[Finding, ...]
    filing: tuple[Finding, ...]
    opening: tuple[Finding, ...]
    reclassifying: tuple[Finding, ...]
    opening_words: str
    declared_on: date | None
    opened_by_law: bool
    classifications: tuple[Classification, ...]
    requests: tuple[RequestedItem, ...]
    keeping: tuple[Finding, ...]
    whole_body: bool
    may_open_for_judge: bool
    on: date

    @property
    def rests_on_sheet(self) -> bool:
        """Return whether the newest sheet is the one that the determination rests on."""
        return self.test is not None and self.test.pk == self.item.determined_test_id

    @property
    def code(self) -> str:
        """Return the code on the label of its paper."""
        return code_of(self.item.pk)

    @property
    def is_changing(self) -> bool:
        """Return whether the item is under a case of its own for a new test."""
        item, letter = self.item, self.item.determination
        running = item.case is not None and item.case.ended_at is None
        return letter is not None and running and letter.case_id != item.case_id

    @property
    def tested_on_request(self) -> bool:
        """Return whether the sheet that is to be written next belongs to a test on a request."""
        begun = self.test is not None and self.test.pk != self.item.determined_test_id
        case = self.item.case_id
        asked = case is not None and any(link.case_id == case for link in self.requests)
        return asked and not (begun and self.sheet.moment)


def head_has_approved(item: Item) -> bool:
    """Return whether the head said yes to the sheet as it now stands, from rows read with the item.

    Source: PP 61/2010 ps. 3 (2)
    """
    words = [one for one in item.approvals.all() if one.by_head]
    last = max(words, key=attrgetter("at"), default=None)
    if last is None or last.decision != APPROVE:
        return False
    test = newest_sheet(item)
    return test is not None and (last.test, last.test_version) == (test.pk, test.version)


def visible_item(
    item: UUID, *, by: UUID, body: str, on: date, unknown: Finding = UNKNOWN
) -> tuple[Item, Authority]:
    """Return the item if this person may see it. Raises NotFound otherwise.

    A PPID Pelaksana sees the items of the own agency; who only manages the system sees none.
    unknown: what is said, if something of the item was asked for: the same as of what never was.
    """
    authority = authority_of(by, on=on)
    rows = Item.objects.filter(pk=item, body=body).select_related(
        "agency", "body", "case__sop", "determination", "determined_test", "archive"
    )
    found = rows.first()
    if found is None or _kept_from(found, authority):
        raise NotFound(unknown)
    return found, authority


def visible_test(test: UUID, *, by: UUID, body: str, on: date) -> ConsequenceTest:
    """Return a consequence test of an item that this person may see. Raises NotFound otherwise."""
    unknown = Finding("sheet_unknown", "Lembar uji tidak ditemukan.")
    found = ConsequenceTest.objects.filter(pk=test, item__body=body).first()
    if found is None:
        raise NotFound(unknown)
    found.item, _ = visible_item(found.item_id, by=by, body=body, on=on, unknown=unknown)
    return found


def _kept_from(item: Item, authority: Authority) -> bool:
    """Return whether the person may not read the item; why would say that there is one."""
    limit = authority.agencies(Right.READ)
    return bool(
        reading_obstacles(
            has_role=authority.may(Right.READ),
            agency=str(item.agency_id),
            limited_to=None if limit is None else [str(one) for one in limit],
        )
    )


def item_page(item: UUID, *, by: UUID, body: str, on: date) -> ItemPage:
    """Return what this person sees of the item on the day. Raises NotFound."""
    found, authority = visible_item(item, by=by, body=body, on=on)
    sheet = sheet_of(found)
    names = dict(Person.objects.filter(body=body).values_list("pk", "name"))
    events = Event.objects.filter(item=found.pk).exclude(kind="document.read").order_by("-seq")
    prepare = preparing_obstacles(found.case, authority=authority, agency=found.agency_id)
    archive = getattr(found, "archive", None)
    held = from_dict(found.determined_test.sheet) if found.determined_test else sheet
    test = newest_test(found)
    settled = test is not None and test.pk == found.determined_test_id
    status = status_of(found, on=on)
    return ItemPage(
        item=found,
        whole_body=authority.agencies(Right.READ) is None,
        sheet=sheet,
        test=test,
        ground=_ground(held, on=on),
        missing=() if settled else missing(sheet, on=on),
        weaknesses=weaknesses(sheet),
        release=() if settled else item_release(found, test),
        status=status,
        term_text=term.describe(held.term) if held.term else "",
        approvals=_approvals(found, names),
        advice=advice_lines([found])[found.pk],
        history=tuple(
            HistoryLine(one.at, who_in_words(one, names), in_words(one)) for one in events
        ),
        sheet_lines=sheet_lines(sheet, _ground(sheet, on=on)),
        archive=archive,
        kept=_kept(found, archive, status=status, on=on),
        lending=(*keeping_obstacles(authority), *lending_obstacles(found)),
        documents=documents_of(found),
        prepare=prepare,
        may_open_for_judge=authority.may(Right.DETERMINE),
        changing=(*determined_already(found), *prepare),
        correcting=correcting_obstacles(found, authority=authority),
        filing=filing_obstacles(authority),
        opening=_opening(found, authority, on=on),
        reclassifying=change_obstacles(found, authority=authority, on=on),
        opening_words=words_of_opening(found),
        declared_on=_declared_on(events, found.body.zone),
        opened_by_law=opened_by_law(found),
        classifications=classifications(found, authority),
        requests=requests_for(found),
        keeping=archive_obstacles(found, on=on),
        on=on,
    )


def _approvals(item: Item, names: dict[UUID, str]) -> tuple[tuple[Approval, str], ...]:
    """Return every word on the item with who said it, and for whom."""
    return tuple(
        (one, ", ".join(filter(None, (names.get(one.person, ""), one.acting))))
        for one in item.approvals.order_by("at")
    )


def _kept(item: Item, archive: ArchiveEntry | None, *, status: str, on: date) -> Keeping | None:
    return keeping_of(item, archive, exempt=status == "dikecualikan", on=on) if archive else None


def _declared_on(events: Iterable[Event], zone: tzinfo) -> date | None:
    """Return the day of the newest act that declared the item open, whenever that took effect."""
    days = (one.at.astimezone(zone).date() for one in events if one.kind == "item.opened")
    return next(days, None)


def _opening(item: Item, authority: Authority, *, on: date) -> tuple[Finding, ...]:
    """Return why this person may not declare the item open, whatever the reason."""
    found = opening_obstacles(item, on=on)
    roles = authority.acting(MandatedAct.OPEN).roles
    if may_open(roles, opening_case(item.body, roles)):
        return found
    return (*found, not_authorised(MAY[Right.OPEN_ITEM]))


def _ground(sheet: Sheet, *, on: date) -> Ground | None:
    return ground(sheet.ground, on=on) if sheet.ground else None


def status_of(item: Item, *, on: date) -> str:
    """Return "usulan", "ditolak", "dikecualikan" or "terbuka", worked out for the day.

    Source: PP 61/2010 ps. 11 (3)
    """
    if item.stage != "dikecualikan" or item.determined_test is None:
        return item.stage
    sheet = from_dict(item.determined_test.sheet)
    basis = ground(sheet.ground, on=item.determination.determined_on)
    found = term.status(sheet.term, on=on, ground=basis, declared_open_on=item.declared_open_on)
    return "terbuka" if found is Status.OPEN else "dikecualikan"
