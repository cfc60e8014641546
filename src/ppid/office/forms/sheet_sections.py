"""The sections of the consequence-test sheet, in the order in which officers think it through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms

from ppid.errors import Finding
from ppid.law.grounds import Ground
from ppid.office.forms.sheets import SheetForm, never_field

NEVER = "never_exempt_checked"
TERM_FIELDS = {
    "ends_on": "date act",
    "years": "period",
    "months": "period",
    "event": "event",
    "act_cited": "act",
    "review_on": "event act",
}
"""Which kinds of term a field belongs to; the script of the page hides the others."""

GROUND_FIELDS = {"consent": "g h", "public_office": "g h", "memo_harms": "i"}
PART_FIELDS = {"parts": " sebagian", "reason_whole": "seluruh"}
"""The parts are asked for before the choice too: closing a part is the rule, the whole not."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field with what the sheet still lacks there. shown_for: "id=values", or empty."""

    field: forms.BoundField
    gaps: tuple[Finding, ...]
    shown_for: str


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section of the sheet. help: why it is asked, with its article."""

    letter: str
    title: str
    help: str
    source: str
    fields: tuple[SheetField, ...]
    gaps: tuple[Finding, ...]

    @property
    def lacking(self) -> int:
        """Return how much the section still lacks."""
        return len(self.gaps) + sum(len(one.gaps) for one in self.fields)


SECTIONS = (
    (
        "A",
        "Informasi",
        "Informasi apa, dan dalam dokumen mana.",
        "Perki 1/2021 ps. 49 (2) huruf a dan b",
        ("document", "information"),
    ),
    (
        "B",
        "Dasar hukum",
        "Pengecualian harus bersandar pada Undang-Undang, pasal demi pasal.",
        "UU 14/2008 ps. 2 (4) dan 17",
        ("ground", "statutes", "consent", "public_office", "memo_harms"),
    ),
    (
        "C",
        "Pasal 18: tidak pernah dikecualikan",
        "Apakah informasi ini termasuk salah satu di bawah ini? Bila ya, informasi ini terbuka.",
        "UU 14/2008 ps. 18 (1)",
        (),
    ),
    (
        "D",
        "Konsekuensi dan kepentingan publik",
        "Timbang kerugian nyata bila dibuka terhadap kepentingan publik untuk tahu.",
        "UU 14/2008 ps. 19 dan 2 (4)",
        ("consequence_if_open", "consequence_if_closed", "public_interest"),
    ),
    (
        "E",
        "Bagian yang ditutup",
        "Tutup sesedikit mungkin: bagian lain dari dokumen tetap dapat diberikan.",
        "UU 14/2008 ps. 22 (7) huruf e",
        ("part", "parts", "reason_whole"),
    ),
    (
        "F",
        "Jangka waktu",
        "Pengecualian tidak bersifat permanen. Sesudah jangka waktunya, informasi terbuka.",
        "UU 14/2008 ps. 20; PP 61/2010 ps. 5–9 dan 11",
        (
            "term_kind",
            "starts_on",
            "ends_on",
            "years",
            "months",
            "event",
            "act_cited",
            "review_on",
        ),
    ),
    (
        "G",
        "Pengujian",
        "Kapan, di mana, dan oleh siapa pengujian ini dilakukan.",
        "Perki 1/2021 ps. 49 (1)",
        ("moment", "tested_on", "place", "participants"),
    ),
    (
        "H",
        "Yang boleh diumumkan",
        "Daftar umum selalu memuat judul, dasar, dan jangka waktu. Kalimat Anda hanya ikut bila "
        "dicentang.",
        "UU 14/2008 ps. 11 (1) huruf a",
        ("publishable",),
    ),
)
FIELD_OF_PLACE = {"term": "term_kind"}
"""The field of a finding's place, where the two differ."""


def sections(
    form: SheetForm, *, gaps: Iterable[Finding], grounds: Iterable[Ground]
) -> tuple[SheetSection, ...]:
    """Return the form by sections, each gap at its field. gaps: `consequence_test.missing`."""
    found = tuple(gaps)
    letters = {
        letters: " ".join(one.code for one in grounds if one.letter in letters.split())
        for letters in set(GROUND_FIELDS.values())
    }
    return tuple(
        SheetSection(
            letter=letter,
            title=title,
            help=text,
            source=source,
            fields=tuple(_fields(form, names if letter != "C" else _never(form), found, letters)),
            gaps=tuple(one for one in found if letter == "C" and one.place == NEVER),
        )
        for letter, title, text, source, names in SECTIONS
    )


def _never(form: SheetForm) -> tuple[str, ...]:
    return tuple(field.name for field in form.never_fields)


def _fields(
    form: SheetForm,
    names: Iterable[str],
    gaps: tuple[Finding, ...],
    letters: dict[str, str],
) -> Iterator[SheetField]:
    for name in names:
        own = tuple(one for one in gaps if field_of(one) == name)
        yield SheetField(form[name], own, _shown_for(form, name, letters))


def _shown_for(form: SheetForm, name: str, letters: dict[str, str]) -> str:
    if name in TERM_FIELDS:
        return f"{form['term_kind'].auto_id}={TERM_FIELDS[name]}"
    if name in PART_FIELDS:
        return f"{form['part'].auto_id}={PART_FIELDS[name]}"
    if name in GROUND_FIELDS:
        return f"{form['ground'].auto_id}={letters[GROUND_FIELDS[name]]}"
    return ""


def field_of(finding: Finding) -> str:
    """Return the name of the form field that a finding is about, or its place if it has none."""
    place = finding.place.partition(".")
    if place[0] == NEVER and place[2]:
        return never_field(place[2])
    return FIELD_OF_PLACE.get(place[0], place[0])
