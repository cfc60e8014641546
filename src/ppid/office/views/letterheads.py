"""The page of the letterhead (kop surat), with a sheet to try it on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.letterheads import proof, set_letterhead
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.forms.letterheads import LetterheadForm
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.views.doing import done, status_of_answer
from ppid.office.views.papers import print_paper


@login_required
def show_letterhead(request: HttpRequest) -> HttpResponse:
    """Show what stands at the head of the papers; or set it."""
    person, at = person_of(request), timezone.now()
    head = letterhead(person.body)
    known = {"lines": "\n".join(head.lines), "size": head.size.value, "footer": head.footer}
    form = LetterheadForm(
        request.POST or None, request.FILES or None, initial=known, has_logo=bool(head.logo)
    )
    error = None
    if request.method == "POST" and form.is_valid():
        choice = form.choice()
        _, error = done(
            request,
            lambda: set_letterhead(person.body, choice, by=person.pk, at=at),
            "Kop surat tersimpan.",
        )
        if error is None:
            return redirect("letterhead")
    authority = authority_in(person.body, by=person.pk, at=at)
    may = authority.may(Right.SET_UP)
    context = {
        "form": form,
        "head": head,
        "obstacles": () if may else (not_authorised(MAY[Right.SET_UP]),),
        "findings": error.findings if error else (),
    }
    return render(request, "office/letterhead.html", context, status=status_of_answer(error))


@login_required
def show_proof(request: HttpRequest) -> HttpResponse:
    """Print a sheet with the letterhead alone."""
    person = person_of(request)
    on = timezone.now().astimezone(person.body.zone).date()
    return print_paper(proof(person.body), person.body, on=on)
