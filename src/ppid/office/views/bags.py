"""The page that exports an item as a BagIt bag, and the bag as one download."""

import tempfile
import zipfile
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ppid.errors import BadInput, Refused
from ppid.office.accounts import person_of
from ppid.office.actions.bags import export_bag
from ppid.office.forms.bags import BagForm
from ppid.office.queries.bags import BagOrder, bag_of_item
from ppid.office.views.doing import status_of_answer


@login_required
def export_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Ask why an item is to be exported; then hand the bag out as a ZIP."""
    person, at = person_of(request), timezone.now()
    on = at.astimezone(person.body.zone).date()
    order = bag_of_item(item, by=person.pk, body=person.body_id, on=on)
    form = BagForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            return _handed_out(order, form, by=person.pk)
        except (BadInput, Refused) as refused:
            error = refused
    context = {
        "form": form,
        "item": order.items[0],
        "findings": error.findings if error else (),
    }
    return render(request, "office/bag.html", context, status=status_of_answer(error))


def _handed_out(order: BagOrder, form: BagForm, *, by: UUID) -> HttpResponse:
    data = form.cleaned_data
    with tempfile.TemporaryDirectory(prefix=".bag-", dir=settings.DATA) as folder:
        made = export_bag(
            order.items,
            into=Path(folder),
            name=order.name,
            title=order.title,
            reason=data["reason"],
            opened=data["opened"],
            by=by,
            at=timezone.now(),
            act=data["act"],
        )
        whole = zipped(made)
    answer = FileResponse(whole, as_attachment=True, filename=f"{order.name}.zip")
    answer["Cache-Control"] = "no-store"
    return answer


def zipped(bag: Path) -> IO[bytes]:
    """Return a bag as a ZIP in a file without a name, which is gone when it is closed."""
    whole = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115  the answer closes it
    with zipfile.ZipFile(whole, "w") as archive:
        for path in sorted(bag.rglob("*")):
            if path.is_file():
                archive.write(path, f"{bag.name}/{path.relative_to(bag)}")
    whole.seek(0)
    return whole
