"""The lists of PP 28/2012: files (daftar berkas), their contents, and inactive archives."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from ppid.law.retention import Phase, phase
from ppid.office.authority import MAY, Right, authority_of, demand
from ppid.office.models import ArchiveEntry, Body
from ppid.office.paper_signers import Signed
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.papers.letterheads import INTERNAL, signers_of
from ppid.office.queries.places import tree
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

KEEPER = ("arsiparis", *sorted(MAY[Right.KEEP_STORE] - {"arsiparis"}))


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists. columns: (heading, share of the width); rows: of the entries, in order."""

    heading: str
    columns: tuple[tuple[str, float], ...]
    rows: Callable[["Shown"], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list is made of: its entries, where each place is, the body, the day."""

    entries: tuple[ArchiveEntry, ...]
    paths: dict[UUID, str]
    body: Body
    on: date

    def note(self, entry: ArchiveEntry) -> str:
        """Return what the last column says: where it is, in which state, how it is guarded."""
        place = self.paths.get(entry.place_id, entry.hard_copy)
        level = entry.security.replace("_", " ")
        words = filter(None, (place, entry.development, entry.condition, f"keamanan {level}"))
        return "; ".join(words)


def archive_list(body: Body, kind: str, *, by: UUID, on: date, today: date | None = None) -> Paper:
    """Return one of the lists as this person may see it; what was destroyed is on none.

    today: the day whose appointments count, when the list is of another one.
    Raises Refused for who may not read.
    Source: PP 28/2012 ps. 42 (5), ps. 42 (6), ps. 44 (3)
    """
    authority = authority_of(by, on=today or on)
    demand(authority, Right.READ)
    seen = visible_items(body.pk, authority=authority)
    kept = ArchiveEntry.objects.filter(item__in=seen, destroyed_at__isnull=True)
    rows = kept.select_related("item__agency")
    entries = tuple(sorted(rows, key=_in_order))
    made = LISTS[kind]
    shown = Shown(entries, {one.place.pk: one.path for one in tree(body)}, body, on)
    lines = made.rows(shown)
    return Paper(
        template="daftar",
        title=f"{made.heading}, {body.name}",
        mark=INTERNAL,
        foot=f"{made.heading}, {body.name}, {day_in_words(on)}",
        content={
            "heading": made.heading,
            "below": f"Keadaan pada {day_in_words(on)}, {number(len(lines))} baris",
            "day": day_in_words(on),
            "columns": made.columns,
            "rows": lines,
            "note": "",
            "signers": signers_of(body, Signed.ARCHIVES, on=on, usual=KEEPER),
        },
    )


def _unit(entry: ArchiveEntry) -> str:
    return entry.processing_unit or entry.item.agency.name


def _in_order(entry: ArchiveEntry) -> tuple[str, ...]:
    return (_unit(entry), entry.file_number, entry.item_number, entry.item.public_id)


def _files(shown: Shown) -> list[list[str]]:
    """Return a row for each file; a paper without a file number is one by itself."""
    return [
        _file_row(place, list(papers), shown)
        for place, (_, papers) in enumerate(groupby(shown.entries, _file), start=1)
    ]


def _file(entry: ArchiveEntry) -> tuple[str, ...]:
    return (_unit(entry), entry.file_number or entry.item.public_id)


def _file_row(place: int, papers: list[ArchiveEntry], shown: Shown) -> list[str]:
    first = papers[0]
    return [
        number(place),
        _unit(first),
        first.file_number or "Belum bernomor",
        _each(one.classification_code for one in papers),
        _each(_words(one) for one in papers),
        _each(one.period for one in papers),
        _together(papers) or f"{len(papers)} item",
        shown.note(first),
    ]


def _contents(shown: Shown) -> list[list[str]]:
    return [
        [
            number(place),
            one.file_number or "Belum bernomor",
            one.item_number or one.item.public_id,
            one.classification_code,
            _words(one),
            one.period,
            one.amount_in_words,
            shown.note(one),
        ]
        for place, one in enumerate(shown.entries, start=1)
    ]


def _inactive(shown: Shown) -> list[list[str]]:
    late = (Phase.INACTIVE, Phase.OVER)
    found = [one for one in shown.entries if phase(one.schedule, on=shown.on) in late]
    return [
        [
            number(place),
            shown.body.name,
            _unit(one),
            ".".join(filter(None, (one.file_number, one.item_number))) or one.item.public_id,
            one.classification_code,
            _words(one),
            one.period,
            one.amount_in_words,
            shown.note(one),
        ]
        for place, one in enumerate(found, start=1)
    ]


def _words(entry: ArchiveEntry) -> str:
    return entry.description or entry.item.title


def _together(papers: list[ArchiveEntry]) -> str:
    """Return how much there is of each unit: "42 lembar"; older texts as they stand."""
    sums: Counter[str] = Counter()
    for one in papers:
        if one.amount:
            sums[one.unit or "item"] += one.amount
    counted = (f"{number(amount)} {unit}" for unit, amount in sums.items())
    return _each((*counted, *(one.quantity for one in papers if not one.amount)))


def _each(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, words)))


_CODE, _WORDS = ("Kode klasifikasi", 0.8), ("Uraian informasi", 2.4)
_PERIOD, _AMOUNT, _NOTE = ("Kurun waktu", 0.8), ("Jumlah", 0.8), ("Keterangan", 1.8)
LISTS = {
    "berkas": Kind(
        "Daftar berkas",
        (
            *(("No", 0), ("Unit pengolah", 1.2), ("Nomor berkas", 0.8)),
            *(_CODE, _WORDS, _PERIOD, _AMOUNT, _NOTE),
        ),
        _files,
    ),
    "isi-berkas": Kind(
        "Daftar isi berkas",
        (
            *(("No", 0), ("Nomor berkas", 0.8), ("Nomor item", 0.8)),
            *(_CODE, ("Uraian informasi arsip", 2.4), ("Tanggal", 0.9), _AMOUNT, _NOTE),
        ),
        _contents,
    ),
    "inaktif": Kind(
        "Daftar arsip inaktif",
        (
            *(("No", 0), ("Pencipta arsip", 1.1), ("Unit pengolah", 1.1), ("Nomor arsip", 0.8)),
            *(_CODE, _WORDS, _PERIOD, _AMOUNT, _NOTE),
        ),
        _inactive,
    ),
}
