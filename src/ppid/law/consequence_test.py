"""The consequence test (uji konsekuensi): what makes a sheet complete, and what makes it weak.

Decides what is missing or wrong in a sheet, each with its article, and what a Komisi Informasi
would doubt. The sheet itself is consequence_sheet's and offered here too; whether it was made in
time and by the right people is determination's.
"""

from dataclasses import replace
from datetime import date

from ppid.errors import BadInput, Finding
from ppid.law import term as terms
from ppid.law.consequence_bars import bars
from ppid.law.consequence_sheet import (
    ConsequenceTest,
    MemoHarm,
    Moment,
    Part,
    Participant,
    as_dict,
    from_dict,
)
from ppid.law.consequence_weakness import weaknesses
from ppid.law.grounds import Ground, ground
from ppid.law.reference import Citation, is_act, parse

__all__ = [
    "ConsequenceTest",
    "MemoHarm",
    "Moment",
    "Part",
    "Participant",
    "as_dict",
    "from_dict",
    "is_complete",
    "missing",
    "weaknesses",
]

_STATUTES = "Perki 1/2021 ps. 49 (2) huruf c"
_OPENNESS_ACT = ("UU", "14", 2008)

# What every sheet needs, in the order of the form; `place` is the field (docs/decisions/0020).
_NEEDED = (
    Finding(
        "document_missing",
        "Dokumen yang memuat informasi ini belum disebut.",
        "document",
        "Tulis nama, nomor, dan tanggal dokumennya.",
        "Perki 1/2021 ps. 49 (2) huruf a",
    ),
    Finding(
        "information_missing",
        "Informasi yang dikecualikan belum diuraikan dengan jelas dan terang.",
        "information",
        "Uraikan informasi mana yang ditutup, bukan hanya judul dokumennya.",
        "Perki 1/2021 ps. 49 (2) huruf b",
    ),
    Finding(
        "ground_missing",
        "Dasar pengecualian belum dipilih.",
        "ground",
        "Pilih huruf dan angka Pasal 17.",
        "UU 14/2008 ps. 17",
    ),
    Finding(
        "statutes_missing",
        "Undang-undang yang dijadikan dasar belum disebut.",
        "statutes",
        "Sebutkan pasal demi pasal, misalnya UU 14/2008 ps. 17 huruf h angka 3.",
        _STATUTES,
    ),
    Finding(
        "consequence_if_open_missing",
        "Konsekuensi bila informasi dibuka belum ditulis.",
        "consequence_if_open",
        "Tulis kerugian nyata yang timbul, bagi siapa, dan mengapa.",
        "UU 14/2008 ps. 19",
    ),
    Finding(
        "consequence_if_closed_missing",
        "Konsekuensi bila informasi ditutup belum ditulis.",
        "consequence_if_closed",
        "Tulis kepentingan yang terlindungi, dan apa yang hilang bagi publik.",
        "UU 14/2008 ps. 2 (4)",
    ),
    Finding(
        "public_interest_missing",
        "Pertimbangan kepentingan publik belum ditulis.",
        "public_interest",
        "Jelaskan mengapa menutup melindungi kepentingan yang lebih besar daripada membukanya.",
        "UU 14/2008 ps. 2 (4)",
    ),
    Finding(
        "part_missing",
        "Belum dipilih apakah yang ditutup seluruh dokumen atau sebagian.",
        "part",
        "Pilih sebagian bila masih ada bagian yang dapat diberikan.",
        "UU 14/2008 ps. 22 (7) huruf e",
    ),
    Finding(
        "term_missing",
        "Jangka waktu pengecualian belum diisi.",
        "term",
        "Isi tanggal berakhir, lama waktu, atau peristiwa dengan tanggal tinjau ulang.",
        "PP 61/2010 ps. 4 (2) huruf d",
    ),
    Finding(
        "moment_missing",
        "Saat pengujian belum dipilih.",
        "moment",
        "Pilih: sebelum ada permintaan, atas permintaan, atau atas perintah Majelis Komisioner.",
        "Perki 1/2021 ps. 49 (1)",
    ),
    Finding(
        "place_missing",
        "Tempat pengujian belum diisi.",
        "place",
        "Tulis tempat pengujian dilakukan.",
        "UU 14/2008 ps. 19",
    ),
    Finding(
        "tested_on_missing",
        "Tanggal pengujian belum diisi.",
        "tested_on",
        "Isi tanggal pengujian; penetapan tidak boleh mendahuluinya.",
        "PP 61/2010 ps. 3 (1)",
    ),
    Finding(
        "participants_missing",
        "Peserta pengujian belum ditulis.",
        "participants",
        "Tulis nama dan jabatan setiap peserta.",
        "UU 14/2008 ps. 19",
    ),
)
_ACT_MISSING = Finding(
    "act_missing",
    "Huruf j hanya dapat berdasar Undang-Undang yang melarang informasi ini dibuka, "
    "selain UU 14/2008 sendiri.",
    "statutes",
    "Sebutkan Undang-Undang itu dengan pasalnya; PP, Permen, dan Perda tidak cukup.",
    "UU 14/2008 ps. 17 huruf j",
)
_PARTS_MISSING = Finding(
    "parts_missing",
    "Bagian mana yang ditutup belum disebut.",
    "parts",
    "Sebutkan halaman, paragraf, atau kolomnya.",
    "UU 14/2008 ps. 22 (7) huruf e",
)
_WHOLE_CLOSED_FOR_PART = Finding(
    "whole_closed_for_part",
    "Seluruh dokumen ditutup padahal yang dikecualikan hanya sebagian.",
    "part",
    "Pilih sebagian, dan hitamkan hanya bagian itu.",
    "UU 14/2008 ps. 22 (7) huruf e",
)
_REASON_WHOLE_MISSING = Finding(
    "reason_whole_missing",
    "Belum dijelaskan mengapa tidak ada bagian dokumen yang dapat diberikan.",
    "reason_whole",
    "Jelaskan, atau pilih sebagian dan sebutkan bagiannya.",
    "UU 14/2008 ps. 22 (7) huruf e",
)


def is_complete(sheet: ConsequenceTest, *, on: date) -> bool:
    """Return whether nothing in the sheet stands in the way of a determination on a day.

    Source: UU 14/2008 ps. 19.
    """
    return not missing(sheet, on=on)


def missing(
    sheet: ConsequenceTest, *, on: date, first_exempt_on: date | None = None
) -> tuple[Finding, ...]:
    """Return everything that is missing or wrong in a sheet, each with the field as its place.

    on: the day of the determination, or today for a draft. first_exempt_on: when huruf a first
    closed it. Who fixes the term is not asked here.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0020).
    """
    found = _ground_of(sheet, on=on)
    return (
        *(each for each in _NEEDED if _is_blank(getattr(sheet, each.place))),
        *_ground_findings(sheet, found, on=on),
        *_statute_findings(sheet, found),
        *_part_findings(sheet),
        *_term_findings(sheet, found, on=on, first=first_exempt_on),
        *_day_findings(sheet, on=on),
        *_participant_findings(sheet),
        *bars(sheet, found, on=on),
        *_memo_findings(sheet, found),
    )


def _is_blank(value: object) -> bool:
    return not value.strip() if isinstance(value, str) else value is None or value == ()


def _ground_of(sheet: ConsequenceTest, *, on: date) -> Ground | None:
    try:
        return ground(sheet.ground, on=on)
    except BadInput:
        return None


def _ground_findings(
    sheet: ConsequenceTest, found: Ground | None, *, on: date
) -> tuple[Finding, ...]:
    if found is None:
        return () if _is_blank(sheet.ground) else (_ground_unknown(sheet.ground),)
    if found.has_points and found.number is None:
        return (_point_missing(found),)
    return ()


def _statute_findings(sheet: ConsequenceTest, found: Ground | None) -> tuple[Finding, ...]:
    cited: list[Citation] = []
    problems: list[Finding] = []
    for text in sheet.statutes:
        try:
            cited.append(parse(text))
        except BadInput as error:
            problems.extend(
                replace(each, place="statutes", source=_STATUTES) for each in error.findings
            )
    problems.extend(_article_missing(each) for each in cited if not each.article)
    if found and found.letter == "j" and not any(_is_other_act(each) for each in cited):
        problems.append(_ACT_MISSING)
    return tuple(problems)


def _is_other_act(cited: Citation) -> bool:
    # Pasal 17 huruf j points to another Act; citing itself would close anything (decisions/0019).
    return is_act(cited) and (cited.kind, cited.number, cited.year) != _OPENNESS_ACT


def _part_findings(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    if sheet.part is Part.PART:
        return (_PARTS_MISSING,) if _is_blank(sheet.parts) else ()
    if sheet.part is None:
        return ()
    closed_for_part = () if _is_blank(sheet.parts) else (_WHOLE_CLOSED_FOR_PART,)
    reason = (_REASON_WHOLE_MISSING,) if _is_blank(sheet.reason_whole) else ()
    return (*closed_for_part, *reason)


def _term_findings(
    sheet: ConsequenceTest, found: Ground | None, *, on: date, first: date | None
) -> tuple[Finding, ...]:
    if sheet.term is None or found is None:
        return ()
    return terms.obstacles(
        sheet.term, found, determined_on=on, set_by_head=True, first_exempt_on=first
    )


def _day_findings(sheet: ConsequenceTest, *, on: date) -> tuple[Finding, ...]:
    if sheet.tested_on is None or sheet.tested_on <= on:
        return ()
    return (
        Finding(
            "tested_in_future",
            f"Tanggal pengujian {terms.in_words(sheet.tested_on)} belum tiba.",
            "tested_on",
            "Isi tanggal pengujian yang sebenarnya.",
            "PP 61/2010 ps. 3 (1)",
        ),
    )


def _participant_findings(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "participant_incomplete",
            f"Peserta ke-{number} belum lengkap: isi nama dan jabatannya.",
            "participants",
            "Lengkapi nama dan jabatan setiap peserta.",
            "UU 14/2008 ps. 19",
        )
        for number, each in enumerate(sheet.participants, start=1)
        if _is_blank(each.name) or _is_blank(each.position)
    )


def _memo_findings(sheet: ConsequenceTest, found: Ground | None) -> tuple[Finding, ...]:
    if found is None or found.letter != "i" or sheet.memo_harms:
        return ()
    return (
        Finding(
            "memo_harms_missing",
            "Untuk huruf i belum disebut apa yang dirugikan bila memorandum dibuka.",
            "memo_harms",
            "Pilih sedikitnya satu dari tiga kerugian dalam penjelasan Pasal 17 huruf i.",
            "UU 14/2008 ps. 17 huruf i",
        ),
    )


def _ground_unknown(code: str) -> Finding:
    return Finding(
        "ground_unknown",
        f"Dasar pengecualian “{code}” tidak ada dalam Pasal 17.",
        "ground",
        "Pilih huruf a sampai j, dengan angkanya bila ada.",
        "UU 14/2008 ps. 17",
    )


def _point_missing(found: Ground) -> Finding:
    return Finding(
        "ground_point_missing",
        f"Huruf {found.letter} dirinci dalam angka, dan angkanya belum dipilih.",
        "ground",
        f"Pilih angkanya, misalnya huruf {found.letter} angka 1.",
        found.source,
    )


def _article_missing(cited: Citation) -> Finding:
    return Finding(
        "statute_article_missing",
        f"Pasal yang dijadikan dasar dalam {cited} belum disebut.",
        "statutes",
        "Sebutkan pasalnya, dengan ayat dan hurufnya bila ada.",
        _STATUTES,
    )
