"""Requests, what they ask for, their answers, objections and disputes, from their events."""

from datetime import date
from typing import Any

from ppid.office.models import InformationRequest, Objection, RequestedItem
from ppid.office.projections.happened import Happened


def _dated(happened: Happened, *names: str) -> dict[str, Any]:
    """Return the event's values with these days read."""
    values = dict(happened.values)
    return values | {name: date.fromisoformat(values[name]) for name in names}


def receive_request(happened: Happened) -> None:
    """A request with its number."""
    happened.create(
        InformationRequest,
        body_id=happened.body,
        recorded_by=happened.by,
        at=happened.at,
        **_dated(happened, "received_on"),
    )


def link_item(happened: Happened) -> None:
    """What the request asks for is, or may become, an item of the list; or is tested for it."""
    happened.rows(RequestedItem).update_or_create(
        request_id=happened.values["request"],
        item_id=happened.item,
        defaults={"case_id": happened.case},
        create_defaults={"case_id": happened.case, "at": happened.at},
    )


def unlink_item(happened: Happened) -> None:
    """The item was linked by mistake."""
    rows = happened.rows(RequestedItem).filter(request=happened.values["request"])
    rows.filter(item=happened.item).delete()


def extend_request(happened: Happened) -> None:
    """Seven working days more to answer, with the written reason."""
    values = _dated(happened, "extended_on")
    rows = happened.rows(InformationRequest).filter(pk=values["request"])
    rows.update(extended_on=values["extended_on"], extension_reason=values["reason"])


def answer_request(happened: Happened) -> None:
    """The answer, with what its letter says."""
    values = _dated(happened, "answered_on")
    rows = happened.rows(InformationRequest).filter(pk=values.pop("request"))
    rows.update(answer_number=values.pop("number"), **values)


def file_objection(happened: Happened) -> None:
    """An objection to the PPID's superior."""
    values = _dated(happened, "filed_on", "found_on")
    request = values.pop("request")
    happened.create(Objection, body_id=happened.body, request_id=request, at=happened.at, **values)


def answer_objection(happened: Happened) -> None:
    """The superior's answer."""
    values = _dated(happened, "answered_on")
    values.pop("request")
    rows = happened.rows(Objection).filter(pk=values.pop("objection"))
    rows.update(answer_number=values.pop("number"), **values)


def register_dispute(happened: Happened) -> None:
    """The requester went to the Komisi Informasi."""
    values = _dated(happened, "registered_on")
    rows = happened.rows(Objection).filter(pk=values["objection"])
    rows.update(dispute_number=values["number"], disputed_on=values["registered_on"])


def decide_dispute(happened: Happened) -> None:
    """The Komisi Informasi decided, or the dispute ended otherwise."""
    values = _dated(happened, "decided_on")
    rows = happened.rows(Objection).filter(pk=values["objection"])
    rows.update(dispute_decision=values["number"], dispute_decided_on=values["decided_on"])
