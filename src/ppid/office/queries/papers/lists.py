"""Lists as papers: the list of exempt information (DIK), internal and public, and what opened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ppid.law import term
from ppid.law.consequence_sheet import from_dict
from ppid.law.grounds import ground
from ppid.office.actions.openings import words_of_opening
from ppid.office.authority import Right, authority_of, demand
from ppid.office.models import Body, Edition, Item
from ppid.office.paper_signers import Signed
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.opened_list import OpenedLine, opened_list
from ppid.office.queries.papers.citations import ground_and_statutes, in_full
from ppid.office.queries.papers.letterheads import INTERNAL, Signer, signers_of
from ppid.office.queries.term_ends import is_exempt
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

EXEMPT = "Daftar informasi yang dikecualikan"
OPENED = "Daftar informasi yang dapat diakses berdasarkan permintaan"
COLUMNS = (
    ("No", 0),
    ("Informasi", 1.6),
    ("Dasar hukum pengecualian", 1.5),
    ("Konsekuensi bila dibuka", 1.6),
    ("Konsekuensi bila ditutup", 1.6),
    ("Jangka waktu", 1.2),
    ("Penanggung jawab", 1.1),
)
OPENED_COLUMNS = (
    ("No", 0),
    ("Informasi", 2.2),
    ("Perangkat daerah", 1.4),
    ("Dasar pembukaan", 1.6),
    ("Terbuka mulai", 1.0),
    ("Penetapan semula", 1.4),
)
NOT_PUBLISHED = "Tidak diumumkan"


def internal_list(body: Body, *, by: UUID, on: date, today: date | None = None) -> Paper:
    """Return what is exempt on the day as this person may see it. Raises Refused.

    today: the day whose appointments count, when the list is of another one.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0020)
    """
    authority = authority_of(by, on=today or on)
    demand(authority, Right.READ)
    rows = visible_items(body.pk, authority=authority).filter(is_exempt(on))
    rows = rows.select_related("agency", "determination", "determined_test")
    lines = [
        _item_row(place, item)
        for place, item in enumerate(rows.order_by("public_id").iterator(2000), start=1)
    ]
    whole = authority.agencies(Right.READ) is None
    return _exempt(body, lines, mark=INTERNAL, whole=whole, on=on)


def _item_row(place: int, item: Item) -> list[str]:
    sheet = from_dict(item.determined_test.sheet)
    basis = ground(sheet.ground, on=item.determination.determined_on)
    letter = f"Nomor {item.determination.number}"
    return [
        number(place),
        f"{item.title}\n{sheet.information}",
        ground_and_statutes(basis, sheet.statutes),
        sheet.consequence_if_open,
        sheet.consequence_if_closed,
        _capital(term.describe(sheet.term)),
        f"{item.agency.name}\n{letter}",
    ]


def public_list(body: Body, edition: Edition, *, on: date) -> Paper:
    """Return what an edition of the public list says is exempt on the day: the same words.

    Source: UU 14/2008 ps. 11 (1) huruf a
    """
    entries = [one for one in edition.content["entries"] if not _is_open(one, on=on)]
    lines = [_entry_row(place, one) for place, one in enumerate(entries, start=1)]
    return _exempt(body, lines, edition=f"Edisi {edition.number}. ", on=on)


def _is_open(entry: dict[str, Any], *, on: date) -> bool:
    return bool(entry["opens_on"]) and date.fromisoformat(entry["opens_on"]) <= on


def _entry_row(place: int, entry: dict[str, Any]) -> list[str]:
    basis = list(dict.fromkeys(in_full(one) for one in entry["legal_basis"]))
    if not any(one.endswith(entry["ground_label"]) for one in basis):
        basis.insert(0, entry["ground_label"])
    return [
        number(place),
        entry["title"],
        "\n".join(basis),
        entry["consequence_if_open"] or NOT_PUBLISHED,
        entry["consequence_if_closed"] or NOT_PUBLISHED,
        _capital(entry["term_text"]),
        f"{entry['agency']}\nNomor {entry['decree_number']}",
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _exempt(
    body: Body,
    rows: list[list[str]],
    *,
    on: date,
    mark: str = "",
    edition: str = "",
    whole: bool = True,
) -> Paper:
    note = "" if whole else "Hanya informasi perangkat daerah Anda sendiri."
    return _list(body, EXEMPT, COLUMNS, rows, on=on, mark=mark, edition=edition, note=note)


def _list(
    body: Body,
    heading: str,
    columns: Iterable[tuple[str, float]],
    rows: list[list[str]],
    *,
    on: date,
    mark: str = "",
    edition: str = "",
    note: str = "",
) -> Paper:
    below = f"{edition}Keadaan pada {day_in_words(on)}, {number(len(rows))} informasi"
    signers = signers_of(body, Signed.LIST, on=on)
    return listing(
        body,
        heading,
        columns=columns,
        rows=rows,
        on=on,
        below=below,
        mark=mark,
        note=note,
        signers=signers,
    )


def listing(
    body: Body,
    heading: str,
    *,
    columns: Iterable[tuple[str, float]],
    rows: list[list[str]],
    on: date,
    below: str = "",
    mark: str = "",
    note: str = "",
    signers: Sequence[Signer] = (),
) -> Paper:
    """Return a list as a paper. below: what stands under its heading, the day by itself."""
    return Paper(
        template="daftar",
        title=f"{heading}, {body.name}",
        mark=mark,
        foot=f"{heading}, {body.name}, {day_in_words(on)}",
        content={
            "heading": heading,
            "below": below or f"Keadaan pada {day_in_words(on)}",
            "day": day_in_words(on),
            "columns": list(columns),
            "rows": rows,
            "note": note,
            "signers": list(signers),
        },
    )


def requestable_list(body: Body, *, by: UUID, on: date, today: date | None = None) -> Paper:
    """Return the list of what may be had on request since its term ended. Raises Refused.

    today: the day whose appointments count, when the list is of another one.
    Source: PP 61/2010 ps. 11 (1) (penjelasan)
    """
    found = opened_list(body, by=by, on=on, today=today)
    rows = [_requestable_row(place, line) for place, line in enumerate(found.lines, start=1)]
    edition = f"Daftar nomor {found.number}. " if found.number else ""
    return _list(body, OPENED, OPENED_COLUMNS, rows, on=on, edition=edition)


def _requestable_row(place: int, line: OpenedLine) -> list[str]:
    by_law = "Demi hukum, tidak ada penetapan"
    letter = line.item.determination
    return [
        number(place),
        line.item.public_title,
        line.item.agency.name,
        f"Daftar nomor {line.list_number}, {day_in_words(line.list_on)}"
        if line.list_on
        else by_law,
        day_in_words(line.opens_on),
        f"Nomor {letter.number}, {day_in_words(letter.determined_on)}",
    ]


def opened_row(place: int, item: Item) -> list[str]:
    """Return one line of a list of what opened: the title that the public knows it by."""
    letter = item.determination
    return [
        number(place),
        item.public_title,
        item.agency.name,
        words_of_opening(item),
        day_in_words(item.declared_open_on),
        f"Nomor {letter.number}, {day_in_words(letter.determined_on)}",
    ]
