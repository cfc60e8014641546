"""What may be sent about a meeting of the team: its invitation, its minutes, its calling off."""

from uuid import UUID

from ppid.errors import Conflict, Finding, Refused
from ppid.office.actions.deliberations import call_off, close_minutes, invite
from ppid.office.forms.deliberations import InvitationForm, MinutesForm
from ppid.office.forms.steps import ReasonForm
from ppid.office.models import Deliberation
from ppid.office.queries.cases import CasePage
from ppid.office.queries.deliberations import MeetingPage, meeting_page
from ppid.office.views.asking import Asked, Officer, Sent, asked
from ppid.office.views.case_forms import candidates


def meeting_seen(one: Officer, meeting: UUID) -> MeetingPage:
    """Return the meeting as the officer sees it. Raises NotFound."""
    return meeting_page(meeting, by=one.by, body=one.body.pk, on=one.on)


def invitation_asked(one: Officer, page: CasePage, data: Sent) -> Asked:
    """Return the invitation of the team to deliberate on items of a case."""
    initial = {"invited_on": one.on, "place": one.body.place}
    form = InvitationForm(data, candidates=candidates(page), initial=initial)

    def act() -> Deliberation:
        return invite(
            page.case,
            items=form.chosen(),
            invitation=form.invitation(),
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said="Undangan tercatat.")


def recording_obstacles(page: MeetingPage) -> tuple[Finding, ...]:
    """Return why nobody with this view of the meeting can write its minutes."""
    if not page.is_open:
        return (Finding("meeting_closed", "Rapat ini sudah selesai atau dibatalkan."),)
    if page.hidden:
        text = "Sebagian informasi yang dibahas tidak terlihat oleh Anda."
        return (Finding("agenda_hidden", text),)
    return ()


def minutes_asked(one: Officer, page: MeetingPage, data: Sent) -> Asked:
    """Return the minutes: attendance, positions, recusals; closing them is one act.

    Raises Conflict for a meeting that is over; Refused: `agenda_hidden`.
    """
    if found := recording_obstacles(page):
        raise (Refused if page.is_open else Conflict)(*found)
    form = MinutesForm(data, items=page.agenda, team=page.team)

    def act() -> None:
        act_id = form.cleaned_data["act"]
        close_minutes(page.meeting, minutes=form.minutes(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Berita acara ditutup.")


def cancelling_asked(one: Officer, page: MeetingPage, data: Sent) -> Asked:
    """Return the calling off of a meeting, with its reason."""
    form = ReasonForm(data, prefix="batal")

    def act() -> None:
        given = form.cleaned_data
        call_off(page.meeting, reason=given["reason"], by=one.by, at=one.at, act=given["act"])

    return asked(form, act, said="Rapat dibatalkan.")
