"""Bodies, agencies, people, appointments and SOP versions, from their events."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ppid.office.models import Account, Agency, Appointment, Body, Mandate, Person, SopVersion
from ppid.office.projections.happened import Happened


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def create_body(happened: Happened) -> None:
    """A body with its zone and its readings."""
    happened.create(Body, slug=happened.body, **_with_logo(happened.values))


def change_body(happened: Happened) -> None:
    """New values of a body's name, unit, place, or settings."""
    happened.rows(Body).filter(pk=happened.body).update(**_with_logo(happened.values))


def _with_logo(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the logo, which stands beside the entry, among the settings."""
    rest = dict(values)
    logo = rest.pop("logo", "")
    return rest | {"settings": rest["settings"] | {"logo": logo}} if logo else rest


def add_agency(happened: Happened) -> None:
    """An agency."""
    happened.create(Agency, body_id=happened.body, **happened.values)


def rename_agency(happened: Happened) -> None:
    """The new name of an agency."""
    rows = happened.rows(Agency).filter(pk=happened.values["id"])
    rows.update(name=happened.values["name"])


def add_person(happened: Happened) -> None:
    """A person."""
    happened.create(Person, body_id=happened.body, **happened.values)


def link_account(happened: Happened) -> None:
    """A user name that stands for a person; linking it again moves it."""
    values = happened.values
    said = {"person_id": values["person"], "given": values.get("given", False)}
    happened.rows(Account).update_or_create(username=values["username"], defaults=said)


def make_appointment(happened: Happened) -> None:
    """An appointment to a role."""
    values = dict(happened.values)
    days = {name: _day(values.pop(name)) for name in ("starts_on", "ends_on", "decree_date")}
    happened.create(Appointment, **values, **days)


def end_appointment(happened: Happened) -> None:
    """The last day of an appointment."""
    rows = happened.rows(Appointment).filter(pk=happened.values["id"])
    rows.update(ends_on=_day(happened.values["ends_on"]))


def give_mandate(happened: Happened) -> None:
    """A mandate by letter."""
    values = dict(happened.values)
    days = {name: _day(values.pop(name)) for name in ("starts_on", "ends_on", "letter_date")}
    happened.create(Mandate, **values, **days)


def end_mandate(happened: Happened) -> None:
    """The last day of a mandate, brought forward."""
    rows = happened.rows(Mandate).filter(pk=happened.values["id"])
    rows.update(ends_on=_day(happened.values["ends_on"]))


def adopt_sop(happened: Happened) -> None:
    """An SOP file, byte for byte."""
    values = dict(happened.values)
    values.pop("cleared", None)  # why what was found may be public, for the log alone
    days = {name: _day(values.pop(name)) for name in ("starts_on", "ends_on")}
    happened.create(SopVersion, body_id=happened.body, adopted_at=happened.at, **values, **days)
