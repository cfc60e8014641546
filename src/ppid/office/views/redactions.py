"""The pages of blackening: open a document, mark it, make its public copy.

The document is read for each page that is shown and kept nowhere; its pages go out as pictures
that no cache keeps. It is open to a person for an hour, after an act that the log records.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import BadInput, Finding, PpidError, Refused
from ppid.office import redaction
from ppid.office.accounts import person_of, signed_in_recently
from ppid.office.actions.drafts import drop_draft, keep_draft
from ppid.office.actions.redactions import (
    APPROVE,
    copies_of,
    make_public_copy,
    open_for_redaction,
    redacting_obstacles,
)
from ppid.office.forms.redactions import HitsForm, MakeForm, MarkForm, SearchForm
from ppid.office.models import SoftCopy
from ppid.office.queries.redactions import (
    form_of_marks,
    ground_choices,
    ground_of_sheet,
    hit_lines,
    mark_lines,
    marks_of,
    redactions_page,
    visible_source,
)
from ppid.office.views.documents import sign_in_again
from ppid.office.views.doing import done, status_of_answer
from ppid.vault.redaction.marks import Mark, mark_findings, within
from ppid.vault.redaction.searching import Hit

OPEN_FOR = timedelta(hours=1)
OPENED = "penghitaman"


@dataclass(frozen=True, slots=True)
class Desk:
    """A document that lies open before a person. page: the one that is shown, from 1."""

    source: SoftCopy
    document: bytes
    survey: redaction.Survey
    marks: tuple[Mark, ...]
    page: int
    person: UUID
    at: datetime


@login_required
def show_redactions(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the documents of an item that can be blackened, and its public copies."""
    person, on = person_of(request), timezone.now().astimezone(person_of(request).body.zone).date()
    page = redactions_page(item, by=person.pk, body=person.body_id, on=on)
    return render(request, "office/redactions.html", {"page": page, "item": page.item})


@login_required
def show_document(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Show a page of the document with its marks, or first ask to open it."""
    source = _source(request, document, version)
    if not _is_open(request, source):
        if not signed_in_recently(request, at=timezone.now()):
            return sign_in_again(request)
        return render(
            request, "office/redaction_open.html", {"source": source, "item": source.item}
        )
    return _desk_page(request, _desk(request, source))


@login_required
@require_POST
def open_document(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Open the document to this person for an hour; the log says so."""
    source = _source(request, document, version)
    person, at = person_of(request), timezone.now()
    if not signed_in_recently(request, at=at):
        return redirect("redaction", document=document, version=version)
    open_for_redaction(source, by=person.pk, at=at)
    opened = request.session.get(OPENED, {})
    request.session[OPENED] = {**opened, form_of_marks(source): at.isoformat()}
    return redirect("redaction", document=document, version=version)


@login_required
def show_picture(request: HttpRequest, document: UUID, version: int, page: int) -> HttpResponse:
    """Return a page of an open document as a picture."""
    source = _source(request, document, version)
    _demand_open(request, source)
    return picture_answer(redaction.page_picture(redaction.bytes_of(source), page))


def picture_answer(picture: bytes) -> HttpResponse:
    """Return a picture that no cache keeps."""
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def add_mark(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Add one mark."""
    desk = _desk(request, _open_source(request, document, version))
    form = MarkForm(request.POST, choices=_grounds(desk))
    if not form.is_valid():
        return _desk_page(request, desk, mark_form=form)
    return _kept(request, desk, lambda: [*desk.marks, _on_page(desk, form.mark())], mark_form=form)


@login_required
@require_POST
def add_hits(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Add a mark for each finding that was confirmed."""
    desk = _desk(request, _open_source(request, document, version))
    found = redaction.hits_in(desk.document, request.POST.get("cari", ""))
    form = HitsForm(request.POST, choices=_grounds(desk), found=found)
    if not form.is_valid():
        return _desk_page(request, desk, hits_form=form)
    return _kept(request, desk, lambda: [*desk.marks, *form.marks()], hits_form=form)


@login_required
@require_POST
def drop_mark(request: HttpRequest, document: UUID, version: int, number: int) -> HttpResponse:
    """Take a mark away again. number: from 1."""
    desk = _desk(request, _open_source(request, document, version))
    rest = [one for place, one in enumerate(desk.marks, start=1) if place != number]
    _keep(desk, rest)
    return _back(desk)


@login_required
@require_POST
def make_copy(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Make the public copy of what is marked; what leaks or lacks is shown."""
    desk = _desk(request, _open_source(request, document, version))
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, desk, make_form=form)
    data = form.cleaned_data
    made, error = done(
        request,
        lambda: make_public_copy(
            desk.source,
            marks=desk.marks,
            by=desk.person,
            at=desk.at,
            opened_reason=data["opened_reason"],
            act=data["act"],
        ),
        "Salinan dibuat dan lulus pemeriksaan. Orang lain memutus apakah boleh diberikan.",
    )
    if error:
        return _desk_page(request, desk, make_form=form, error=error)
    drop_draft(desk.person, form_of_marks(desk.source))
    if made is None:
        return redirect("redactions", item=desk.source.item_id)
    return redirect("public_copy", copy=made.pk)


def _source(request: HttpRequest, document: UUID, version: int) -> SoftCopy:
    """Return the document for who may blacken it. Raises NotFound, Refused."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    source, authority = visible_source(document, version, by=person.pk, body=person.body_id, on=on)
    if refused := redacting_obstacles(authority):
        raise Refused(*refused)
    return source


def _open_source(request: HttpRequest, document: UUID, version: int) -> SoftCopy:
    source = _source(request, document, version)
    _demand_open(request, source)
    return source


def _is_open(request: HttpRequest, source: SoftCopy) -> bool:
    since = request.session.get(OPENED, {}).get(form_of_marks(source))
    return since is not None and timezone.now() - datetime.fromisoformat(since) < OPEN_FOR


def _demand_open(request: HttpRequest, source: SoftCopy) -> None:
    if not _is_open(request, source):
        text = "Dokumen ini belum Anda buka, atau sudah lebih dari satu jam."
        raise Refused(Finding("document_not_open", text, hint="Buka dokumennya sekali lagi."))


def _desk(request: HttpRequest, source: SoftCopy) -> Desk:
    """Return the open document with the person's marks. Raises BadInput for what is no page."""
    document = redaction.bytes_of(source)
    looked = redaction.survey(document)
    person = person_of(request)
    asked = request.POST.get("page") or request.GET.get("halaman") or "1"
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    return Desk(
        source=source,
        document=document,
        survey=looked,
        marks=tuple(marks_of(source, person=person.pk)),
        page=min(max(page, 1), len(looked.pages)),
        person=person.pk,
        at=timezone.now(),
    )


def _grounds(desk: Desk) -> list[tuple[str, str]]:
    return ground_choices(on=desk.at.astimezone(desk.source.item.body.zone).date())


def _on_page(desk: Desk, mark: Mark) -> Mark:
    """Return the mark cut to its page, if there is such a page."""
    pages = desk.survey.pages
    return within(mark, pages[mark.page - 1]) if 1 <= mark.page <= len(pages) else mark


def _kept(
    request: HttpRequest, desk: Desk, marks: Callable[[], list[Mark]], **forms: object
) -> HttpResponse:
    """Keep the marks and show the page again, or say what is wrong with them."""
    try:
        wanted = marks()
        findings = mark_findings(wanted, desk.survey.pages)
        if findings:
            raise BadInput(*findings)
    except BadInput as error:
        return _desk_page(request, desk, error=error, **forms)
    _keep(desk, wanted)
    added = len(wanted) - len(desk.marks)
    messages.success(request, f"{added} tanda ditambahkan.")
    return _back(desk)


def _keep(desk: Desk, marks: list[Mark]) -> None:
    ordered = sorted(marks, key=lambda one: (one.page, -one.top, one.left))
    kept = {"marks": [one.as_dict() for one in ordered]}
    keep_draft(desk.person, form_of_marks(desk.source), kept, at=desk.at)


def _back(desk: Desk) -> HttpResponse:
    source = desk.source
    address = reverse("redaction", args=[source.document, source.version])
    return redirect(f"{address}?halaman={desk.page}")


def _desk_page(
    request: HttpRequest, desk: Desk, *, error: PpidError | None = None, **forms: object
) -> HttpResponse:
    """Return the page on which the document is marked."""
    item, size = desk.source.item, desk.survey.pages[desk.page - 1]
    on = desk.at.astimezone(item.body.zone).date()
    reason = desk.marks[-1].reason if desk.marks else ""
    begun = {"ground": ground_of_sheet(item, on=on), "reason": reason, "page": desk.page}
    words = (request.POST.get("cari") or request.GET.get("cari") or "").strip()
    hits: tuple[Hit, ...] = redaction.hits_in(desk.document, words) if words else ()
    choices = _grounds(desk)
    context = {
        "item": item,
        "source": desk.source,
        "desk": desk,
        "size": size,
        "here": mark_lines(desk.marks, size, page=desk.page),
        "hits_here": hit_lines(hits, size, page=desk.page),
        "words": words,
        "hits": hits,
        "mark_form": MarkForm(initial=begun, choices=choices),
        "hits_form": HitsForm(initial=begun, choices=choices, found=hits),
        "search_form": SearchForm(initial={"cari": words}),
        "make_form": MakeForm(),
        "approved": any(one.decision == APPROVE for one in copies_of(desk.source)),
        "findings": error.findings if error else (),
        **forms,
    }
    return render(request, "office/redaction.html", context, status=status_of_answer(error))
