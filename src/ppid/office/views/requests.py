"""The pages of requests: the list, one request, its record, links, extension, answer and letter."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ppid.errors import Finding, NotFound
from ppid.law import term
from ppid.office.actions.answers import refused_lines
from ppid.office.actions.requests import may_do
from ppid.office.authority import Right, authority_of
from ppid.office.forms.requests import ItemSearchForm
from ppid.office.forms.steps import ActForm
from ppid.office.queries.requests import RequestPage, request_lines
from ppid.office.views.asking import Asked
from ppid.office.views.doing import is_over, officer_of, run, status_of_answer
from ppid.office.views.request_acts import (
    MOST_FOUND,
    answer_asked,
    line_of,
    link_asked,
    more_time_asked,
    propose_asked,
    record_asked,
    request_seen,
    retest_asked,
    unlink_asked,
)

STATES = (("menunggu", "Menunggu kantor"), ("semua", "Semua"))


@login_required
def show_requests(request: HttpRequest) -> HttpResponse:
    """List the requests: those that wait for the office, nearest first, or all."""
    one = officer_of(request)
    state = "semua" if request.GET.get("keadaan") == "semua" else "menunggu"
    part, lines = request_lines(
        one.body, by=one.by, on=one.on, owed=state != "semua", page=request.GET.get("halaman")
    )
    recording = may_do(Right.RECORD_REQUEST, authority_of(one.by, on=one.on))
    context = {"lines": lines, "part": part, "state": state, "states": STATES, "on": one.on}
    context |= {"recording": recording, "query": f"keadaan={state}&"}
    return render(request, "office/requests.html", context)


@login_required
def new_request(request: HttpRequest) -> HttpResponse:
    """Record a request."""
    one = officer_of(request)
    asked = record_asked(one, request.POST or None)
    result, error = run(request, asked)
    if is_over(request, asked, error):
        return redirect("request", asked=result.made.pk) if result else redirect("requests")
    obstacles = may_do(Right.RECORD_REQUEST, authority_of(one.by, on=one.on))
    context = {"form": asked.form, "obstacles": obstacles}
    context["findings"] = error.findings if error else ()
    return render(request, "office/request_new.html", context, status=status_of_answer(error))


@login_required
def show_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show the request: what is due, what it asks for, its answer, objections."""
    page = request_seen(officer_of(request), asked)
    context = {"page": page, "asked": page.asked, "form": ActForm()}
    return render(request, "office/request.html", context)


def act_on(
    request: HttpRequest, what: Asked, *, template: str, page: RequestPage, **context: Any
) -> HttpResponse:
    """Show a form of the request, or run its act and go back to the request."""
    _, error = run(request, what)
    if is_over(request, what, error):
        return redirect("request", asked=page.asked.pk)
    context |= {"form": what.form, "page": page, "asked": page.asked}
    context["findings"] = error.findings if error else ()
    return render(request, f"office/{template}.html", context, status=status_of_answer(error))


@login_required
def link(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Find the item of the register that the request asks for, and link it."""
    one = officer_of(request)
    page = request_seen(one, asked)
    search = ItemSearchForm(request.GET)
    words = search.cleaned_data["cari"] if search.is_valid() else ""
    what = link_asked(one, page, request.POST or None, words=words)
    return act_on(
        request,
        what,
        template="request_link",
        page=page,
        search=search,
        words=words,
        full=len(what.form.found) == MOST_FOUND,
        obstacles=page.linking,
    )


@login_required
@require_POST
def unlink(request: HttpRequest, asked: UUID, item: UUID) -> HttpResponse:
    """Take back a link."""
    one = officer_of(request)
    page = request_seen(one, asked)
    what = unlink_asked(one, page, request.POST, item=line_of(page, item).link.item)
    return act_on(request, what, template="request", page=page)


@login_required
def retest(request: HttpRequest, asked: UUID, item: UUID) -> HttpResponse:
    """Start a new test of a linked item on the request."""
    one = officer_of(request)
    page = request_seen(one, asked)
    line = line_of(page, item)
    what = retest_asked(one, page, request.POST or None, item=line.link.item)
    return act_on(
        request,
        what,
        template="request_retest",
        page=page,
        line=line,
        obstacles=(*page.linking, *line.retesting, *_no_case(what)),
    )


@login_required
def propose(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Add a candidate that the request asks for, in a case for its test."""
    one = officer_of(request)
    page = request_seen(one, asked)
    what = propose_asked(one, page, request.POST or None)
    obstacles = (*page.linking, *_no_case(what))
    return act_on(request, what, template="request_propose", page=page, obstacles=obstacles)


def _no_case(what: Asked) -> tuple[Finding, ...]:
    if what.form.cases:
        return ()
    text = "Anda belum dapat memulai berkas menurut SOP yang berlaku, dan tidak ada yang berjalan."
    hint = "Minta pelaksana langkah pertama SOP memulainya."
    return (Finding("no_case_possible", text, hint=hint),)


@login_required
def extend(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Extend the time to answer, once, with its written reason."""
    one = officer_of(request)
    page = request_seen(one, asked)
    what = more_time_asked(one, page, request.POST or None)
    return act_on(request, what, template="request_extend", page=page, obstacles=page.extending)


@login_required
def answer(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Answer the request."""
    one = officer_of(request)
    page = request_seen(one, asked)
    return act_on(
        request,
        answer_asked(one, page, request.POST or None),
        template="request_answer",
        page=page,
        obstacles=page.answering,
        exempt=list(refused_lines(page.asked, on=page.on)),
    )


@login_required
def show_letter(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show the answer as a letter, fit for print."""
    page = request_seen(officer_of(request), asked)
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
