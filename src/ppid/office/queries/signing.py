"""A paper on its way to be signed, as a person sees it: who has signed, what is missing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ppid.errors import Finding
from ppid.office.actions.papers import (
    filing_obstacles,
    open_paper,
    preparing_obstacles,
    revisions,
    signing_obstacles,
    withdrawing_obstacles,
)
from ppid.office.models import Body, OfficePaper, PaperRevision
from ppid.office.paper_checks import check_base, page_of
from ppid.office.queries.papers.draft import Draft
from ppid.office.signing_keys import certificate_of, has_gateway, token_of
from ppid.office.signing_rules import PaperKind, next_number, rules_of
from ppid.papers.signature import Level, Signature, Way, signature_of


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One signer of a paper. revision: what they signed, None while they have not."""

    name: str
    position: str
    revision: PaperRevision | None
    facts: tuple[tuple[str, str | datetime], ...]
    turn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPage:
    """All that the page shows. preparing, signing, filing, withdrawing: why the person may not.

    has_certificate: whether the person has left one on this machine. token: its name, or empty.
    check_page: where anybody with the paper can check it; check_base: what the address on a new one
    begins with.
    """

    draft: Draft
    way: Way
    paper: OfficePaper | None
    lines: tuple[SignerLine, ...]
    newest: PaperRevision | None
    number: str
    preparing: tuple[Finding, ...]
    signing: tuple[Finding, ...]
    filing: tuple[Finding, ...]
    withdrawing: tuple[Finding, ...]
    has_certificate: bool
    token: str
    has_gateway: bool
    check_page: str
    check_base: str

    @property
    def complete(self) -> bool:
        """Return whether everybody has signed."""
        return self.paper is not None and self.paper.completed_at is not None

    @property
    def state(self) -> str:
        """Return how far the paper is, in words."""
        if self.paper is None:
            return "Belum disiapkan"
        if self.complete:
            return "Selesai ditandatangani"
        if not self.way.electronic:
            return "Menunggu pindaian"
        done = sum(one.revision is not None for one in self.lines)
        return f"Ditandatangani {done} dari {len(self.lines)} orang"


def signing_page(draft: Draft, body: Body, *, by: UUID, at: datetime) -> SigningPage:
    """Return the page of a paper for who may read it."""
    rules, paper = rules_of(body), open_paper(body, draft.kind, draft.subject)
    on = at.astimezone(body.zone).date()
    number = draft.number or next_number(body, draft.kind, on=on)
    known = revisions(paper) if paper else []
    return SigningPage(
        draft=draft,
        way=Way(paper.way) if paper else rules.way(draft.kind),
        paper=paper,
        lines=_lines(draft, paper, known),
        newest=known[-1] if known else None,
        number=number,
        preparing=_but_number(preparing_obstacles(draft, body, number=number, by=by, at=at)),
        signing=signing_obstacles(paper, by=by) if paper else (),
        filing=filing_obstacles(paper, by=by, at=at) if paper else (),
        withdrawing=withdrawing_obstacles(paper, by=by, at=at) if paper else (),
        has_certificate=bool(certificate_of(body.pk, by)),
        token=token.name if (token := token_of(body.pk, by)) else "",
        has_gateway=has_gateway(body.pk),
        check_page=page_of(paper.pk) if paper else "",
        check_base=check_base(rules),
    )


def _but_number(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what stands in the way beside the number, which the form asks for."""
    return tuple(one for one in found if one.place != "number")


def _lines(
    draft: Draft, paper: OfficePaper | None, known: list[PaperRevision]
) -> tuple[SignerLine, ...]:
    signers = paper.signers if paper else draft.signers
    by_place = {one.place: one for one in known}
    ink = paper is not None and not Way(paper.way).electronic
    last = by_place.get(len(signers))
    lines = []
    for place, one in enumerate(signers, start=1):
        revision = last if ink else by_place.get(place)
        waiting = paper is not None and not ink and revision is None
        turn = waiting and (place == 1 or place - 1 in by_place)
        facts = signature_words(revision.signature) if revision and not ink else ()
        lines.append(SignerLine(one["name"], one["position"], revision, facts, turn))
    return tuple(lines)


def signature_words(data: dict[str, object]) -> tuple[tuple[str, str | datetime], ...]:
    """Return what a signature says, as label and value."""
    one: Signature = signature_of(data)
    told: list[tuple[str, str | datetime]] = [
        ("Sertifikat atas nama", one.signer),
        ("Penerbit", one.issuer),
        ("Berlaku sampai", one.valid_until),
        ("Tingkat", Level(one.level).label),
    ]
    if one.stamped_at:
        told.append(("Cap waktu", one.stamped_at))
    elif one.claimed_at:
        told.append(("Waktu menurut penanda tangan", one.claimed_at))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper that is not signed by all. mine: whether it waits for this person."""

    paper: OfficePaper
    kind: str
    waits_for: str
    mine: bool


def waiting_papers(body: Body, *, by: UUID) -> list[WaitingPaper]:
    """Return the papers that wait for a signature of this person, or that they prepared.

    The title of a paper can hold what is exempt, so nobody else sees that it waits.
    """
    rows = OfficePaper.objects.filter(body=body, completed_at=None, withdrawn="")
    found = []
    for paper in rows.prefetch_related("revisions"):
        place = max(one.place for one in paper.revisions.all())
        electronic = Way(paper.way).electronic
        signer = paper.signers[place] if electronic else {"name": "", "person": ""}
        mine = signer["person"] == str(by)
        if mine or paper.prepared_by == by:
            label = PaperKind(paper.kind).label
            found.append(WaitingPaper(paper, label, signer["name"] or "Pindaian", mine))
    return sorted(found, key=lambda one: not one.mine)
