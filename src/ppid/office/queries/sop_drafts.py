"""The editor's page: an SOP in the making as cards of controls, each with what is wrong there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ppid.errors import Finding
from ppid.office.authority import ROLE_NAMES
from ppid.office.queries.sop_controls import (
    ACTIONS,
    APPROVED,
    DATES,
    IDENTITY,
    LISTS,
    Control,
    Look,
    Option,
)
from ppid.sop.check import KNOWN_ROLES, Report, check
from ppid.sop.definition import FINISH, Definition
from ppid.sop.editing.controls import DECISION, controls_of, outcomes_of
from ppid.sop.editing.document import Document, drawable, reading
from ppid.sop.editing.places import control_at
from ppid.sop.sheet import Mark
from ppid.sop.svg import pages

Values = Mapping[str, Sequence[str]]
HEAD: Mapping[str, Look] = {**IDENTITY, **DATES, **APPROVED, **LISTS}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding, and the control it belongs to: "" where the page has none for it."""

    finding: Finding
    at: str

    @property
    def where(self) -> str:
        """Return the place as the page calls it."""
        if self.at in HEAD:
            return HEAD[self.at].label
        place = self.finding.place.replace("keputusan.", "hasil ").replace("_", " ")
        return "Seluruh naskah" if place in ("", "berkas") else place[0].upper() + place[1:]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The right side: the sheet as it would be, what is wrong, what the law says.

    sheets: empty where nothing can be drawn yet. warnings: only where nothing is wrong.
    """

    sheets: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PerformerCard:
    """A performer: what it is called, who acts."""

    number: int
    code: str
    name: str
    roles: str
    controls: tuple[Control, ...]
    is_open: bool
    wrong: tuple[Finding, ...]

    @property
    def anchor(self) -> str:
        """Return the id of the card."""
        return f"pelaksana-{self.number}"


@dataclass(frozen=True, slots=True)
class RowCard:
    """A row. main: what stands on the sheet; outcomes: of a decision, a spare one last."""

    number: int
    activity: str
    who: str
    time: str
    guess: str
    main: tuple[Control, ...]
    ways: tuple[Control, ...]
    outcomes: tuple[tuple[Control, ...], ...]
    more: tuple[Control, ...]
    is_open: bool
    more_is_open: bool
    is_wrong: bool
    wrong: tuple[Finding, ...]
    doubted: tuple[Finding, ...]

    @property
    def anchor(self) -> str:
        """Return the id of the card."""
        return f"langkah-{self.number}"

    @property
    def is_decision(self) -> bool:
        """Return whether the row is a decision."""
        return bool(self.outcomes)


@dataclass(frozen=True, slots=True)
class Editor:
    """The left side: identity, performers, rows."""

    identity: tuple[Control, ...]
    identity_is_open: bool
    performers: tuple[PerformerCard, ...]
    rows: tuple[RowCard, ...]
    guesses: int


@dataclass(frozen=True)
class _Sheet:
    """What the cards are made from. at: the card to open."""

    document: Document
    values: Values
    wrong: Mapping[str, list[Finding]]
    doubted: Mapping[str, list[Finding]]
    at: str

    def control(self, name: str, look: Look) -> Control:
        wrong, doubted = self.wrong.get(name, ()), self.doubted.get(name, ())
        return Control(name, look, tuple(self.values.get(name, ())), tuple(wrong), tuple(doubted))

    def is_wrong(self, prefix: str) -> bool:
        return any(name == prefix or name.startswith(f"{prefix}-") for name in self.wrong)


def drawn(document: Document, *, on: date, at: str = "") -> Drawn:
    """Return the drawing and every finding of a document.

    on: today, for what depends on it. at: the card that is looked at; its row is marked.
    """
    found = reading(document)
    names = _names(document)

    def placed(findings: Sequence[Finding]) -> tuple[Mistake, ...]:
        return tuple(Mistake(one, control_at(one.place, document, names=names)) for one in findings)

    mistakes = placed(found.mistakes)
    whole = drawable(found.sop)
    report = Report() if mistakes else check(found.sop, on=on)
    sheets = pages(whole, identity=False, marks=_marked(at, whole)) if whole else ()
    return Drawn(sheets, mistakes, placed(report.warnings), report.notes)


def _marked(at: str, sop: Definition) -> dict[int, Mark]:
    number = at.removeprefix("langkah-")
    known = number.isdecimal() and len(number) < 5 and 1 <= int(number) <= len(sop.steps)
    return {int(number): Mark.CURRENT} if known else {}


def _names(document: Document) -> set[str]:
    """Return every control of the page, also those that have no value."""
    names = set(controls_of(document))
    for number, row in enumerate(document["langkah"], start=1):
        names |= {f"langkah-{number}-{key}" for key in ("pelaksana", "aksi")}
        for outcome in range(1, len(outcomes_of(row)) + 1):
            names.add(f"langkah-{number}-hasil-{outcome}-ke")
    return names


def editor(document: Document, found: Drawn, *, at: str = "") -> Editor:
    """Return the cards. at: which of them is opened, as "langkah-3"; those with a mistake are."""
    by_place = (_by_place(found.mistakes), _by_place(found.warnings))
    sheet = _Sheet(document, controls_of(document), *by_place, at)
    identity = tuple(sheet.control(name, look) for name, look in HEAD.items())
    performers = document["pelaksana"]
    rows = document["langkah"]
    return Editor(
        identity=identity,
        identity_is_open=any(one.findings for one in identity) or at == "identitas",
        performers=tuple(_performer(sheet, n, one) for n, one in enumerate(performers, start=1)),
        rows=tuple(_row(sheet, number, one) for number, one in enumerate(rows, start=1)),
        guesses=sum("simpulan" in one for one in rows),
    )


def _by_place(found: Sequence[Mistake]) -> dict[str, list[Finding]]:
    places: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in found:
        places[one.at].append(one.finding)
    return dict(places)


def _performer(sheet: _Sheet, number: int, performer: Mapping[str, Any]) -> PerformerCard:
    whole = f"pelaksana-{number}"
    roles = tuple(Option(one, ROLE_NAMES[one]) for one in ROLE_NAMES if one in KNOWN_ROLES)
    others = tuple(
        Option(one["kode"], one["nama"])
        for one in sheet.document["pelaksana"]
        if one["kode"] != performer["kode"]
    )
    looks = {
        "nama": Look("Judul kolom", "text", "Seperti tercetak pada lembar SOP."),
        "peran": Look("Siapa yang boleh bertindak", "checks", options=roles),
        "peran_lain": Look(
            "Peran lain", "text", "Misalnya Kabag Hukum; lebih dari satu dipisah koma."
        ),
        "dicatat_oleh": Look(
            *("Dicatat oleh", "select", "Untuk pelaku tanpa akun, misalnya pemohon."),
            options=(Option("", "Pelaku sendiri"), *others),
        ),
        "kolom": Look("Punya kolom pada lembar SOP", "check"),
    }
    return PerformerCard(
        number=number,
        code=performer["kode"],
        name=performer["nama"],
        roles=", ".join(ROLE_NAMES.get(one, one) for one in performer.get("peran", ())),
        controls=tuple(sheet.control(f"{whole}-{key}", look) for key, look in looks.items()),
        is_open=sheet.at == whole or sheet.is_wrong(whole),
        wrong=tuple(sheet.wrong.get(whole, ())),
    )


def _row(sheet: _Sheet, number: int, row: Mapping[str, Any]) -> RowCard:
    whole = f"langkah-{number}"
    more = tuple(sheet.control(f"{whole}-{k}", look) for k, look in _more(sheet, number).items())
    names = {one["kode"]: one["nama"] for one in sheet.document["pelaksana"]}
    return RowCard(
        number=number,
        activity=row.get("kegiatan", ""),
        who=", ".join(names.get(code) or "?" for code in row.get("pelaksana", ())) or "?",
        time=row.get("waktu", ""),
        guess=row.get("simpulan", ""),
        main=tuple(
            sheet.control(f"{whole}-{key}", look) for key, look in _main(sheet, row).items()
        ),
        ways=() if DECISION in row else _onward(sheet, number),
        outcomes=_outcomes(sheet, number, row) if DECISION in row else (),
        more=more,
        is_open=sheet.at == whole or sheet.is_wrong(whole),
        more_is_open=any(one.findings for one in more),
        is_wrong=sheet.is_wrong(whole),
        wrong=tuple(sheet.wrong.get(whole, ())),
        doubted=tuple(sheet.doubted.get(whole, ())),
    )


def _main(sheet: _Sheet, row: Mapping[str, Any]) -> dict[str, Look]:
    codes = row.get("pelaksana", ())[:1]
    known = tuple(
        Option(one["kode"], one["nama"] or "(tanpa nama)") for one in sheet.document["pelaksana"]
    )
    gone = tuple(
        Option(code, "(pelaksana yang sudah dihapus)")
        for code in codes
        if code not in {one.value for one in known}
    )
    return {
        "kegiatan": Look("Kegiatan", "long"),
        "pelaksana": Look("Pelaksana", "select", options=(*gone, *known)),
        "aksi": Look("Yang dilakukan di aplikasi", "select", options=ACTIONS),
        "kelengkapan": Look("Kelengkapan", "lines", "Satu per baris."),
        "output": Look("Output", "lines", "Satu per baris."),
        "waktu": Look("Waktu", "text", "Misalnya 5 hari kerja."),
    }


def _targets(sheet: _Sheet, first: Option) -> tuple[Option, ...]:
    rows = sheet.document["langkah"]
    steps = (
        Option(str(number), f"Langkah {number}: {_short(row.get('kegiatan', ''))}")
        for number, row in enumerate(rows, start=1)
    )
    return (first, *steps, Option(FINISH, "Selesai"))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 48 else f"{plain[:47].rstrip()}…"


def _onward(sheet: _Sheet, number: int) -> tuple[Control, ...]:
    last = number == len(sheet.document["langkah"])
    below = "Selesai (langkah terakhir)" if last else f"Langkah {number + 1}, di bawahnya"
    options = _targets(sheet, Option("", below))
    look = Look("Sesudah ini", "select", "Ke mana berkas berjalan.", options=options)
    return (sheet.control(f"langkah-{number}-lanjut", look),)


def _outcomes(
    sheet: _Sheet, number: int, row: Mapping[str, Any]
) -> tuple[tuple[Control, ...], ...]:
    looks = {
        "nama": Look("Hasil", "text"),
        "ke": Look(*("Menuju", "select"), options=_targets(sheet, Option("", "(pilih langkah)"))),
        "alasan": Look("Wajib dengan alasan tertulis", "check"),
    }
    return tuple(
        tuple(
            sheet.control(f"langkah-{number}-hasil-{outcome}-{key}", look)
            for key, look in looks.items()
        )
        for outcome in range(1, len(outcomes_of(row)) + 2)
    )


def _more(sheet: _Sheet, number: int) -> dict[str, Look]:
    rows = sheet.document["langkah"]
    others = tuple(Option(one["kode"], one["nama"]) for one in sheet.document["pelaksana"])
    later = tuple(Option(str(n), f"Sampai langkah {n}") for n in range(number + 1, len(rows) + 1))
    numbers = "Nomor langkah, dipisah koma."
    return {
        "konfirmasi": Look("Ikut menyetujui", "checks", options=others),
        "waktu_sampai": Look(
            "Waktu berlaku", "select", options=(Option("", "Untuk langkah ini saja"), *later)
        ),
        "keterangan": Look("Keterangan", "long"),
        "dasar": Look("Dasar hukum langkah", "text", "Misalnya PP 61/2010 ps. 3 (1)."),
        "baris": Look("Nomor yang dicetak", "text", "Misalnya 3a; kosong berarti nomor langkah."),
        "tunggu": Look("Menunggu selesainya langkah", "text", numbers),
        "bukan_pelaku": Look("Orangnya bukan pelaku langkah", "text", numbers),
        **_together(rows[number - 1]),
        "untuk_setiap": Look("Diulang untuk setiap perangkat daerah", "check"),
        "pemicu": Look("Dapat dimulai oleh berakhirnya jangka waktu pengecualian", "check"),
        "simpulan": Look("Tebakan yang perlu diperiksa", "long"),
    }


def _together(row: Mapping[str, Any]) -> dict[str, Look]:
    """Return where steps are named that begin at the same time: for the row or each outcome."""
    hint = "Nomor langkah, dipisah koma; semuanya dimulai bersamaan."
    if DECISION not in row:
        return {"lanjut_juga": Look("Sesudah ini sekaligus juga ke", "text", hint)}
    return {
        f"hasil-{outcome}-juga": Look(f"{name}: sekaligus juga ke", "text", hint)
        for outcome, (name, *_) in enumerate(outcomes_of(row), start=1)
    }
