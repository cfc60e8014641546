"""What the team said, as a person sees it: positions, dissents, recusals, meetings, teams."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law import deliberation as law
from ppid.law.deliberation import Stance
from ppid.law.team import Team as TeamByDecree
from ppid.law.team import team_weaknesses
from ppid.office.actions.consequence_tests import newest_sheet
from ppid.office.actions.deliberations import (
    agenda_of,
    deliberated_in,
    deliberating_obstacles,
    is_needed,
)
from ppid.office.actions.teams import by_decree, need_of, team_on
from ppid.office.authority import MAY, Authority, Right, authority_of, not_authorised
from ppid.office.models import Body, Case, Deliberation, Item, ItemViews, Person, Team
from ppid.sop.definition import Action, Definition, Step

TEAM_ROLE = "tim_pertimbangan"


@dataclass(frozen=True, slots=True)
class Said:
    """What one member said of an item. kind: "pendapat", "mundur" or "absen"."""

    name: str
    position: str
    chair: bool
    kind: str
    words: str
    reason: str = ""
    dissents: bool = False


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What the team advised on one item, with everybody's position.

    stale: the sheet was written again since. warnings: for whoever approves or reads.
    """

    item: Item
    meeting: Deliberation
    advised: str
    counts: tuple[tuple[str, int], ...]
    said: tuple[Said, ...]
    stale: bool
    warnings: tuple[Finding, ...]

    @property
    def apart(self) -> tuple[Said, ...]:
        """Return who is to be read one by one: dissents first, then recusals, then reasons."""
        told = [one for one in self.said if one.dissents or one.reason]
        return tuple(sorted(told, key=lambda one: (not one.dissents, one.kind != "mundur")))

    @property
    def agreeing(self) -> tuple[Said, ...]:
        """Return who agrees with what is advised and adds nothing."""
        return tuple(one for one in self.said if one.kind == "pendapat" and one not in self.apart)

    @property
    def absent(self) -> tuple[Said, ...]:
        """Return who was not there."""
        return tuple(one for one in self.said if one.kind == "absen")


@dataclass(frozen=True, slots=True)
class CaseDeliberations:
    """What a case page shows of the team.

    held: when each item was deliberated on. inviting: why this person may not invite the team.
    """

    team: Team | None
    needed: bool
    meetings: tuple[Deliberation, ...]
    advice: Mapping[UUID, tuple[AdviceLine, ...]]
    held: Mapping[UUID, law.Deliberated]
    inviting: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting: its invitation, and its minutes once they are closed.

    agenda: what this person may see of it; hidden: how many items they may not.
    present: ids of people.
    """

    meeting: Deliberation
    team: TeamByDecree
    agenda: tuple[Item, ...]
    hidden: int
    advice: tuple[AdviceLine, ...]
    present: frozenset[str]
    weaknesses: tuple[Finding, ...]
    obstacles: tuple[Finding, ...]
    recorder: str
    on: date

    @property
    def is_open(self) -> bool:
        """Return whether the meeting still waits to be held or called off."""
        return self.meeting.closed_at is None and not self.meeting.called_off

    @property
    def notes(self) -> str:
        """Return the notes of the meeting, to who may see every item that they may be about."""
        return "" if self.hidden else self.meeting.notes

    @property
    def too_early(self) -> bool:
        """Return whether the day of the meeting has not come."""
        return self.on < self.meeting.held_on


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with its state on a day: "bertugas", "akan datang" or "selesai"."""

    row: Team
    law: TeamByDecree
    state: str
    weaknesses: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """The body's teams, newest first, and why this person may not appoint one or choose."""

    teams: tuple[TeamLine, ...]
    need: law.Need
    appointing: tuple[Finding, ...]
    choosing: tuple[Finding, ...]


def advice_lines(
    items: Iterable[Item], *, reader: UUID | None = None
) -> dict[UUID, tuple[AdviceLine, ...]]:
    """Return what the team advised on each item, newest last. reader: whom to warn as approver."""
    by_item = {item.pk: item for item in items}
    rows = ItemViews.objects.filter(item__in=by_item).select_related("deliberation__team")
    found: dict[UUID, tuple[AdviceLine, ...]] = dict.fromkeys(by_item, ())
    for row in rows.order_by("deliberation__closed_at"):
        line = _advice_line(row, by_item[row.item_id], reader=reader)
        found[row.item_id] = (*found[row.item_id], line)
    return found


def views_of(row: ItemViews, item: Item) -> law.ItemViews:
    """Return what was said of an item, as the law sees it."""
    return law.ItemViews(
        item=item.title,
        views=tuple(
            law.View(one["member"], Stance(one["stance"]), one["reason"]) for one in row.views
        ),
        recusals=tuple(law.Recusal(one["member"], one["ground"]) for one in row.recusals),
    )


def _advice_line(row: ItemViews, item: Item, *, reader: UUID | None) -> AdviceLine:
    given = views_of(row, item)
    counted = law.advice(given)
    test = newest_sheet(item)
    warnings = law.approver_warnings(given, approver=str(reader)) if reader else ()
    return AdviceLine(
        item=item,
        meeting=row.deliberation,
        advised=counted.stance.label,
        counts=tuple((stance.label, count) for stance, count in counted.counts),
        said=tuple(_said(by_decree(row.deliberation.team), given)),
        stale=test is not None and (test.pk, test.version) != (row.test, row.test_version),
        warnings=warnings,
    )


def _said(team: TeamByDecree, given: law.ItemViews) -> Iterable[Said]:
    views = {one.member: one for one in given.views}
    recused = {one.member: one.ground for one in given.recusals}
    against = law.dissents(given)
    for member in team.members:
        who = (member.name, member.position, member.chair)
        view = views.get(member.person)
        if member.person in recused:
            yield Said(*who, "mundur", "Mengundurkan diri", recused[member.person])
        elif view is None:
            yield Said(*who, "absen", "Tidak hadir")
        else:
            yield Said(*who, "pendapat", view.stance.label, view.reason, view in against)


def case_deliberations(
    case: Case, *, items: Collection[Item], reader: Authority, on: date
) -> CaseDeliberations:
    """Return what a person sees of the team's part in a case. items: those that they may see."""
    return CaseDeliberations(
        team=team_on(case.body, on),
        needed=is_needed(case, on=on),
        meetings=tuple(case.deliberations.all()),
        advice=advice_lines(items, reader=reader.person),
        held=deliberated_in(case),
        inviting=deliberating_obstacles(case, authority=reader),
    )


def considers(sop: Definition, step: Step) -> bool:
    """Return whether a team considers in a row of the SOP: by its action, or by who performs it."""
    roles = {role for code in step.performers for role in sop.performer(code).roles}
    return step.action is Action.CONSIDER or (
        TEAM_ROLE in roles and step.action in (Action.APPROVE, Action.TEST, Action.COLLECT)
    )


def visible_meeting(meeting: UUID, *, by: UUID, body: str, on: date) -> Deliberation:
    """Return the meeting if this person may read of it. Raises NotFound otherwise."""
    rows = Deliberation.objects.select_related("case__body", "case__sop", "team")
    found = rows.filter(pk=meeting, case__body=body).first()
    if found is None or not authority_of(by, on=on).may(Right.READ):
        raise NotFound(Finding("meeting_unknown", "Rapat tidak ditemukan."))
    return found


def meeting_page(meeting: UUID, *, by: UUID, body: str, on: date) -> MeetingPage:
    """Return what this person sees of a meeting on a day. Raises NotFound."""
    found = visible_meeting(meeting, by=by, body=body, on=on)
    authority = authority_of(by, on=on)
    agenda = _agenda(found)
    limit = authority.agencies(Right.READ)
    seen = tuple(item for item in agenda if limit is None or item.agency_id in limit)
    team = by_decree(found.team)
    advice = advice_lines(seen)
    return MeetingPage(
        meeting=found,
        team=team,
        agenda=seen,
        hidden=len(agenda) - len(seen),
        advice=tuple(
            one for lines in advice.values() for one in lines if one.meeting.pk == found.pk
        ),
        present=frozenset(found.present),
        weaknesses=_weaknesses(found, team, seen),
        obstacles=deliberating_obstacles(found.case, authority=authority),
        recorder=_name(found.closed_by),
        on=on,
    )


def _agenda(meeting: Deliberation) -> list[Item]:
    """Return what was invited for; once the minutes are closed, what they are about."""
    if meeting.closed_at is None:
        return agenda_of(meeting)
    rows = Item.objects.filter(deliberated__deliberation=meeting)
    return list(rows.select_related("agency").order_by("title"))


def _weaknesses(
    meeting: Deliberation, team: TeamByDecree, seen: Collection[Item]
) -> tuple[Finding, ...]:
    if meeting.closed_at is None:
        return ()
    titles = {item.pk: item for item in seen}
    rows = meeting.items.filter(item__in=titles)
    present = frozenset(meeting.present)
    items = tuple(views_of(row, titles[row.item_id]) for row in rows)
    return law.weaknesses(law.Deliberation(team=team, present=present, items=items))


def _name(person: UUID | None) -> str:
    return Person.objects.get(pk=person).name if person else ""


def teams_page(body: Body, *, by: UUID, on: date) -> TeamsPage:
    """Return the body's teams as they stand on a day; like appointments, everybody sees them."""
    authority = authority_of(by, on=on)
    current = team_on(body, on)
    return TeamsPage(
        teams=tuple(_team_line(row, current, on=on) for row in Team.objects.filter(body=body)),
        need=need_of(body),
        appointing=_why_not(authority, Right.APPOINT_TEAM),
        choosing=_why_not(authority, Right.SET_UP),
    )


def _why_not(authority: Authority, right: Right) -> tuple[Finding, ...]:
    return () if authority.may(right) else (not_authorised(MAY[right]),)


def _team_line(row: Team, current: Team | None, *, on: date) -> TeamLine:
    if row.starts_on > on:
        state = "akan datang"
    else:
        state = "bertugas" if current is not None and row.pk == current.pk else "selesai"
    team = by_decree(row)
    return TeamLine(row, team, state, team_weaknesses(team))


def participants_of(item: Item) -> tuple[tuple[str, str], ...]:
    """Return name and position of who was present when the team last deliberated on the item.

    Of its present case: a change of classification is deliberated anew (PP 61/2010 ps. 10).
    """
    rows = ItemViews.objects.filter(item=item, deliberation__case=item.case_id)
    rows = rows.select_related("deliberation__team")
    last = rows.order_by("deliberation__closed_at").last()
    if last is None:
        return ()
    meeting = last.deliberation
    return tuple(
        (one.name, one.position)
        for one in by_decree(meeting.team).members
        if one.person in meeting.present
    )
