"""The SOP editor: a sheet is read into a draft, the draft is put right, and then adopted.

Every change is one form; the script only sends it sooner.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import BadInput, Finding, NotFound, PpidError, Refused
from ppid.office.accounts import person_of
from ppid.office.actions.sop_drafts import (
    SopDraft,
    changed_elsewhere,
    drop_sop_draft,
    go_back,
    keep_state,
    sop_draft,
    start_sop_draft,
)
from ppid.office.actions.sops import adopt_sop
from ppid.office.authority import MAY, Right, authority_of, not_authorised
from ppid.office.forms.sop_sheets import SopSheetForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Person, SopVersion
from ppid.office.queries.release import UNSURE
from ppid.office.queries.sop_drafts import Drawn, drawn, editor
from ppid.office.sop_files.drafting import code_of, draft_of_file
from ppid.office.views.doing import done, status_of_answer
from ppid.office.writing import writing
from ppid.sop.editing.acts import acted
from ppid.sop.editing.controls import controls_of, document_with
from ppid.sop.editing.document import BLANK, Document, document_of, has_comments, text_of
from ppid.sop.editing.opening import opened, text_of_file
from ppid.sop.identity import written as day_written
from ppid.sop.load import loads
from ppid.sop.svg import pages

SOP_FILE = ".toml"
BACK = {"batalkan": 1, "ulangi": -1}
WITHOUT_COMMENTS = "Komentar (#) dalam berkas asal tidak ikut; isinya yang lain tidak berubah."


def _writer(request: HttpRequest) -> Person:
    """Return who asks, if they may adopt an SOP. Raises Refused."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    if not authority_of(person.pk, on=on).may(Right.ADOPT_SOP):
        raise Refused(not_authorised(MAY[Right.ADOPT_SOP]))
    return person


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Read a sheet into a draft, or begin an empty one; what cannot be read is said."""
    person = _writer(request)
    if request.method == "POST" and "kosong" in request.POST:
        return _started(person, document=BLANK)
    if request.method == "POST" and "teks" in request.POST:
        return _opened(request, person, request.POST["teks"].encode(), name="naskah")
    form = SopSheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "office/sop_draft_new.html", {"form": form})
    name = form.name()
    if name.lower().endswith(SOP_FILE):
        return _opened(request, person, form.content(), name=name)
    try:
        found = draft_of_file(form.content(), code=code_of(name))
        return _started(person, document=document_of(found.text), origin=name, told=found.remarks)
    except BadInput as error:
        context = {"form": SopSheetForm(), "findings": error.findings}
        return render(request, "office/sop_draft_new.html", context)


def _opened(request: HttpRequest, person: Person, content: bytes, *, name: str) -> HttpResponse:
    """Open an SOP file with its mistakes; what is no TOML comes back as text to be put right."""
    try:
        found = opened(content, name=name)
    except BadInput as error:
        text = text_of_file(content)
        context = {"form": SopSheetForm(), "findings": error.findings, "text": text}
        return render(request, "office/sop_draft_new.html", context, status=status_of_answer(error))
    told = [f"{one.place}: {one.message}" for one in found.left_out]
    if has_comments(text_of_file(content)):
        told.append(WITHOUT_COMMENTS)
    return _started(person, document=found.document, origin=name, told=told)


@login_required
@require_POST
def edit_version(request: HttpRequest, sop: UUID) -> HttpResponse:
    """Open an adopted version in the editor, as the draft of a new one."""
    person = _writer(request)
    version = SopVersion.objects.filter(pk=sop, body=person.body).first()
    if version is None:
        raise NotFound(Finding("sop_unknown", "SOP tidak ditemukan."))
    adopted = timezone.localtime(version.adopted_at, person.body.zone).date()
    origin = f"versi yang diadopsi {day_written(adopted)}"
    told = (WITHOUT_COMMENTS,) if has_comments(version.text) else ()
    return _started(person, document=document_of(version.text), origin=origin, told=told)


def _started(person: Person, *, document: Document, **more: Any) -> HttpResponse:
    at = timezone.now()
    # In the order in which the editor writes, so that saving without a change is no change.
    ordered = document_with(document, controls_of(document))
    made = start_sop_draft(person.body, document=ordered, by=person.pk, at=at, **more)
    return redirect("sop_draft", draft=made.id)


@login_required
def show(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the editor; take its form with the button that was pressed."""
    person = _writer(request)
    kept = sop_draft(draft, by=person.pk)
    if request.method != "POST":
        return _page(request, kept, kept.document, at=request.GET.get("di", ""))
    document = document_with(kept.document, _sent(request))
    word = request.POST.get("perintah", "simpan")
    if word == "unduh":
        return _file(document)
    try:
        kept = _kept(request, kept, document)
        return _after(request, kept, word)
    except (BadInput, Refused) as error:
        return _page(request, kept, _readable(document, kept, error), error=error)


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(one) for one in values] for name, values in request.POST.lists()}


def _kept(
    request: HttpRequest, kept: SopDraft, document: Document, *, typing: bool = False
) -> SopDraft:
    """Return the draft with what the form says. Raises Conflict if it was saved elsewhere.

    typing: whether the script sends what is still being typed, so that it is one change to undo.
    """
    if text_of(document) == kept.text:
        return kept
    if request.POST.get("turn") != str(kept.turn):
        raise changed_elsewhere()
    typed = _typed(kept.document, document) if typing else ""
    return keep_state(kept, document, at=timezone.now(), typed=typed)


def _readable(document: Document, kept: SopDraft, error: PpidError) -> Document:
    """Return what was sent, or what is kept where that is too much to be read at all."""
    return kept.document if error.codes == ("sop_draft_too_long",) else document


def _typed(before: Document, after: Document) -> str:
    """Return the one control that differs, "" for more."""
    old, new = controls_of(before), controls_of(after)
    differ = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    return differ[0] if len(differ) == 1 else ""


def _after(request: HttpRequest, kept: SopDraft, word: str) -> HttpResponse:
    """Do what the button asks of the saved draft. Raises BadInput, Conflict."""
    at, address = request.POST.get("di", ""), reverse("sop_draft", args=[kept.id])
    if word == "simpan":
        messages.success(request, "Naskah disimpan. Hanya Anda yang melihatnya.")
    elif word in BACK:
        go_back(kept, at=timezone.now(), steps=BACK[word])
    elif word == "adopsi":
        found = _drawn(request, kept.document)
        if found.mistakes:
            text = "Naskah ini belum dapat diadopsi: masih ada kesalahan."
            hint = "Kesalahannya ada di bawah gambar dan di setiap isian."
            raise BadInput(Finding("sop_draft_has_mistakes", text, hint=hint))
        return redirect("sop_draft_adopt", draft=kept.id)
    else:
        changed = acted(kept.document, word)
        keep_state(kept, changed.document, at=timezone.now())
        messages.success(request, changed.said)
        at = changed.at
    return redirect(f"{address}?di={at}#{at}" if at else address)


def _file(document: Document) -> HttpResponse:
    answer = HttpResponse(text_of(document), content_type="application/toml; charset=utf-8")
    code = code_of(str(document.get("kode", "")))
    answer["Content-Disposition"] = f'attachment; filename="{code}.toml"'
    return answer


@login_required
@require_POST
def live(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Save the form and return the right side of the page anew."""
    person = _writer(request)
    kept = sop_draft(draft, by=person.pk)
    document = document_with(kept.document, _sent(request))
    error: PpidError | None = None
    try:
        kept = _kept(request, kept, document, typing=True)
    except (BadInput, Refused) as refused:
        error, document = refused, _readable(document, kept, refused)
    context = {"draft": kept, "found": _drawn(request, document), "error": error}
    status = status_of_answer(error) if error else 200
    return render(request, "office/sop_draft_drawn.html", context, status=status)


def _drawn(request: HttpRequest, document: Document) -> Drawn:
    zone = person_of(request).body.zone
    at = request.POST.get("di") or request.GET.get("di", "")
    return drawn(document, on=timezone.now().astimezone(zone).date(), at=at)


def _page(
    request: HttpRequest,
    kept: SopDraft,
    document: Document,
    *,
    at: str = "",
    error: PpidError | None = None,
) -> HttpResponse:
    found = _drawn(request, document)
    context: Mapping[str, Any] = {
        "draft": kept,
        "name": document["nama"],
        "editor": editor(document, found, at=at or request.POST.get("di", "")),
        "found": found,
        "findings": error.findings if error else (),
        "conflict": bool(error and error.codes == ("sop_draft_changed",)),
        "at": at,
    }
    return render(request, "office/sop_draft.html", context, status=status_of_answer(error))


@login_required
def adopt(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the finished sheet once more, and adopt it."""
    person = _writer(request)
    kept = sop_draft(draft, by=person.pk)
    found = _drawn(request, kept.document)
    if found.mistakes:
        return redirect("sop_draft", draft=kept.id)
    form = ActForm(request.POST or None, initial={"act": uuid4()})
    error: PpidError | None = None
    if request.method == "POST" and form.is_valid():
        version, error = _adopted(request, kept, form)
        if error is None:
            drop_sop_draft(kept.id, by=person.pk)
            return redirect("sop", sop=version.pk) if version else redirect("sops")
        if UNSURE.issuperset(error.codes):
            form.ask_clearance()
    context = {
        "draft": kept,
        "form": form,
        "name": kept.document["nama"],
        "found": found,
        "sheets": pages(loads(kept.text, name="naskah")),
        "findings": error.findings if error else (),
    }
    status = status_of_answer(error)
    return render(request, "office/sop_draft_adopt.html", context, status=status)


def _adopted(
    request: HttpRequest, kept: SopDraft, form: ActForm
) -> tuple[SopVersion | None, PpidError | None]:
    person, at = person_of(request), timezone.now()

    def act() -> SopVersion:
        with writing(act=form.cleaned_data["act"], at=at):
            cleared = form.cleaned_data.get("cleared", "")
            return adopt_sop(person.body, text=kept.text, at=at, by=person.pk, cleared=cleared)

    return done(request, act, "SOP diadopsi.")


@login_required
@require_POST
def drop(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    person = _writer(request)
    drop_sop_draft(sop_draft(draft, by=person.pk).id, by=person.pk)
    messages.success(request, "Naskah SOP dibuang.")
    return redirect("sops")
