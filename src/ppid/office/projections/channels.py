"""Publication channels, from their events."""

from ppid.office.models import Channel
from ppid.office.projections.happened import Happened


def set_channel(happened: Happened) -> None:
    """A channel was added, or its settings were changed."""
    values = happened.values
    about = {
        "body_id": happened.body,
        "kind": values["kind"],
        "name": values["name"],
        "settings": values["settings"],
    }
    happened.rows(Channel).update_or_create(pk=values["id"], defaults=about)


def switch_channel(happened: Happened) -> None:
    """A channel was switched on or off."""
    rows = happened.rows(Channel).filter(pk=happened.values["id"])
    rows.update(is_on=happened.values["on"])
