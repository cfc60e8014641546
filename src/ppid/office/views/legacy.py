"""Importing an old list: file, columns, dry run, confirmation; and the list as a file again.

What was uploaded is a draft of the person who did it until it is confirmed, and gone after a day.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import BadInput, Finding, NotFound, Refused
from ppid.office.accounts import person_of
from ppid.office.actions.legacy import (
    ListRow,
    import_list,
    importing_obstacles,
    record_export,
)
from ppid.office.actions.list_uploads import (
    Upload,
    drop_upload,
    keep_choice,
    keep_upload,
    upload_of,
    uploads_of,
)
from ppid.office.authority import Right, authority_in
from ppid.office.forms.legacy import ColumnsForm, ConfirmForm, ListFileForm, reading_of
from ppid.office.list_files.entries import CheckedRow, DryRun, Fate, dry_run
from ppid.office.list_files.reading import read_file, read_text
from ppid.office.list_files.writing import as_csv, as_xlsx, template
from ppid.office.models import Act, Agency, ListImport, Person
from ppid.office.queries.legacy import (
    import_lines,
    import_of_digest,
    imported_part,
    known_of,
    whole_list,
)
from ppid.office.views.doing import done, status_of_answer
from ppid.office.writing import ALREADY_DONE

MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, "text/csv; charset=utf-8")}


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Take a file or a pasted table and keep it as a draft; nothing of it is imported yet."""
    person, at = person_of(request), timezone.now()
    form = ListFileForm(request.POST or None, request.FILES or None)
    authority = authority_in(person.body, by=person.pk, at=at)
    obstacles = importing_obstacles(authority)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        if obstacles:
            raise Refused(*obstacles)
        try:
            return redirect("list_columns", upload=_kept_upload(form, person, at=at))
        except BadInput as error:
            findings = error.findings
    context = {"form": form, "obstacles": obstacles, "findings": findings}
    context |= {"waiting": uploads_of(person.pk, at=at), "reader": authority.may(Right.READ)}
    context["imports"] = import_lines(person.body) if context["reader"] else ()
    return render(request, "office/list_import.html", context)


def _kept_upload(form: ListFileForm, person: Person, *, at: datetime) -> UUID:
    content = form.content
    tables = read_text(content) if isinstance(content, str) else read_file(content)
    data = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(data).hexdigest()
    return keep_upload(tables, name=form.name, digest=digest, person=person.pk, at=at)


@login_required
def choose_columns(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Show what each column seems to hold, and keep what the officer makes of it."""
    person, at = person_of(request), timezone.now()
    found = upload_of(upload, person=person.pk, at=at)
    known = {"tables": found.tables, "agencies": list(Agency.objects.filter(body=person.body))}
    form = ColumnsForm(chosen=found.choice, **known)
    if request.method == "POST":
        chosen = {name: request.POST.get(name, "") for name in ("table", "header")}
        form = ColumnsForm(request.POST, chosen=chosen, **known)
        if form.is_of_another_table:
            form = ColumnsForm(chosen=chosen, **known)
        elif form.is_valid():
            keep_choice(upload, form.choice, person=person.pk, at=at)
            return redirect("list_check", upload=upload)
    context = {"form": form, "upload": found, "again": import_of_digest(person.body, found.digest)}
    return render(request, "office/list_columns.html", context)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong or odd, and all the cells it was said of."""

    finding: Finding
    cells: tuple[str, ...]


@login_required
def check(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Show what would be imported and what not, cell by cell; import it when confirmed."""
    person, at = person_of(request), timezone.now()
    form, findings, error = ConfirmForm(request.POST or None), (), None
    if form.is_valid() and Act.objects.filter(pk=form.cleaned_data["act"]).exists():
        messages.info(request, ALREADY_DONE.message)  # the first click took the draft with it
        return redirect("list_import")
    found = upload_of(upload, person=person.pk, at=at)
    if found.choice is None:
        return redirect("list_columns", upload=upload)
    reading = reading_of(found.table, found.choice)
    run = dry_run(found.table, reading, known=known_of(person.body))
    obstacles = importing_obstacles(authority_in(person.body, by=person.pk, at=at))
    if form.is_valid() and _is_chosen(run, form):
        source, error = _imported(request, found, _wanted(run, form), form=form)
        if error is None:
            drop_upload(upload, person=person.pk)
            return redirect("list_done", source=source.pk) if source else redirect("list_import")
        findings = error.findings
    context = {"upload": found, "form": form, "findings": findings}
    context |= _shown(run) | {"obstacles": obstacles}
    context["again"] = import_of_digest(person.body, found.digest)
    return render(request, "office/list_check.html", context, status=status_of_answer(error))


def _is_chosen(run: DryRun, form: ConfirmForm) -> bool:
    """Return whether any row is left to import; ask for those whose number is known if not."""
    if not _wanted(run, form) and run.of(Fate.NUMBER_KNOWN):
        text = "Semua nomornya sudah ada. Centang ini bila baris-barisnya memang lain."
        form.add_error("also_known_numbers", text)
        return False
    return True


def _wanted(run: DryRun, form: ConfirmForm) -> tuple[CheckedRow, ...]:
    fates = {Fate.NEW}
    if form.cleaned_data["also_known_numbers"]:
        fates.add(Fate.NUMBER_KNOWN)
    return tuple(one for one in run.rows if one.fate in fates)


def _imported(
    request: HttpRequest, found: Upload, wanted: Sequence[CheckedRow], *, form: ConfirmForm
) -> tuple[ListImport | None, Any]:
    person = person_of(request)
    return done(
        request,
        lambda: import_list(
            person.body,
            name=found.name,
            digest=found.digest,
            rows=[ListRow(one.row, one.entry, one.agency) for one in wanted],
            by=person.pk,
            at=timezone.now(),
            act=form.cleaned_data["act"],
        ),
        f"{len(wanted)} baris diimpor.",
    )


def _shown(run: DryRun) -> dict[str, Any]:
    """Return the parts of the dry run that the page shows, no more than anybody reads."""
    errors = [(one, finding) for one in run.rows for finding in one.errors]
    coming = (*run.of(Fate.NEW), *run.of(Fate.NUMBER_KNOWN))
    left = (*run.of(Fate.KNOWN), *run.of(Fate.IN_REGISTER), *run.of(Fate.TWICE))
    return {
        "errors": errors[:MOST_SHOWN],
        "coming": coming[:MOST_SHOWN],
        "left": left[:MOST_SHOWN],
        "passed_over": list(run.passed_over.items())[:MOST_SHOWN],
        "more_errors": max(len(errors) - MOST_SHOWN, 0),
        "more_coming": max(len(coming) - MOST_SHOWN, 0),
        "more_left": max(len(left) - MOST_SHOWN, 0),
        "remarks": _remarks(run),
        "new": len(run.of(Fate.NEW)),
        "number_known": len(run.of(Fate.NUMBER_KNOWN)),
        "wrong": len(run.of(Fate.WRONG)),
        "left_out": len(left),
    }


def _remarks(run: DryRun) -> list[Remark]:
    """Return the remarks, each said once with every cell it is about."""
    cells: dict[tuple[str, str], tuple[Finding, list[str]]] = {}
    for finding in (one for row in run.rows for one in row.remarks):
        key = (finding.code, finding.message)
        cells.setdefault(key, (finding, []))[1].append(finding.place)
    return [Remark(finding, tuple(places)) for finding, places in cells.values()]


@login_required
@require_POST
def throw_away(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Throw a list away that was uploaded and not imported."""
    drop_upload(upload, person=person_of(request).pk)
    messages.success(request, "Unggahan dihapus. Tidak ada yang diimpor.")
    return redirect("list_import")


@login_required
def show_import(request: HttpRequest, source: UUID) -> HttpResponse:
    """Show what an import brought."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    asked = {"by": person.pk, "on": on, "page": request.GET.get("halaman")}
    found, part = imported_part(source, body=person.body, **asked)
    return render(request, "office/list_done.html", {"source": found, "part": part})


@login_required
def get_template(request: HttpRequest) -> HttpResponse:
    """Hand out the workbook to fill in."""
    person_of(request)
    return _file(template(), "templat-daftar-informasi-dikecualikan.xlsx", kind=XLSX)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole list as a file, and record that it left the office."""
    person, at = person_of(request), timezone.now()
    form = request.POST.get("format", "")
    if form not in WRITERS:
        raise NotFound(Finding("format_unknown", "Pilih Excel atau CSV."))
    on = at.astimezone(person.body.zone).date()
    whole = whole_list(person.body, by=person.pk, on=on)
    said = {"kind": form, "items": whole.items, "rows": len(whole.entries)}
    record_export(person.body, by=person.pk, at=at, **said)
    write, kind = WRITERS[form]
    return _file(write(whole.entries), f"daftar-{person.body_id}-{on}.{form}", kind=kind)


def _file(content: bytes, name: str, *, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
