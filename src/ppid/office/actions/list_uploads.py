"""Lists that were uploaded and not imported yet: drafts of one person, gone after a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from ppid.errors import Finding, NotFound
from ppid.office.actions.drafts import drop_draft, keep_draft
from ppid.office.list_files.table import Table
from ppid.office.models import Draft

KIND = "impor:"
"""How the names of these drafts begin; the id of the upload follows."""

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Upload:
    """A list that was uploaded. choice: how it is to be read, None until chosen."""

    id: UUID
    name: str
    digest: str
    tables: tuple[Table, ...]
    choice: dict[str, Any] | None
    at: datetime

    @property
    def table(self) -> Table:
        """Return the table that was chosen."""
        return self.tables[self.choice["table"] if self.choice else 0]


def keep_upload(
    tables: tuple[Table, ...], *, name: str, digest: str, person: UUID, at: datetime
) -> UUID:
    """Keep the tables of a file for the person who uploaded it; return the upload's id."""
    upload = uuid4()
    content = {"name": name, "digest": digest, "tables": [one.as_data() for one in tables]}
    keep_draft(person, f"{KIND}{upload}", content, at=at)
    return upload


def keep_choice(upload: UUID, choice: Mapping[str, Any], *, person: UUID, at: datetime) -> None:
    """Keep how the list is to be read."""
    keep_draft(person, f"{KIND}{upload}", {"choice": dict(choice)}, at=at)


def upload_of(upload: UUID, *, person: UUID, at: datetime) -> Upload:
    """Return what the person uploaded. Raises NotFound, also when it has been kept long enough."""
    rows = Draft.objects.filter(person=person, form=f"{KIND}{upload}", at__gte=at - KEPT_FOR)
    found = rows.first()
    if found is None:
        text = "Unggahan ini tidak ada lagi."
        raise NotFound(Finding("upload_unknown", text, hint="Unggah filenya sekali lagi."))
    return _upload(found)


def uploads_of(person: UUID, *, at: datetime) -> tuple[Upload, ...]:
    """Return everything that the person uploaded and did not import, the newest first."""
    rows = Draft.objects.filter(person=person, form__startswith=KIND, at__gte=at - KEPT_FOR)
    return tuple(map(_upload, rows.order_by("-at")))


def _upload(draft: Draft) -> Upload:
    said = draft.content
    return Upload(
        id=UUID(draft.form.removeprefix(KIND)),
        name=said["name"],
        digest=said["digest"],
        tables=tuple(Table.from_data(one) for one in said["tables"]),
        choice=said.get("choice"),
        at=draft.at,
    )


def drop_upload(upload: UUID, *, person: UUID) -> None:
    """Throw an upload of the person away; nothing happens where there is none."""
    drop_draft(person, f"{KIND}{upload}")


def drop_old_uploads(*, at: datetime) -> int:
    """Throw away what everybody uploaded and did not import in time; return how many there were."""
    old = Q(form__startswith=KIND, at__lt=at - KEPT_FOR)
    if not Draft.objects.filter(old).exists():
        return 0  # to look takes no lock, to delete does
    return Draft.objects.filter(old).delete()[0]
