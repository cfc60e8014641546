"""The pages of the team and its deliberations: decree, invitation, minutes, calling off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import Finding, PpidError
from ppid.law.deliberation import Need
from ppid.office.accounts import person_of
from ppid.office.actions.deliberations import call_off, close_minutes, invite, team_missing
from ppid.office.actions.teams import appoint_team, choose_need
from ppid.office.authority import holders, role_name
from ppid.office.forms.deliberations import (
    ROWS,
    InvitationForm,
    MinutesForm,
    NeedForm,
    TeamForm,
    first_rows,
)
from ppid.office.forms.steps import ReasonForm
from ppid.office.models import Body, Deliberation, Person
from ppid.office.queries.cases import case_page, masked
from ppid.office.queries.deliberations import TEAM_ROLE, MeetingPage, meeting_page, teams_page
from ppid.office.queries.staff import Staff
from ppid.office.views.case_forms import candidates
from ppid.office.views.doing import done, status_of_answer


def _on(body: Body, at: datetime) -> date:
    return at.astimezone(body.zone).date()


@login_required
def show_teams(request: HttpRequest) -> HttpResponse:
    """Show the body's teams; or choose whether a determination waits for one."""
    person, at = person_of(request), timezone.now()
    page = teams_page(person.body, by=person.pk, on=_on(person.body, at))
    form = NeedForm(request.POST or None, initial={"need": page.need.value})
    error = None
    if request.method == "POST" and form.is_valid():
        need = Need(form.cleaned_data["need"])
        _, error = done(
            request,
            lambda: choose_need(person.body, need=need, by=person.pk, at=at),
            "Pilihan tersimpan.",
        )
        if error is None:
            return redirect("teams")
    findings = error.findings if error else ()
    context = {"page": page, "form": form, "findings": findings}
    return render(request, "office/teams.html", context, status=status_of_answer(error))


@login_required
def new_team(request: HttpRequest) -> HttpResponse:
    """Appoint a team by decree."""
    person, at = person_of(request), timezone.now()
    body, on = person.body, _on(person.body, at)
    page = teams_page(body, by=person.pk, on=on)
    form = _team_form(request, body, on=on)
    error = None
    if request.method == "POST" and form.is_valid():
        team, act = form.team(), form.cleaned_data["act"]
        _, error = done(
            request,
            lambda: appoint_team(body, team=team, by=person.pk, at=at, act=act),
            "Tim Pertimbangan ditetapkan.",
        )
        if error is None:
            return redirect("teams")
    findings = _to_fields(form, error)
    context = {"form": form, "findings": findings, "obstacles": page.appointing}
    context["more"] = form.numbers[-1] + ROWS
    return render(request, "office/team_new.html", context, status=status_of_answer(error))


def _team_form(request: HttpRequest, body: Body, *, on: date) -> TeamForm:
    asked = request.GET.get("baris", "")
    first = [(one.person_id, one.position) for one in holders(body.pk, [TEAM_ROLE], on=on)]
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else ROWS
    staff = Staff.of(body.pk, on=on).appointments
    positions = {one.person_id: one.position or role_name(one.role) for one in staff}
    return TeamForm(
        request.POST or None,
        people=list(Person.objects.filter(body=body)),
        positions=positions,
        rows=max(wanted, len(first), 1),
        initial=first_rows(dict(first).items(), on=on),
    )


def _to_fields(form: Any, error: PpidError | None) -> tuple[Finding, ...]:
    """Put findings to the fields they name; return the others, each with its place in words."""
    rest = []
    for one in error.findings if error else ():
        if one.place in form.fields:
            form.add_error(one.place, f"{one.message} {one.hint}".strip())
        else:
            rest.append(one)
    return tuple(rest)


@login_required
def new_meeting(request: HttpRequest, case: UUID) -> HttpResponse:
    """Invite the team to deliberate on items of a case."""
    person, at = person_of(request), timezone.now()
    page = case_page(case, by=person.pk, body=person.body_id, at=at)
    on = _on(person.body, at)
    form = InvitationForm(
        request.POST or None,
        candidates=candidates(page),
        initial={"invited_on": on, "place": person.body.place},
    )
    error = None
    if request.method == "POST" and form.is_valid():
        meeting, error = done(
            request,
            lambda: invite(
                page.case,
                items=form.chosen(),
                invitation=form.invitation(),
                by=person.pk,
                at=at,
                act=form.cleaned_data["act"],
            ),
            "Undangan tercatat.",
        )
        if error is None:
            return redirect("meeting", meeting=meeting.pk) if meeting else redirect("case", case)
    missing = () if page.deliberations.team else (team_missing(None),)
    context = {"form": form, "case": page.case, "team": page.deliberations.team}
    context |= {"obstacles": page.deliberations.inviting, "notes": missing}
    context["findings"] = masked(_to_fields(form, error), page.hidden)
    return render(request, "office/meeting_new.html", context, status=status_of_answer(error))


def _meeting(request: HttpRequest, meeting: UUID) -> MeetingPage:
    person = person_of(request)
    on = _on(person.body, timezone.now())
    return meeting_page(meeting, by=person.pk, body=person.body_id, on=on)


@login_required
def show_meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Show the invitation, or the minutes (berita acara) once they are closed; fit for print."""
    return _show(request, _meeting(request, meeting))


def _show(
    request: HttpRequest,
    page: MeetingPage,
    *,
    form: ReasonForm | None = None,
    error: PpidError | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "meeting": page.meeting,
        "case": page.meeting.case,
        "form": form or ReasonForm(prefix="batal"),
        "findings": error.findings if error else (),
    }
    return render(request, "office/meeting.html", context, status=status_of_answer(error))


@login_required
def record(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Keep the minutes: attendance, positions, recusals; closing them is one act."""
    page = _meeting(request, meeting)
    if page.hidden or not page.is_open:
        return redirect("meeting", meeting=meeting)
    form = MinutesForm(request.POST or None, items=page.agenda, team=page.team)
    error = None
    if request.method == "POST" and form.is_valid():
        _, error = done(
            request,
            lambda: close_minutes(
                page.meeting,
                minutes=form.minutes(),
                by=person_of(request).pk,
                at=timezone.now(),
                act=form.cleaned_data["act"],
            ),
            "Berita acara ditutup.",
        )
        if error is None:
            return redirect("meeting", meeting=meeting)
    context = {"page": page, "meeting": page.meeting, "form": form}
    context |= {"case": page.meeting.case, "findings": _placed(_to_fields(form, error))}
    return render(request, "office/minutes.html", context, status=status_of_answer(error))


def _placed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the item they are about in their sentence."""
    return tuple(
        replace(one, message=f"{one.place}: {one.message}") if one.place else one
        for one in findings
    )


@login_required
@require_POST
def cancel(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Call a meeting off, with its reason."""
    page = _meeting(request, meeting)
    form = ReasonForm(request.POST, prefix="batal")
    if not form.is_valid():
        return _show(request, page, form=form)
    found: Deliberation = page.meeting
    _, error = done(
        request,
        lambda: call_off(
            found,
            reason=form.cleaned_data["reason"],
            by=person_of(request).pk,
            at=timezone.now(),
            act=form.cleaned_data["act"],
        ),
        "Rapat dibatalkan.",
    )
    if error is None:
        return redirect("case", case=found.case_id)
    return _show(request, page, form=form, error=error)
