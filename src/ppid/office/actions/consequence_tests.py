"""Write the consequence-test sheet of an item (UU 14/2008 ps. 19)."""

from collections.abc import Collection
from datetime import datetime
from operator import attrgetter
from uuid import UUID, uuid4

from django.db.models import Prefetch, QuerySet

from ppid.errors import Refused
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import as_dict, from_dict
from ppid.office.actions.items import preparing_obstacles
from ppid.office.authority import authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import Case, ConsequenceTest, Item
from ppid.office.writing import writing

PUBLISHABLE = frozenset({"reason", "consequence_if_open", "consequence_if_closed"})


def newest_test(item: Item) -> ConsequenceTest | None:
    """Return the sheet that the next determination of the item would rest on."""
    return item.consequence_tests.order_by("written_at").last()


def newest_sheet(item: Item) -> ConsequenceTest | None:
    """Return the same as `newest_test`, from rows that were read with the item."""
    return max(item.consequence_tests.all(), key=attrgetter("written_at"), default=None)


def sheet_of(item: Item) -> Sheet:
    """Return the item's newest sheet, an empty one if none was written."""
    test = newest_test(item)
    return from_dict(test.sheet) if test else Sheet()


def sheets_of(items: QuerySet[Item]) -> list[tuple[Item, Sheet]]:
    """Return each item with its newest sheet, as `sheet_of` would, in two queries for all."""
    in_order = ConsequenceTest.objects.order_by("written_at")
    rows = items.prefetch_related(Prefetch("consequence_tests", in_order, to_attr="tests"))
    return [(item, from_dict(item.tests[-1].sheet) if item.tests else Sheet()) for item in rows]


def write_test(
    item: Item,
    *,
    sheet: Sheet,
    by: UUID,
    at: datetime,
    publishable: Collection[str] = (),
    act: UUID | None = None,
) -> ConsequenceTest:
    """Write the item's sheet; it may be incomplete, only the determination demands it whole.

    A determined item gets a new sheet beside the one its determination rests on (PP 61/2010
    ps. 10). Raises Refused.
    """
    with writing(act=act, at=at):
        lock(item.body_id)
        item.refresh_from_db()
        case: Case | None = item.case
        authority = authority_in(item.body, by=by, at=at)
        findings = preparing_obstacles(case, authority=authority, agency=item.agency_id)
        if findings:
            raise Refused(*findings)
        newest = newest_test(item)
        fresh = newest is None or newest.pk == item.determined_test_id
        test = uuid4() if fresh else newest.pk
        said = {"id": str(test), "publishable": sorted(PUBLISHABLE & set(publishable))}
        fact = Fact("test.written", said, {"sheet": as_dict(sheet)}, case=case.pk, item=item.pk)
        append(fact, body=item.body_id, by=by, at=at)
    return ConsequenceTest.objects.get(pk=test)
