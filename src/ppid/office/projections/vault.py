"""Soft copies and what they are sealed to, from their events."""

from ppid.office.models import CopyReading, Fixity, SoftCopy, VaultKeys
from ppid.office.projections.happened import Happened


def set_keys(happened: Happened) -> None:
    """A new set of recipients for what is sealed from now on."""
    happened.rows(VaultKeys).update_or_create(body_id=happened.body, defaults=dict(happened.values))


def store_copy(happened: Happened) -> None:
    """A soft copy of an item."""
    values = dict(happened.values)
    plain, sealed = values.pop("plain"), values.pop("sealed")
    happened.create(
        SoftCopy,
        item_id=happened.item,
        plain_size=plain["size"],
        plain_sha256=plain["sha256"],
        sealed_size=sealed["size"],
        sealed_sha256=sealed["sha256"],
        stored_at=happened.at,
        stored_by=happened.by,
        **values,
    )


def reseal_copy(happened: Happened) -> None:
    """Another sealed file takes the place of the one before; what is in it stays."""
    values = happened.values
    rows = happened.rows(SoftCopy).filter(document=values["document"], version=values["version"])
    happened.rows(Fixity).filter(name__in=list(rows.values_list("name", flat=True))).delete()
    rows.update(
        name=values["name"],
        sealed_size=values["sealed"]["size"],
        sealed_sha256=values["sealed"]["sha256"],
        keys_version=values["keys_version"],
    )


def read_copy(happened: Happened) -> None:
    """A reading of a soft copy, which has a number; that of an item's page changes nothing."""
    values = dict(happened.values)
    if "number" in values:
        happened.create(
            CopyReading,
            body_id=happened.body,
            item_id=happened.item,
            case=happened.case,
            reader=happened.by,
            at=happened.at,
            **values,
        )
