"""Enter the titles of the list of public information (DIP) that the body keeps elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, NotFound, Refused
from ppid.law.consequence_test import Part, from_dict
from ppid.law.public_list import title_key
from ppid.office.authority import (
    MAY,
    OWN_AGENCY_ONLY,
    Authority,
    Right,
    authority_in,
    not_authorised,
)
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Item, PublicListEntry
from ppid.office.queries.term_ends import is_exempt
from ppid.office.writing import writing

LISTING_ROLES = MAY[Right.PREPARE] - OWN_AGENCY_ONLY
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class ListedTitle:
    """One row of the list as it was entered."""

    title: str
    holder: str = ""


def listing_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not enter titles of the public list; empty when they may."""
    return () if authority.holds(LISTING_ROLES) else (not_authorised(LISTING_ROLES),)


def listed_titles(body: str) -> list[str]:
    """Return the titles of the body's public list, as far as they were entered."""
    return list(PublicListEntry.objects.filter(body=body).values_list("title", flat=True))


def add_titles(
    body: Body,
    *,
    rows: Sequence[ListedTitle],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> int:
    """Enter titles and return how many were new; what is listed already is not listed twice.

    Raises BadInput with every row that names information exempt as a whole, Refused.
    Source: UU 14/2008 ps. 11 (1) huruf a
    """
    with writing(act=act, at=at):
        lock(body.pk)
        if barred := listing_obstacles(authority_in(body, by=by, at=at)):
            raise Refused(*barred)
        if wrong := _wrong_rows(body, rows, at=at):
            raise BadInput(*wrong)
        known, fresh = {title_key(title) for title in listed_titles(body.pk)}, []
        for row in rows:
            if title_key(row.title) not in known:
                known.add(title_key(row.title))
                fresh.append({"id": str(uuid4()), "title": row.title, "holder": row.holder})
        if fresh:
            fact = Fact("public_list.added", {"count": len(fresh)}, {"entries": fresh})
            append(fact, body=body.pk, by=by, at=at)
    return len(fresh)


def _wrong_rows(body: Body, rows: Sequence[ListedTitle], *, at: datetime) -> list[Finding]:
    if not rows or len(rows) > MOST_ROWS:
        text = f"Tempel satu sampai {MOST_ROWS} judul, satu baris satu judul."
        return [Finding("rows_missing", text, place="rows")]
    exempt = _exempt_titles(body, at=at)
    return [
        Finding(
            "item_exempt",
            f"Baris {number}: “{row.title}” dikecualikan seluruhnya.",
            place="rows",
            hint="Informasi yang dikecualikan tidak dimuat dalam daftar informasi publik.",
            source="UU 14/2008 ps. 11 (1) huruf a",
        )
        for number, row in enumerate(rows, start=1)
        if title_key(row.title) in exempt
    ]


def _exempt_titles(body: Body, *, at: datetime) -> set[str]:
    """Return the keys of the titles that are exempt as a whole today."""
    on = at.astimezone(body.zone).date()
    rows = Item.objects.filter(is_exempt(on), body=body).select_related("determined_test")
    whole = [item for item in rows if from_dict(item.determined_test.sheet).part is not Part.PART]
    keys = {title_key(title) for item in whole for title in (item.title, item.public_title)}
    return keys - {""}


def remove_title(entry: UUID, *, body: Body, by: UUID, at: datetime) -> None:
    """Take a title off. Raises NotFound, Refused."""
    with writing():
        lock(body.pk)
        if barred := listing_obstacles(authority_in(body, by=by, at=at)):
            raise Refused(*barred)
        if not PublicListEntry.objects.filter(pk=entry, body=body).exists():
            raise NotFound(Finding("title_unknown", "Judul ini tidak ada dalam daftar."))
        fact = Fact("public_list.removed", {"id": str(entry)})
        append(fact, body=body.pk, by=by, at=at)
