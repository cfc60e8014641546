"""The determination: a letter that closes items, after test and approval (PP 61/2010 ps. 3-4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.law import determination as law
from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.grounds import ground
from ppid.law.public_list import public_list_obstacles
from ppid.office.actions import deliberations
from ppid.office.actions.consequence_tests import newest_test, sheet_of
from ppid.office.actions.public_list import listed_titles
from ppid.office.actions.sheet_drafts import drop_sheet_drafts
from ppid.office.actions.step_work import items_in_work
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.mandate import MandatedAct
from ppid.office.models import Approval, Case, Determination, Item, Person
from ppid.office.projections.cases import acting_roles, definition_of
from ppid.office.queries.release import hard, item_release
from ppid.office.writing import writing
from ppid.sop.definition import Action

DEFAULT_TERM_ROLES = ("pimpinan_badan_publik",)
CASE_ENDED = Finding("case_ended", "Berkas ini sudah selesai.")
TITLE_MISSING = Finding(
    "public_title_missing",
    "Judul yang aman untuk umum belum diisi.",
    hint="Isi judul untuk daftar, tanpa isi yang dikecualikan.",
    source="UU 14/2008 ps. 11 (1) huruf a",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the officer fills in on the letter itself."""

    number: str
    determined_on: date | None
    place: str
    unit: str


def determining_roles(case: Case) -> frozenset[str]:
    """Return who may determine: the PPID, and whom the SOP's own step `tetapkan` names."""
    sop = definition_of(case.sop.text)
    named = {
        role
        for step in sop.steps
        if step.action is Action.DETERMINE
        for role in acting_roles(sop, step.performers[0])
    }
    return MAY[Right.DETERMINE] | named


def head_approval(item: Item) -> Approval | None:
    """Return the newest word of the head on the item's sheet as it now stands, if it is a yes.

    An approval counts for the sheet and the version it was given to, and for no other.
    Source: PP 61/2010 ps. 3 (2)
    """
    test = newest_test(item)
    last = item.approvals.filter(by_head=True).order_by("at").last()
    if test is None or last is None or last.decision != "setuju":
        return None
    return last if (last.test, last.test_version) == (test.pk, test.version) else None


def drafted(
    case: Case, *, items: Sequence[Item], letter: Letter, authority: Authority
) -> law.Determination:
    """Return the determination as the law sees it, complete or not."""
    authority, roles = authority.acting(MandatedAct.DETERMINE), determining_roles(case)
    behalf = authority.behalf(roles)
    lines = tuple(_line(item, case) for item in items)
    approvals = [line.approval for line in lines if line.approval]
    return law.Determination(
        number=letter.number.strip(),
        determined_on=letter.determined_on,
        place=letter.place.strip(),
        body=case.body.name,
        unit=letter.unit.strip(),
        ppid_name=authority.name,
        ppid_position=authority.position(roles),
        determined_by=str(authority.person),
        approved_by=approvals[0].by if approvals else "",
        on_behalf_of=tuple(str(one) for one in behalf.people) if behalf else (),
        items=lines,
    )


def _line(item: Item, case: Case) -> law.DeterminedItem:
    test = newest_test(item)
    given = head_approval(item)
    zone = case.body.zone
    term_roles = case.body.settings.get("term_roles", DEFAULT_TERM_ROLES)
    return law.DeterminedItem(
        item=item.title,
        sheet=sheet_of(item),
        approval=law.Approval(
            by=str(given.person),
            on=given.at.astimezone(zone).date(),
            on_behalf_of=tuple(given.behalf),
        )
        if given
        else None,
        tested_by=tuple(test.testers) if test else (),
        proposed_by=str(item.added_by),
        # A mandate never carries the fixing of a term (docs/decisions/0093).
        term_set_by_head=bool(given and given.role in term_roles and not given.behalf),
        first_exempt_on=_first_exempt_on(item),
        opened_in_dispute=item.opening_reason in law.DISPUTE_REASONS,
    )


def _first_exempt_on(item: Item) -> date | None:
    """Return when huruf a first closed the item: every sheet but the newest was determined."""
    sheets = [from_dict(test.sheet) for test in item.consequence_tests.all()]
    days = [one.term.starts_on for one in sheets if one.term and one.ground.startswith("a")]
    return min(days, default=None)


def _change_obstacles(item: Item, case: Case, *, letter: Letter) -> tuple[Finding, ...]:
    """Return why an item that was determined before may not be determined anew.

    Source: PP 61/2010 ps. 10 (1)
    """
    if item.determination is None or item.determined_test is None or letter.determined_on is None:
        return ()
    line = _line(item, case)
    previous = replace(line, sheet=from_dict(item.determined_test.sheet))
    found = law.change_obstacles(
        line,
        previous=previous,
        previous_on=item.determination.determined_on,
        determined_on=letter.determined_on,
        declared_open_on=item.declared_open_on,
    )
    return tuple(replace(one, place=f"{item.title}: {one.place}") for one in found)


def obstacles(
    case: Case, *, items: Sequence[Item], letter: Letter, authority: Authority, on: date
) -> tuple[Finding, ...]:
    """Return every reason why these items may not be determined by this letter today."""
    lines = [
        finding
        for item in items
        for finding in line_obstacles(case, item=item, letter=letter, authority=authority, on=on)
    ]
    found = letter_obstacles(case, items=items, letter=letter, authority=authority, on=on)
    return (*found, *lines)


def letter_obstacles(
    case: Case, *, items: Sequence[Item], letter: Letter, authority: Authority, on: date
) -> tuple[Finding, ...]:
    """Return why the letter may not be issued with these items, whatever their own obstacles.

    Source: PP 61/2010 ps. 4 (2)
    """
    draft = drafted(case, items=items, letter=letter, authority=authority)
    return (
        *law.letter_obstacles(draft, on=on),
        *_number_used(case, letter),
        *deciding_obstacles(case, authority=authority),
    )


def deciding_obstacles(case: Case, *, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not decide the lines of a letter in the case now."""
    roles = determining_roles(case)
    return (
        *((CASE_ENDED,) if case.ended_at is not None else ()),
        *(() if authority.acting(MandatedAct.DETERMINE).holds(roles) else (not_authorised(roles),)),
    )


def _number_used(case: Case, letter: Letter) -> tuple[Finding, ...]:
    number = letter.number.strip()
    if not number or not Determination.objects.filter(body=case.body_id, number=number).exists():
        return ()
    return (
        Finding(
            "decree_number_used",
            f"Nomor {number} sudah dipakai surat penetapan lain.",
            place="number",
            hint="Periksa buku nomor surat, lalu isi nomor yang benar.",
        ),
    )


def line_obstacles(
    case: Case, *, item: Item, letter: Letter, authority: Authority, on: date
) -> tuple[Finding, ...]:
    """Return why one item may not be determined by the letter; each place begins with its title.

    Source: PP 61/2010 ps. 3 (1)
    """
    draft = drafted(case, items=[item], letter=letter, authority=authority)
    return (
        *law.line_obstacles(draft.items[0], draft, on=on),
        *_undeliberated(item, case, letter=letter),
        *_change_obstacles(item, case, letter=letter),
        *(() if item.public_title else (replace(TITLE_MISSING, place=item.title),)),
        *((_returned(item),) if item.returned else ()),
        *_unreleasable(item),
        *_listed(item, draft.items[0], case),
    )


def _listed(item: Item, line: law.DeterminedItem, case: Case) -> tuple[Finding, ...]:
    """Return that the item stands on the list of public information as well."""
    titles = (item.title, item.public_title)
    listed = listed_titles(case.body_id)
    found = public_list_obstacles(titles, part=line.sheet.part, listed=listed)
    return tuple(replace(one, place=f"{item.title}: {one.place}") for one in found)


def _unreleasable(item: Item) -> tuple[Finding, ...]:
    """Return what could not be published, while its words can still be changed."""
    found = hard(item_release(item, newest_test(item)))
    return tuple(replace(one, place=f"{item.title}: {one.place}") for one in found)


def _returned(item: Item) -> Finding:
    return Finding(
        "item_returned",
        f"Informasi ini dikembalikan: {item.returned}",
        place=item.title,
        hint="Perbaiki lembar ujinya, lalu mintakan persetujuan pimpinan lagi.",
        source="PP 61/2010 ps. 3 (2)",
    )


def _undeliberated(item: Item, case: Case, *, letter: Letter) -> tuple[Finding, ...]:
    """Return whether the item still waits for the team, where the body's letters do."""
    day = letter.determined_on
    if day is None or not deliberations.is_needed(case, on=day):
        return ()
    given = head_approval(item)
    return deliberations.determination_findings(
        item,
        deliberations.deliberated_in(case),
        determined_on=day,
        approved_on=given.at.astimezone(case.body.zone).date() if given else None,
    )


def determine(
    case: Case,
    *,
    items: Sequence[Item],
    letter: Letter,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Determination:
    """Issue the letter; its items enter the register.

    Raises Refused with every obstacle, BadInput for an item that is not in the case.

    Source: PP 61/2010 ps. 4 (2)
    """
    with writing(act=act, at=at):
        lock(case.body_id)
        case = Case.objects.select_related("body", "sop").get(pk=case.pk)
        wanted = {item.pk for item in items}
        fresh = [item for item in items_in_work(case) if item.pk in wanted]
        if len(fresh) < len(wanted):
            raise BadInput(Finding("item_unknown", "Informasi ini bukan bagian berkas.", "items"))
        on = at.astimezone(case.body.zone).date()
        authority = authority_in(case.body, by=by, at=at)
        findings = obstacles(case, items=fresh, letter=letter, authority=authority, on=on)
        if findings:
            raise Refused(*findings)
        determination = issue(case, items=fresh, letter=letter, authority=authority, at=at)
    return Determination.objects.get(pk=determination)


def issue(
    case: Case, *, items: Sequence[Item], letter: Letter, authority: Authority, at: datetime
) -> UUID:
    """Append the letter with these items and return its id. Inside `writing()`, after the checks.

    Source: PP 61/2010 ps. 4 (1)
    """
    determination = uuid4()
    draft = drafted(case, items=items, letter=letter, authority=authority)
    said_of = authority.acting(MandatedAct.DETERMINE).said_of(determining_roles(case))
    fact = _fact(determination, draft, items, case=case, acting=said_of)
    append(fact, body=case.body_id, by=authority.person, at=at)
    drop_sheet_drafts(items)
    return determination


def _fact(
    determination: UUID,
    draft: law.Determination,
    items: Sequence[Item],
    *,
    case: Case,
    acting: dict[str, object],
) -> Fact:
    head = Person.objects.get(pk=draft.approved_by)
    said = {
        "id": str(determination),
        "number": draft.number,
        "determined_on": str(draft.determined_on),
        "place": draft.place,
        "unit": draft.unit,
        "official": draft.determined_by,
        "official_name": draft.ppid_name,
        "official_position": draft.ppid_position,
        "approved_by": draft.approved_by,
        "approved_by_name": head.name,
        "count": len(items),
        **acting,
    }
    lines = [_determined_line(item, draft.determined_on) for item in items]
    return Fact("determination.made", said, {"lines": lines}, case=case.pk)


def _determined_line(item: Item, determined_on: date | None) -> dict[str, str | None]:
    sheet = sheet_of(item)
    basis = ground(sheet.ground, on=determined_on)
    opens, review = term.opens_on(sheet.term, ground=basis), term.review_on(sheet.term)
    return {
        "item": str(item.pk),
        "opens_on": opens.isoformat() if opens else None,
        "review_on": review.isoformat() if review else None,
    }
