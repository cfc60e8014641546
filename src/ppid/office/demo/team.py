"""The team of an office at work: appointed by decree, invited, and its minutes kept."""

from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from ppid.law.consequence_test import Part
from ppid.law.deliberation import ItemViews, Recusal, Stance, View
from ppid.law.team import Member, Team
from ppid.office.actions.consequence_tests import sheet_of
from ppid.office.actions.deliberations import (
    Invitation,
    Minutes,
    close_minutes,
    deliberated_in,
    invite,
)
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.teams import appoint_team, by_decree, team_on
from ppid.office.authority import holders
from ppid.office.models import Appointment, Body, Case, Item

ENOUGH_TO_DIFFER = 4
DISSENT = (
    "Informasi sejenis sudah diumumkan dalam laporan tahunan; menutupnya tidak melindungi apa pun."
)
CONFLICT = "Anggota ini ikut menyusun dokumen yang dibahas."


class AtWork(Protocol):
    """An office with a clock of its own (`ppid.office.demo.walk.Walk`)."""

    body: Body
    now: datetime

    @property
    def today(self) -> date:
        """Return the body's local date."""

    def tick(self) -> datetime:
        """Return the moment of the next act."""

    def person(self, roles: list[str]) -> UUID:
        """Return somebody who holds one of the roles today."""


def form_team(walk: AtWork, roles: list[str], *, notice_days: int = 0) -> None:
    """Let the PPID appoint a team of all who hold the roles; the first of them is its chair."""
    found: dict[UUID, Appointment] = {}
    for role in roles:
        for one in holders(walk.body.pk, [role], on=walk.today):
            found.setdefault(one.person_id, one)
    members = tuple(
        Member(
            person=str(one.person_id),
            name=one.person.name,
            position=one.position or "Anggota tim",
            chair=number == 0,
        )
        for number, one in enumerate(found.values())
    )
    team = Team(
        decree_number=f"188/tim/{walk.today.year}",
        decree_date=walk.today,
        starts_on=walk.today,
        members=members,
        notice_days=notice_days,
    )
    appoint_team(walk.body, team=team, by=walk.person(["ppid_utama"]), at=walk.tick())


def deliberate(walk: AtWork, case: Case) -> None:
    """Invite the team to what it has not discussed, let the day come, close the minutes.

    An office without a team gets one of its role's holders. In a team of four or more one member
    dissents on the first item and one keeps out of the second.
    """
    if team_on(walk.body, walk.today) is None:
        form_team(walk, ["tim_pertimbangan"])
    team, held = by_decree(team_on(walk.body, walk.today)), deliberated_in(case)
    items = [one for one in items_in_work(case) if one.pk not in held]
    if not items:
        return
    ppid, invited_on = walk.person(["ppid_utama"]), walk.today
    invitation = Invitation(
        invited_on=invited_on,
        held_on=invited_on + timedelta(days=team.notice_days),
        begins_at="09.00",
        place=f"Ruang rapat {walk.body.unit}",
    )
    meeting = invite(case, items=items, invitation=invitation, by=ppid, at=walk.tick())
    if team.notice_days:
        walk.now = datetime.combine(meeting.held_on, time(10, 0), tzinfo=walk.body.zone)
    minutes = Minutes(
        number=f"BA/{case.number}/{case.deliberations.count()}",
        present=frozenset(one.person for one in team.members),
        items={one.pk: _views(one, team, number) for number, one in enumerate(items)},
        notes="Tim membahas setiap informasi beserta lembar ujinya.",
    )
    close_minutes(meeting, minutes=minutes, by=ppid, at=walk.tick())


def _views(item: Item, team: Team, number: int) -> ItemViews:
    usual = Stance.WHOLE if sheet_of(item).part is Part.WHOLE else Stance.PART
    people = [one.person for one in team.members]
    views = {person: View(person, usual) for person in people}
    recusals: tuple[Recusal, ...] = ()
    if len(people) >= ENOUGH_TO_DIFFER and number == 0:
        views[people[-1]] = View(people[-1], Stance.OPEN, DISSENT)
    if len(people) >= ENOUGH_TO_DIFFER and number == 1:
        recusals = (Recusal(people[1], CONFLICT),)
        del views[people[1]]
    return ItemViews(item=item.title, views=tuple(views.values()), recusals=recusals)
