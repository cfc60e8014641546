"""Destructions and holds, from their events."""

from ppid.office.models import ArchiveEntry, Destruction, Fixity, PublicCopy, SoftCopy
from ppid.office.projections.happened import Happened


def propose(happened: Happened) -> None:
    """A list of what shall be destroyed."""
    happened.create(
        Destruction,
        body_id=happened.body,
        proposed_at=happened.at,
        proposed_by=happened.by,
        **happened.values,
    )


def approve(happened: Happened) -> None:
    """The head has decided that it is destroyed."""
    _advance(happened, stage="disetujui", approved_at=happened.at, approved_by=happened.by)


def withdraw(happened: Happened) -> None:
    """Nothing on the list is destroyed."""
    _advance(happened, stage="ditarik")


def carry_out(happened: Happened) -> None:
    """The minutes are signed."""
    done = {"carried_out_at": happened.at, "carried_out_by": happened.by}
    _advance(happened, stage="dimusnahkan", **done)


def destroy(happened: Happened) -> None:
    """The item's paper and soft copies are no more; its entry and all events stay."""
    copies = happened.rows(SoftCopy).filter(item=happened.item)
    happened.rows(Fixity).filter(name__in=list(copies.values_list("name", flat=True))).delete()
    copies.delete()
    happened.rows(PublicCopy).filter(item=happened.item).delete()
    rows = happened.rows(ArchiveEntry).filter(item=happened.item)
    rows.update(destroyed_at=happened.at, place=None, hard_copy="", soft_copy="")


def hold(happened: Happened) -> None:
    """The archive is kept from destruction, or no longer: without a reason."""
    rows = happened.rows(ArchiveEntry).filter(item=happened.item)
    rows.update(hold=happened.values["reason"])


def _advance(happened: Happened, **more: object) -> None:
    values = dict(happened.values)
    happened.rows(Destruction).filter(pk=values.pop("id")).update(**values, **more)
