"""The SOP library: which versions a body has adopted, what each is worth today, who may start."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from ppid.errors import Finding, NotFound
from ppid.office.actions.cases import opening_obstacles
from ppid.office.authority import Authority
from ppid.office.models import Body, SopVersion
from ppid.office.projections.cases import definition_of
from ppid.office.queries.release import sop_numbers
from ppid.sop.check import Report, check
from ppid.sop.definition import Definition, Step


@dataclass(frozen=True, slots=True)
class SopLine:
    """An adopted version on a day. state: "berlaku", "belum berlaku" or "berakhir"."""

    version: SopVersion
    sop: Definition
    state: str
    running: int
    obstacles: tuple[Finding, ...]

    @property
    def css(self) -> str:
        """Return the modifier of the status mark."""
        return {"berlaku": "open", "belum berlaku": "soon"}.get(self.state, "")


@dataclass(frozen=True, slots=True)
class SopPage:
    """A version with what the check says of it, and on which steps this person may start a case.

    starts: empty when obstacles say why not.
    """

    line: SopLine
    report: Report
    starts: tuple[Step, ...]

    @property
    def version(self) -> SopVersion:
        """Return the version itself."""
        return self.line.version

    @property
    def sop(self) -> Definition:
        """Return the SOP as data."""
        return self.line.sop

    @property
    def kept_inside(self) -> tuple[Finding, ...]:
        """Return why everybody does not see this version; empty when they do."""
        return sop_numbers(self.sop)

    @property
    def repeats(self) -> bool:
        """Return whether some step is repeated for each agency."""
        return any(step.for_each for step in self.sop.steps)


def sop_lines(body: Body, *, authority: Authority, at: datetime) -> tuple[SopLine, ...]:
    """Return the body's versions, those in force first, then the newest."""
    running = Count("cases", filter=Q(cases__ended_at__isnull=True))
    rows = SopVersion.objects.filter(body=body).select_related("body").annotate(running=running)
    lines = [_line(version, authority=authority, at=at) for version in rows]
    return tuple(sorted(lines, key=lambda line: line.state != "berlaku"))


def sop_page(sop: UUID, *, body: Body, authority: Authority, at: datetime) -> SopPage:
    """Return one version. Raises NotFound, for another body's too."""
    running = Count("cases", filter=Q(cases__ended_at__isnull=True))
    rows = SopVersion.objects.filter(pk=sop, body=body).select_related("body")
    version = rows.annotate(running=running).first()
    if version is None:
        raise NotFound(Finding("sop_unknown", "SOP tidak ditemukan."))
    line = _line(version, authority=authority, at=at)
    starts = tuple(
        line.sop.step(number)
        for number in line.sop.starts
        if not opening_obstacles(version, authority=authority, at=at, step=number)
    )
    report = check(line.sop, on=at.astimezone(body.zone).date())
    return SopPage(line=line, report=report, starts=starts)


def _line(version: SopVersion, *, authority: Authority, at: datetime) -> SopLine:
    sop = definition_of(version.text)
    found = [
        opening_obstacles(version, authority=authority, at=at, step=number) for number in sop.starts
    ]
    return SopLine(
        version=version,
        sop=sop,
        state=_state(version, on=at.astimezone(version.body.zone).date()),
        running=version.running,
        obstacles=() if any(not one for one in found) else found[0],
    )


def _state(version: SopVersion, *, on: date) -> str:
    if version.starts_on is not None and on < version.starts_on:
        return "belum berlaku"
    if version.ends_on is not None and version.ends_on < on:
        return "berakhir"
    return "berlaku"
