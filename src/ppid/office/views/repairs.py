"""The repair desk: the list, one entry with its defects one at a time, the ways out, the report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.law.defect import Defect
from ppid.law.grounds import ground
from ppid.office.accounts import person_of
from ppid.office.actions.drafts import draft_of, drop_draft, keep_draft
from ppid.office.actions.legacy import set_entry_aside
from ppid.office.actions.repairs import (
    EntryOpening,
    Repair,
    ended_on,
    open_entry,
    take_up_repaired,
)
from ppid.office.authority import Right, authority_of
from ppid.office.forms.repairs import (
    DeskForm,
    EntryOpeningForm,
    RepairStepForm,
    SetAsideForm,
    TakeUpForm,
    initial_of,
    sheet_of_answers,
)
from ppid.office.list_files.columns import LABELS
from ppid.office.models import Agency, Person
from ppid.office.queries.docket import cases_for_tests
from ppid.office.queries.repairs import RepairPage, desk, desk_part, repair_page
from ppid.office.queries.sheet_words import sheet_lines
from ppid.office.views.doing import done, status_of_answer


def _today(person: Person) -> date:
    return timezone.now().astimezone(person.body.zone).date()


@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show the entries that were asked for, the most serious first, and the counts per defect."""
    person = person_of(request)
    found = desk(person.body, by=person.pk, on=_today(person))
    form = DeskForm(request.GET, kinds=found.kinds)
    form.is_valid()
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "desk": found,
        "part": desk_part(found, asked=form.cleaned_data, page=request.GET.get("halaman")),
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "query": f"{query.urlencode()}&" if query else "",
        "on": _today(person),
    }
    return render(request, "office/desk.html", context)


@login_required
def show_report(request: HttpRequest) -> HttpResponse:
    """Show the report for the head, fit for print: what is wrong, by which rule, how often."""
    person = person_of(request)
    found = desk(person.body, by=person.pk, on=_today(person))
    return render(request, "office/desk_report.html", {"desk": found, "on": _today(person)})


def _page(request: HttpRequest, entry: UUID) -> tuple[Person, date, RepairPage]:
    person = person_of(request)
    on = _today(person)
    return person, on, repair_page(person.body, entry, by=person.pk, on=on)


def _draft_name(entry: UUID) -> str:
    return f"perbaikan:{entry}"


@login_required
def show_entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Show one entry: its old text, what is wrong with it, and the ways out."""
    _, _, page = _page(request, entry)
    return render(request, "office/repair.html", _context(page))


def _context(page: RepairPage, **more: Any) -> dict[str, Any]:
    return {"page": page, "line": page.line, "entry": page.line.entry, **more}


@login_required
def repair_step(request: HttpRequest, entry: UUID, number: int) -> HttpResponse:
    """Show one defect with the old text beside what to write, and keep what was written."""
    person, on, page = _page(request, entry)
    defect = _defect(page, number)
    old, name = page.line.entry.legacy, _draft_name(entry)
    initial = initial_of(old, draft_of(person.pk, name), on=on)
    data = request.POST if request.method == "POST" else None
    form = RepairStepForm(data, defect=defect, old=old, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_draft(person.pk, name, form.cleaned_data, at=timezone.now())
        return _go_on(page, number)
    context = _context(
        page,
        form=form,
        defect=defect,
        number=number,
        field=LABELS[defect.finding.place],
        old_text=getattr(old, defect.finding.place),
    )
    return render(request, "office/repair_step.html", context)


def _defect(page: RepairPage, number: int) -> Defect:
    if not 1 <= number <= len(page.line.defects):
        raise NotFound(Finding("defect_unknown", "Entri ini tidak punya cacat dengan nomor itu."))
    return page.line.defects[number - 1]


def _go_on(page: RepairPage, number: int) -> HttpResponse:
    entry = page.line.entry.pk
    if number < len(page.line.defects):
        return redirect("entry_defect", entry=entry, number=number + 1)
    return redirect("entry_take_up", entry=entry)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way off the desk. said: what is told when it is done; back: where it then leads."""

    template: str
    form: Any
    act: Callable[[], Any]
    said: str
    back: Callable[[Any], HttpResponse]


def _leave(request: HttpRequest, page: RepairPage, way: WayOut, **more: Any) -> HttpResponse:
    """Show the form of a way out, or take it."""
    error = None
    if request.method == "POST" and way.form.is_valid():
        result, error = done(request, way.act, way.said)
        if error is None:
            return way.back(result)
    context = _context(page, form=way.form, findings=error.findings if error else (), **more)
    return render(request, f"office/{way.template}.html", context, status=status_of_answer(error))


@login_required
def take_up(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Take the entry up as a candidate, with the sheet that its text and the answers make."""
    person, on, page = _page(request, entry)
    name, at = _draft_name(entry), timezone.now()
    old, kept = page.line.entry.legacy, draft_of(person.pk, name)
    sheet = sheet_of_answers(old, kept, on=on)
    term_choice = kept.get("term_choice", "")
    form = TakeUpForm(
        request.POST or None,
        agencies=_agencies(person, on=on),
        into=cases_for_tests(person.body, by=person.pk, at=at),
        old=old,
        on=on,
        initial={"agency": str(page.line.entry.agency_id or ""), "term_choice": term_choice},
    )

    def act() -> Any:
        data = form.cleaned_data
        item = take_up_repaired(
            page.line.entry,
            into=form.chosen(),
            repair=Repair(
                agency=form.holder(),
                public_title=data["public_title"].strip(),
                sheet=sheet_of_answers(old, {**kept, **form.answers()}, on=on),
            ),
            by=person.pk,
            at=at,
            act=data["act"],
        )
        drop_draft(person.pk, name)
        return item

    way = WayOut(
        template="repair_take_up",
        form=form,
        act=act,
        said="Entri menjadi usulan dalam berkas. Lengkapi lembar ujinya.",
        back=lambda item: redirect("item", item=item.pk) if item else redirect("desk"),
    )
    basis = ground(sheet.ground, on=on) if sheet.ground else None
    ended = ended_on(page.line.entry, on=on)
    return _leave(request, page, way, sheet_lines=sheet_lines(sheet, basis), ended=ended)


def _agencies(person: Person, *, on: date) -> list[Agency]:
    limit = authority_of(person.pk, on=on).agencies(Right.PREPARE)
    rows = Agency.objects.filter(body=person.body)
    return list(rows if limit is None else rows.filter(pk__in=limit))


@login_required
def open_old_entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Decide that what the entry names is open, with the reason."""
    person, on, page = _page(request, entry)
    ended = ended_on(page.line.entry, on=on)
    initial = {"opening": EntryOpening.ENDED.value} if ended else None
    form = EntryOpeningForm(request.POST or None, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        open_entry(
            page.line.entry,
            opening=EntryOpening(data["opening"]),
            reason=data["reason"],
            by=person.pk,
            at=timezone.now(),
            act=data["act"],
        )

    said = "Keputusan terbuka tercatat."
    way = WayOut("repair_open", form, act, said, back=lambda _: _next(page))
    return _leave(request, page, way, ended=ended)


@login_required
def set_aside(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Take the entry off the desk with a reason, or bring it back."""
    person, _, page = _page(request, entry)
    aside = bool(page.line.entry.set_aside)
    form = SetAsideForm(request.POST or None)
    form.fields["reason"].required = not aside

    def act() -> None:
        reason = "" if aside else form.cleaned_data["reason"]
        set_entry_aside(page.line.entry, reason=reason, by=person.pk, at=timezone.now())

    def back(_: None) -> HttpResponse:
        return redirect("entry", entry=entry) if aside else _next(page)

    said = "Entri kembali ke meja perbaikan." if aside else "Entri disisihkan."
    return _leave(request, page, WayOut("repair_aside", form, act, said, back=back))


def _next(page: RepairPage) -> HttpResponse:
    """Go on with the next entry that waits."""
    return redirect("entry", entry=page.following) if page.following else redirect("desk")
