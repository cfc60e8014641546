"""An event as its projection sees it: the open and the confidential values in one mapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models

from ppid.ledger.entry import Entry
from ppid.office.models import Event
from ppid.office.projections.standing import Standing

THROUGH = "through"
"""Where an entry names the token of the API by which its act was done; no table depends on it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, read from its entry and its sealed values.

    db: which tables to write. standing: the case before the event, where it was read in this
    transaction already.
    """

    body: str
    kind: str
    at: datetime
    by: UUID | None
    case: UUID | None
    item: UUID | None
    values: Mapping[str, Any]
    db: str = DEFAULT_DB_ALIAS
    standing: Standing | None = None

    @classmethod
    def of(cls, event: Event, *, db: str = DEFAULT_DB_ALIAS) -> "Happened":
        """Return what the event's entry and sealed values say; its other columns are not read.

        Raises CorruptData if the entry cannot be read.
        """
        entry = Entry.from_bytes(bytes(event.entry))
        payload = dict(entry.payload)
        case, item = payload.pop("case", None), payload.pop("item", None)
        payload.pop(THROUGH, None)
        sealed = {name: one["value"] for name, one in event.sealed.items()}
        return cls(
            body=entry.body,
            kind=entry.kind,
            at=datetime.fromisoformat(entry.at),
            by=UUID(entry.actor) if entry.actor else None,
            case=UUID(case) if case else None,
            item=UUID(item) if item else None,
            values=payload | sealed,
            db=db,
        )

    def create(self, model: type[models.Model], **fields: Any) -> None:
        """Insert one row."""
        model._default_manager.using(self.db).create(**fields)

    def rows(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """Return the rows of a table, in the database that is being written."""
        return model._default_manager.using(self.db).all()
