"""Hand what everybody may know of the body's papers to the public site: exactly the fields below.

Of a paper that holds what is exempt go its code, number, day, and the hash of the file that all
have signed; of one for the public also who signed when, and the items it is about. Delivered like
editions, after the fact: what the site lacks is seen by comparing the two.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Count

from ppid.office.actions.sop_publication import body_in
from ppid.office.log import checkpoint
from ppid.office.models import (
    Body,
    Deliberation,
    Determination,
    DeterminationLine,
    OfficePaper,
    PaperRevision,
)
from ppid.office.signing_rules import PaperKind
from ppid.papers.signature import Way, signature_of
from ppid.public import intake


def deliver_papers(body: Body, *, at: datetime) -> int:
    """Hand every paper of which the public site lacks something to it; return how many.

    Raises as intake.accept_paper.
    """
    known, count = intake.known_papers(body.pk), 0
    rows = OfficePaper.objects.filter(body=body).annotate(files=Count("revisions"))
    papers = list(rows.order_by("prepared_at", "pk"))
    standing = {(one.kind, one.subject): one for one in papers if not one.withdrawn}
    for paper in papers:
        code, instead = intake.code_of(paper.pk), standing.get((paper.kind, paper.subject))
        replaced = intake.code_of(instead.pk) if paper.withdrawn and instead else ""
        state = f"{paper.files}{'-' if paper.withdrawn else ''}{replaced}"
        if known.get(code) != state:
            intake.accept_paper(_told(paper, state, replaced, at=at), body=body_in(body))
            count += 1
    return count


def _told(paper: OfficePaper, state: str, replaced: str, *, at: datetime) -> intake.PaperIn:
    """Return what of the paper may cross the wall."""
    revisions = list(paper.revisions.order_by("place"))
    files = tuple(one.sha256 for one in revisions)
    told = intake.PaperIn(
        code=intake.code_of(paper.pk),
        state=state,
        internal=True,
        number=paper.number,
        dated_on=day_of(paper),
        # Before it is signed a paper can be pressed again by whoever guesses what it says.
        files=files[-1:] if paper.completed_at else (),
    )
    if not PaperKind(paper.kind).public:
        return told
    return replace(
        told,
        internal=False,
        files=files,
        kind=PaperKind(paper.kind).label,
        ink=not Way(paper.way).electronic,
        signers=tuple(_signers(paper, revisions)),
        items=_items(paper),
        completed_at=paper.completed_at,
        withdrawn=bool(paper.withdrawn),
        replaced_by=replaced,
        checkpoint=checkpoint(paper.body_id, at=at).note if paper.completed_at else "",
    )


def _signers(paper: OfficePaper, revisions: list[PaperRevision]) -> Iterator[intake.SignerIn]:
    """Yield who signs, with when and how where the file itself says it; without NIP or id."""
    signed = {} if paper.way == Way.INK else {one.place: one.signature for one in revisions[1:]}
    for place, one in enumerate(paper.signers, start=1):
        told = intake.SignerIn(name=one["name"], position=one["position"])
        if place in signed:
            found = signature_of(signed[place])
            stamped = found.stamped_at is not None
            told = replace(told, at=found.at, level=found.level.value, stamped=stamped)
        yield told


def _items(paper: OfficePaper) -> tuple[str, ...]:
    """Return the public ids of what the letter is about; an opening's stand in its list."""
    if paper.kind != PaperKind.DETERMINATION_COPY:
        return ()
    lines = DeterminationLine.objects.filter(determination=paper.subject)
    return tuple(sorted(lines.values_list("item__public_id", flat=True)))


def day_of(paper: OfficePaper) -> date:
    """Return the day that stands on the paper."""
    match PaperKind(paper.kind):
        case PaperKind.OPENING:
            return date.fromisoformat(paper.subject)
        case PaperKind.MINUTES:
            return Deliberation.objects.get(pk=paper.subject).held_on
        case PaperKind.SHEET:
            return paper.prepared_at.astimezone(paper.body.zone).date()
        case PaperKind.DETERMINATION | PaperKind.DETERMINATION_COPY:
            return Determination.objects.get(pk=paper.subject).determined_on
