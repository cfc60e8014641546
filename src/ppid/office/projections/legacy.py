"""Imports of old lists and their entries, from their events."""

from dataclasses import fields
from datetime import date

from ppid.law.defect import LegacyEntry
from ppid.office.models import ImportedEntry, ListImport
from ppid.office.projections.happened import Happened

TEXTS = tuple(field.name for field in fields(LegacyEntry))


def import_list(happened: Happened) -> None:
    """An old list was imported; its rows follow, each in an event of its own."""
    happened.create(
        ListImport, body_id=happened.body, by=happened.by, at=happened.at, **happened.values
    )


def import_entry(happened: Happened) -> None:
    """One row of the list, with its old text."""
    values = happened.values
    happened.create(
        ImportedEntry,
        id=values["entry"],
        body_id=happened.body,
        source_id=values["source"],
        row=values["row"],
        agency_id=values["agency_id"],
        text={name: values[name] for name in TEXTS if name in values},
    )


def take_up_entry(happened: Happened) -> None:
    """A candidate was made of the entry."""
    entry = happened.values["entry"]
    happened.rows(ImportedEntry).filter(pk=entry).update(item_id=happened.item)


def set_entry_aside(happened: Happened) -> None:
    """The entry needs no repair, or does again when there is no reason."""
    entry = happened.values["entry"]
    happened.rows(ImportedEntry).filter(pk=entry).update(set_aside=happened.values["reason"])


def open_entry(happened: Happened) -> None:
    """What the entry names is open, from a day on: it ended, or was never rightly exempt."""
    values = happened.values
    happened.rows(ImportedEntry).filter(pk=values["entry"]).update(
        opened_on=date.fromisoformat(values["opened_on"]),
        opening=values["opening"],
        opening_note=values["reason"],
    )
