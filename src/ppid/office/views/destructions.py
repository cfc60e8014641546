"""The pages of destructions: the lists, one list with its next act, its minutes, and holds."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.actions.destructions import approve, carry_out, hold, propose, withdraw
from ppid.office.actions.places import keeping_obstacles
from ppid.office.forms.destructions import ApprovalForm, HoldForm, MinutesForm, ProposalForm
from ppid.office.forms.steps import ActForm, ReasonForm
from ppid.office.models import Destruction
from ppid.office.queries.destructions import (
    DestructionPage,
    destruction_page,
    destructions_page,
)
from ppid.office.queries.items import visible_item
from ppid.office.queries.papers.destructions import destruction_minutes
from ppid.office.signing_rules import PaperKind
from ppid.office.views.doing import form_page, sent, status_of_answer
from ppid.office.views.papers import print_working


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


def _page(request: HttpRequest, destruction: UUID) -> DestructionPage:
    person = person_of(request)
    return destruction_page(destruction, by=person.pk, body=person.body, on=_today(request))


@login_required
def show_destructions(request: HttpRequest) -> HttpResponse:
    """Show the lists, and propose a new one."""
    person, on = person_of(request), _today(request)
    page = destructions_page(person.body, by=person.pk, on=on)
    form = ProposalForm(request.POST or None, candidates=page.free)

    def act() -> Destruction:
        data = form.cleaned_data
        return propose(
            person.body,
            items=[UUID(one) for one in data["items"]],
            panel=form.panel(),
            panel_decree=data["panel_decree"],
            by=person.pk,
            at=timezone.now(),
            act=data["act"],
        )

    made, error = sent(request, form, act, said="Usul musnah dibuat.")
    if made:
        return redirect("destruction", destruction=made.pk)
    return form_page(request, "destructions", form, error=error, back="destructions", page=page)


@login_required
def show_destruction(request: HttpRequest, destruction: UUID) -> HttpResponse:
    """Show one list, its procedure so far, and the form of what comes next."""
    return _shown(request, _page(request, destruction))


def _shown(
    request: HttpRequest, page: DestructionPage, form: ActForm | None = None, **more: object
) -> HttpResponse:
    fresh: ActForm | None = None
    if page.to_approve:
        fresh = ApprovalForm()
    elif page.to_carry_out:
        fresh = MinutesForm()
    context = {"page": page, "form": form or fresh, "withdrawal": ReasonForm(), **more}
    status = more.pop("status", 200)
    return render(request, "office/destruction.html", context, status=status)


def _next(
    request: HttpRequest, page: DestructionPage, form: ActForm, act: Callable[[], None], said: str
) -> HttpResponse:
    """Run the next act of a list, or show its page with what is wrong."""
    _, error = sent(request, form, act, said=said)
    if request.method != "POST" or (form.is_valid() and error is None):
        return redirect("destruction", destruction=page.destruction.pk)
    findings = error.findings if error else ()
    elsewhere = [one for one in findings if one.place not in form.fields]
    known = None if isinstance(form, ReasonForm) else form
    more = {"findings": elsewhere, "status": status_of_answer(error)}
    if known is None and not elsewhere:
        more["findings"] = [Finding("reason_missing", "Tulis alasan penarikan.")]
    return _shown(request, page, known, **more)


@login_required
def approve_list(request: HttpRequest, destruction: UUID) -> HttpResponse:
    """Decide as the head that the list is destroyed."""
    page, form = _page(request, destruction), ApprovalForm(request.POST or None)

    def act() -> None:
        by, act_id = person_of(request).pk, form.cleaned_data["act"]
        approve(page.destruction, form.approval(), by=by, at=timezone.now(), act=act_id)

    return _next(request, page, form, act, "Pemusnahan ditetapkan.")


@login_required
def carry_out_list(request: HttpRequest, destruction: UUID) -> HttpResponse:
    """Record the minutes; the soft copies are removed by the same act."""
    page, form = _page(request, destruction), MinutesForm(request.POST or None)

    def act() -> None:
        by, act_id = person_of(request).pk, form.cleaned_data["act"]
        carry_out(page.destruction, form.signed(), by=by, at=timezone.now(), act=act_id)

    return _next(request, page, form, act, "Berita acara dicatat dan soft copy-nya dihapus.")


@login_required
def withdraw_list(request: HttpRequest, destruction: UUID) -> HttpResponse:
    """Take the list back."""
    page, form = _page(request, destruction), ReasonForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        withdraw(
            page.destruction,
            reason=data["reason"],
            by=person_of(request).pk,
            at=timezone.now(),
            act=data["act"],
        )

    return _next(request, page, form, act, "Usul musnah ditarik.")


@login_required
def print_minutes(request: HttpRequest, destruction: UUID) -> HttpResponse:
    """Print the minutes with the list of what was destroyed."""
    page = _page(request, destruction)
    done = page.destruction.carried_out_at
    if done is None:
        raise NotFound(Finding("minutes_unknown", "Berita acaranya belum ada."))
    body = page.destruction.body
    on = done.astimezone(body.zone).date()
    of = (PaperKind.DESTRUCTION, str(destruction))
    return print_working(destruction_minutes(page, on=on), body, on=on, of=of)


@login_required
def hold_archive(request: HttpRequest, item: UUID) -> HttpResponse:
    """Keep an archive from destruction, or end that."""
    person, on = person_of(request), _today(request)
    found, authority = visible_item(item, by=person.pk, body=person.body_id, on=on)
    entry = getattr(found, "archive", None)
    form = HoldForm(request.POST or None, initial={"reason": entry.hold if entry else ""})

    def act() -> None:
        data = form.cleaned_data
        hold(found, reason=data["reason"], by=person.pk, at=timezone.now(), act=data["act"])

    _, error = sent(request, form, act, said="Penahanan tercatat.")
    back = reverse("item", args=[found.pk])
    more = {"item": found, "obstacles": keeping_obstacles(authority)}
    return form_page(request, "archive_hold", form, error=error, back=back, **more)
