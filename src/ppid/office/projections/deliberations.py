"""Teams, invitations, minutes and what was called off, from their events."""

from datetime import date

from ppid.office.models import Deliberation, ItemViews, Team
from ppid.office.projections.happened import Happened


def appoint_team(happened: Happened) -> None:
    """A team by decree."""
    values = dict(happened.values)
    ends_on = values.pop("ends_on")
    days = {name: date.fromisoformat(values.pop(name)) for name in ("decree_date", "starts_on")}
    happened.create(
        Team,
        body_id=happened.body,
        appointed_at=happened.at,
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
        **days,
        **values,
    )


def invite(happened: Happened) -> None:
    """The team is invited to a meeting on items of a case."""
    values = dict(happened.values)
    days = {name: date.fromisoformat(values.pop(name)) for name in ("invited_on", "held_on")}
    happened.create(Deliberation, case_id=happened.case, invited_by=happened.by, **days, **values)


def hold(happened: Happened) -> None:
    """The minutes of a meeting, with every member's position on every item."""
    values = dict(happened.values)
    meeting = values.pop("id")
    for line in values.pop("items"):
        kept = {name: value for name, value in line.items() if name != "item"}
        happened.create(ItemViews, deliberation_id=meeting, item_id=line["item"], **kept)
    happened.rows(Deliberation).filter(pk=meeting).update(
        closed_at=happened.at, closed_by=happened.by, **values
    )


def call_off(happened: Happened) -> None:
    """The meeting was not held, and why."""
    happened.rows(Deliberation).filter(pk=happened.values["id"]).update(
        called_off=happened.values["reason"]
    )
