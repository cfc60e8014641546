"""The pages of the team and its deliberations: decree, invitation, minutes, calling off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import Finding, PpidError
from ppid.law.deliberation import Need
from ppid.office.accounts import person_of
from ppid.office.actions.deliberations import team_missing
from ppid.office.actions.teams import appoint_team, choose_need
from ppid.office.authority import holders, role_name
from ppid.office.forms.deliberations import ROWS, NeedForm, TeamForm, first_rows
from ppid.office.forms.steps import ReasonForm
from ppid.office.models import Body, Person
from ppid.office.queries.cases import case_page, masked
from ppid.office.queries.deliberations import TEAM_ROLE, MeetingPage, teams_page
from ppid.office.queries.staff import Staff
from ppid.office.views.doing import done, is_over, officer_of, run, status_of_answer, to_fields
from ppid.office.views.meeting_acts import (
    cancelling_asked,
    invitation_asked,
    meeting_seen,
    minutes_asked,
    recording_obstacles,
)


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
    findings = to_fields(form, error)
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


@login_required
def new_meeting(request: HttpRequest, case: UUID) -> HttpResponse:
    """Invite the team to deliberate on items of a case."""
    one = officer_of(request)
    page = case_page(case, by=one.by, body=one.body.pk, at=one.at)
    asked = invitation_asked(one, page, request.POST or None)
    result, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("meeting", meeting=result.made.pk) if result else redirect("case", case)
    missing = () if page.deliberations.team else (team_missing(None),)
    context = {"form": asked.form, "case": page.case, "team": page.deliberations.team}
    context |= {"obstacles": page.deliberations.inviting, "notes": missing}
    context["findings"] = masked(to_fields(asked.form, error), page.hidden)
    return render(request, "office/meeting_new.html", context, status=status_of_answer(error))


@login_required
def show_meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Show the invitation, or the minutes (berita acara) once they are closed; fit for print."""
    one = officer_of(request)
    page = meeting_seen(one, meeting)
    return _show(request, page, form=cancelling_asked(one, page, None).form)


def _show(
    request: HttpRequest, page: MeetingPage, *, form: ReasonForm, error: PpidError | None = None
) -> HttpResponse:
    context = {
        "page": page,
        "meeting": page.meeting,
        "case": page.meeting.case,
        "form": form,
        "findings": error.findings if error else (),
    }
    return render(request, "office/meeting.html", context, status=status_of_answer(error))


@login_required
def record(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Keep the minutes: attendance, positions, recusals; closing them is one act."""
    one = officer_of(request)
    page = meeting_seen(one, meeting)
    if recording_obstacles(page):
        return redirect("meeting", meeting=meeting)
    asked = minutes_asked(one, page, request.POST or None)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("meeting", meeting=meeting)
    context = {"page": page, "meeting": page.meeting, "form": asked.form}
    context |= {"case": page.meeting.case, "findings": _placed(to_fields(asked.form, error))}
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
    one = officer_of(request)
    page = meeting_seen(one, meeting)
    asked = cancelling_asked(one, page, request.POST)
    _, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("case", case=page.meeting.case_id)
    return _show(request, page, form=asked.form, error=error)
