"""The old list: what is known of it, who may see what of it, and the whole list as it goes out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ppid.errors import Finding, NotFound
from ppid.law import term
from ppid.law.consequence_test import from_dict
from ppid.law.defect import LegacyEntry
from ppid.law.grounds import ground
from ppid.office.actions.legacy import known_entries
from ppid.office.authority import Authority, Right, authority_of, demand
from ppid.office.list_files.entries import Known, agency_names
from ppid.office.models import Agency, Body, ImportedEntry, Item, ListImport, Person
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.parts import ListPart, part_of
from ppid.office.queries.term_ends import is_exempt

REPLACED = Q(item__stage="dikecualikan")
"""The entry's candidate was determined: from then on the item stands on the list, not the entry."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import that was made, with the name of who made it."""

    source: ListImport
    who: str


@dataclass(frozen=True, slots=True)
class WholeList:
    """What is exempt on a day, and then the old entries that nobody has decided on yet."""

    items: tuple[Item, ...]
    waiting: tuple[ImportedEntry, ...]

    @property
    def entries(self) -> tuple[LegacyEntry, ...]:
        """Return the whole in the words of a list."""
        return (*map(_as_entry, self.items), *(one.legacy for one in self.waiting))


def known_of(body: Body) -> Known:
    """Return what the body has already, for a dry run."""
    agencies = Agency.objects.filter(body=body).values_list("pk", "code", "name")
    return Known(
        entries=frozenset(known_entries(body)),
        register=frozenset(Item.objects.filter(body=body).values_list("public_id", flat=True)),
        agencies=agency_names(agencies),
    )


def import_lines(body: Body) -> tuple[ImportLine, ...]:
    """Return every import of the body, the newest first."""
    sources = list(ListImport.objects.filter(body=body))
    people = Person.objects.in_bulk([one.by for one in sources])
    return tuple(ImportLine(one, people[one.by].name) for one in sources)


def import_of_digest(body: Body, digest: str) -> ImportLine | None:
    """Return the import of the very same file, None if it is new."""
    return next((one for one in import_lines(body) if one.source.digest == digest), None)


def imported_part(
    source: UUID, *, body: Body, by: UUID, on: date, page: str | None
) -> tuple[ListImport, ListPart]:
    """Return an import and a page of its entries that this person may see.

    Raises NotFound, and Refused for who may not read.
    """
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    found = ListImport.objects.filter(pk=source, body=body).first()
    if found is None:
        raise NotFound(Finding("import_unknown", "Impor tidak ditemukan."))
    rows = visible_entries(body.pk, authority=authority).filter(source=found)
    return found, part_of(rows.order_by("row"), page=page)


def visible_entries(body: str, *, authority: Authority) -> QuerySet[ImportedEntry]:
    """Return the old entries that the person may see: like items, a PPID Pelaksana the own ones."""
    rows = ImportedEntry.objects.filter(body=body).select_related("agency", "item", "source")
    limit = authority.agencies(Right.READ)
    return rows if limit is None else rows.filter(agency__in=limit)


def whole_list(body: Body, *, by: UUID, on: date) -> WholeList:
    """Return the list as this person may see it. Raises Refused for who may not read."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    items = visible_items(body.pk, authority=authority).filter(is_exempt(on))
    items = items.select_related("agency", "body", "determination", "determined_test")
    entries = visible_entries(body.pk, authority=authority).filter(set_aside="", opened_on=None)
    waiting = entries.exclude(REPLACED).order_by("source__at", "source", "row")
    return WholeList(tuple(items.order_by("public_id")), tuple(waiting))


def _as_entry(item: Item) -> LegacyEntry:
    """Return a determined item in the words of a list."""
    sheet, letter = from_dict(item.determined_test.sheet), item.determination
    parts = sheet.parts or sheet.reason_whole
    return LegacyEntry(
        number=item.public_id,
        title=item.title,
        summary=item.summary,
        agency=item.agency.name,
        ground=ground(sheet.ground, on=letter.determined_on).label,
        legal_basis="\n".join(sheet.statutes),
        consequence_if_open=sheet.consequence_if_open,
        consequence_if_closed=sheet.consequence_if_closed,
        part=parts,
        term=term.describe(sheet.term) if sheet.term else "",
        document=sheet.document,
        test=term.in_words(sheet.tested_on) if sheet.tested_on else "",
        decree=f"{letter.number}, {term.in_words(letter.determined_on)}",
    )
