"""Public copies and what was decided on them, from their events."""

from dataclasses import replace
from uuid import UUID

from ppid.office.models import PublicCopy
from ppid.office.projections.happened import Happened
from ppid.office.projections.vault import store_copy

OF_THE_SOFT_COPY = (
    *("document", "version", "name", "file_name", "plain", "sealed", "keys_version"),
    *("kind", "pages"),
)
OF_THE_COPY = ("source", "source_version", "pages", "marks", "remarks", "opened_reason")


def make_public_copy(happened: Happened) -> None:
    """A public copy, kept as a soft copy of its own."""
    values = happened.values
    soft = {name: values[name] for name in OF_THE_SOFT_COPY}
    store_copy(replace(happened, values=soft))
    happened.create(
        PublicCopy,
        id=UUID(values["copy"]),
        item_id=happened.item,
        document=UUID(values["document"]),
        version=values["version"],
        made_by=happened.by,
        made_at=happened.at,
        **{name: values[name] for name in OF_THE_COPY},
    )


def decide_public_copy(happened: Happened) -> None:
    """A second person's yes or no to a public copy."""
    values = happened.values
    happened.rows(PublicCopy).filter(pk=UUID(values["copy"])).update(
        decision=values["decision"],
        decision_reason=values["reason"],
        decided_by=happened.by,
        decided_at=happened.at,
    )
