"""The consequence-test sheet as a paper (lembar pengujian konsekuensi, Perki 1/2021 ps. 49)."""

from datetime import date
from typing import Any

from ppid.law import term
from ppid.law.consequence_sheet import ConsequenceTest as Sheet
from ppid.law.consequence_sheet import MemoHarm, Moment, Part, from_dict
from ppid.law.consequence_test import is_complete
from ppid.law.grounds import Ground, ground, never_exempt
from ppid.office.actions.editions import shown_of
from ppid.office.models import ConsequenceTest, DeterminationLine, Item
from ppid.office.paper_signers import Signed
from ppid.office.queries.papers.citations import ground_and_statutes, in_full
from ppid.office.queries.papers.letterheads import COPY, INTERNAL, LEFT_OUT, signers_of
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, weekday

BLANK_LINES = 4
MOMENTS = {
    Moment.BEFORE_REQUEST: "sebelum ada permintaan informasi",
    Moment.ON_REQUEST: "atas permintaan informasi",
    Moment.ORDERED: "atas perintah Majelis Komisioner Komisi Informasi",
    None: "",
}
HARMS = {
    MemoHarm.FRANKNESS: "mengurangi kebebasan dan kejujuran dalam mengajukan usul",
    MemoHarm.PREMATURE: "menghambat keberhasilan kebijakan karena diungkap terlalu awal",
    MemoHarm.NEGOTIATION: "mengganggu keberhasilan perundingan",
}
ANSWERS = {True: "Ada", False: "Tidak ada", None: ""}
OFFICE = {True: "Ya", False: "Tidak", None: ""}


def sheet_of_test(test: ConsequenceTest, *, on: date, public: bool = False) -> Paper:
    """Return the sheet as a paper. on: today, for what it still lacks.

    public: a copy with nothing but what the officer has marked as fit for the public.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0020).
    """
    sheet = from_dict(test.sheet)
    if public:
        sheet = _for_the_public(sheet, test)
    tested = sheet.tested_on or on
    basis = ground(sheet.ground, on=tested) if sheet.ground else None
    complete = _is_complete(test, on=on)
    return Paper(
        template="lembar_uji",
        title=f"Lembar pengujian konsekuensi: {_title(test.item, public=public)}",
        mark=COPY if public else INTERNAL,
        foot=f"Informasi nomor {test.item.public_id}, lembar versi {test.version}",
        content={
            "number": "",
            "draft": not complete,
            "day": day_in_words(sheet.tested_on) if sheet.tested_on else "",
            "weekday": weekday(sheet.tested_on) if sheet.tested_on else "",
            "place": sheet.place,
            "moment": MOMENTS[sheet.moment],
            "information": sheet.information,
            "basis": ground_and_statutes(basis, sheet.statutes),
            "opened": sheet.consequence_if_open,
            "closed": sheet.consequence_if_closed,
            "term": term.describe(sheet.term) if sheet.term else "",
            "lines": _lines(sheet, basis, on=tested),
            "conclusion": _conclusion(sheet, basis, complete=complete),
            "people": _people(sheet),
            "signers": signers_of(test.item.body, Signed.SHEET, on=tested),
        },
    )


def _is_complete(test: ConsequenceTest, *, on: date) -> bool:
    """Return whether the sheet was whole when a letter rested on it, or is whole today."""
    line = DeterminationLine.objects.filter(test=test).exists()
    return line or is_complete(from_dict(test.sheet), on=on)


def _title(item: Item, *, public: bool) -> str:
    return item.public_title if public else item.title


def _for_the_public(sheet: Sheet, test: ConsequenceTest) -> Sheet:
    shown = {name: text or LEFT_OUT for name, text in shown_of(test).items()}
    return Sheet(
        information=test.item.public_title,
        ground=sheet.ground,
        statutes=sheet.statutes,
        consequence_if_open=shown["consequence_if_open"],
        consequence_if_closed=shown["consequence_if_closed"],
        public_interest=shown["reason"],
        document=LEFT_OUT,
        part=sheet.part,
        parts=LEFT_OUT,
        term=sheet.term,
        moment=sheet.moment,
        place=sheet.place,
        tested_on=sheet.tested_on,
        participants=sheet.participants,
        never_exempt_checked=sheet.never_exempt_checked,
        consent=sheet.consent,
        public_office=sheet.public_office,
    )


def _lines(sheet: Sheet, basis: Ground | None, *, on: date) -> list[tuple[str, str]]:
    lines = [
        ("Dokumen yang memuatnya", sheet.document),
        ("Jenis klasifikasi", f"{basis.label}: {basis.summary}" if basis else ""),
        ("Kepentingan publik", sheet.public_interest),
        ("Bagian yang ditutup", _scope(sheet)),
        ("Pasal 18 ayat (1): tidak termasuk yang dikecualikan", _never(sheet, on=on)),
    ]
    if basis and basis.letter in "gh":
        lines.append(("Persetujuan tertulis yang bersangkutan", ANSWERS[sheet.consent]))
        lines.append(("Berkaitan dengan jabatan publik", OFFICE[sheet.public_office]))
    if basis and basis.letter == "i":
        harms = [f"Pembukaan akan {HARMS[one]}." for one in sheet.memo_harms]
        lines.append(("Akibat bagi memorandum atau surat", "\n".join(harms)))
    return lines


def _scope(sheet: Sheet) -> str:
    if sheet.part is None:
        return ""
    if sheet.part is Part.PART:
        return f"Sebagian: {sheet.parts}" if sheet.parts else "Sebagian"
    return f"Seluruhnya: {sheet.reason_whole}" if sheet.reason_whole else "Seluruhnya"


def _never(sheet: Sheet, *, on: date) -> str:
    """Return the answers to Pasal 18 (1), or nothing while one is still missing."""
    kinds = never_exempt(on=on)
    answers = sheet.never_exempt_checked
    if any(kind.code not in answers for kind in kinds):
        return ""
    found = [f"Termasuk huruf {kind.code}: {kind.text}" for kind in kinds if answers[kind.code]]
    none = f"Bukan salah satu dari huruf {kinds[0].code} sampai dengan {kinds[-1].code}."
    return "\n".join(found) or none


def _conclusion(sheet: Sheet, basis: Ground | None, *, complete: bool) -> str:
    if not complete or basis is None or sheet.term is None:
        return "Pengujian ini belum selesai; informasi ini belum dapat dinyatakan dikecualikan."
    scope = "sebagian" if sheet.part is Part.PART else "seluruhnya"
    return (
        f"Setelah diuji dengan saksama dan penuh ketelitian, informasi ini diusulkan dikecualikan "
        f"{scope} berdasarkan {in_full(basis.citation)}, {term.describe(sheet.term)}."
    )


def _people(sheet: Sheet) -> list[dict[str, Any]]:
    people = [{"name": one.name, "position": one.position} for one in sheet.participants]
    blank = [{"name": "", "position": ""}] * max(0, BLANK_LINES - len(people))
    return people if people else blank
