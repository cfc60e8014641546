"""The pages of loans: hand a paper out, take it back, what is out, and the receipts."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ppid.office.accounts import person_of
from ppid.office.actions.loans import lend, lending_obstacles, take_back
from ppid.office.actions.places import keeping_obstacles
from ppid.office.forms.store_room import LendForm, ReturnForm
from ppid.office.models import Loan, Person
from ppid.office.queries.items import visible_item
from ppid.office.queries.loan_docket import loans_page, visible_loan
from ppid.office.queries.loans import loan_lines
from ppid.office.queries.papers.loans import receipt
from ppid.office.queries.papers.signed_letters import receipt_subject
from ppid.office.queries.places import path_in_words
from ppid.office.signing_rules import PaperKind
from ppid.office.views.doing import form_page, sent
from ppid.office.views.papers import print_working


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
    person, on = person_of(request), _today(request)
    found, authority = visible_item(item, by=person.pk, body=person.body_id, on=on)
    people = Person.objects.filter(body=person.body).order_by("name")
    form = LendForm(request.POST or None, people=people)

    def act() -> Loan:
        act_id = form.cleaned_data["act"]
        return lend(found, form.lending(), by=person.pk, at=timezone.now(), act=act_id)

    made, error = sent(request, form, act, said="Peminjaman dicatat. Cetak tanda terimanya.")
    if made:
        return redirect("loans")
    return form_page(
        request,
        "loan_new",
        form,
        error=error,
        back=reverse("loans"),
        item=found,
        obstacles=(*keeping_obstacles(authority), *lending_obstacles(found)),
    )


@login_required
def return_loan(request: HttpRequest, loan: UUID) -> HttpResponse:
    """Record that a paper is back."""
    person, on = person_of(request), _today(request)
    found, authority = visible_loan(loan, by=person.pk, body=person.body_id, on=on)
    form = ReturnForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        take_back(
            found,
            condition=data["condition"],
            by=person.pk,
            at=timezone.now(),
            act=data["act"],
        )

    _, error = sent(request, form, act, said="Pengembalian dicatat.")
    (line,) = loan_lines(person.body, [found], on=on)
    place = found.item.archive.place
    return form_page(
        request,
        "loan_return",
        form,
        error=error,
        back="loans",
        line=line,
        receipt=receipt_subject(found.pk, returned=found.returned_at is not None),
        place=path_in_words(place) if place else found.item.archive.hard_copy,
        obstacles=keeping_obstacles(authority),
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
