"""What an edition changed in an entry: each field with its text before and after, both public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ppid.public.edition import DAYS
from ppid.public.templatetags.public_dates import day
from ppid.public.timeline import FIELD_LABELS

NOT_TOLD = frozenset({"history", "opens_soon_from"})
"""Fields that follow from others or tell what happened: they are named, not set side by side."""

NOTHING = _("Tidak ada")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry, before and after."""

    label: str
    before: str
    after: str


def changes(
    names: Iterable[str], *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """Return the changed fields that can be read side by side, in the order of the entry."""
    wanted = set(names) - NOT_TOLD
    return tuple(
        Change(str(label), _text(name, before.get(name)), _text(name, after.get(name)))
        for name, label in FIELD_LABELS.items()
        if name in wanted
    )


def _text(name: str, value: Any) -> str:
    if not value:
        return str(NOTHING)
    if name in DAYS:
        return day(date.fromisoformat(value))
    return "; ".join(value) if isinstance(value, list) else str(value)
