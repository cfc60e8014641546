"""Blank forms to fill by hand."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.errors import Finding, NotFound
from ppid.office.accounts import person_of
from ppid.office.queries.papers.blanks import BLANKS, blank
from ppid.office.views.papers import print_paper


@login_required
def show_blanks(request: HttpRequest) -> HttpResponse:
    """List the blank forms."""
    person_of(request)
    return render(request, "office/blanks.html", {"blanks": BLANKS.items()})


@login_required
def blank_form(request: HttpRequest, kind: str) -> HttpResponse:
    """Print a blank form on the body's paper."""
    body = person_of(request).body
    paper = blank(kind, body)
    if paper is None:
        raise NotFound(Finding("form_unknown", "Formulir ini tidak ada."))
    return print_paper(paper, body, on=timezone.now().astimezone(body.zone).date())
