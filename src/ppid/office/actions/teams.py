"""The team that deliberates: appointed by the PPID, by decree; and when it must deliberate."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.law.deliberation import Need
from ppid.law.team import Member, Quorum, team_obstacles
from ppid.law.team import Team as TeamByDecree
from ppid.office.actions.bodies import change_settings
from ppid.office.authority import Right, authority_in, demand
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Person, Team
from ppid.office.writing import writing


def team_on(body: Body, on: date) -> Team | None:
    """Return the body's team on a day: the newest that has begun, unless it has ended."""
    newest = Team.objects.filter(body=body, starts_on__lte=on).first()
    if newest is None or (newest.ends_on is not None and newest.ends_on < on):
        return None
    return newest


def by_decree(team: Team) -> TeamByDecree:
    """Return the team as the law sees it."""
    return TeamByDecree(
        decree_number=team.decree_number,
        decree_date=team.decree_date,
        starts_on=team.starts_on,
        ends_on=team.ends_on,
        members=tuple(Member(**one) for one in team.members),
        quorum=Quorum(team.quorum),
        notice_days=team.notice_days,
    )


def need_of(body: Body) -> Need:
    """Return when the body's determinations wait for a deliberation (docs/decisions/0026)."""
    return Need(body.settings.get("deliberation", Need.WITH_TEAM))


def appoint_team(
    body: Body, *, team: TeamByDecree, by: UUID, at: datetime, act: UUID | None = None
) -> Team:
    """Appoint a team by decree; the same decree again, from the same day, puts its entry right.

    Raises Refused for who is not the PPID, BadInput with everything that is wrong.
    """
    demand(authority_in(body, by=by, at=at), Right.APPOINT_TEAM)
    made = uuid4()
    with writing(act=act, at=at):
        lock(body.pk)
        findings = (
            *team_obstacles(team, on=at.astimezone(body.zone).date()),
            *_own_obstacles(body, team),
        )
        if findings:
            raise BadInput(*findings)
        append(_fact(made, team), body=body.pk, by=by, at=at)
    return Team.objects.get(pk=made)


def _fact(made: UUID, team: TeamByDecree) -> Fact:
    said = {
        "id": str(made),
        "decree_number": team.decree_number.strip(),
        "decree_date": str(team.decree_date),
        "starts_on": str(team.starts_on),
        "ends_on": str(team.ends_on) if team.ends_on else None,
        "quorum": team.quorum,
        "notice_days": team.notice_days,
    }
    return Fact("team.appointed", said, {"members": [asdict(one) for one in team.members]})


def _own_obstacles(body: Body, team: TeamByDecree) -> list[Finding]:
    findings = []
    number = team.decree_number.strip()
    same = Team.objects.filter(body=body, decree_number=number)
    if number and same.exclude(starts_on=team.starts_on).exists():
        text = f"Keputusan {number} sudah dipakai tim yang mulai pada hari lain."
        hint = "Periksa nomor keputusan dan hari mulainya."
        findings.append(Finding("team_decree_used", text, "decree_number", hint))
    people = {member.person for member in team.members}
    known = Person.objects.filter(body=body, pk__in=people).count()
    if known < len(people):
        text = "Salah satu anggota bukan orang badan publik ini."
        hint = "Tambahkan orangnya lebih dahulu pada Orang dan penugasan."
        findings.append(Finding("member_unknown", text, "members", hint))
    return findings


def choose_need(body: Body, *, need: Need, by: UUID, at: datetime) -> None:
    """Choose when a determination waits for a deliberation. Raises Refused."""
    change_settings(body, by=by, at=at, choices={**body.settings, "deliberation": need.value})
