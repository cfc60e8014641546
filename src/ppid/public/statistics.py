"""Figures about a list on a day: how much has no end, how long terms run, what opened when.

Counted by the database in a few grouped queries; kept in the process for one edition and day.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Avg, Count, Max, Min

from ppid.public.models import Body, Edition, Entry
from ppid.public.openings import overdue
from ppid.public.status import Status, with_status

DAYS_OF_A_YEAR = 365.2425
MOST_YEARS, MOST_AGENCIES = 12, 10


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed today, with and without a known day of opening."""

    dated: int
    undated: int

    @property
    def total(self) -> int:
        """Return how many are closed."""
        return self.dated + self.undated


@dataclass(frozen=True, slots=True)
class TermOfGround:
    """How long terms run under a letter of Pasal 17, in years; None where none has an end."""

    letter: str
    count: int
    with_end: int
    shortest: float | None
    mean: float | None
    longest: float | None


@dataclass(frozen=True, slots=True)
class YearOpened:
    """What opened in a year: declared by PPID, and by law alone. earlier: with all years before."""

    year: int
    declared: int
    by_law: int
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that the page of figures shows. overdue: agency -> how many, most first."""

    closed: Closed
    terms: tuple[TermOfGround, ...]
    years: tuple[YearOpened, ...]
    overdue: tuple[tuple[str, int], ...]


def statistics(body: Body, *, edition: Edition, on: date) -> Statistics:
    """Return the figures of the newest edition on a day of the body's calendar."""
    return _statistics(body.pk, edition.content_hash, on)


@lru_cache(maxsize=64)
def _statistics(body_id: int, content_hash: str, on: date) -> Statistics:
    body = Body(pk=body_id)
    return Statistics(
        closed=_closed(body_id, on),
        terms=_terms(body_id),
        years=_years(body_id, on),
        overdue=tuple(
            overdue(body, on=on)
            .order_by()
            .values_list("agency")
            .annotate(count=Count("pk"))
            .order_by("-count", "agency")[:MOST_AGENCIES]
        ),
    )


def _closed(body: int, on: date) -> Closed:
    closed = Entry.objects.filter(with_status(Status.EXEMPT, on=on), body=body)
    found = closed.aggregate(all=Count("pk"), dated=Count("open_from"))
    return Closed(found["dated"], found["all"] - found["dated"])


def _terms(body: int) -> tuple[TermOfGround, ...]:
    """Return the terms by letter; an entry that names two letters counts under both."""
    rows = (
        Entry.objects.filter(body=body)
        .order_by()
        .values("ground_letters")
        .annotate(
            count=Count("pk"),
            with_end=Count("term_days"),
            least=Min("term_days"),
            mean=Avg("term_days"),
            most=Max("term_days"),
        )
    )
    groups = list(rows)
    letters = sorted({letter for group in groups for letter in group["ground_letters"]})
    return tuple(
        _term(letter, [group for group in groups if letter in group["ground_letters"]])
        for letter in letters
    )


def _term(letter: str, groups: list[dict[str, float]]) -> TermOfGround:
    ended = [group for group in groups if group["with_end"]]
    with_end = sum(int(group["with_end"]) for group in ended)
    days = sum(float(group["mean"]) * group["with_end"] for group in ended)
    return TermOfGround(
        letter=letter,
        count=sum(int(group["count"]) for group in groups),
        with_end=with_end,
        shortest=_years_of(min(group["least"] for group in ended)) if ended else None,
        mean=_years_of(days / with_end) if ended else None,
        longest=_years_of(max(group["most"] for group in ended)) if ended else None,
    )


def _years_of(days: float) -> float:
    return round(days / DAYS_OF_A_YEAR, 1)


def _years(body: int, on: date) -> tuple[YearOpened, ...]:
    """Return every year from the first opening to today's, the oldest put together."""
    days = (
        Entry.objects.filter(body=body, open_from__lte=on)
        .order_by()
        .values_list("open_from")
        .annotate(count=Count("pk"), declared=Count("declared_on"))
    )
    opened: Counter[int] = Counter()
    declared: Counter[int] = Counter()
    for day, count, said in days:
        year = max(day.year, on.year - MOST_YEARS + 1)
        opened[year] += count
        declared[year] += said
    if not opened:
        return ()
    first = min(opened)
    has_earlier = any(day.year < first for day, _, _ in days)
    return tuple(
        YearOpened(
            year, declared[year], opened[year] - declared[year], year == first and has_earlier
        )
        for year in range(first, on.year + 1)
    )
