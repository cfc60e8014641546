"""The page "Tanda tangan" of a paper, the papers that wait, the bytes themselves, and the rules."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import Finding, NotFound, PpidError, Refused
from ppid.office.accounts import person_of
from ppid.office.actions.legacy import record_export
from ppid.office.actions.papers import file_scan, prepare, revisions, sign, withdraw
from ppid.office.actions.readings import record_reading
from ppid.office.actions.signing_rules import set_rules
from ppid.office.forms.signing import (
    BsreUserForm,
    CertificateForm,
    EsignForm,
    PrepareForm,
    RulesForm,
    ScanForm,
    WithdrawForm,
)
from ppid.office.forms.steps import ActForm
from ppid.office.models import OfficePaper, Person
from ppid.office.paper_files import content_of
from ppid.office.queries.papers.draft import UNKNOWN, Draft
from ppid.office.queries.papers.signed import draft_of
from ppid.office.queries.signing import SigningPage, signing_page, waiting_papers
from ppid.office.signing_keys import certificate_of, gateway_of, has_gateway, token_of
from ppid.office.signing_rules import PaperKind, rules_of
from ppid.office.views.doing import done, form_page, sent, set_up_obstacles, status_of_answer
from ppid.papers.esign import EsignSigner, Secret, User, ask_totp
from ppid.papers.scans import kind_of
from ppid.papers.signature import Way
from ppid.papers.signing import CertificateSigner, Signer, TokenSigner

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
SAID = {
    "siapkan": "Naskah siap ditandatangani.",
    "tandatangani": "Tanda tangan diperiksa dan disimpan.",
    "kode": "Kode TOTP dikirim BSrE kepada Anda. Isi kode itu sebagai ganti passphrase.",
    "pindai": "Pindaian disimpan.",
    "tarik": "Naskah ditarik; naskah pengganti dapat disiapkan.",
}
ElectronicForm = CertificateForm | EsignForm


def _today(person: Person) -> date:
    return timezone.now().astimezone(person.body.zone).date()


@login_required
def show_waiting(request: HttpRequest) -> HttpResponse:
    """List the papers that wait for this person's signature, or that they prepared."""
    person = person_of(request)
    lines = waiting_papers(person.body, by=person.pk)
    return render(request, "office/signing_list.html", {"lines": lines})


@login_required
def show_signing(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Show how far a paper is; or prepare it, sign it, file its scan, take it back."""
    person = person_of(request)
    draft = _draft(person, kind, subject)
    page = signing_page(draft, person.body, by=person.pk, at=timezone.now())
    forms = _forms(page)
    error = None
    name = next((one for one in forms if f"{one}-act" in request.POST), "")
    if name:
        forms[name] = form = type(forms[name])(request.POST, request.FILES, prefix=name)
        if form.is_valid():
            _, error = done(request, lambda: ACTS[name](person, page, form), SAID[name])
            if error is None:
                return redirect("signing", kind=kind, subject=subject)
            # What was typed is not given back: it held a passphrase, and the act is used up.
            forms = _forms(page)
    return _shown(request, page, forms, error=error)


def _shown(
    request: HttpRequest,
    page: SigningPage,
    forms: Mapping[str, ActForm],
    *,
    error: PpidError | None,
) -> HttpResponse:
    context = {
        "page": page,
        "forms": forms,
        "form": next((one for one in forms.values() if one.is_bound), None),
        "findings": error.findings if error else (),
    }
    return render(request, "office/signing.html", context, status=status_of_answer(error))


def _draft(person: Person, kind: str, subject: str) -> Draft:
    """Return the paper for who may read all of it; the reading leaves its trace."""
    try:
        known = PaperKind(kind)
    except ValueError:
        raise NotFound(UNKNOWN) from None
    draft = draft_of(known, subject, body=person.body, by=person.pk, on=_today(person))
    for item in draft.items:
        record_reading(item, by=person.pk, at=timezone.now())
    return draft


def _forms(page: SigningPage) -> dict[str, ActForm]:
    """Return the forms that the state of the paper has room for, by their prefix."""
    if page.paper is None:
        number = {"number": page.number}
        return {"siapkan": PrepareForm(prefix="siapkan", initial=number)}
    if page.complete:
        return {}
    forms: dict[str, ActForm] = {}
    if not page.way.electronic:
        forms["pindai"] = ScanForm(prefix="pindai")
    elif not page.signing:
        electronic = EsignForm if page.way is Way.BSRE else CertificateForm
        forms["tandatangani"] = electronic(prefix="tandatangani")
        if page.way is Way.BSRE:
            forms["kode"] = BsreUserForm(prefix="kode")
    return forms | {"tarik": WithdrawForm(prefix="tarik")}


def _prepare(person: Person, page: SigningPage, form: PrepareForm) -> object:
    data = form.cleaned_data
    told = {"number": data["number"], "act": data["act"], "at": timezone.now()}
    return prepare(page.draft, person.body, by=person.pk, **told)


def _sign(person: Person, page: SigningPage, form: ElectronicForm) -> object:
    signer = _signer(person, form)
    act = form.cleaned_data["act"]
    return sign(_paper_of(page), signer=signer, by=person.pk, at=timezone.now(), act=act)


def _signer(person: Person, form: ElectronicForm) -> Signer:
    """Return the signer that the form describes. Raises Refused."""
    data = form.cleaned_data
    if isinstance(form, EsignForm):
        return EsignSigner(
            gateway=gateway_of(person.body_id),
            user=_user(form),
            secret=Secret(passphrase=data["passphrase"], totp=data["totp"]),
        )
    rules = rules_of(person.body)
    uploaded, token = form.content(), token_of(person.body_id, person.pk)
    if token and not uploaded:
        return TokenSigner(
            token=token, pin=data["passphrase"], anchors=rules.anchors, tsa=rules.tsa
        )
    archive = uploaded or certificate_of(person.body_id, person.pk)
    if not archive:
        text = "Pilih berkas sertifikat Anda; tidak ada yang tersimpan di server ini."
        raise Refused(Finding("certificate_file_missing", text, "archive"))
    return CertificateSigner(
        archive=archive, passphrase=data["passphrase"], anchors=rules.anchors, tsa=rules.tsa
    )


def _ask_code(person: Person, page: SigningPage, form: BsreUserForm) -> object:
    """Have BSrE send the person a code; nothing of it is recorded here."""
    _paper_of(page)
    return ask_totp(gateway_of(person.body_id), _user(form))


def _user(form: BsreUserForm) -> User:
    return User(nik=form.cleaned_data["nik"], email=form.cleaned_data["email"])


def _file_scan(person: Person, page: SigningPage, form: ScanForm) -> object:
    told = {"by": person.pk, "at": timezone.now(), "act": form.cleaned_data["act"]}
    return file_scan(_paper_of(page), form.chosen(), **told)


def _withdraw(person: Person, page: SigningPage, form: WithdrawForm) -> object:
    data = form.cleaned_data
    told = {"by": person.pk, "at": timezone.now(), "act": data["act"]}
    return withdraw(_paper_of(page), reason=data["reason"], **told)


def _paper_of(page: SigningPage) -> OfficePaper:
    if page.paper is None:
        raise NotFound(UNKNOWN)
    return page.paper


ACTS: Mapping[str, Callable[..., object]] = {
    "siapkan": _prepare,
    "tandatangani": _sign,
    "kode": _ask_code,
    "pindai": _file_scan,
    "tarik": _withdraw,
}


@login_required
def paper_file(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Give the newest bytes of a paper out, exactly as they were kept."""
    person = person_of(request)
    found = OfficePaper.objects.filter(pk=paper, body=person.body_id).first()
    if found is None:
        raise NotFound(UNKNOWN)
    draft = _draft(person, found.kind, found.subject)
    if draft.exported:
        rows, at = draft.exported, timezone.now()
        record_export(person.body, kind="pdf", rows=rows, by=person.pk, at=at)
    content = content_of(revisions(found)[-1].sha256)
    ending = kind_of(content)
    answer = HttpResponse(content, content_type=TYPES[ending])
    answer["Content-Disposition"] = f'inline; filename="naskah-{found.kind}-{paper}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
def show_rules(request: HttpRequest) -> HttpResponse:
    """Show how the body's papers are numbered and signed; or set it."""
    person = person_of(request)
    form = RulesForm(request.POST or None, rules=rules_of(person.body))

    def act() -> None:
        set_rules(person.body, form.chosen(), by=person.pk, at=timezone.now())

    _, error = sent(request, form, act, said="Aturan tanda tangan tersimpan.")
    more = {"has_gateway": has_gateway(person.body_id), "obstacles": set_up_obstacles(person)}
    return form_page(request, "signing_rules", form, error=error, back="signing_rules", **more)
