"""Deliberations of the team (pertimbangan): invite, close the minutes, call off.

The minutes hold every member's position on every item, each dissent and recusal with its reason;
they are sealed. What a deliberation needs is the law's (`ppid.law.deliberation`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.law import deliberation as law
from ppid.office.actions.consequence_tests import newest_test
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.teams import by_decree, need_of, team_on
from ppid.office.authority import MAY, Authority, Right, authority_in, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Case, Deliberation, Item, ItemViews, Team
from ppid.office.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What the invitation says. invited_on: its date; held_on: the day of the meeting."""

    invited_on: date | None
    held_on: date | None
    place: str
    begins_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What the minutes say. present: person ids; items: by item id, `item` is filled in here."""

    number: str
    present: frozenset[str]
    items: Mapping[UUID, law.ItemViews]
    notes: str = ""


def deliberating_obstacles(case: Case, *, authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not invite the team in the case, nor keep its minutes."""
    ended = (Finding("case_ended", "Berkas ini sudah selesai."),) if case.ended_at else ()
    if authority.may(Right.DELIBERATE):
        return ended
    return (*ended, not_authorised(MAY[Right.DELIBERATE]))


def invite(
    case: Case,
    *,
    items: Sequence[Item],
    invitation: Invitation,
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> Deliberation:
    """Invite the body's team of that day to deliberate on items of a case.

    Raises Refused, BadInput with everything that is wrong with the invitation.
    """
    made = uuid4()
    with writing(act=act, at=at):
        lock(case.body_id)
        case = Case.objects.select_related("body").get(pk=case.pk)
        _demand(case, by=by, at=at)
        wanted = {item.pk for item in items}
        agenda = [item for item in items_in_work(case) if item.pk in wanted]
        if len(agenda) < len(wanted):
            raise BadInput(Finding("item_unknown", "Informasi ini bukan bagian berkas.", "items"))
        team = team_on(case.body, invitation.held_on or at.astimezone(case.body.zone).date())
        if team is None:
            raise BadInput(team_missing(invitation.held_on))
        if findings := law.invitation_obstacles(_invited(team, agenda, invitation)):
            raise BadInput(*findings)
        said = {
            "id": str(made),
            "team_id": str(team.pk),
            "invited_on": str(invitation.invited_on),
            "held_on": str(invitation.held_on),
            "agenda": [str(item.pk) for item in agenda],
        }
        kept = {"place": invitation.place.strip(), "begins_at": invitation.begins_at.strip()}
        fact = Fact("deliberation.invited", said, kept, case=case.pk)
        append(fact, body=case.body_id, by=by, at=at)
    return Deliberation.objects.get(pk=made)


def _invited(team: Team, agenda: Sequence[Item], invitation: Invitation) -> law.Deliberation:
    return law.Deliberation(
        team=by_decree(team),
        invited_on=invitation.invited_on,
        held_on=invitation.held_on,
        place=invitation.place.strip(),
        items=tuple(law.ItemViews(item=item.title) for item in agenda),
    )


def team_missing(on: date | None) -> Finding:
    """Return the obstacle that the body has no team on the day."""
    return Finding(
        "team_missing",
        "Pada hari itu tidak ada Tim Pertimbangan yang bertugas.",
        "held_on" if on else "",
        "PPID menetapkan tim dengan keputusan pada halaman Tim Pertimbangan.",
    )


def drafted(meeting: Deliberation, minutes: Minutes) -> law.Deliberation:
    """Return the deliberation as the law sees it, complete or not."""
    silent = law.ItemViews(item="")
    return law.Deliberation(
        team=by_decree(meeting.team),
        invited_on=meeting.invited_on,
        held_on=meeting.held_on,
        place=meeting.place,
        present=minutes.present,
        items=tuple(
            replace(minutes.items.get(item.pk, silent), item=item.title)
            for item in agenda_of(meeting)
        ),
        number=minutes.number.strip(),
    )


def agenda_of(meeting: Deliberation) -> list[Item]:
    """Return the items that were invited for and that the case still carries."""
    return list(items_in_work(meeting.case).filter(pk__in=meeting.agenda))


def close_minutes(
    meeting: Deliberation, *, minutes: Minutes, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Close the minutes (berita acara): from now on every position stands before the approver.

    Raises Refused with every obstacle, Conflict when they were closed or called off before.
    Source: UU 14/2008 ps. 7 (4)
    """
    with writing(act=act, at=at):
        lock(meeting.case.body_id)
        meeting = _open_meeting(meeting)
        _demand(meeting.case, by=by, at=at)
        on = at.astimezone(meeting.case.body.zone).date()
        draft = drafted(meeting, minutes)
        findings = (*law.obstacles(draft, on=on), *_number_obstacles(meeting, draft.number))
        if findings:
            raise Refused(*findings)
        kept = {
            "present": sorted(minutes.present),
            "notes": minutes.notes.strip(),
            "items": [
                _line(item, said_of_it)
                for item, said_of_it in zip(agenda_of(meeting), draft.items, strict=True)
            ],
        }
        said = {"id": str(meeting.pk), "number": draft.number}
        fact = Fact("deliberation.held", said, kept, case=meeting.case_id)
        append(fact, body=meeting.case.body_id, by=by, at=at)


def _line(item: Item, given: law.ItemViews) -> dict[str, object]:
    test = newest_test(item)
    return {
        "item": str(item.pk),
        "test": str(test.pk) if test else None,
        "test_version": test.version if test else 0,
        "views": [asdict(one) for one in given.views],
        "recusals": [asdict(one) for one in given.recusals],
    }


def _number_obstacles(meeting: Deliberation, number: str) -> tuple[Finding, ...]:
    used = Deliberation.objects.filter(case__body=meeting.case.body_id, number=number)
    if not number or not used.exists():
        return ()
    text = f"Nomor {number} sudah dipakai berita acara lain."
    hint = "Periksa buku nomor surat, lalu isi nomor yang benar."
    return (Finding("minutes_number_used", text, "number", hint),)


def call_off(
    meeting: Deliberation, *, reason: str, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Call the meeting off, with a reason: no quorum, or another day. Raises Refused, BadInput."""
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Tulis alasan pembatalannya.", "reason"))
    with writing(act=act, at=at):
        lock(meeting.case.body_id)
        meeting = _open_meeting(meeting)
        _demand(meeting.case, by=by, at=at)
        kept = {"reason": reason.strip()}
        said = {"id": str(meeting.pk)}
        fact = Fact("deliberation.called_off", said, kept, case=meeting.case_id)
        append(fact, body=meeting.case.body_id, by=by, at=at)


def _open_meeting(meeting: Deliberation) -> Deliberation:
    """Return the meeting as it stands. Raises Conflict when it was held or called off."""
    fresh = Deliberation.objects.select_related("case__body", "team").get(pk=meeting.pk)
    if fresh.closed_at is not None or fresh.called_off:
        text = "Rapat ini sudah dicatat atau dibatalkan."
        raise Conflict(Finding("meeting_settled", text, hint="Muat ulang halamannya."))
    return fresh


def _demand(case: Case, *, by: UUID, at: datetime) -> None:
    authority = authority_in(case.body, by=by, at=at)
    if findings := deliberating_obstacles(case, authority=authority):
        raise Refused(*findings)


def is_needed(case: Case, *, on: date) -> bool:
    """Return whether a determination in the case on a day waits for a deliberation."""
    team = team_on(case.body, on)
    return law.is_needed(need_of(case.body), team_in_force=team is not None)


def deliberated_in(case: Case) -> dict[UUID, law.Deliberated]:
    """Return when each item of the case was last deliberated on in it."""
    rows = ItemViews.objects.filter(deliberation__case=case).select_related("deliberation")
    return {
        row.item_id: law.Deliberated(
            held_on=row.deliberation.held_on,
            closed_on=row.deliberation.closed_at.astimezone(case.body.zone).date(),
        )
        for row in rows.order_by("deliberation__closed_at")
    }


def determination_findings(
    item: Item,
    held: Mapping[UUID, law.Deliberated],
    *,
    determined_on: date,
    approved_on: date | None = None,
) -> tuple[Finding, ...]:
    """Return what the item lacks of a deliberation, at its title. held: as `deliberated_in` says.

    Source: PP 61/2010 ps. 3 (1)
    """
    found = law.determination_findings(
        held.get(item.pk), determined_on=determined_on, approved_on=approved_on
    )
    return tuple(replace(one, place=item.title) for one in found)
