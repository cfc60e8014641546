"""How a page runs an act: done, done before, or refused with what the page then shows."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ppid.errors import BadInput, Conflict, Finding, PpidError, Refused
from ppid.office.accounts import person_of
from ppid.office.authority import MAY, Right, authority_of, not_authorised
from ppid.office.models import Person
from ppid.office.views.asking import Asked, Done, Officer

Result = TypeVar("Result")


def done(
    request: HttpRequest, act: Callable[[], Result], said: str | Callable[[Result], str]
) -> tuple[Result | None, PpidError | None]:
    """Run the act; return its result, or the error that the page has to show.

    said: what the person is told when it is done. A form that was sent twice is no error: the
    person is told that it is done already.
    """
    try:
        result = act()
    except (BadInput, Refused) as error:
        if error.codes == ("already_done",):
            messages.info(request, error.findings[0].message)
            return None, None
        return None, error
    messages.success(request, said if isinstance(said, str) else said(result))
    return result, None


def officer_of(request: HttpRequest) -> Officer:
    """Return who asks for a page, and when."""
    return Officer(person_of(request), timezone.now())


def run(request: HttpRequest, asked: Asked) -> tuple[Done | None, PpidError | None]:
    """Run an act whose forms were sent and are valid; as `done`."""
    if request.method != "POST" or not asked.is_valid:
        return None, None
    return done(request, asked.act, lambda result: result.said)


def is_over(request: HttpRequest, asked: Asked, error: PpidError | None) -> bool:
    """Return whether the act that was run is done, now or before, so that the page goes on."""
    return request.method == "POST" and asked.is_valid and error is None


def sent(
    request: HttpRequest, form: Form, act: Callable[[], Result], *, said: str
) -> tuple[Result | None, PpidError | None]:
    """Run the act of a valid form that was sent; findings go to the fields they name."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    result, error = done(request, act, said)
    to_fields(form, error)
    return result, error


def to_fields(form: Form, error: PpidError | None) -> tuple[Finding, ...]:
    """Put findings to the fields they name; return the others."""
    rest = []
    for one in error.findings if error else ():
        if one.place in form.fields:
            form.add_error(one.place, f"{one.message} {one.hint}".strip())
        else:
            rest.append(one)
    return tuple(rest)


def form_page(
    request: HttpRequest,
    name: str,
    form: Form,
    *,
    error: PpidError | None,
    back: str,
    **more: Any,
) -> HttpResponse:
    """Return the page of a form with its mistakes, or the way back when it was sent before.

    name: of the template. back: the route of the page to go back to.
    """
    if request.method == "POST" and form.is_valid() and error is None:
        return redirect(back)
    findings = error.findings if error else ()
    elsewhere = [one for one in findings if one.place not in form.fields]
    context = {"form": form, "findings": elsewhere, **more}
    return render(request, f"office/{name}.html", context, status=status_of_answer(error))


def set_up_obstacles(person: Person) -> tuple[Finding, ...]:
    """Return why this person may not set up the office today; empty when they may."""
    on = timezone.now().astimezone(person.body.zone).date()
    authority = authority_of(person.pk, on=on)
    return () if authority.may(Right.SET_UP) else (not_authorised(MAY[Right.SET_UP]),)


def status_of_answer(error: PpidError | None) -> int:
    """Return the status of a page that shows its form again: 409, 403, or 200."""
    if isinstance(error, Conflict):
        return 409
    return 403 if isinstance(error, Refused) else 200
