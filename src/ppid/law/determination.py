"""The determination (surat penetapan klasifikasi): its parts, who decides, who approves.

Decides whether a letter may be issued, a classification changed, and information opened before its
term ends. People are ids: two accounts of one person are one id, and who holds an office on a day
is computed elsewhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ppid.errors import BadInput, Finding
from ppid.law import consequence_test
from ppid.law import term as terms
from ppid.law.consequence_test import ConsequenceTest
from ppid.law.grounds import ground
from ppid.law.opening import DISPUTE_REASONS, Opening, OpeningReason, opening_obstacles
from ppid.law.term import Status

__all__ = [
    "DISPUTE_REASONS",
    "Approval",
    "Determination",
    "DeterminedItem",
    "Opening",
    "OpeningReason",
    "change_obstacles",
    "item_obstacles",
    "letter_obstacles",
    "obstacles",
    "opening_obstacles",
]


@dataclass(frozen=True, slots=True)
class Approval:
    """The head's approval (persetujuan pimpinan Badan Publik, PP 61/2010 ps. 3 (2)).

    on_behalf_of: for whom it was given by mandate, as person ids.
    """

    by: str
    on: date
    on_behalf_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminedItem:
    """One line of a determination: an item with its sheet, and who did what.

    tested_by, proposed_by: person ids. term_set_by_head: the highest head fixed the term.
    first_exempt_on: start of the first term under huruf a, when this one follows another.
    opened_in_dispute: an objection, a Komisi Informasi or a court has opened it.
    """

    item: str
    sheet: ConsequenceTest
    approval: Approval | None = None
    tested_by: tuple[str, ...] = ()
    proposed_by: str = ""
    term_set_by_head: bool = False
    first_exempt_on: date | None = None
    opened_in_dispute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """A determination (surat penetapan klasifikasi, PP 61/2010 ps. 4); a draft may have gaps.

    body, unit: the public body and the PPID's unit. determined_by: person id of the PPID.
    approved_by: person id of the head whose approval the letter names. on_behalf_of: for whom the
    PPID signs by mandate, as person ids: whoever lends a role acts in it too (0093).
    """

    number: str = ""
    determined_on: date | None = None
    place: str = ""
    body: str = ""
    unit: str = ""
    ppid_name: str = ""
    ppid_position: str = ""
    determined_by: str = ""
    approved_by: str = ""
    on_behalf_of: tuple[str, ...] = ()
    items: tuple[DeterminedItem, ...] = ()


_PART_OF = "PP 61/2010 ps. 4 (2) huruf "
_APPROVAL = "PP 61/2010 ps. 3 (2)"
_IN_SHEET = "Lengkapi lembar pengujian konsekuensinya."
# Six parts (PP 61/2010 ps. 4 (2)); those of the letter itself, by field.
_LETTER = (
    ("number", "number_missing", "Nomor penetapan belum diisi.", ""),
    (
        "determined_by",
        "ppid_missing",
        "Pejabat PPID yang menetapkan belum dipilih.",
        _PART_OF + "b",
    ),
    ("ppid_name", "ppid_missing", "Nama pejabat PPID yang menetapkan belum diisi.", _PART_OF + "b"),
    ("ppid_position", "ppid_missing", "Jabatan PPID yang menetapkan belum diisi.", _PART_OF + "b"),
    ("body", "body_missing", "Badan Publik belum diisi.", _PART_OF + "c"),
    ("unit", "body_missing", "Unit kerja pejabat yang menetapkan belum diisi.", _PART_OF + "c"),
    ("place", "place_and_date_missing", "Tempat penetapan belum diisi.", _PART_OF + "f"),
    ("determined_on", "place_and_date_missing", "Tanggal penetapan belum diisi.", _PART_OF + "f"),
    ("approved_by", "approver_missing", "Pimpinan yang menyetujui belum disebut.", _APPROVAL),
    ("items", "items_missing", "Penetapan ini belum memuat satu butir pun.", _PART_OF + "a"),
)
_APPROVAL_MISSING = Finding(
    "approval_missing",
    "Persetujuan pimpinan Badan Publik belum ada.",
    "approval",
    "Mintakan persetujuan pimpinan lebih dahulu.",
    _APPROVAL,
)
_APPROVED_LATE = Finding(
    "approved_late",
    "Persetujuan pimpinan bertanggal sesudah penetapan.",
    "approval",
    "Tetapkan pada atau sesudah tanggal persetujuan.",
    _APPROVAL,
)
_APPROVED_EARLY = Finding(
    "approved_early",
    "Persetujuan pimpinan mendahului pengujian konsekuensi.",
    "approval",
    "Mintakan persetujuan atas hasil pengujian.",
    "PP 61/2010 ps. 3 (1)",
)
_PPID_APPROVES = Finding(
    "ppid_approves",
    "Yang menetapkan dan yang menyetujui adalah orang yang sama.",
    "approval",
    "Persetujuan harus dari pimpinan, bukan dari PPID sendiri.",
    _APPROVAL,
)
_TESTER_APPROVES = Finding(
    "tester_approves",
    "Penguji tidak boleh menyetujui hasil ujiannya sendiri.",
    "approval",
    "Mintakan persetujuan kepada pimpinan yang tidak ikut menguji.",
    _APPROVAL,
)
_PROPOSER_APPROVES = Finding(
    "proposer_approves",
    "Pengusul tidak boleh menyetujui usulannya sendiri.",
    "approval",
    "Mintakan persetujuan kepada pimpinan yang tidak mengusulkan.",
    _APPROVAL,
)
_OPENED_IN_DISPUTE = Finding(
    "opened_in_dispute",
    "Informasi ini sudah dinyatakan terbuka lewat keberatan atau sengketa.",
    "",
    "Informasi ini tidak dapat dikecualikan lagi.",
    "UU 14/2008 ps. 18 (1) huruf g",
)
_NEW_TEST_MISSING = Finding(
    "new_test_missing",
    "Pengubahan klasifikasi memerlukan pengujian konsekuensi baru.",
    "tested_on",
    "Lakukan pengujian baru; perpanjangan pun adalah pengubahan.",
    "PP 61/2010 ps. 10 (2)",
)
_NEW_APPROVAL_MISSING = Finding(
    "new_approval_missing",
    "Pengubahan klasifikasi memerlukan persetujuan pimpinan yang baru.",
    "approval",
    "Mintakan persetujuan atas pengubahan ini.",
    "PP 61/2010 ps. 10 (1)",
)
_ALREADY_OPEN = Finding(
    "already_open",
    "Informasi ini sudah terbuka dan tidak dapat ditutup lagi dengan pengubahan.",
    "term",
    "Pengubahan hanya mungkin sebelum jangka waktunya berakhir.",
    "PP 61/2010 ps. 11 (3)",
)


def obstacles(determination: Determination, *, on: date | None = None) -> tuple[Finding, ...]:
    """Return every reason why a determination may not be issued.

    on: today; a later date is refused then, and an undated draft judged as of today. A finding
    about an item has the item's id, then the field, as its place ("B-7: term").
    Source: PP 61/2010 ps. 3 (1) (reading: docs/decisions/0021).
    """
    return (
        *letter_obstacles(determination, on=on),
        *_twice(determination.items),
        *(
            each
            for item in determination.items
            for each in line_obstacles(item, determination, on=on)
        ),
    )


def line_obstacles(
    item: DeterminedItem, determination: Determination, *, on: date | None = None
) -> tuple[Finding, ...]:
    """Return why one line may not be determined by a letter, whatever the others may.

    on: today; an undated draft is judged as of today. Each place begins with the item's id.
    Source: PP 61/2010 ps. 3 (1) (reading: docs/decisions/0021).
    """
    dated = replace(determination, determined_on=determination.determined_on or on)
    return tuple(
        replace(each, place=_join(item.item, each.place)) for each in item_obstacles(item, dated)
    )


def letter_obstacles(
    determination: Determination, *, on: date | None = None
) -> tuple[Finding, ...]:
    """Return what the letter itself lacks: parts b, c, f of the six, its number, head and items.

    on: today; a later date is refused then.
    Source: PP 61/2010 ps. 4 (2).
    """
    blank = (
        Finding(code, sentence, field, "Lengkapi isian ini.", source)
        for field, code, sentence, source in _LETTER
        if not getattr(determination, field)
    )
    alone = determination.approved_by and determination.approved_by in _determiners(determination)
    return (
        *blank,
        *((replace(_PPID_APPROVES, place="approved_by"),) if alone else ()),
        *_future(determination, on=on),
    )


def item_obstacles(item: DeterminedItem, determination: Determination) -> tuple[Finding, ...]:
    """Return why one item may not be determined: parts a, d, e, its test, approval, and people.

    Source: PP 61/2010 ps. 3 (2) (reading: docs/decisions/0021).
    """
    day = determination.determined_on
    return (
        *_part_obstacles(item.sheet),
        *(_test_obstacles(item, determined_on=day) if day else ()),
        *_approval_obstacles(item, determination),
        *_people_obstacles(item, determination),
        *((_OPENED_IN_DISPUTE,) if item.opened_in_dispute else ()),
    )


def change_obstacles(
    item: DeterminedItem,
    *,
    previous: DeterminedItem,
    previous_on: date,
    determined_on: date,
    declared_open_on: date | None = None,
) -> tuple[Finding, ...]:
    """Return why a classification may not be changed or "extended": both are one and the same.

    previous, previous_on: the line and the day of the determination that holds now. The new test is
    made after that day, the head approves anew, and what is open already stays open.
    Source: PP 61/2010 ps. 10 (1) (reading: docs/decisions/0022).
    """
    tested = item.sheet.tested_on
    is_new = tested is not None and tested > previous_on and item.sheet != previous.sheet
    approved = item.approval is not None and item.approval.on > previous_on
    return (
        *(() if is_new else (_NEW_TEST_MISSING,)),
        *(() if approved else (_NEW_APPROVAL_MISSING,)),
        *_open_already(previous, on=determined_on, declared_open_on=declared_open_on),
    )


def _part_obstacles(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    reasons = (sheet.statutes, sheet.consequence_if_open, sheet.consequence_if_closed)
    parts = (
        (sheet.ground, "kind_missing", "Jenis klasifikasi belum disebut.", "ground", "a"),
        (sheet.term, "term_missing", "Jangka waktu pengecualian belum diisi.", "term", "d"),
        (all(reasons), "reason_missing", "Alasan pengecualian belum lengkap.", "statutes", "e"),
    )
    return tuple(
        Finding(code, text, place, _IN_SHEET, _PART_OF + letter)
        for value, code, text, place, letter in parts
        if not value
    )


def _test_obstacles(item: DeterminedItem, *, determined_on: date) -> tuple[Finding, ...]:
    found = consequence_test.missing(
        item.sheet, on=determined_on, first_exempt_on=item.first_exempt_on
    )
    # Part d of the letter says the same of a term that is not there.
    return (
        *(each for each in found if each.code != "term_missing"),
        *_head_obstacles(item, determined_on=determined_on),
    )


def _head_obstacles(item: DeterminedItem, *, determined_on: date) -> tuple[Finding, ...]:
    try:
        found = ground(item.sheet.ground, on=determined_on)
    except BadInput:
        return ()  # the sheet's own finding says so
    return terms.head_obstacles(found, set_by_head=item.term_set_by_head)


def _approval_obstacles(item: DeterminedItem, determination: Determination) -> tuple[Finding, ...]:
    if item.approval is None or not item.approval.by:
        return (_APPROVAL_MISSING,)
    day, tested = determination.determined_on, item.sheet.tested_on
    late = day is not None and item.approval.on > day
    early = tested is not None and item.approval.on < tested
    return (*((_APPROVED_LATE,) if late else ()), *((_APPROVED_EARLY,) if early else ()))


def _people_obstacles(item: DeterminedItem, determination: Determination) -> tuple[Finding, ...]:
    if item.approval is None or not item.approval.by:
        return ()
    approvers = {item.approval.by, *item.approval.on_behalf_of}
    return (
        *(() if approvers.isdisjoint(_determiners(determination)) else (_PPID_APPROVES,)),
        *(() if approvers.isdisjoint(item.tested_by) else (_TESTER_APPROVES,)),
        *((_PROPOSER_APPROVES,) if item.proposed_by in approvers else ()),
    )


def _determiners(determination: Determination) -> set[str]:
    return {determination.determined_by, *determination.on_behalf_of}


def _future(determination: Determination, *, on: date | None) -> tuple[Finding, ...]:
    day = determination.determined_on
    if on is None or day is None or day <= on:
        return ()
    return (
        Finding(
            "determined_in_future",
            f"Tanggal penetapan {terms.in_words(day)} belum tiba.",
            "determined_on",
            "Isi tanggal penetapan yang sebenarnya.",
            "PP 61/2010 ps. 4 (2) huruf f",
        ),
    )


def _twice(items: Iterable[DeterminedItem]) -> tuple[Finding, ...]:
    counts = Counter(each.item for each in items)
    return tuple(
        Finding(
            "item_twice",
            f"Butir {item} tercantum lebih dari sekali dalam penetapan ini.",
            _join(item, "item"),
            "Hapus salah satunya.",
        )
        for item, count in counts.items()
        if count > 1
    )


def _open_already(
    previous: DeterminedItem, *, on: date, declared_open_on: date | None
) -> tuple[Finding, ...]:
    if previous.opened_in_dispute:
        return (_OPENED_IN_DISPUTE,)
    if previous.sheet.term is None:
        return ()
    holds = terms.status(
        previous.sheet.term,
        on=on,
        ground=ground(previous.sheet.ground, on=on),
        declared_open_on=declared_open_on,
    )
    return (_ALREADY_OPEN,) if holds is Status.OPEN else ()


def _join(item: str, place: str) -> str:
    return f"{item}: {place}" if place else item
