"""The register: every item that a person may see, narrowed by what the address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from ppid.errors import BadInput
from ppid.law.grounds import ground, grounds
from ppid.office.authority import Right, authority_of, demand
from ppid.office.calendar import body_calendar
from ppid.office.models import Body, ConsequenceTest, Edition, Item
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.parts import ListPart, part_of
from ppid.office.queries.term_ends import is_exempt, is_open, opens_soon, review_due


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One item with its status on the day. css: the modifier of the status mark."""

    item: Item
    ground: str
    status: str
    css: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register."""

    part: ListPart
    lines: tuple[RegisterLine, ...]


STATUS = {
    "usulan": ("Usulan", ""),
    "ditolak": ("Ditolak", ""),
    "dikecualikan": ("Dikecualikan", "exempt"),
    "segera": ("Segera terbuka", "soon"),
    "terbuka": ("Terbuka", "open"),
}


def register_rows(body: Body, *, by: UUID, on: date) -> QuerySet[Item]:
    """Return every item that this person may see. Raises Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    tests = ConsequenceTest.objects.values(code=KT("sheet__ground"))
    determined = tests.filter(pk=OuterRef("determined_test"))
    newest = tests.filter(item=OuterRef("pk")).order_by("-written_at")
    basis = Coalesce(Subquery(determined), Subquery(newest[:1]))
    rows = visible_items(body.pk, authority=authority).select_related("agency", "determination")
    return rows.annotate(basis=basis)


def register_page(
    body: Body, rows: QuerySet[Item], *, asked: Mapping[str, Any], on: date
) -> RegisterPage:
    """Return one page of the rows that were asked for: by title, or by day where days matter."""
    narrowed = rows.filter(_asked(body, asked, on=on))
    first = {"segera": "opens_on", "tinjau": "review_on"}.get(asked.get("keadaan", ""), "title")
    part = part_of(narrowed.order_by(first, "title", "public_id"), page=asked.get("halaman"))
    soon = opens_soon(on, body_calendar(body))
    ids = [item.pk for item in part.rows]
    near = set(Item.objects.filter(soon, pk__in=ids).values_list("pk", flat=True))
    lines = tuple(_line(item, soon=item.pk in near, on=on) for item in part.rows)
    return RegisterPage(part=part, lines=lines)


def _asked(body: Body, asked: Mapping[str, Any], *, on: date) -> Q:
    found = _state(body, asked.get("keadaan", ""), on=on)
    if asked.get("huruf"):
        letter = asked["huruf"]
        found &= Q(basis=letter) | Q(basis__startswith=f"{letter}.")
    if asked.get("opd"):
        found &= Q(agency=asked["opd"])
    if asked.get("tahun"):
        found &= Q(opens_on__year=asked["tahun"])
    for word in asked.get("cari", "").split():
        found &= (
            Q(title__icontains=word)
            | Q(public_title__icontains=word)
            | Q(summary__icontains=word)
            | Q(determination__number__icontains=word)
        )
    return found


def _state(body: Body, state: str, *, on: date) -> Q:
    calendar = body_calendar(body)
    match state:
        case "usulan" | "ditolak":
            return Q(stage=state)
        case "dikecualikan":
            return is_exempt(on)
        case "terbuka":
            return is_open(on)
        case "segera":
            return opens_soon(on, calendar)
        case "tinjau":
            return review_due(on, calendar)
        case _:
            return Q()


def _line(item: Item, *, soon: bool, on: date) -> RegisterLine:
    status, css = STATUS[_status(item, soon=soon, on=on)]
    return RegisterLine(item, _label(item, on=on), status, css)


def _status(item: Item, *, soon: bool, on: date) -> str:
    if item.stage != "dikecualikan":
        return item.stage
    days = [day for day in (item.opens_on, item.declared_open_on) if day]
    if any(day <= on for day in days):
        return "terbuka"
    return "segera" if soon else "dikecualikan"


def _label(item: Item, *, on: date) -> str:
    day = item.determination.determined_on if item.determination else on
    try:
        return ground(item.basis or "", on=day).label.removeprefix("Pasal 17 ")
    except BadInput:
        return ""


def letters(*, on: date) -> tuple[str, ...]:
    """Return the letters of the grounds on the day."""
    return tuple(dict.fromkeys(one.letter for one in grounds(on=on)))


def years(rows: QuerySet[Item]) -> list[int]:
    """Return the years in which terms of the rows end."""
    found = rows.filter(opens_on__isnull=False).order_by("opens_on__year")
    return list(found.values_list("opens_on__year", flat=True).distinct())


def newest_edition(body: Body) -> int | None:
    """Return the number of the newest edition of the public list, None before the first."""
    return Edition.objects.filter(body=body).values_list("number", flat=True).first()
