"""How a page runs an act: done, done before, or refused with what the page then shows."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from ppid.errors import BadInput, Conflict, PpidError, Refused

Result = TypeVar("Result")


def done(
    request: HttpRequest, act: Callable[[], Result], said: str
) -> tuple[Result | None, PpidError | None]:
    """Run the act; return its result, or the error that the page has to show.

    A form that was sent twice is no error: the person is told that it is done already.
    """
    try:
        result = act()
    except (BadInput, Refused) as error:
        if error.codes == ("already_done",):
            messages.info(request, error.findings[0].message)
            return None, None
        return None, error
    messages.success(request, said)
    return result, None


def sent(
    request: HttpRequest, form: Form, act: Callable[[], Result], *, said: str
) -> tuple[Result | None, PpidError | None]:
    """Run the act of a valid form that was sent; findings go to the fields they name."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    result, error = done(request, act, said)
    for finding in error.findings if error else ():
        if finding.place in form.fields:
            form.add_error(finding.place, f"{finding.message} {finding.hint}".strip())
    return result, error


def status_of_answer(error: PpidError | None) -> int:
    """Return the status of a page that shows its form again: 409, 403, or 200."""
    if isinstance(error, Conflict):
        return 409
    return 403 if isinstance(error, Refused) else 200
