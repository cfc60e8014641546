"""A stock-take (pemeriksaan fisik): what was scanned on a shelf against what should stand there.

Pure: codes and ids as text, no table, no clock. Nothing is moved by it; a person does that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper as the tables have it. place: where it belongs, "" for none; lent: it is out."""

    item: str
    place: str
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a stock-take; items and places by id.

    misplaced: item and the place it belongs to ("" for none). strange: places that belong outside.
    on_loan: not there and lent. back: there and still down as lent. unknown: what was typed.
    """

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    misplaced: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    on_loan: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return asdict(self)

    @property
    def clean(self) -> bool:
        """Return whether all is where it belongs."""
        return not (self.missing or self.misplaced or self.unknown or self.back or self.strange)


def result_of(data: Mapping[str, Any]) -> Result:
    """Return the result that `as_dict` wrote."""
    pairs = tuple((item, place) for item, place in data["misplaced"])
    lists = {name: tuple(one) for name, one in data.items() if name != "misplaced"}
    return Result(misplaced=pairs, **lists)


def compare(
    scanned: Iterable[str],
    *,
    papers: Mapping[str, Kept],
    places: Mapping[str, str],
    within: frozenset[str],
) -> Result:
    """Return what the scanned codes say of the places `within`.

    papers, places: of the whole body, by code. A code counts once, however often it was scanned.
    """
    seen = dict.fromkeys(scanned)
    here = {paper.item: paper for code, paper in papers.items() if code in seen}
    expected = [one for one in papers.values() if one.place in within]
    gone = [one for one in expected if one.item not in here]
    return Result(
        found=tuple(one.item for one in expected if one.item in here),
        missing=tuple(one.item for one in gone if not one.lent),
        misplaced=tuple((one.item, one.place) for one in here.values() if one.place not in within),
        unknown=tuple(code for code in seen if code not in papers and code not in places),
        on_loan=tuple(one.item for one in gone if one.lent),
        back=tuple(one.item for one in here.values() if one.lent),
        strange=tuple(
            places[code] for code in seen if code in places and places[code] not in within
        ),
    )
