"""The pages of the soft copies: send one, look at what is known of it, open it with a reason."""

import secrets
from datetime import date
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ppid.errors import CorruptData, PpidError
from ppid.office.accounts import person_of, signed_in_recently
from ppid.office.actions.copy_readings import HandedOut, is_in_a_case, read_copy
from ppid.office.actions.uploads import take_document
from ppid.office.forms.documents import DocumentForm, ReadingForm
from ppid.office.queries.documents import document_page, item_documents, visible_copy
from ppid.office.uploads import MOST_MB
from ppid.office.views.doing import sent, status_of_answer
from ppid.vault.streams import BLOCK


def _asking(request: HttpRequest) -> dict[str, object]:
    """Return who asks, in which body, on which day there."""
    person = person_of(request)
    return {"by": person.pk, "body": person.body_id, "on": _today(request)}


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


@login_required
def show_documents(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show the documents of an item, and take a new one."""
    person = person_of(request)
    page = item_documents(item, **_asking(request))
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        known=page.documents,
        most=person.body.settings.get("upload_megabytes", MOST_MB),
        initial={"document": request.GET.get("dokumen", "")},
    )
    copy, error = sent(
        request,
        form,
        lambda: take_document(
            page.item,
            file=form.cleaned_data["file"].file,
            file_name=form.cleaned_data["file"].name,
            document=form.version_of,
            by=person.pk,
            at=timezone.now(),
            act=form.cleaned_data["act"],
        ),
        said="Dokumen disegel ke brankas. Periksa keterangan yang terbawa di dalamnya.",
    )
    if copy:
        return redirect("document", document=copy.document, version=copy.version)
    if refused := getattr(request, "upload_refused", None):
        form.errors.pop("file", None)
        form.add_error("file", f"{refused.message} {refused.hint}")
    if form.is_bound and form.is_valid() and error is None:
        return redirect("documents", item=item)
    findings = [one for one in error.findings if one.place not in form.fields] if error else ()
    context = {"page": page, "item": page.item, "form": form, "findings": findings}
    return render(request, "office/documents.html", context, status=status_of_answer(error))


@login_required
def show_document(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Show what is known of a version of a document, without opening it."""
    page = document_page(document, version, **_asking(request))
    return render(request, "office/document.html", {"page": page, "item": page.item})


@login_required
def read_document(request: HttpRequest, document: UUID, version: int) -> HttpResponse:
    """Ask why, then hand the copy out; only to who signed in within the last five minutes."""
    copy, _ = visible_copy(document, version, **_asking(request))
    if not signed_in_recently(request, at=timezone.now()):
        return sign_in_again(request)
    case = copy.item.case if is_in_a_case(copy.item) else None
    form = ReadingForm(request.POST or None, case=case)
    error: PpidError | None = None
    try:
        handed, error = sent(
            request,
            form,
            lambda: read_copy(
                copy,
                reason=form.cleaned_data["reason"],
                for_case=form.for_case,
                by=person_of(request).pk,
                at=timezone.now(),
                act=form.cleaned_data["act"],
            ),
            said="Salinan diserahkan dan pembacaannya tercatat.",
        )
    except CorruptData as damaged:
        handed, error = None, damaged
    if handed:
        return _attachment(handed)
    if form.is_bound and form.is_valid() and error is None:
        return redirect("document_read", document=document, version=version)
    page = document_page(document, version, **_asking(request))
    findings = [one for one in error.findings if one.place not in form.fields] if error else ()
    context = {"page": page, "item": page.item, "form": form, "findings": findings}
    status = 500 if isinstance(error, CorruptData) else status_of_answer(error)
    return render(request, "office/document_read.html", context, status=status)


def sign_in_again(request: HttpRequest) -> HttpResponseRedirect:
    """Send the person to give the password again; what was typed is not kept anywhere."""
    messages.info(request, "Sebelum melanjutkan, buktikan sekali lagi bahwa ini Anda.")
    back = urlencode({"next": request.path})
    return redirect(f"{reverse('account_reauthenticate')}?{back}")


def _attachment(handed: HandedOut) -> StreamingHttpResponse:
    """Return the copy as a file to keep, which no browser shows by itself or in another page."""
    size = handed.file.seek(0, 2)
    handed.file.seek(0)
    answer = StreamingHttpResponse(
        iter(lambda: handed.file.read(BLOCK), b""), content_type=handed.kind.media_type
    )
    plain = f"salinan-{handed.number}-{secrets.token_hex(4)}.{handed.kind.value}"
    named = quote(handed.file_name, safe="")
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
    answer["Content-Length"] = str(size)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
