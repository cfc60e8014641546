"""Hand what everybody may know of the body's papers to the public site: exactly the fields below.

Of a paper that holds what is exempt go its code, number, day, and the hash of the file that all
have signed; of one for the public also who signed when, and the items it is about. Delivered like
editions, after the fact: what the site lacks is seen by comparing the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count

from ppid.office.actions.sop_publication import body_in
from ppid.office.log import checkpoint
from ppid.office.models import (
    Body,
    InformationRequest,
    Item,
    Objection,
    OfficePaper,
    PaperRevision,
)
from ppid.office.paper_days import day_of
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
    for paper in papers:
        code, instead = intake.code_of(paper.pk), _instead(paper, papers)
        replaced = intake.code_of(instead.pk) if instead else ""
        decided = _decided_on(paper)
        state = f"{paper.files}{'-' if paper.withdrawn else ''}{replaced}{decided or ''}"
        if known.get(code) != state:
            told = _told(paper, state, replaced, decided=decided, at=at)
            intake.accept_paper(told, body=body_in(body))
            count += 1
    return count


def _instead(paper: OfficePaper, papers: Sequence[OfficePaper]) -> OfficePaper | None:
    """Return what took the paper's place: of one taken back, or of a list of a day gone by."""
    alike = [one for one in papers if one.kind == paper.kind and not one.withdrawn]
    if paper.withdrawn:
        found = [one for one in alike if one.subject == paper.subject]
    elif paper.completed_at and paper.kind == PaperKind.REQUESTABLE_LIST:
        found = [one for one in alike if one.completed_at and one.subject > paper.subject]
    else:
        found = []
    return max(found, key=attrgetter("subject"), default=None)


def _decided_on(paper: OfficePaper) -> date | None:
    """Return when the Komisi Informasi decided the dispute over an answer to an objection."""
    if paper.kind != PaperKind.OBJECTION_ANSWER or not paper.completed_at:
        return None
    return Objection.objects.get(pk=paper.subject).dispute_decided_on


def _told(
    paper: OfficePaper, state: str, replaced: str, *, decided: date | None, at: datetime
) -> intake.PaperIn:
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
    kind = PaperKind(paper.kind)
    if not kind.public:
        return told
    return replace(
        told,
        internal=False,
        # Before it is signed, its hash would confirm a guess at whom a letter answers.
        files=told.files if kind.personal else tuple(one.sha256 for one in revisions),
        kind=kind.label,
        edition=int(paper.subject) if kind is PaperKind.PUBLIC_LIST else None,
        refuses=kind is PaperKind.ANSWER,
        ink=not Way(paper.way).electronic,
        signers=tuple(_signers(paper, revisions)),
        items=_items(paper),
        completed_at=paper.completed_at,
        withdrawn=bool(paper.withdrawn),
        replaced_by=replaced,
        decided_on=decided,
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
    """Return the public ids of what a letter determined or refused; lists name theirs."""
    if paper.kind == PaperKind.ANSWER:
        refused = InformationRequest.objects.get(pk=paper.subject).answer["lines"]
        items = Item.objects.filter(pk__in=[line["item"] for line in refused])
    elif paper.kind == PaperKind.DETERMINATION_COPY:
        items = Item.objects.filter(determination_lines__determination=paper.subject)
    else:
        return ()
    return tuple(sorted(items.values_list("public_id", flat=True)))
