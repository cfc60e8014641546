"""Decrees on days off, weeks, and the days that they moved, from their events."""

from datetime import date, datetime
from typing import Any

from django.db import models

from ppid.office.calendar import digest_of
from ppid.office.models import Body, CalendarChange, CalendarDecree, Case, Task, Week
from ppid.office.projections.happened import Happened


def enter_decree(happened: Happened) -> None:
    """A decree on the days off of a year."""
    values = dict(happened.values)
    days = {name: date.fromisoformat(values.pop(name)) for name in ("decreed_on", "entered_on")}
    _enter(happened, CalendarDecree, **values, **days, entered_by=happened.by)


def set_week(happened: Happened) -> None:
    """A working week of the body or a unit, from a day on."""
    values = dict(happened.values)
    starts_on = date.fromisoformat(values.pop("starts_on"))
    _enter(happened, Week, **values, starts_on=starts_on)


def _enter(happened: Happened, model: type[models.Model], **values: Any) -> None:
    position = happened.rows(model).filter(body_id=happened.body).count() + 1
    happened.create(model, body_id=happened.body, position=position, **values)
    digest = digest_of(happened.body, db=happened.db)
    happened.rows(Body).filter(pk=happened.body).update(calendar=digest)


def move_days(happened: Happened) -> None:
    """The pending days that a decree or a week moved; those of the docket are stored nowhere."""
    values = dict(happened.values)
    values.pop("moved")
    happened.create(CalendarChange, body_id=happened.body, at=happened.at, by=happened.by, **values)
    for move in values["moves"]:
        due = {"due_at": datetime.fromisoformat(move["new"]), "provisional": move["provisional"]}
        if move["kind"] == "langkah":
            rows = happened.rows(Task).filter(case_id=move["subject"], step=move["step"])
            same = datetime.fromisoformat(move["old"])
            rows.filter(agency_id=move["agency"], due_at=same).update(**due)
        elif move["kind"] == "berkas":
            happened.rows(Case).filter(pk=move["subject"]).update(**due)
