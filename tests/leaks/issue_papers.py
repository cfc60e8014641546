"""A program: letters of the demo in PPID_DATA are issued and their pages handed over.

One that is public and one that is internal, both signed with ink; and one that nobody has signed.
"""

import io
from uuid import UUID

import django
import pikepdf

django.setup()

from django.utils import timezone  # noqa: E402  the apps must be ready first

from ppid.office.actions.papers import Scan, file_scan, prepare  # noqa: E402
from ppid.office.models import Appointment, Body, Determination  # noqa: E402
from ppid.office.queries.papers.signed import draft_of  # noqa: E402
from ppid.office.signing_rules import PaperKind  # noqa: E402
from ppid.public.intake import code_of, grouped  # noqa: E402

BODY = "kalteng"
KINDS = (PaperKind.DETERMINATION_COPY, PaperKind.DETERMINATION)
STATEMENT = "Pak Bupati menandatangani di rumah sakit"


def issued(body: Body, kind: PaperKind, letter: Determination, *, by: UUID) -> str:
    """Prepare a letter, file its scan, and return the code of its page."""
    at = timezone.now()
    today = at.astimezone(body.zone).date()
    draft = draft_of(kind, str(letter.pk), body=body, by=by, on=today)
    paper = prepare(draft, body, by=by, at=at)
    scan = Scan(content=scan_of(kind), signed_on=today, same=True, statement=STATEMENT)
    file_scan(paper, scan, by=by, at=timezone.now())
    return grouped(code_of(paper.pk))


def scan_of(name: str) -> bytes:
    """Return nine empty pages that differ by name."""
    made, packed = pikepdf.new(), io.BytesIO()
    for _ in range(9):
        made.add_blank_page()
    made.docinfo["/Title"] = name
    made.save(packed)
    return packed.getvalue()


def main() -> None:
    """Issue a public and an internal paper, and prepare another; print their codes."""
    body = Body.objects.get(pk=BODY)
    by = Appointment.objects.filter(person__body=body, role="ppid_utama").first().person_id
    first, second = Determination.objects.filter(body=body).order_by("determined_on")[:2]
    for kind in KINDS:
        print(issued(body, kind, first, by=by))
    draft = draft_of(KINDS[0], str(second.pk), body=body, by=by, on=timezone.now().date())
    print(grouped(code_of(prepare(draft, body, by=by, at=timezone.now()).pk)))


if __name__ == "__main__":
    main()
