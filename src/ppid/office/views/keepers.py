"""The page of who keeps the checkpoints outside: what each has, what failed, one more, one less."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.office.accounts import person_of
from ppid.office.actions.keepers import set_keepers
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.forms.keepers import KeeperForm
from ppid.office.keepers import keepers_of
from ppid.office.queries.keepers import kept_outside
from ppid.office.views.doing import done, sent, status_of_answer


@login_required
def show_keepers(request: HttpRequest) -> HttpResponse:
    """Show the keepers of the body; or add one."""
    person, at = person_of(request), timezone.now()
    body = person.body
    form = KeeperForm(request.POST or None)
    _, error = sent(
        request,
        form,
        lambda: set_keepers(body, [*keepers_of(body.settings), form.keeper()], by=person.pk, at=at),
        said="Penyimpan luar ditambahkan; titik periksa dikirim sebentar lagi.",
    )
    if request.method == "POST" and form.is_valid() and error is None:
        return redirect("keepers")
    may = authority_in(body, by=person.pk, at=at).may(Right.SET_UP)
    context = {
        "body": body,
        "kept": kept_outside(body),
        "form": form,
        "obstacles": () if may else (not_authorised(MAY[Right.SET_UP]),),
        "findings": error.findings if error else (),
    }
    return render(request, "office/keepers.html", context, status=status_of_answer(error))


@login_required
@require_POST
def remove_keeper(request: HttpRequest, key: str) -> HttpResponse:
    """Send nothing to a keeper any more; what it has it keeps."""
    person, at = person_of(request), timezone.now()
    known = keepers_of(person.body.settings)
    left = [one for one in known if one.key != key]
    if len(left) == len(known):
        raise Http404
    _, error = done(
        request,
        lambda: set_keepers(person.body, left, by=person.pk, at=at),
        "Penyimpan luar dihapus.",
    )
    if error:
        raise error
    return redirect("keepers")
