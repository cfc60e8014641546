"""The page of a public copy: what is black in it and why, a second person's decision, the file."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Finding, Refused
from ppid.office import redaction
from ppid.office.accounts import person_of
from ppid.office.actions.redactions import APPROVE, decide_public_copy
from ppid.office.forms.redactions import DecideForm
from ppid.office.models import PublicCopy, SoftCopy
from ppid.office.queries.redactions import public_copy_page, visible_public_copy
from ppid.office.views.doing import done, status_of_answer
from ppid.office.views.redactions import picture_answer


@login_required
def show_public_copy(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Show a public copy with its list; decide on it."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    page = public_copy_page(copy, by=person.pk, body=person.body_id, on=on)
    form = DecideForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, error = done(
            request,
            lambda: decide_public_copy(
                page.line.copy,
                decision=data["decision"],
                reason=data["reason"],
                by=person.pk,
                at=at,
                act=data["act"],
            ),
            "Keputusan tercatat.",
        )
        if error is None:
            return redirect("public_copy", copy=copy)
    context = {
        "page": page,
        "item": page.item,
        "copy": page.line.copy,
        "form": form,
        "findings": error.findings if error else (),
    }
    return render(request, "office/public_copy.html", context, status=status_of_answer(error))


@login_required
def show_copy_picture(request: HttpRequest, copy: UUID, page: int) -> HttpResponse:
    """Return a page of a public copy as a picture, for who examines it."""
    found = _visible(request, copy)
    return picture_answer(redaction.page_picture(redaction.bytes_of(_file_of(found)), page))


@login_required
def get_public_copy(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Return the file of an approved public copy, to be handed out."""
    found = _visible(request, copy)
    if found.decision != APPROVE:
        text = "Salinan ini belum disetujui orang kedua."
        raise Refused(Finding("copy_not_approved", text, source="UU 14/2008 ps. 22 (7) e"))
    file = _file_of(found)
    answer = HttpResponse(redaction.bytes_of(file), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file.file_name}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _visible(request: HttpRequest, copy: UUID) -> PublicCopy:
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    return visible_public_copy(copy, by=person.pk, body=person.body_id, on=on)[0]


def _file_of(copy: PublicCopy) -> SoftCopy:
    return SoftCopy.objects.select_related("item").get(document=copy.document, version=copy.version)
