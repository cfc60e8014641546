"""The pages of requests: the list, one request, its record, links, extension, answer and letter."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.errors import Finding, NotFound
from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.request_answer import Standing
from ppid.office.accounts import person_of
from ppid.office.actions.answers import answer_request, refused_lines
from ppid.office.actions.requests import (
    extend_request,
    link_item,
    may_do,
    propose_item,
    record_request,
    retest_item,
    unlink_item,
)
from ppid.office.authority import Right, authority_of
from ppid.office.forms.page_form import PageForm
from ppid.office.forms.requests import (
    AnswerForm,
    ExtensionForm,
    IntoForm,
    ItemSearchForm,
    LinkForm,
    ProposeForm,
    RequestForm,
)
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency, Item
from ppid.office.queries.docket import cases_for_tests
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.requests import (
    RequestPage,
    request_lines,
    request_page,
    suggested_number,
)
from ppid.office.views.doing import done, status_of_answer

STATES = (("menunggu", "Menunggu kantor"), ("semua", "Semua"))
MOST_FOUND = 20
"""Items that a search offers; more are found by more words."""

LONG_WORD = 5
"""From this length on, a word of the request is worth looking for in the titles."""

TEST_BEGUN = "Uji atas permintaan dimulai. Isi lembarnya, lalu ikuti langkah SOP."


def today(request: HttpRequest) -> date:
    """Return the local date of the body of who asks."""
    return timezone.now().astimezone(person_of(request).body.zone).date()


@login_required
def show_requests(request: HttpRequest) -> HttpResponse:
    """List the requests: those that wait for the office, nearest first, or all."""
    person, on = person_of(request), today(request)
    state = "semua" if request.GET.get("keadaan") == "semua" else "menunggu"
    part, lines = request_lines(
        person.body, by=person.pk, on=on, owed=state != "semua", page=request.GET.get("halaman")
    )
    recording = may_do(Right.RECORD_REQUEST, authority_of(person.pk, on=on))
    context = {"lines": lines, "part": part, "state": state, "states": STATES, "on": on}
    context |= {"recording": recording, "query": f"keadaan={state}&"}
    return render(request, "office/requests.html", context)


@login_required
def new_request(request: HttpRequest) -> HttpResponse:
    """Record a request."""
    person, on = person_of(request), today(request)
    number = suggested_number(person.body, on=on)
    form = RequestForm(request.POST or None, initial={"number": number, "received_on": on})
    obstacles = may_do(Right.RECORD_REQUEST, authority_of(person.pk, on=on))
    error = None
    if request.method == "POST" and form.is_valid():
        asked, error = done(
            request,
            lambda: record_request(
                person.body,
                record=form.record(),
                purpose=form.cleaned_data["purpose"],
                by=person.pk,
                at=timezone.now(),
                act=form.cleaned_data["act"],
            ),
            "Permintaan tercatat.",
        )
        if error is None:
            return redirect("request", asked=asked.pk) if asked else redirect("requests")
    context = {"form": form, "obstacles": obstacles, "findings": error.findings if error else ()}
    return render(request, "office/request_new.html", context, status=status_of_answer(error))


def page_of(request: HttpRequest, asked: UUID) -> RequestPage:
    """Return the request as who asks sees it. Raises NotFound."""
    person = person_of(request)
    return request_page(asked, by=person.pk, body=person.body_id, at=timezone.now())


@login_required
def show_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show the request: what is due, what it asks for, its answer, objections."""
    page = page_of(request, asked)
    context = {"page": page, "asked": page.asked, "form": ActForm()}
    return render(request, "office/request.html", context)


def act_on(
    request: HttpRequest,
    form: PageForm,
    act: Callable[[], Any],
    *,
    said: str,
    template: str,
    page: RequestPage,
    **context: Any,
) -> HttpResponse:
    """Show a form of the request, or run its act and go back to the request."""
    error = None
    if request.method == "POST" and form.is_valid():
        _, error = done(request, act, said)
        if error is None:
            return redirect("request", asked=page.asked.pk)
    context |= {"form": form, "page": page, "asked": page.asked}
    context["findings"] = error.findings if error else ()
    return render(request, f"office/{template}.html", context, status=status_of_answer(error))


@login_required
def link(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Find the item of the register that the request asks for, and link it."""
    page, person = page_of(request, asked), person_of(request)
    search = ItemSearchForm(request.GET)
    words = search.cleaned_data["cari"] if search.is_valid() else ""
    form = LinkForm(request.POST or None, items=_found(request, page, words))

    def act() -> None:
        act_id = form.cleaned_data["act"]
        link_item(page.asked, item=form.chosen(), by=person.pk, at=timezone.now(), act=act_id)

    return act_on(
        request,
        form,
        act,
        said="Informasi dikaitkan.",
        template="request_link",
        page=page,
        search=search,
        words=words,
        full=len(form.found) == MOST_FOUND,
        obstacles=page.linking,
    )


def _found(request: HttpRequest, page: RequestPage, words: str) -> list[Item]:
    """Return the items that every word is in; without words, those that sound like the request."""
    person = person_of(request)
    authority = authority_of(person.pk, on=page.on)
    rows = visible_items(person.body_id, authority=authority)
    rows = rows.exclude(requested__request=page.asked).exclude(stage="ditolak")
    if not words:
        long = {word.strip(".,:;()") for word in page.asked.subject.split()}
        sounds = [Q(title__icontains=word) for word in long if len(word) >= LONG_WORD]
        rows = rows.filter(reduce(or_, sounds)) if sounds else rows.none()
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return list(rows.order_by("stage", "title")[:MOST_FOUND])


@login_required
@require_POST
def unlink(request: HttpRequest, asked: UUID, item: UUID) -> HttpResponse:
    """Take back a link."""
    page, person = page_of(request, asked), person_of(request)
    found = get_object_or_404(Item, pk=item, body=person.body_id)
    form = ActForm(request.POST)

    def act() -> None:
        act_id = form.cleaned_data["act"]
        unlink_item(page.asked, item=found, by=person.pk, at=timezone.now(), act=act_id)

    return act_on(request, form, act, said="Kaitan dilepas.", template="request", page=page)


@login_required
def retest(request: HttpRequest, asked: UUID, item: UUID) -> HttpResponse:
    """Start a new test of a linked item on the request."""
    page, person, at = page_of(request, asked), person_of(request), timezone.now()
    line = next((one for one in page.items if one.link.item_id == item), None)
    if line is None:
        raise NotFound(Finding("item_unknown", "Informasi tidak ditemukan."))
    into = cases_for_tests(person.body, by=person.pk, at=at)
    form = IntoForm(request.POST or None, into=into)

    def act() -> None:
        retest_item(
            page.asked,
            item=line.link.item,
            into=form.case(),
            by=person.pk,
            at=at,
            act=form.cleaned_data["act"],
        )

    return act_on(
        request,
        form,
        act,
        said=TEST_BEGUN,
        template="request_retest",
        page=page,
        line=line,
        obstacles=(*page.linking, *line.retesting, *_no_case(into)),
    )


@login_required
def propose(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Add a candidate that the request asks for, in a case for its test."""
    page, person, at = page_of(request, asked), person_of(request), timezone.now()
    into = cases_for_tests(person.body, by=person.pk, at=at)
    agencies = list(Agency.objects.filter(body=person.body))
    form = ProposeForm(request.POST or None, into=into, agencies=agencies)

    def act() -> None:
        propose_item(
            page.asked,
            into=form.case(),
            agency=form.agency_chosen(),
            title=form.cleaned_data["title"],
            public_title=form.cleaned_data["public_title"],
            by=person.pk,
            at=at,
            act=form.cleaned_data["act"],
        )

    return act_on(
        request,
        form,
        act,
        said=TEST_BEGUN,
        template="request_propose",
        page=page,
        obstacles=(*page.linking, *_no_case(into)),
    )


def _no_case(into: tuple[Any, ...]) -> tuple[Finding, ...]:
    if into:
        return ()
    text = "Anda belum dapat memulai berkas menurut SOP yang berlaku, dan tidak ada yang berjalan."
    hint = "Minta pelaksana langkah pertama SOP memulainya."
    return (Finding("no_case_possible", text, hint=hint),)


@login_required
def extend(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Extend the time to answer, once, with its written reason."""
    page, person = page_of(request, asked), person_of(request)
    form = ExtensionForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        extend_request(
            page.asked, reason=data["reason"], by=person.pk, at=timezone.now(), act=data["act"]
        )

    return act_on(
        request,
        form,
        act,
        said="Waktu menjawab diperpanjang. Sampaikan alasannya kepada pemohon.",
        template="request_extend",
        page=page,
        obstacles=page.extending,
    )


@login_required
def answer(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Answer the request."""
    page, person = page_of(request, asked), person_of(request)
    form = AnswerForm(request.POST or None, initial=_answer_initial(page))

    def act() -> None:
        act_id = form.cleaned_data["act"]
        answer_request(
            page.asked, letter=form.letter(), by=person.pk, at=timezone.now(), act=act_id
        )

    return act_on(
        request,
        form,
        act,
        said="Permintaan dijawab. Cetak suratnya dan sampaikan kepada pemohon.",
        template="request_answer",
        page=page,
        obstacles=page.answering,
        exempt=list(refused_lines(page.asked, on=page.on)),
    )


def _answer_initial(page: RequestPage) -> dict[str, Any]:
    """Return what the answer begins with: today, the way that was asked for, the closed parts."""
    closed = [line.link.item for line in page.items if line.standing is Standing.EXEMPT]
    parts = [from_dict(item.determined_test.sheet).parts for item in closed]
    return {
        "answered_on": page.on,
        "delivery": f"{page.asked.form}, {page.asked.delivery.lower()}",
        "redaction": "\n".join(text for text in parts if text),
    }


@login_required
def show_letter(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show the answer as a letter, fit for print."""
    page = page_of(request, asked)
    if page.asked.answered_on is None:
        raise NotFound(Finding("letter_unknown", "Permintaan ini belum dijawab."))
    letter = page.asked.answer
    lines = [
        line | {"decreed": term.in_words(date.fromisoformat(line["decreed_on"]))}
        for line in letter["lines"]
    ]
    context = {"page": page, "asked": page.asked, "letter": letter, "lines": lines}
    context["personal"] = page.personal
    return render(request, "office/request_letter.html", context)
