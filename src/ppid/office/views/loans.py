"""The pages of loans: hand a paper out, take it back, what is out, and the receipts."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.loans import lending_obstacles
from ppid.office.actions.places import keeping_obstacles
from ppid.office.authority import authority_of
from ppid.office.queries.loan_docket import loans_page, visible_loan
from ppid.office.queries.loans import loan_lines
from ppid.office.queries.papers.loans import receipt
from ppid.office.queries.papers.signed_letters import receipt_subject
from ppid.office.queries.places import path_in_words
from ppid.office.signing_rules import PaperKind
from ppid.office.views.doing import form_page, officer_of, run, to_fields
from ppid.office.views.item_acts import item_seen, loan_asked
from ppid.office.views.papers import print_working
from ppid.office.views.store_acts import loan_seen, return_asked


def _today(request: HttpRequest) -> date:
    return timezone.now().astimezone(person_of(request).body.zone).date()


@login_required
def show_loans(request: HttpRequest) -> HttpResponse:
    """Show what is out, the most pressing first, and what came back lately."""
    person, on = person_of(request), _today(request)
    page = loans_page(person.body, by=person.pk, on=on)
    return render(request, "office/loans.html", {"page": page, "on": on})


@login_required
def new_loan(request: HttpRequest, item: UUID) -> HttpResponse:
    """Hand the paper of an item out."""
    one = officer_of(request)
    seen = item_seen(one, item)
    asked = loan_asked(one, seen, request.POST or None)
    result, error = run(request, asked)
    if result:
        return redirect("loans")
    to_fields(asked.form, error)
    return form_page(
        request,
        "loan_new",
        asked.form,
        error=error,
        back=reverse("loans"),
        item=seen.item,
        obstacles=(*keeping_obstacles(seen.authority), *lending_obstacles(seen.item)),
    )


@login_required
def return_loan(request: HttpRequest, loan: UUID) -> HttpResponse:
    """Record that a paper is back."""
    one = officer_of(request)
    found = loan_seen(one, loan)
    asked = return_asked(one, found, request.POST or None)
    _, error = run(request, asked)
    to_fields(asked.form, error)
    (line,) = loan_lines(one.body, [found], on=one.on)
    place = found.item.archive.place
    return form_page(
        request,
        "loan_return",
        asked.form,
        error=error,
        back="loans",
        line=line,
        receipt=receipt_subject(found.pk, returned=found.returned_at is not None),
        place=path_in_words(place) if place else found.item.archive.hard_copy,
        obstacles=keeping_obstacles(authority_of(one.by, on=one.on)),
    )


@login_required
def print_receipt(request: HttpRequest, loan: UUID) -> HttpResponse:
    """Print the receipt of a loan, or of its return once the paper is back."""
    person, on = person_of(request), _today(request)
    found, _ = visible_loan(loan, by=person.pk, body=person.body_id, on=on)
    (line,) = loan_lines(person.body, [found], on=on)
    moment, returned = found.returned_at or found.lent_at, found.returned_at is not None
    day = moment.astimezone(person.body.zone).date()
    of = (PaperKind.RECEIPT, receipt_subject(found.pk, returned=returned))
    paper = receipt(line, person.body, returned=returned)
    return print_working(paper, person.body, on=day, of=of)
