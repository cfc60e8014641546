"""Fixity checks and backups, from their events."""

from ppid.office.models import Backup, Fixity, FixityWish
from ppid.office.projections.happened import Happened


def check_files(happened: Happened) -> None:
    """Files that were read to their end: whole, or as damaged as before."""
    rows, values = happened.rows(Fixity), happened.values
    for name in values["names"]:
        about = {"body_id": happened.body, "checked_at": happened.at, "damage": ""}
        rows.update_or_create(name=name, defaults=about)
    rows.filter(name__in=values["still"]).update(checked_at=happened.at)


def find_damage(happened: Happened) -> None:
    """A file that was found damaged."""
    about = {
        "body_id": happened.body,
        "checked_at": happened.at,
        "damage": happened.values["code"],
    }
    happened.rows(Fixity).update_or_create(name=happened.values["name"], defaults=about)


def wish_check(happened: Happened) -> None:
    """The whole vault is to be read anew; a newer wish takes the place of an older one."""
    about = {"at": happened.at, "by_id": happened.by}
    happened.rows(FixityWish).update_or_create(body_id=happened.body, defaults=about)


def make_backup(happened: Happened) -> None:
    """A backup that holds the body."""
    values = happened.values
    happened.create(
        Backup,
        body_id=happened.body,
        snapshot=values["snapshot"],
        at=happened.at,
        address=values["address"],
        size=values["size"],
        missing=values["missing"],
    )
