"""Dates as Indonesian readers write them; quicker than the framework's date filter."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template

from ppid.public.models import Body
from ppid.public.status import zone_name

register = template.Library()
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@register.filter
def day(value: date | None) -> str:
    """Return "24 Juli 2024", or "" for no date."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


@register.filter
def moment(value: datetime, body: Body) -> str:
    """Return "24 Juli 2024 pukul 14.30 WIB", where the body is."""
    local = value.astimezone(ZoneInfo(body.timezone))
    return f"{day(local)} pukul {local:%H.%M} {zone_name(body)}"


@register.filter
def eve(value: date) -> date:
    """Return the day before: the last closed day, given the first open one."""
    return value - timedelta(days=1)


@register.filter
def zone(body: Body) -> str:
    """Return WIB, WITA or WIT."""
    return zone_name(body)
