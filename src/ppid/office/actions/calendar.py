"""Enter decrees on days off and working weeks; what is pending is computed anew in the same act."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.law.decree import Decree, WorkWeek, decree_obstacles, week_obstacles
from ppid.law.workdays import weekdays
from ppid.office.actions.people import demand_set_up
from ppid.office.actions.watch import people_to_tell
from ppid.office.calendar import Calendars, calendars
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Body, CalendarChange
from ppid.office.pending_days import moves
from ppid.office.writing import writing


def obstacles(body: Body, decree: Decree) -> tuple[Finding, ...]:
    """Return why the decree may not be entered for the body."""
    now = calendars(body)
    return decree_obstacles(decree, known=now.entered.decrees, calendar=now.of())


def enter_decree(
    body: Body,
    decree: Decree,
    *,
    at: datetime,
    by: UUID | None = None,
    source: str = "",
    act: UUID | None = None,
) -> CalendarChange:
    """Enter a decree as of today and return what it moved; a day that has come never moves.

    Whatever the decree says of `entered_on`, it is the body's local day now.
    Raises BadInput with every obstacle, Refused, Conflict for a form that was sent before.
    Source: Perpres 21/2023 ps. 6 (reading: docs/decisions/0090)
    """
    demand_set_up(body, by=by, at=at)
    decree = replace(decree, entered_on=at.astimezone(body.zone).date())
    said = {
        "id": str(uuid4()),
        "scope": decree.scope.value,
        "number": " ".join(decree.number.split()),
        "year": decree.year,
        "decreed_on": decree.decreed_on.isoformat(),
        "entered_on": decree.entered_on.isoformat(),
        "source": source.strip(),
        "holidays": {str(day): name for day, name in sorted(decree.holidays.items())},
        "collective_leave": {
            str(day): name for day, name in sorted(decree.collective_leave.items())
        },
        "corrects": decree.corrects,
    }
    with writing(act=act, at=at):
        lock(body.pk)
        body.refresh_from_db()
        if findings := obstacles(body, decree):
            raise BadInput(*findings)
        before = calendars(body)
        append(Fact("calendar.decreed", said), body=body.pk, by=by, at=at)
        return _recompute(body, before, by=by, at=at, decree_id=said["id"])


def set_week(
    body: Body,
    week: WorkWeek,
    *,
    at: datetime,
    by: UUID | None = None,
    agency: Agency | None = None,
    act: UUID | None = None,
) -> CalendarChange:
    """Set the working week of the body, or of one unit, from a day to come; return what it moved.

    Raises BadInput, Refused, Conflict for a form that was sent before.
    Source: Perpres 21/2023 ps. 3 (reading: docs/decisions/0090)
    """
    demand_set_up(body, by=by, at=at)
    weekdays(week.days_per_week)
    on = at.astimezone(body.zone).date()
    findings = week_obstacles(week, on=on) + _unit_obstacles(body, agency)
    if findings:
        raise BadInput(*findings)
    said = {
        "id": str(uuid4()),
        "agency_id": str(agency.pk) if agency else None,
        "starts_on": week.starts_on.isoformat(),
        "days_per_week": week.days_per_week,
        "collective_leave_works": week.collective_leave_works,
    }
    with writing(act=act, at=at):
        lock(body.pk)
        body.refresh_from_db()
        before = calendars(body)
        append(Fact("calendar.week_set", said), body=body.pk, by=by, at=at)
        return _recompute(body, before, by=by, at=at, week_id=said["id"])


def _unit_obstacles(body: Body, agency: Agency | None) -> tuple[Finding, ...]:
    if agency is None or agency.body_id == body.pk:
        return ()
    text = "Perangkat daerah ini bukan bagian badan publik ini."
    return (Finding("agency_unknown", text, place="agency"),)


def _recompute(
    body: Body,
    before: Calendars,
    *,
    by: UUID | None,
    at: datetime,
    decree_id: str | None = None,
    week_id: str | None = None,
) -> CalendarChange:
    body.refresh_from_db()
    on = at.astimezone(body.zone).date()
    found = moves(body, before=before, after=calendars(body), on=on)
    change = uuid4()
    said = {
        "id": str(change),
        "decree_id": decree_id,
        "week_id": week_id,
        "moved": sum(one.moved for one in found),
        "told": list(people_to_tell(body, on=on)),
    }
    kept = {"moves": [one.as_dict() for one in found]}
    append(Fact("calendar.recomputed", said, kept), body=body.pk, by=by, at=at)
    return CalendarChange.objects.get(pk=change)
