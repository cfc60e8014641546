"""The entered titles of the list of public information, from their events."""

from ppid.office.models import PublicListEntry
from ppid.office.projections.happened import Happened


def add_entries(happened: Happened) -> None:
    """Titles were entered, or pasted from the body's own list."""
    for entry in happened.values["entries"]:
        happened.create(PublicListEntry, body_id=happened.body, **entry)


def remove_entry(happened: Happened) -> None:
    """A title no longer stands on the body's list."""
    happened.rows(PublicListEntry).filter(pk=happened.values["id"]).delete()
