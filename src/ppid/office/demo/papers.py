"""A paper in the demo that waits for its ink: whoever prints it finds its page by the QR on it."""

from ppid.office.actions.papers import prepare
from ppid.office.demo.walk import Walk
from ppid.office.models import Determination
from ppid.office.queries.papers.signed import draft_of
from ppid.office.signing_rules import PaperKind


def prepare_letter(walk: Walk) -> None:
    """Prepare the newest letter of determination, as everybody may have it, to be signed."""
    letter = Determination.objects.filter(body=walk.body).order_by("determined_on", "at").last()
    if letter is None:
        return
    by = walk.person(["ppid_utama"])
    kind = PaperKind.DETERMINATION_COPY
    draft = draft_of(kind, str(letter.pk), body=walk.body, by=by, on=walk.today)
    prepare(draft, walk.body, by=by, at=walk.tick())
