"""The watch: what the program does each morning with the terms of one body.

It records what the law has opened, and tells the PPID what will end. It decides nothing: whether an
item is open follows from its dates (ppid.law.term), also where the watch never runs. It may run
twice, late, or after a standstill; each end is recorded once, with its legal date.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from django.db.models import F, Q

from ppid.errors import Finding
from ppid.law.docket import Matter, Stage, Standing, last_end_due, standing
from ppid.office.authority import MAY, Right, holders
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Event, Item, SopVersion
from ppid.office.projections.cases import acting_roles, definition_of
from ppid.office.writing import writing
from ppid.sop.definition import Trigger

AT_ONCE = 100
"""Items written in one transaction, so that officers need not wait for a long sweep."""

UNATTENDED = Q(stage="dikecualikan", declared_open_on__isnull=True, lapsed_on__isnull=True)
OVERTAKEN = Q(stage="dikecualikan", declared_open_on__gt=F("opens_on"), lapsed_on__isnull=True)
"""Declared open for a day that a later determination's term comes before: nobody acted on that."""
EVERY = Q()


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run wrote: how many items had opened by law, how many notices were given."""

    lapsed: int = 0
    noticed: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def clock_is_wrong(self) -> bool:
        """Return whether nothing was done because the clock went backwards."""
        return any(one.code == "clock_backwards" for one in self.findings)


def watch(body: Body, *, at: datetime) -> Watched:
    """Do the morning's run of one body at a moment, and return what it wrote.

    A clock that stands before the body's last event does nothing: finding `clock_backwards`.
    Source: PP 61/2010 ps. 11 (3)
    """
    if backwards := clock_obstacles(body, at=at):
        return Watched(findings=backwards)
    on = at.astimezone(body.zone).date()
    ended = [item for item, _ in _ended(body, on=on)]
    lapsed = _in_turn(body, ended, lambda among: _lapse(body, among, on=on, at=at))
    told = people_to_tell(body, on=on)
    due = list(dict.fromkeys(item for item, _ in _due(body, on=on)))
    noticed = _in_turn(body, due, lambda among: _notice(body, among, told=told, on=on, at=at))
    nobody = (_nobody_told(),) if due and not told else ()
    return Watched(lapsed=lapsed, noticed=noticed, findings=nobody)


def clock_obstacles(body: Body, *, at: datetime) -> tuple[Finding, ...]:
    """Return that the clock stands before the body's last event, if it does."""
    last = Event.objects.filter(body=body.pk).order_by("-seq").values_list("at", flat=True).first()
    if last is None or at >= last:
        return ()
    local = last.astimezone(body.zone)
    return (
        Finding(
            "clock_backwards",
            f"Jam mesin mundur: catatan terakhir {body.name} bertanggal {local:%d-%m-%Y %H.%M}.",
            place=body.pk,
            hint="Betulkan jam mesin; jatuh tempo diperiksa lagi sesudahnya.",
        ),
    )


def notified_roles(body: Body, *, on: date) -> frozenset[str]:
    """Return whose holders are told what ends: the PPID, and whom the SOP names for it.

    Source: PP 61/2010 ps. 11 (1) (reading: docs/decisions/0025)
    """
    named = {
        role
        for version in SopVersion.objects.filter(in_force_on(on), body=body)
        for role in _trigger_roles(version)
    }
    return MAY[Right.OPEN_ITEM] | named


def in_force_on(on: date) -> Q:
    """Return the condition that an SOP version is in force on a day."""
    started = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    return started & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _trigger_roles(version: SopVersion) -> set[str]:
    sop = definition_of(version.text)
    steps = [step for step in sop.steps if step.trigger is Trigger.TERM_ENDS]
    return {role for step in steps for code in step.performers for role in acting_roles(sop, code)}


def _ended(body: Body, *, on: date, among: Q = EVERY) -> list[tuple[UUID, date]]:
    # Two questions, each with an index of its own: an OR would read every item that was declared.
    found = [
        row
        for which in (UNATTENDED, OVERTAKEN)
        for row in Item.objects.filter(which, among, body=body, opens_on__lte=on)
        .order_by("opens_on")
        .values_list("pk", "opens_on")
    ]
    return sorted(found, key=itemgetter(1))


def _due(body: Body, *, on: date, among: Q = EVERY) -> list[tuple[UUID, Standing]]:
    """Return what the PPID has to be told of: each matter that is nearer than when last told."""
    calendar = body_calendar(body)
    known: dict[tuple[Matter, date], Standing] = {}
    found = []
    for item, matter, day, noticed in _near(
        body, on=on, last=last_end_due(on, calendar), among=among
    ):
        now = known.get((matter, day)) or standing(matter, day, on=on, calendar=calendar)
        known[matter, day] = now
        if now.stage.is_nearer_than(Stage(noticed) if noticed else Stage.NOT_YET):
            found.append((item, now))
    return found


def _near(
    body: Body, *, on: date, last: date, among: Q
) -> Iterator[tuple[UUID, Matter, date, str]]:
    rows = Item.objects.filter(UNATTENDED, among, body=body).order_by()
    ends = rows.filter(opens_on__gt=on, opens_on__lte=last)
    for item, day, noticed in ends.values_list("pk", "opens_on", "noticed_end"):
        yield item, Matter.END, day, noticed
    # No OR over opens_on here: SQLite would then read every item that is still closed.
    reviews = rows.filter(review_on__lte=last)
    columns = ("pk", "review_on", "noticed_review", "opens_on")
    for item, day, noticed, opens_on in reviews.values_list(*columns):
        if opens_on is None or opens_on > on:
            yield item, Matter.REVIEW, day, noticed


def people_to_tell(body: Body, *, on: date) -> tuple[str, ...]:
    """Return the ids of those who are told on a day what ends, or what has moved."""
    people = holders(body.pk, notified_roles(body, on=on), on=on)
    return tuple(sorted({str(one.person_id) for one in people}))


def _in_turn(body: Body, items: Sequence[UUID], write: Callable[[Q], int]) -> int:
    """Write some items at a time, each time in a transaction of its own; return how many.

    What has changed since they were found, `write` sees when it asks again among them.
    """
    count = 0
    for first in range(0, len(items), AT_ONCE):
        with writing():
            lock(body.pk)
            count += write(Q(pk__in=items[first : first + AT_ONCE]))
    return count


def _lapse(body: Body, among: Q, *, on: date, at: datetime) -> int:
    still = _ended(body, on=on, among=among)
    for item, day in still:
        fact = Fact("item.lapsed", {"opened_on": day.isoformat()}, item=item)
        append(fact, body=body.pk, by=None, at=at)
    return len(still)


def _notice(body: Body, among: Q, *, told: tuple[str, ...], on: date, at: datetime) -> int:
    still = _due(body, on=on, among=among)
    for item, now in still:
        append(_notice_fact(item, now, told=told), body=body.pk, by=None, at=at)
    return len(still)


def _notice_fact(item: UUID, now: Standing, *, told: tuple[str, ...]) -> Fact:
    said = {
        "matter": now.matter.value,
        "stage": now.stage.value,
        "ends_on": now.ends_on.isoformat(),
        "provisional": now.provisional,
        "told": list(told),
    }
    return Fact("docket.noticed", said, item=item)


def _nobody_told() -> Finding:
    return Finding(
        "nobody_to_tell",
        "Ada informasi yang jatuh tempo, tetapi tidak ada PPID yang bertugas hari ini.",
        hint="Catat penugasan PPID Utama; informasinya tetap terbuka pada waktunya.",
        source="PP 61/2010 ps. 11 (1)",
    )
