"""A program: the planted office works on what is not public, and lets its worker go round.

    python drafting.py

PPID_DATA is the planted folder. Nothing of it may show on the open site, not even that it happened.
"""

from datetime import datetime

import django

django.setup()

from django.utils import timezone  # noqa: E402  the apps must be ready first

from ppid.commands.worker import worker  # noqa: E402
from ppid.law.consequence_test import from_dict  # noqa: E402
from ppid.office.actions import cases, consequence_tests, items  # noqa: E402
from ppid.office.authority import holders  # noqa: E402
from ppid.office.models import Body, ConsequenceTest, Event  # noqa: E402

SLUG = "kenari"


def draft(body: Body, *, at: datetime) -> None:
    """Begin a case, add and change a candidate, and write its sheet twice."""
    (petugas, *_) = holders(SLUG, ["petugas_ppid"], on=at.astimezone(body.zone).date())
    told = {"by": petugas.person_id, "at": at}
    written = ConsequenceTest.objects.filter(item__body=body, item__stage="usulan")
    newest = written.select_related("item__case__sop", "item__agency").latest("written_at")
    one = newest.item
    case = cases.open_case(one.case.sop, title="Berkas sesudahnya", **told)
    titles = {"title": "Nama dalam sesudahnya", "public_title": "Umum sesudahnya"}
    added = items.add_item(case, agency=one.agency, summary="Uraian", **titles, **told)
    titles["title"] = "Nama dalam yang jauh lebih panjang daripada sebelumnya"
    for item in (added, one):
        items.change_item(item, summary="Uraian baru", **titles, **told)
    for _ in range(2):
        consequence_tests.write_test(added, sheet=from_dict(newest.sheet), **told)


def main() -> None:
    """Work, and bring out what waits for the worker."""
    body, before = Body.objects.get(pk=SLUG), Event.objects.filter(body=SLUG).count()
    Body.objects.filter(pk=SLUG).update(settings=body.settings | {"keepers": []})
    draft(body, at=timezone.now())
    assert Event.objects.filter(body=SLUG).count() >= before + 6
    worker.callback(once=True, every=1)


if __name__ == "__main__":
    main()
