"""The repair desk (*meja perbaikan*): the entries of old lists with what is wrong with each.

Nothing is written for it: the defects follow from the old text and the day, the state from what
became of the entry.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.defect import Defect, DefectKind
from ppid.law.defect_report import defects_of_list
from ppid.office.actions.items import preparing_obstacles
from ppid.office.actions.legacy import taking_up_entry_obstacles
from ppid.office.actions.repairs import opening_obstacles
from ppid.office.authority import MAY, Authority, Right, authority_of, demand, not_authorised
from ppid.office.list_files.columns import LABELS
from ppid.office.models import Body, ImportedEntry
from ppid.office.queries.parts import ListPart, part_of


class EntryState(StrEnum):
    """What became of an entry."""

    WAITING = "menunggu"
    IN_CASE = "dalam_berkas"
    REPAIRED = "diperbaiki"
    OPENED = "terbuka"
    SET_ASIDE = "disisihkan"

    @property
    def label(self) -> str:
        """Return the state in words."""
        return _STATES[self][0]

    @property
    def css(self) -> str:
        """Return the modifier of the status mark, "" for none."""
        return _STATES[self][1]


_STATES = {
    EntryState.WAITING: ("Menunggu", "soon"),
    EntryState.IN_CASE: ("Dalam berkas", ""),
    EntryState.REPAIRED: ("Diperbaiki", "exempt"),
    EntryState.OPENED: ("Diputus terbuka", "open"),
    EntryState.SET_ASIDE: ("Disisihkan", ""),
}


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One entry with its defects on the day, the most serious first."""

    entry: ImportedEntry
    state: EntryState
    defects: tuple[Defect, ...]

    @property
    def kinds(self) -> tuple[DefectKind, ...]:
        """Return the kinds of its defects, each once, in the order of the defects."""
        return tuple(dict.fromkeys(one.kind for one in self.defects))

    @property
    def sure(self) -> int:
        """Return how many of the defects the row itself shows."""
        return sum(one.is_sure for one in self.defects)

    @property
    def doubtful(self) -> int:
        """Return how many of them are for a person to look at."""
        return len(self.defects) - self.sure

    @property
    def order(self) -> tuple[bool, tuple[bool, int], int]:
        """Return its place on the desk: waiting first, then the worst defect, then how many."""
        worst = self.defects[0].order if self.defects else (True, len(DefectKind))
        return self.state is not EntryState.WAITING, worst, -self.sure


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many entries have a kind of defect. waiting: those that are not put right yet."""

    kind: DefectKind
    entries: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole desk as a person sees it: every line in order, and the counts over all of them."""

    lines: tuple[DeskLine, ...]
    kinds: tuple[KindCount, ...]
    states: Mapping[EntryState, int]

    @property
    def waiting(self) -> tuple[DeskLine, ...]:
        """Return the lines that wait to be put right, in order."""
        return tuple(line for line in self.lines if line.state is EntryState.WAITING)

    @property
    def without_defect(self) -> int:
        """Return how many entries have no defect at all."""
        return sum(not line.defects for line in self.lines)

    @property
    def state_counts(self) -> tuple[tuple[EntryState, int], ...]:
        """Return every state with how many entries have it."""
        return tuple((state, self.states.get(state, 0)) for state in EntryState)


@dataclass(frozen=True, slots=True)
class RepairPage:
    """One entry on the desk. taking, opening: why this person may not take it up, or open it.

    old: the labels and texts of its fields that are not empty. following: the next that waits.
    """

    line: DeskLine
    old: tuple[tuple[str, str, str], ...]
    following: UUID | None
    taking: tuple[Finding, ...]
    opening: tuple[Finding, ...]


def state_of(entry: ImportedEntry) -> EntryState:
    """Return what became of an entry; a candidate that was refused sends it back to the desk."""
    if entry.opened_on is not None:
        return EntryState.OPENED
    if entry.set_aside:
        return EntryState.SET_ASIDE
    item = entry.item
    if item is None or item.stage == "ditolak":
        return EntryState.WAITING
    return EntryState.REPAIRED if item.determination_id else EntryState.IN_CASE


def desk(body: Body, *, by: UUID, on: date) -> Desk:
    """Return the desk as this person sees it on the day. Raises Refused for who may not read.

    Source: UU 14/2008 ps. 17 (reading: docs/decisions/0027)
    """
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    lines = [line for line in _all_lines(body, on=on) if _is_visible(line.entry, authority)]
    lines.sort(key=lambda line: (line.order, line.entry.source.at, line.entry.row))
    return Desk(tuple(lines), _counts(lines), Counter(line.state for line in lines))


def _all_lines(body: Body, *, on: date) -> list[DeskLine]:
    """Return every entry with its defects; what rows share shows in the whole list only."""
    rows = ImportedEntry.objects.filter(body=body).order_by("source__at", "row")
    entries = list(rows.select_related("source", "agency", "item__case"))
    reports = defects_of_list([entry.legacy for entry in entries], on=on)
    return [
        DeskLine(entry, state_of(entry), report)
        for entry, report in zip(entries, reports, strict=True)
    ]


def _is_visible(entry: ImportedEntry, authority: Authority) -> bool:
    limit = authority.agencies(Right.READ)
    return limit is None or entry.agency_id in limit


def _counts(lines: Iterable[DeskLine]) -> tuple[KindCount, ...]:
    every: Counter[DefectKind] = Counter()
    waiting: Counter[DefectKind] = Counter()
    for line in lines:
        every.update(line.kinds)
        if line.state is EntryState.WAITING:
            waiting.update(line.kinds)
    return tuple(KindCount(kind, every[kind], waiting[kind]) for kind in DefectKind if every[kind])


def desk_part(found: Desk, *, asked: Mapping[str, str], page: str | None) -> ListPart:
    """Return one page of the lines that were asked for: by kind of defect, state and words."""
    rows: Sequence[DeskLine] = found.lines
    if state := asked.get("keadaan"):
        rows = [line for line in rows if line.state == state]
    if kind := asked.get("cacat"):
        rows = [line for line in rows if kind in line.kinds]
    for word in asked.get("cari", "").lower().split():
        rows = [line for line in rows if word in _words(line)]
    return part_of(rows, page=page)


def _words(line: DeskLine) -> str:
    old = line.entry.legacy
    return f"{old.number} {old.title} {old.summary} {old.agency}".lower()


def repair_page(body: Body, entry: UUID, *, by: UUID, on: date) -> RepairPage:
    """Return one entry as this person sees it. Raises NotFound, Refused for who may not read."""
    found = desk(body, by=by, on=on)
    line = next((one for one in found.lines if one.entry.pk == entry), None)
    if line is None:
        raise NotFound(Finding("entry_unknown", "Entri daftar lama ini tidak ditemukan."))
    old = line.entry.legacy
    authority = authority_of(by, on=on)
    return RepairPage(
        line=line,
        old=tuple(
            (name, label, getattr(old, name))
            for name, label in LABELS.items()
            if getattr(old, name)
        ),
        following=_following(found, line),
        taking=_taking(line.entry, authority),
        opening=_opening(line.entry, authority, on=on),
    )


def _following(found: Desk, line: DeskLine) -> UUID | None:
    """Return the entry to go on with: the next that waits, or the first after the last."""
    ids = [one.entry.pk for one in found.waiting]
    if line.entry.pk not in ids:
        return ids[0] if ids else None
    place = ids.index(line.entry.pk)
    return (ids[place + 1 :] or ids[:place] or [None])[0]


def _taking(entry: ImportedEntry, authority: Authority) -> tuple[Finding, ...]:
    prepare = preparing_obstacles(None, authority=authority, agency=entry.agency_id)
    return (*taking_up_entry_obstacles(entry), *prepare)


def _opening(entry: ImportedEntry, authority: Authority, *, on: date) -> tuple[Finding, ...]:
    found = opening_obstacles(entry, opening=None, on=on)
    return (
        found if authority.may(Right.OPEN_ITEM) else (*found, not_authorised(MAY[Right.OPEN_ITEM]))
    )
