"""Open a case and say which agencies take part in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, Refused
from ppid.office.actions.sops import ended
from ppid.office.authority import (
    MAY,
    OWN_AGENCY_ONLY,
    Authority,
    Right,
    authority_in,
    not_authorised,
)
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Case, SopVersion
from ppid.office.projections.cases import acting_roles, definition_of
from ppid.office.writing import writing
from ppid.sop import record, run


def opening_obstacles(
    version: SopVersion, *, authority: Authority, at: datetime, step: int = 1
) -> tuple[Finding, ...]:
    """Return why this person may not open a case on this SOP now; empty when they may."""
    on = at.astimezone(version.body.zone).date()
    sop = definition_of(version.text)
    performers = sop.step(step).performers
    roles = {role for code in performers for role in acting_roles(sop, code)}
    findings = ended(version, on=on)
    if not authority.holds(roles):
        findings += (not_authorised(roles),)
    return findings


def open_case(
    version: SopVersion,
    *,
    title: str,
    by: UUID,
    at: datetime,
    agencies: Sequence[Agency] = (),
    step: int = 1,
    act: UUID | None = None,
) -> Case:
    """Open a case on an SOP version; agencies: those that take part, for repeated steps.

    Raises Refused (the SOP has ended, not this person's step) or BadInput (no title).
    """
    if not title.strip():
        raise BadInput(Finding("title_missing", "Judul berkas wajib diisi.", place="title"))
    body = version.body
    case = uuid4()
    with writing(act=act, at=at):
        lock(body.pk)
        on = at.astimezone(body.zone).date()
        who = authority_in(body, by=by, at=at)
        findings = opening_obstacles(version, authority=who, at=at, step=step)
        if findings:
            raise Refused(*findings)
        count = Case.objects.filter(body=body, number__endswith=f"/{on.year}").count()
        said = {
            "number": f"{count + 1:03d}/{on.year}",
            "sop": str(version.pk),
            "run": record.event_as_dict(run.Started(at=at, step=step)),
        }
        fact = Fact("case.opened", said, {"title": title.strip()}, case=case)
        append(fact, body=body.pk, by=by, at=at)
        if agencies:
            _set_agencies(case, body.pk, agencies, by=by, at=at)
    return Case.objects.select_related("body", "sop").get(pk=case)


def agencies_obstacles(
    case: Case, *, authority: Authority, at: datetime, agencies: Sequence[Agency] = ()
) -> tuple[Finding, ...]:
    """Return why this person may not say now which agencies take part; empty when they may."""
    event = run.AgenciesSet(at=at, agencies=tuple(one.code for one in agencies))
    state = record.state_from_text(case.state)
    findings = run.obstacles(definition_of(case.sop.text), state, event)
    if authority.agencies(Right.PREPARE) is not None:
        findings += (not_authorised(MAY[Right.PREPARE] - OWN_AGENCY_ONLY),)
    return findings


def set_agencies(
    case: Case,
    *,
    agencies: Sequence[Agency],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> None:
    """Say which agencies take part. Raises Refused while their runs are under way."""
    with writing(act=act, at=at):
        lock(case.body_id)
        case = Case.objects.select_related("sop", "body").get(pk=case.pk)
        authority = authority_in(case.body, by=by, at=at)
        findings = agencies_obstacles(case, authority=authority, at=at, agencies=agencies)
        if findings:
            raise Refused(*findings)
        _set_agencies(case.pk, case.body_id, agencies, by=by, at=at)


def _set_agencies(
    case: UUID, body: str, agencies: Sequence[Agency], *, by: UUID, at: datetime
) -> None:
    event = run.AgenciesSet(at=at, agencies=tuple(one.code for one in agencies))
    fact = Fact("case.agencies_set", {"run": record.event_as_dict(event)}, case=case)
    append(fact, body=body, by=by, at=at)
