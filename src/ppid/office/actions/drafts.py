"""Unsaved work of one officer on one form, kept until the form is sent. It is no record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ppid.office.models import Draft


def draft_of(person: UUID, form: str) -> dict[str, Any]:
    """Return what was kept of a form, by field; empty when nothing was."""
    found = Draft.objects.filter(person=person, form=form).first()
    return dict(found.content) if found else {}


def keep_draft(person: UUID, form: str, content: Mapping[str, Any], *, at: datetime) -> None:
    """Keep fields of a form beside those that were kept before."""
    kept = {**draft_of(person, form), **content}
    Draft.objects.update_or_create(person=person, form=form, defaults={"content": kept, "at": at})


def drop_draft(person: UUID, form: str) -> None:
    """Forget what was kept of a form."""
    Draft.objects.filter(person=person, form=form).delete()
