"""One case as a person sees it now: its sheet, what waits, what was done, and what may be done."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import from_dict, missing
from ppid.law.deliberation import Deliberated
from ppid.office.actions.approvals import head_obstacles
from ppid.office.actions.consequence_tests import newest_sheet
from ppid.office.actions.deliberations import determination_findings
from ppid.office.actions.determinations import determining_roles
from ppid.office.actions.items import preparing_obstacles
from ppid.office.actions.steps import Here, other_agency, work_obstacles
from ppid.office.authority import Right, not_authorised
from ppid.office.mandate import MandatedAct
from ppid.office.models import Approval, Body, Case, Event, Item, Person, Task
from ppid.office.projections.cases import definition_of
from ppid.office.queries.deliberations import CaseDeliberations, case_deliberations, considers
from ppid.office.queries.history import HistoryLine, in_words, who_in_words
from ppid.office.queries.items import head_has_approved
from ppid.office.queries.parts import ListPart, part_of
from ppid.office.queries.staff import Staff
from ppid.office.queries.tasks import Running, eyes_obstacles
from ppid.sop import duration, progress, run
from ppid.sop.definition import Action, Step
from ppid.sop.progress import StepStatus


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row of the SOP with where the case stands on it."""

    step: Step
    status: StepStatus
    performers: str
    done_by: tuple[str, ...]

    @property
    def css(self) -> str:
        """Return the modifier of the step list."""
        return {StepStatus.DONE: "done", StepStatus.OPEN: "current"}.get(self.status, "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that is open now, with why this person may not do it (empty when they may).

    people: who may act. work: what the step must still produce before it can be completed forward.
    """

    task: run.Task
    step: Step
    performer: str
    agency_name: str
    due_at: datetime | None
    provisional: bool
    late: bool
    people: tuple[str, ...]
    obstacles: tuple[Finding, ...]
    work: tuple[Finding, ...]

    @property
    def mine(self) -> bool:
        """Return whether this person may act on it."""
        return not self.obstacles and self.task.blocked is None

    @property
    def extendable(self) -> bool:
        """Return whether its time can still be extended once."""
        return bool(duration.parse(self.step.time).extension) and not self.task.extended


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the case: how complete its sheet is and what was said about it."""

    item: Item
    gaps: int
    has_test: bool
    approvals: tuple[Approval, ...]
    head_approved: bool
    archived: bool
    is_open: bool
    undeliberated: tuple[Finding, ...] = ()

    @property
    def unready(self) -> tuple[Finding, ...]:
        """Return why the item cannot be determined yet; the determination itself asks more."""
        title = self.item.title
        if self.item.returned:
            text = f"Dikembalikan: {self.item.returned}"
            return (Finding("item_returned", text, title, source="PP 61/2010 ps. 3 (2)"),)
        if self.gaps:
            text = f"{self.gaps} hal pada lembar uji belum lengkap."
            return (Finding("sheet_incomplete", text, title, source="UU 14/2008 ps. 19"),)
        if not self.head_approved:
            text = "Belum disetujui pimpinan Badan Publik."
            found = Finding("approval_missing", text, title, source="PP 61/2010 ps. 3 (2)")
            return (*self.undeliberated, found)
        return self.undeliberated

    @property
    def state(self) -> str:
        """Return the item's stage in words."""
        if self.item.returned:
            return "Dikembalikan"
        if self.is_open:
            return "Terbuka"
        return STAGES[self.item.stage]


STAGES = {"usulan": "Usulan", "ditolak": "Ditolak", "dikecualikan": "Dikecualikan"}


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the case page shows. hidden: titles of its items that the person may not see."""

    here: Here
    steps: tuple[StepLine, ...]
    waiting: tuple[Waiting, ...]
    items: tuple[ItemLine, ...]
    history: tuple[HistoryLine, ...]
    prepare: tuple[Finding, ...]
    head: tuple[Finding, ...]
    needs_head: bool
    needs_letter: bool
    has_letter: bool
    hidden: frozenset[str]
    deliberations: CaseDeliberations

    @property
    def case(self) -> Case:
        """Return the case itself."""
        return self.here.case

    @property
    def undeliberated(self) -> tuple[Finding, ...]:
        """Return which candidates the team has not considered yet, whether or not it must."""
        held, on = self.deliberations.held, _today(self.here)
        return tuple(
            one
            for line in self.candidates
            for one in determination_findings(line.item, held, determined_on=on)
        )

    @property
    def considering(self) -> tuple[str, ...]:
        """Return the rows of the SOP in which a team considers."""
        sop = self.here.sop
        return tuple(step.row for step in sop.steps if considers(sop, step))

    @property
    def candidates(self) -> tuple[ItemLine, ...]:
        """Return the items that still wait for a determination."""
        return tuple(line for line in self.items if _is_candidate(line.item))


def case_page(case: UUID, *, by: UUID, body: str, at: datetime) -> CasePage:
    """Return what this person sees of the case now. Raises NotFound, for another body's too."""
    here = Here.of(case, by=by, at=at)
    if here.case.body_id != body or not here.authority.may(Right.READ):
        raise NotFound(Finding("case_unknown", "Berkas tidak ditemukan."))
    names = dict(Person.objects.filter(body=body).values_list("pk", "name"))
    seen, hidden = _items(here)
    deliberations = case_deliberations(
        here.case, items=seen, reader=here.authority, on=_today(here)
    )
    held = deliberations.held if deliberations.needed else None
    items = tuple(_item_line(item, here, held=held) for item in seen)
    titles = frozenset(item.title for item in hidden)
    candidates = [line for line in items if _is_candidate(line.item)]
    return CasePage(
        here=here,
        steps=_step_lines(here, names),
        waiting=_waiting(here, titles),
        items=items,
        history=_history(here, names, seen=seen, hidden=hidden),
        prepare=preparing_obstacles(here.case, authority=here.authority, agency=None),
        head=head_obstacles(here.case, authority=here.authority),
        needs_head=any(not line.head_approved and line.has_test for line in candidates),
        needs_letter=_needs_letter(here, candidates),
        has_letter=here.case.determinations.exists(),
        hidden=titles,
        deliberations=deliberations,
    )


def _is_candidate(item: Item) -> bool:
    """Return whether the case is to decide on the item: it is new, or being tested anew.

    What a case took up without a new sheet is there to be opened, not to be determined.
    """
    if item.stage != "dikecualikan" or item.determination is None:
        return item.stage == "usulan"
    newest = newest_sheet(item)
    fresh = newest is not None and newest.pk != item.determined_test_id
    return fresh and item.determination.case_id != item.case_id


def _needs_letter(here: Here, candidates: list[ItemLine]) -> bool:
    """Return whether a letter is made beside the SOP: it has no row `tetapkan`, or that is done.

    What its letter left undecided or sent back would otherwise never be determined.
    """
    status = progress.step_status(here.sop, here.state)
    rows = [step.number for step in here.sop.steps if step.action is Action.DETERMINE]
    over = all(status[number] is StepStatus.DONE for number in rows)
    may = here.authority.acting(MandatedAct.DETERMINE).holds(determining_roles(here.case))
    return bool(candidates) and over and may and here.case.ended_at is None


def _step_lines(here: Here, names: Mapping[UUID, str]) -> tuple[StepLine, ...]:
    status = progress.step_status(here.sop, here.state)
    return tuple(
        StepLine(
            step=step,
            status=status[step.number],
            performers=", ".join(here.sop.performer(code).name for code in step.performers),
            done_by=tuple(
                dict.fromkeys(
                    names.get(UUID(done.actor), "")
                    for done in here.state.done
                    if done.step == step.number
                )
            ),
        )
        for step in here.sop.steps
    )


def _waiting(here: Here, hidden: Collection[str]) -> tuple[Waiting, ...]:
    rows = {(row.step, row.performer, row.agency_id): row for row in here.case.tasks.all()}
    agencies = {one.code: one for one in here.case.body.agencies.all()}
    staff = Staff.of(here.case.body_id, on=_today(here))
    found = []
    for task in run.tasks(here.sop, here.state):
        agency = agencies.get(task.agency) if task.agency else None
        row = rows[task.step, task.performer, agency.pk if agency else None]
        name = agency.name if agency else ""
        obstacles = _task_obstacles(here, task, row, staff=staff, agency=name)
        work = () if obstacles else work_obstacles(here, task, outcome=None)
        found.append(
            Waiting(
                task=task,
                step=here.sop.step(task.step),
                performer=here.sop.performer(task.performer).name,
                agency_name=name,
                due_at=row.due_at,
                provisional=row.provisional,
                late=row.due_at is not None and row.due_at < here.at,
                people=staff.names(row.roles, agency=row.agency_id),
                obstacles=obstacles,
                work=masked(work, hidden),
            )
        )
    return tuple(found)


def _today(here: Here) -> date:
    return here.at.astimezone(here.case.body.zone).date()


def _task_obstacles(
    here: Here, task: run.Task, row: Task, *, staff: Staff, agency: str
) -> tuple[Finding, ...]:
    """Return why this person may not act, other eyes included, before anything is filled in."""
    person = here.authority.person
    if not here.authority.holds(row.roles):
        return (not_authorised(row.roles),)
    if not staff.includes(person, row.roles, agency=row.agency_id):
        return (other_agency(agency),)
    running = Running(here.case, here.sop, here.state)
    return eyes_obstacles(running, task, actor=person, at=here.at)


def masked(findings: Iterable[Finding], hidden: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings without the titles of items that the person may not see."""
    return tuple(
        replace(one, place="Informasi perangkat daerah lain") if one.place in hidden else one
        for one in findings
    )


def _items(here: Here) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return the items of the case that the person may see, and those that they may not."""
    rows = Item.objects.filter(case=here.case).select_related("agency", "archive", "determination")
    rows = rows.prefetch_related("approvals", "consequence_tests")
    limit = here.authority.agencies(Right.READ)
    seen = tuple(item for item in rows if limit is None or item.agency_id in limit)
    return seen, tuple(item for item in rows if item not in seen)


def _item_line(item: Item, here: Here, *, held: Mapping[UUID, Deliberated] | None) -> ItemLine:
    """Return the item as it stands. held: None where its letter waits for no deliberation."""
    test, on = newest_sheet(item), _today(here)
    sheet = from_dict(test.sheet) if test else Sheet()
    settled = test is not None and test.pk == item.determined_test_id
    return ItemLine(
        item=item,
        gaps=0 if settled else len(missing(sheet, on=on)),
        has_test=test is not None,
        approvals=tuple(sorted(item.approvals.all(), key=attrgetter("at"))),
        head_approved=head_has_approved(item),
        archived=hasattr(item, "archive"),
        is_open=_is_open(item, on=on),
        undeliberated=_undeliberated(item, here, held),
    )


def _undeliberated(
    item: Item, here: Here, held: Mapping[UUID, Deliberated] | None
) -> tuple[Finding, ...]:
    if held is None or not _is_candidate(item):
        return ()
    zone = here.case.body.zone
    given = [one.at for one in item.approvals.all() if one.by_head]
    approved_on = max(given).astimezone(zone).date() if head_has_approved(item) else None
    return determination_findings(item, held, determined_on=_today(here), approved_on=approved_on)


def _is_open(item: Item, *, on: date) -> bool:
    """Return whether a determined item is open on the day, though nobody acted.

    Source: PP 61/2010 ps. 11 (3)
    """
    days = [day for day in (item.opens_on, item.declared_open_on) if day is not None]
    return item.stage == "dikecualikan" and any(day <= on for day in days)


def _history(
    here: Here, names: Mapping[UUID, str], *, seen: Iterable[Item], hidden: Iterable[Item]
) -> tuple[HistoryLine, ...]:
    """Return what happened in the case; not what happened to items that the person may not see."""
    unseen = [item.pk for item in hidden]
    titles = {item.pk: item.title for item in seen}
    events = Event.objects.filter(case=here.case.pk).exclude(kind="document.read").order_by("-seq")
    return tuple(
        HistoryLine(
            at=event.at,
            who=who_in_words(event, names),
            what=in_words(event, here.sop),
            about=titles.get(event.item, ""),
        )
        for event in events
        if event.item not in unseen
    )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list, with what waits in it now."""

    case: Case
    waiting: tuple[tuple[Task, Step], ...]
    late: bool


def case_lines(
    body: Body, *, ended: bool | None, at: datetime, page: str | None
) -> tuple[ListPart, tuple[CaseLine, ...]]:
    """Return one page of the body's cases, newest first; ended: only those that have, or not."""
    rows = Case.objects.filter(body=body).prefetch_related("tasks__agency", "sop")
    if ended is not None:
        rows = rows.filter(ended_at__isnull=not ended)
    part = part_of(rows.order_by("-opened_at", "-number"), page=page)
    return part, tuple(_case_line(case, at=at) for case in part.rows)


def _case_line(case: Case, *, at: datetime) -> CaseLine:
    sop = definition_of(case.sop.text)
    tasks = list(case.tasks.all())
    return CaseLine(
        case=case,
        waiting=tuple((task, sop.step(task.step)) for task in tasks),
        late=any(task.due_at is not None and task.due_at < at for task in tasks),
    )
