"""Drive one case of any SOP to its end, by different people in their roles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from uuid import UUID

from ppid.errors import Finding, Refused
from ppid.law.term import Term
from ppid.office.actions.approvals import APPROVE, Decision, approve_as_head, decide
from ppid.office.actions.bodies import add_agency, create_body
from ppid.office.actions.cases import open_case
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.deliberations import is_needed
from ppid.office.actions.determinations import Letter, determine, head_approval
from ppid.office.actions.editions import PUBLISHING_ROLES, publish_edition
from ppid.office.actions.items import add_item
from ppid.office.actions.people import add_person, make_appointment
from ppid.office.actions.sops import adopt_sop
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.steps import act_on_step
from ppid.office.authority import head_roles, holders, role_name
from ppid.office.demo.samples import SAMPLES, Sample, sample_sheet
from ppid.office.demo.store_room import file_in_order
from ppid.office.demo.team import deliberate
from ppid.office.models import Agency, Body, Case, Event, Person, SopVersion, Task
from ppid.office.projections.cases import definition_of
from ppid.sop import record
from ppid.sop.case import Done
from ppid.sop.definition import Action, Definition, Step

MOST_ACTS = 500
MOST_ACTS_PER_STEP = 20
LAST_HOUR = 16
AGENCIES = (
    ("dinkes", "Dinas Kesehatan"),
    ("bkd", "Badan Kepegawaian Daerah"),
    ("inspektorat", "Inspektorat Daerah"),
)
FEWEST_PER_ROLE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One act of the walk: when, on which row, by whom, and what it wrote to the log."""

    at: datetime
    row: str
    activity: str
    person: str
    role: str
    outcome: str
    changes: tuple[str, ...]


class Walk:
    """One office at work. The clock is the walk's own: it starts on a day and only goes on.

    samples: what is collected in the next case; terms: other terms than the usual, by title.
    """

    def __init__(self, body: Body, *, now: datetime) -> None:
        self.body = body
        self.now = now
        self.agencies: list[Agency] = []
        self.samples: tuple[Sample, ...] = SAMPLES[: len(AGENCIES)]
        self.terms: dict[str, Term] = {}

    def follow(self, version: SopVersion) -> None:
        """Work by this SOP from now on."""
        self.sop: Definition = definition_of(version.text)

    def tick(self, *, minutes: int = 25) -> datetime:
        """Return the moment of the next act; after four in the afternoon it is the next morning."""
        self.now += timedelta(minutes=minutes)
        if self.now.astimezone(self.body.zone).hour >= LAST_HOUR:
            tomorrow = self.today + timedelta(days=1)
            self.now = datetime.combine(tomorrow, time(8, 0), tzinfo=self.body.zone)
        return self.now

    @property
    def today(self) -> date:
        """Return the body's local date."""
        return self.now.astimezone(self.body.zone).date()

    def person(self, roles: tuple[str, ...] | list[str], *, agency: UUID | None = None) -> UUID:
        """Return somebody who holds one of the roles today. Raises Refused if nobody does."""
        found = holders(self.body.pk, roles, on=self.today, agency=agency)
        if not found:
            names = ", ".join(role_name(role) for role in roles)
            raise Refused(Finding("nobody_holds_role", f"Tidak ada pemegang peran: {names}."))
        return found[0].person_id


def set_up(text: str, *, on: date, name: str = "SOP") -> tuple[Walk, Case]:
    """Make an office for an SOP file, with people in all its roles, and open a case on a day.

    Raises BadInput for a file that `sop check` refuses, Refused when the SOP has ended by then.
    """
    body = create_body(
        "latihan",
        name="Badan Publik Latihan",
        unit="Dinas Komunikasi dan Informatika",
        place="Kota Latihan",
        timezone="Asia/Jakarta",
        at=datetime.combine(on, time(7, 0)).astimezone(),
    )
    walk = Walk(body, now=datetime.combine(on, time(7, 30), tzinfo=body.zone))
    version = adopt_sop(body, text=text, at=walk.now, name=name)
    walk.follow(version)
    walk.agencies = [
        add_agency(body, code=code, name=title, at=walk.now) for code, title in AGENCIES
    ]
    _appoint_everybody(walk)
    opener = walk.person(list(walk.sop.performer(walk.sop.step(1).performers[0]).roles))
    case = open_case(
        version,
        title=f"Latihan: {walk.sop.name}",
        by=opener,
        at=walk.tick(),
        agencies=walk.agencies,
    )
    return walk, case


def _appoint_everybody(walk: Walk) -> None:
    roles = {role for performer in walk.sop.performers for role in performer.roles}
    for performer in walk.sop.performers:
        if performer.recorded_by:
            roles |= set(walk.sop.performer(performer.recorded_by).roles)
    people = _people_per_role(walk.sop)
    for role in sorted(roles | {"ppid_utama", "petugas_ppid", "pimpinan_badan_publik"}):
        for agency in (*walk.agencies, None) if role == "ppid_pelaksana" else (None,):
            for number in range(1, people + 1):
                where = f", {agency.name}" if agency else ""
                person = add_person(
                    walk.body, name=f"{role_name(role)} {number}{where}", at=walk.now
                )
                make_appointment(
                    person,
                    role=role,
                    agency=agency,
                    starts_on=walk.today,
                    decree_number=f"SK/{role}/{walk.today.year}",
                    decree_date=walk.today,
                    at=walk.now,
                )


def _people_per_role(sop: Definition) -> int:
    """Return how many holders a role needs, were all steps that exclude each other its own."""
    hands = {step.number: len(step.performers) for step in sop.steps}
    needed = (
        hands[step.number] + sum(hands[number] for number in {*step.not_performed_by})
        for step in sop.steps
    )
    return max(FEWEST_PER_ROLE, *needed)


def walk_to_end(walk: Walk, case: Case) -> Iterator[Line]:
    """Act on whatever waits until the case ends, yielding each act as it is done.

    Raises Refused with the obstacle when nobody can go on.
    """
    most = max(MOST_ACTS, MOST_ACTS_PER_STEP * len(walk.sop.steps))
    for _ in range(most):
        task = Task.objects.filter(case=case).select_related("agency").first()
        if task is None:
            return
        yield act_on(walk, case, task)
    raise Refused(Finding("walk_too_long", f"Berkas belum selesai sesudah {most} tindakan."))


def act_on(walk: Walk, case: Case, task: Task, *, outcome: str | None = None) -> Line:
    """Do one waiting step: the work that its action asks for, then the step itself."""
    if task.blocked:
        raise Refused(Finding("step_blocked", task.blocked))
    step = walk.sop.step(task.step)
    seen = Event.objects.filter(body=walk.body.pk).count()
    person, role = _actor(walk, case, task)
    chosen = outcome or (None if task.confirm else _way_out(walk.sop, case, task))
    if not task.confirm:
        WORK.get(step.action, _no_work)(walk, case, task, person)
    act_on_step(
        case.pk,
        step=task.step,
        by=person,
        at=walk.tick(),
        agency=task.agency.code if task.agency else None,
        outcome=chosen,
        reason="Perlu diperbaiki." if _needs_reason(step, chosen) or outcome else "",
    )
    new = Event.objects.filter(body=walk.body.pk, seq__gte=seen).order_by("seq")
    return Line(
        at=walk.now,
        row=step.row,
        activity=step.activity,
        person=Person.objects.get(pk=person).name,
        role=role,
        outcome=chosen or ("dikonfirmasi" if task.confirm else ""),
        changes=tuple(new.values_list("kind", flat=True)),
    )


def _actor(walk: Walk, case: Case, task: Task) -> tuple[UUID, str]:
    """Return who acts: of those who may, who did it before, else somebody new, else anybody."""
    found = holders(walk.body.pk, task.roles, on=walk.today, agency=task.agency_id)
    case.refresh_from_db()
    done = record.state_from_text(case.state).done
    barred = _barred(walk.sop.step(task.step), task, done)
    free = [one for one in found if str(one.person_id) not in barred]
    if not free:
        names = ", ".join(role_name(role) for role in task.roles)
        raise Refused(Finding("nobody_holds_role", f"Tidak ada pemegang peran: {names}."))
    own = (task.step, task.performer)
    before = {one.actor for one in done if (one.step, one.performer) == own}
    acted = {one.actor for one in done}
    again = [one for one in free if str(one.person_id) in before]
    fresh = [one for one in free if str(one.person_id) not in acted]
    one = (again or fresh or free)[0]
    return one.person_id, role_name(one.role)


def _barred(step: Step, task: Task, done: Sequence[Done]) -> set[str]:
    """Return who may not act: by `bukan_pelaku`, or for another performer of the same step."""
    other_hands = {
        one.actor for one in done if one.step == step.number and one.performer != task.performer
    }
    return other_hands | {one.actor for one in done if one.step in step.not_performed_by}


def _way_out(sop: Definition, case: Case, task: Task) -> str | None:
    """Return the first outcome that needs no reason; on coming back, the nearest to the end."""
    step = sop.step(task.step)
    free = [outcome.name for outcome in step.outcomes if not outcome.needs_reason]
    agency = task.agency.code if task.agency else None
    done = record.state_from_text(case.state).done
    been = any((one.step, one.agency) == (step.number, agency) for one in done)
    if free and not been:
        return free[0]
    distance = _distances(sop)
    nearest = sorted(
        step.outcomes, key=lambda one: max((distance[to] for to in one.targets), default=0)
    )
    return nearest[0].name if nearest else None


def _needs_reason(step: Step, outcome: str | None) -> bool:
    return any(one.needs_reason for one in step.outcomes if one.name == outcome)


def _distances(sop: Definition) -> dict[int, int]:
    far = len(sop.steps) + 1
    distance = {step.number: far for step in sop.steps}
    for _ in sop.steps:
        for step in sop.steps:
            best = min(max((distance[to] for to in way), default=0) for way in step.exits)
            distance[step.number] = min(far, best + 1)
    return distance


Work = Callable[[Walk, Case, Task, UUID], None]


def _no_work(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    """Forwarding, receiving and other work leaves nothing but the note of the step."""


def _collect(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    if items_in_work(case).exists():
        return
    preparer = walk.person(["petugas_ppid"])
    own = {agency.code: agency for agency in walk.agencies}
    for any_agency, sample in zip(cycle(walk.agencies), walk.samples, strict=False):
        add_item(
            case,
            agency=own.get(sample.agency, any_agency),
            title=sample.title,
            public_title=sample.public_title,
            summary=sample.summary,
            by=preparer,
            at=walk.tick(),
        )


def _test(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    agency = task.agency.code if task.agency else None
    for item in items_in_work(case, agency=agency):
        if not item.consequence_tests.exists():
            tester = walk.person(["ppid_pelaksana", "petugas_ppid"], agency=item.agency_id)
            sheet = sample_sheet(
                next((one for one in walk.samples if one.title == item.title), walk.samples[0]),
                tested_on=walk.today,
                place=walk.body.place,
                term=walk.terms.get(item.title),
            )
            write_test(
                item,
                sheet=sheet,
                publishable=("reason", "consequence_if_open", "consequence_if_closed"),
                by=tester,
                at=walk.tick(),
            )


def consider(walk: Walk, case: Case) -> None:
    """Let the team deliberate on every item of the case, with its sheet before it."""
    _test(walk, case, Task(case=case), walk.person(["ppid_utama"]))
    deliberate(walk, case)


def _consider(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    consider(walk, case)


def _all_yes(case: Case) -> tuple[Decision, ...]:
    return tuple(Decision(item.pk, APPROVE) for item in items_in_work(case))


def _approve(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    decide(case, decisions=_all_yes(case), by=person, at=walk.tick())


def _determine(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    if not case.items.exists():
        _collect(walk, case, task, person)
    determine_by(walk, case, official=person)


def determine_by(walk: Walk, case: Case, *, official: UUID) -> None:
    """Do all that the law wants before a determination, then issue its letter."""
    items = [item for item in items_in_work(case) if item.stage == "usulan"]
    if not items:
        return
    _test(walk, case, Task(case=case), official)
    if is_needed(case, on=walk.today):
        deliberate(walk, case)
    if any(head_approval(item) is None for item in items):
        head = walk.person(list(head_roles(walk.body)))
        approve_as_head(case, decisions=_all_yes(case), by=head, at=walk.tick())
    letter = Letter(
        number=f"PPID/{case.number}",
        determined_on=walk.today,
        place=walk.body.place,
        unit=walk.body.unit,
    )
    determine(case, items=items, letter=letter, by=official, at=walk.tick())


def _classify(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    _test(walk, case, Task(case=case), person)


def _archive(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    items = items_in_work(case).filter(archive__isnull=True).select_related("agency", "body")
    for number, item in enumerate(items, start=1):
        file_in_order(walk, item, number=number)


def _publish(walk: Walk, case: Case, task: Task, person: UUID) -> None:
    determine_by(walk, case, official=walk.person(["ppid_utama"]))
    publisher = walk.person(sorted(PUBLISHING_ROLES))
    publish_edition(walk.body, by=publisher, at=walk.tick(), case=case)


WORK: dict[Action, Work] = {
    Action.COLLECT: _collect,
    Action.TEST: _test,
    Action.CONSIDER: _consider,
    Action.APPROVE: _approve,
    Action.DETERMINE: _determine,
    Action.CLASSIFY: _classify,
    Action.ARCHIVE: _archive,
    Action.PUBLISH: _publish,
}
