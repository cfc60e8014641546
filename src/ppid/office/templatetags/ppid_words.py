"""Days and moments in words, in the body's own zone: "24 Juli 2024 pukul 14.30 WIB"."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template

from ppid.law.term import in_words
from ppid.office.models import Body

register = template.Library()
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


@register.filter
def moment(at: datetime | None, body: Body) -> str:
    """Return a moment as the body's clock shows it, with its zone; empty for none."""
    if at is None:
        return ""
    local = at.astimezone(body.zone)
    hours = int(local.utcoffset().total_seconds() // 3600)  # type: ignore[union-attr]
    return f"{in_words(local.date())} pukul {local:%H.%M} {ZONES.get(hours, local.tzname())}"


@register.filter
def day(value: date | None) -> str:
    """Return a day in words; empty for none."""
    return in_words(value) if value else ""


@register.filter
def weekday(value: date) -> str:
    """Return the name of the day of the week."""
    return WEEKDAYS[value.weekday()]


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping has for a key; empty for none."""
    return values.get(key, ())
