"""The page of an officer's own tokens of the API: make one, see it once, revoke one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.office.accounts import person_of, signed_in_recently
from ppid.office.actions import tokens
from ppid.office.forms.tokens import TokenForm
from ppid.office.queries.tokens import token_lines
from ppid.office.views.documents import sign_in_again
from ppid.office.views.doing import sent, status_of_answer


@login_required
def show_tokens(request: HttpRequest) -> HttpResponse:
    """List the person's tokens; or make one, which wants the password anew and is shown once."""
    person, at = person_of(request), timezone.now()
    if request.method == "POST" and not signed_in_recently(request, at=at):
        return sign_in_again(request)
    form = TokenForm(request.POST or None)
    text, error = sent(
        request,
        form,
        lambda: tokens.make_token(
            person,
            name=form.cleaned_data["name"],
            ends_on=form.cleaned_data["ends_on"],
            acting=form.cleaned_data["scope"] == "tindak",
            at=at,
            act=form.cleaned_data["act"],
        ),
        said="Token dibuat. Salin sekarang: ia tidak dapat dilihat lagi.",
    )
    findings = error.findings if error else ()
    context = {
        "lines": token_lines(person, on=at.astimezone(person.body.zone).date()),
        "form": TokenForm() if text else form,
        "text": text,
        "body": person.body,
        "findings": [one for one in findings if one.place not in form.fields],
    }
    return render(request, "office/tokens.html", context, status=status_of_answer(error))


@login_required
@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Let an own token count no more."""
    tokens.revoke_token(token, person=person_of(request), at=timezone.now())
    messages.success(request, "Token dicabut.")
    return redirect("tokens")
