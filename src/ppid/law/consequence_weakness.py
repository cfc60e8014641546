"""What makes a complete consequence-test sheet weak before a Komisi Informasi.

Finds stock phrases, thin texts and long terms: warnings that a colleague would give. None of it
stops a determination (docs/decisions/0020).
"""

from ppid.errors import BadInput, Finding
from ppid.law import term as terms
from ppid.law.consequence_sheet import ConsequenceTest
from ppid.law.reference import is_act, parse

MIN_WORDS = 8
LONG_YEARS = 30
_STOCK = (
    "melanggar ketentuan",
    "sesuai ketentuan",
    "sesuai dengan ketentuan",
    "peraturan perundang-undangan yang berlaku",
    "dapat disalahgunakan",
    "bersifat rahasia",
)
_TEXTS = {
    "information": "Uraian informasi",
    "consequence_if_open": "Konsekuensi bila dibuka",
    "consequence_if_closed": "Konsekuensi bila ditutup",
    "public_interest": "Pertimbangan kepentingan publik",
}
_STRICT = "UU 14/2008 ps. 2 (2)"
_CAREFUL = "UU 14/2008 ps. 19"


def weaknesses(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    """Return what is lawful but thin: warnings, never obstacles, each with its field.

    Source: UU 14/2008 ps. 2 (2) (reading: docs/decisions/0020).
    """
    return (
        *(_thin(field) for field in _TEXTS if 0 < _words(sheet, field) < MIN_WORDS),
        *(_stock(field) for field in _TEXTS if _is_stock(sheet, field)),
        *_same_consequences(sheet),
        *_below_act(sheet),
        *_long_term(sheet),
        *_alone(sheet),
    )


def _words(sheet: ConsequenceTest, field: str) -> int:
    return len(str(getattr(sheet, field)).split())


def _is_stock(sheet: ConsequenceTest, field: str) -> bool:
    text = " ".join(str(getattr(sheet, field)).lower().split())
    return any(phrase in text for phrase in _STOCK) and _words(sheet, field) < 2 * MIN_WORDS


def _same_consequences(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    opened = sheet.consequence_if_open.strip().lower()
    if not opened or opened != sheet.consequence_if_closed.strip().lower():
        return ()
    return (
        Finding(
            "consequences_same",
            "Konsekuensi bila dibuka dan bila ditutup ditulis sama.",
            "consequence_if_closed",
            "Tulis apa yang terlindungi bila informasi ditutup.",
            "UU 14/2008 ps. 2 (4)",
        ),
    )


def _below_act(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "statute_below_act",
            f"{text} bukan Undang-Undang.",
            "statutes",
            "Rujuk Undang-Undang yang menjadi dasarnya.",
            "Perki 1/2021 ps. 49 (2) huruf c",
        )
        for text in sheet.statutes
        if _is_below_act(text)
    )


def _is_below_act(text: str) -> bool:
    try:
        return not is_act(parse(text))
    except BadInput:
        return False


def _long_term(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    if sheet.term is None:
        return ()
    end = terms.ends_on(sheet.term)
    if end is None or end <= terms.add_months(sheet.term.starts_on, LONG_YEARS * 12):
        return ()
    return (
        Finding(
            "term_very_long",
            f"Jangka waktunya lebih dari {LONG_YEARS} tahun.",
            "term",
            "Pertimbangkan jangka waktu yang lebih pendek.",
            _STRICT,
        ),
    )


def _alone(sheet: ConsequenceTest) -> tuple[Finding, ...]:
    if len(sheet.participants) != 1:
        return ()
    return (
        Finding(
            "participant_alone",
            "Pengujian ini dilakukan oleh satu orang saja.",
            "participants",
            "Ajak unit pemilik informasi, bagian hukum, atau arsiparis.",
            _CAREFUL,
        ),
    )


def _thin(field: str) -> Finding:
    return Finding(
        "text_thin",
        f"{_TEXTS[field]} terlalu singkat untuk meyakinkan.",
        field,
        "Tulis secara khusus untuk informasi ini: apa akibatnya, bagi siapa, mengapa.",
        _CAREFUL,
    )


def _stock(field: str) -> Finding:
    return Finding(
        "text_stock_phrase",
        f"{_TEXTS[field]} berisi kalimat umum yang dapat dipakai untuk apa saja.",
        field,
        "Ganti dengan akibat nyata dari informasi ini.",
        _CAREFUL,
    )
