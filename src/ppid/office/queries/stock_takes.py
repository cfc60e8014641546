"""A stock-take before it is made, as the page of the phone needs it, and what came of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.office.actions.places import keeping_obstacles
from ppid.office.actions.stock_takes import inside, places_of
from ppid.office.authority import authority_of
from ppid.office.labels import code_of, grouped
from ppid.office.models import ArchiveEntry, Item, Person, Place, StockTake
from ppid.office.queries.places import tree
from ppid.office.stock import Result, result_of


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a result. belongs: where it should be, "" for nowhere in the tree."""

    item: Item
    code: str
    belongs: str = ""


@dataclass(frozen=True, slots=True)
class StockPage:
    """A stock-take that was made, in words. strange: places that belong elsewhere, by path."""

    taken: StockTake
    place: str
    who: str
    result: Result
    unknown: tuple[str, ...]
    missing: tuple[Found, ...]
    misplaced: tuple[Found, ...]
    on_loan: tuple[Found, ...]
    back: tuple[Found, ...]
    strange: tuple[str, ...]


def expected_codes(place: Place) -> tuple[str, ...]:
    """Return the codes of all papers that belong in the place and in what stands inside it."""
    within = inside(place.pk, places_of(place.body))
    rows = ArchiveEntry.objects.filter(place__in=within).values_list("item", flat=True)
    return tuple(sorted(code_of(one) for one in rows))


def stock_page(taken: UUID, *, by: UUID, body: str, on: date) -> StockPage:
    """Return what came of a stock-take. Raises NotFound, for who keeps no store room too."""
    rows = StockTake.objects.filter(pk=taken, place__body=body).select_related("place__body")
    found = rows.first()
    if found is None or keeping_obstacles(authority_of(by, on=on)):
        raise NotFound(Finding("stock_take_unknown", "Pemeriksaan ini tidak ditemukan."))
    result = result_of(found.result)
    paths = {str(one.place.pk): one.path for one in tree(found.place.body)}
    items = {str(one.pk): one for one in Item.objects.filter(body=body, pk__in=_named(result))}
    return StockPage(
        taken=found,
        place=paths.get(str(found.place_id), found.place.label),
        who=Person.objects.get(pk=found.by).name,
        result=result,
        unknown=tuple(grouped(one) for one in result.unknown),
        missing=_found(result.missing, items),
        misplaced=tuple(
            Found(items[item], code_of(items[item].pk), paths.get(place, ""))
            for item, place in result.misplaced
        ),
        on_loan=_found(result.on_loan, items),
        back=_found(result.back, items),
        strange=tuple(paths.get(one, "") for one in result.strange),
    )


def _named(result: Result) -> list[str]:
    named = (result.missing, result.on_loan, result.back)
    return [*(item for item, _ in result.misplaced), *(item for one in named for item in one)]


def _found(ids: tuple[str, ...], items: Mapping[str, Item]) -> tuple[Found, ...]:
    return tuple(Found(items[one], code_of(items[one].pk)) for one in ids)
