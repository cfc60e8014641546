"""The SOP library: see, check, adopt a file, start a case."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import BadInput, Finding, PpidError
from ppid.office.accounts import person_of
from ppid.office.actions.sop_drafts import sop_drafts
from ppid.office.actions.sops import adopt_sop
from ppid.office.authority import MAY, Authority, Right, authority_of, not_authorised
from ppid.office.forms.sop_sheets import SopSheetForm
from ppid.office.forms.sops import EMPTY, SopFileForm
from ppid.office.models import Body, SopVersion
from ppid.office.queries.release import UNSURE, sop_release
from ppid.office.queries.sops import sop_lines, sop_page
from ppid.office.views.doing import done, status_of_answer
from ppid.office.writing import writing
from ppid.sop.check import Report, check
from ppid.sop.definition import Definition
from ppid.sop.load import loads
from ppid.sop.svg import pages


def _authority(request: HttpRequest) -> Authority:
    person = person_of(request)
    return authority_of(person.pk, on=timezone.now().astimezone(person.body.zone).date())


def _obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not adopt an SOP; empty when they may."""
    return () if authority.may(Right.ADOPT_SOP) else (not_authorised(MAY[Right.ADOPT_SOP]),)


@login_required
def show_sops(request: HttpRequest) -> HttpResponse:
    """List the adopted versions with what each is worth today."""
    authority = _authority(request)
    lines = sop_lines(person_of(request).body, authority=authority, at=timezone.now())
    context = {
        "lines": lines,
        "obstacles": _obstacles(authority),
        "form": SopSheetForm(),
        "drafts": sop_drafts(authority.person),
    }
    return render(request, "office/sops.html", context)


@login_required
def show_sop(request: HttpRequest, sop: UUID) -> HttpResponse:
    """Show one version: its sheet, its findings, and whether a case may start on it."""
    at = timezone.now()
    page = sop_page(sop, body=person_of(request).body, authority=_authority(request), at=at)
    context = {
        "page": page,
        "sop": page.sop,
        "sheets": pages(page.sop),
        "may_edit": _authority(request).may(Right.ADOPT_SOP),
    }
    return render(request, "office/sop.html", context)


@login_required
def adopt(request: HttpRequest) -> HttpResponse:
    """Adopt an SOP file, or only check it and see it drawn; every mistake is told at its place."""
    form = SopFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "obstacles": _obstacles(_authority(request))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "office/sop_adopt.html", context)
    content = form.content()
    context["form"] = SopFileForm(initial={"text": content.decode(errors="replace")})
    try:
        sop, report = _read(content, name=form.name(), body=person_of(request).body)
    except BadInput as error:
        return render(request, "office/sop_adopt.html", context | {"mistakes": error.findings})
    if "periksa" in request.POST:
        found = sop_release(sop, body=person_of(request).body_id)
        context |= {"sop": sop, "report": report, "sheets": pages(sop), "findings": found}
        return render(request, "office/sop_adopt.html", context)
    version, error = _adopted(request, form, content.decode())
    if error is None:
        return redirect("sop", sop=version.pk) if version else redirect("sops")
    if UNSURE.issuperset(error.codes):
        context["form"].ask_clearance()
    context["findings"] = error.findings
    return render(request, "office/sop_adopt.html", context, status=status_of_answer(error))


def _read(content: bytes, *, name: str, body: Body) -> tuple[Definition, Report]:
    """Return the SOP and what the check says of it. Raises BadInput with every mistake."""
    if not content.strip():
        raise BadInput(EMPTY)
    sop = loads(content, name=name)
    report = check(sop, on=timezone.now().astimezone(body.zone).date())
    if report.errors:
        raise BadInput(*report.errors)
    return sop, report


def _adopted(
    request: HttpRequest, form: SopFileForm, text: str
) -> tuple[SopVersion | None, PpidError | None]:
    person, at = person_of(request), timezone.now()

    def act() -> SopVersion:
        with writing(act=form.cleaned_data["act"], at=at):
            cleared = form.cleaned_data.get("cleared", "")
            return adopt_sop(person.body, text=text, at=at, by=person.pk, cleared=cleared)

    return done(request, act, "SOP diadopsi.")
