"""Record what the team considered (pertimbangan): minutes, attendance, positions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.office.actions.tasks import demand_task
from ppid.office.authority import authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import Case
from ppid.office.writing import writing
from ppid.sop.definition import Action


def record_consideration(
    case: Case,
    *,
    held_on: date,
    place: str,
    minutes: str,
    attendance: list[dict[str, str]],
    positions: list[dict[str, Any]],
    by: UUID,
    at: datetime,
) -> None:
    """Record a meeting of the team, by whoever may act on its step. Raises BadInput, Refused.

    attendance: [{"name", "position"}]; positions: [{"name", "position", "reason"}].
    """
    findings = []
    if not minutes.strip():
        findings.append(Finding("minutes_missing", "Isi berita acara.", place="minutes"))
    if not attendance:
        findings.append(Finding("attendance_missing", "Isi daftar hadir.", place="attendance"))
    if held_on > at.astimezone(case.body.zone).date():
        findings.append(Finding("date_in_future", "Rapat belum berlangsung.", place="held_on"))
    if findings:
        raise BadInput(*findings)
    said = {"id": str(uuid4()), "held_on": held_on.isoformat()}
    kept = {
        "place": place.strip(),
        "minutes": minutes.strip(),
        "attendance": attendance,
        "positions": positions,
    }
    with writing():
        lock(case.body_id)
        demand_task(case, Action.CONSIDER, authority=authority_in(case.body, by=by, at=at))
        fact = Fact("consideration.recorded", said, kept, case=case.pk)
        append(fact, body=case.body_id, by=by, at=at)
