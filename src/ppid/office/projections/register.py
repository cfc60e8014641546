"""Which function projects which kind of event."""

from collections.abc import Callable, Mapping

from ppid.office.projections import (
    calendar,
    cases,
    decisions,
    deliberations,
    items,
    legacy,
    public_list,
    requests,
    set_up,
)
from ppid.office.projections.happened import Happened

KINDS: Mapping[str, Callable[[Happened], None]] = {
    "body.created": set_up.create_body,
    "body.changed": set_up.change_body,
    "agency.added": set_up.add_agency,
    "calendar.decreed": calendar.enter_decree,
    "calendar.week_set": calendar.set_week,
    "calendar.recomputed": calendar.move_days,
    "person.added": set_up.add_person,
    "account.linked": set_up.link_account,
    "appointment.made": set_up.make_appointment,
    "appointment.ended": set_up.end_appointment,
    "mandate.given": set_up.give_mandate,
    "mandate.ended": set_up.end_mandate,
    "account.password_reset": items.nothing_changes,
    "sop.adopted": set_up.adopt_sop,
    "case.opened": cases.open_case,
    "case.agencies_set": cases.advance,
    "step.acted": cases.advance,
    "step.confirmed": cases.advance,
    "step.declined": cases.advance,
    "step.extended": cases.advance,
    "item.added": items.add_item,
    "item.changed": items.change_item,
    "item.taken_up": items.take_up_item,
    "test.written": items.write_test,
    "approval.given": items.give_approval,
    "line.decided": items.decide_line,
    "archive.filed": items.file_in_archive,
    "item.opened": items.open_item,
    "item.lapsed": items.lapse_item,
    "docket.noticed": items.notice_item,
    "team.appointed": deliberations.appoint_team,
    "deliberation.invited": deliberations.invite,
    "deliberation.held": deliberations.hold,
    "deliberation.called_off": deliberations.call_off,
    "consideration.recorded": items.nothing_changes,
    "determination.made": decisions.make_determination,
    "edition.published": decisions.publish_edition,
    "request.received": requests.receive_request,
    "request.linked": requests.link_item,
    "request.unlinked": requests.unlink_item,
    "request.extended": requests.extend_request,
    "request.answered": requests.answer_request,
    "objection.filed": requests.file_objection,
    "objection.answered": requests.answer_objection,
    "dispute.registered": requests.register_dispute,
    "dispute.decided": requests.decide_dispute,
    "public_list.added": public_list.add_entries,
    "public_list.removed": public_list.remove_entry,
    "document.read": items.nothing_changes,
    "list.imported": legacy.import_list,
    "item.imported": legacy.import_entry,
    "entry.taken_up": legacy.take_up_entry,
    "entry.set_aside": legacy.set_entry_aside,
    "entry.opened": legacy.open_entry,
    "list.exported": items.nothing_changes,
}


def project(happened: Happened) -> None:
    """Write what the event changes. Raises KeyError for a kind that no version of us wrote."""
    KINDS[happened.kind](happened)
