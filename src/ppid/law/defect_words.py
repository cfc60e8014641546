"""What the words and addresses of an old row show: exposure, Pasal 18, weak reasons, a whole file.

Looks at words only, so most of what it finds is for a person to look at. An address is judged by
its form: nothing is fetched.
"""

import re
from collections.abc import Iterator

from ppid.law.consequence_sheet import ConsequenceTest
from ppid.law.consequence_weakness import weaknesses
from ppid.law.defect import Defect, DefectKind, LegacyEntry, doubt, sure
from ppid.law.term_kinds import in_words
from ppid.law.term_text import is_blank
from ppid.law.written_date import first_day

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s/\"'<>]{1,200}[^\s\"'<>]{0,400}"
    r"|\b(?:drive|docs)\.google\.com[^\s\"'<>]{0,400}|\b(?:bit\.ly|s\.id|1drv\.ms)/[^\s\"'<>]{1,80}",
    re.IGNORECASE | re.ASCII,
)
# Where files are shared, and what a file's own address ends with.
_FILE = re.compile(
    r"(?:drive|docs)\.google\.|dropbox\.|1drv\.ms|onedrive|sharepoint|mediafire|bit\.ly/|\bs\.id/"
    r"|scribd\.|/download|/unduh|\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)(?:$|[?#])",
    re.IGNORECASE | re.ASCII,
)
_HOST = re.compile(r"(?:https?://)?([^/?#\s]+)", re.IGNORECASE)
_DOCUMENT = ("document_link", "document")
_OTHER = ("title", "summary", "remark")

_ENFORCER = (
    r"(?:kejaksaan|kejari|kejati|kepolisian|polri|polres|polda|kpk|komisi\s+pemberantasan\s+korupsi"
    r"|(?:lembaga|aparat)\s+penegak\s+hukum|kapolri|jaksa\s+agung)"
)
_NEVER = {
    "a": r"putusan\s+(?:pengadilan|mahkamah|hakim|badan\s+peradilan|ptun|kasasi|banding)",
    "b": r"(?:surat\s+edaran|ketetapan|keputusan|peraturan|kebijakan)\s+(?:\w+\s+){0,3}?"
    + _ENFORCER,
    "c": r"\bsp-?3\b|perintah\s+penghentian\s+(?:penyidikan|penuntutan)|penghentian\s+penuntutan",
    "d": r"rencana\s+(?:\w+\s+){0,3}?(?:pengeluaran|anggaran)\s+(?:\w+\s+){0,4}?" + _ENFORCER,
    "e": r"laporan\s+keuangan\s+(?:\w+\s+){0,4}?" + _ENFORCER,
    "f": r"pengembalian\s+(?:uang|aset|kerugian)\s+(?:\w+\s+){0,4}?korupsi",
    "g": r"putusan\s+(?:sidang\s+)?(?:ajudikasi|komisi\s+informasi|majelis\s+komisioner)",
}
_WHOLE_PART = re.compile(r"^\s*(?:seluruh|semua|keseluruhan|utuh)", re.IGNORECASE)
_WHOLE_FILE = re.compile(
    r"\b(?:seluruh|semua|keseluruhan)\s+(?:isi\s+)?(?:dokumen|berkas|arsip|data|file|laporan)\b",
    re.IGNORECASE,
)
_WEAK = ("text_stock_phrase", "text_thin", "consequences_same")


def exposure_defects(entry: LegacyEntry) -> tuple[Defect, ...]:
    """Return which addresses of a row may lead to the exempt document itself.

    The list is published, the documents are not. The message names the host, never the address.
    Source: UU 14/2008 ps. 54.
    """
    for place in (*_DOCUMENT, *_OTHER):
        for match in _ADDRESS.finditer(getattr(entry, place)):
            is_file = place in _DOCUMENT and _FILE.search(match[0]) is not None
            return (_exposed(match[0], place, is_file=is_file),)
    return ()


def without_addresses(text: str) -> str:
    """Return a text without the addresses in it.

    Source: UU 14/2008 ps. 54.
    """
    return " ".join(_ADDRESS.sub("", text).split())


def is_whole(part: str) -> bool:
    """Return whether the words for what is closed say that all of it is.

    Source: UU 14/2008 ps. 22 (7) huruf e.
    """
    return _WHOLE_PART.search(part) is not None


def never_exempt_defects(entry: LegacyEntry) -> tuple[Defect, ...]:
    """Return what in a row sounds like information that is never exempt; words prove nothing.

    Source: UU 14/2008 ps. 18 (1).
    """
    said = " ".join(f"{entry.title} {entry.summary} {entry.document}".lower().split())
    return tuple(
        doubt(
            "never_exempt_possible",
            f"“{match[0]}”: mungkin termasuk yang tidak boleh dikecualikan.",
            kind=DefectKind.NEVER_EXEMPT,
            place="title",
            hint="Bandingkan dengan Pasal 18 ayat (1); bila termasuk, buka informasinya.",
            source=f"UU 14/2008 ps. 18 (1) huruf {letter}",
        )
        for letter, pattern in _NEVER.items()
        if (match := re.search(pattern, said))
    )


def consequence_defects(entry: LegacyEntry) -> tuple[Defect, ...]:
    """Return where a row shows no consequence test, or one in stock phrases.

    Source: UU 14/2008 ps. 19.
    """
    opened, closed = (
        "" if is_blank(text) else text
        for text in (entry.consequence_if_open, entry.consequence_if_closed)
    )
    sheet = ConsequenceTest(consequence_if_open=opened, consequence_if_closed=closed)
    return (*_missing(opened, closed), *_weak(sheet))


def whole_defects(entry: LegacyEntry) -> tuple[Defect, ...]:
    """Return whether the words close a whole file; that a part would do is for a person to see.

    Source: UU 14/2008 ps. 22 (7) huruf e.
    """
    for place in ("part", "title", "summary", "remark"):
        pattern = _WHOLE_PART if place == "part" else _WHOLE_FILE
        if match := pattern.search(getattr(entry, place)):
            return (_whole(match[0].strip(), place),)
    return ()


def decree_defects(entry: LegacyEntry) -> tuple[Defect, ...]:
    """Return whether the determination is not named, or is older than the consequence test.

    Source: PP 61/2010 ps. 3 (1).
    """
    if is_blank(entry.decree):
        return (
            doubt(
                "decree_missing",
                "Surat penetapan klasifikasinya tidak disebut.",
                kind=DefectKind.DECREE,
                place="decree",
                hint="Tulis nomor dan tanggalnya; bila tidak ada, informasi ini belum ditetapkan.",
            ),
        )
    decreed, tested = first_day(entry.decree), first_day(entry.test)
    if decreed is None or tested is None or tested <= decreed:
        return ()
    return (
        sure(
            "determined_before_test",
            f"Ditetapkan pada {in_words(decreed)}, sebelum diuji pada {in_words(tested)}.",
            kind=DefectKind.TEST,
            place="decree",
            hint="Uji kembali, lalu tetapkan sesudahnya.",
            source="PP 61/2010 ps. 3 (1)",
        ),
    )


def _exposed(address: str, place: str, *, is_file: bool) -> Defect:
    host = (_HOST.match(address) or [address, address])[1]
    if is_file:
        return doubt(
            "document_linked",
            f"Baris ini menaut ke berkas di {host}. Bila itu dokumennya, isinya sudah terbuka.",
            kind=DefectKind.EXPOSED,
            place=place,
            hint="Periksa hari ini. Bila itu dokumen yang dikecualikan: cabut tautannya, batasi "
            "aksesnya, dan cari tahu siapa yang sudah membukanya.",
        )
    return doubt(
        "address_in_row",
        f"Baris ini memuat alamat di {host}.",
        kind=DefectKind.EXPOSED,
        place=place,
        hint="Pastikan alamat itu tidak membuka dokumen yang dikecualikan.",
    )


def _whole(words: str, place: str) -> Defect:
    return doubt(
        "whole_closed",
        f"“{words}”: yang ditutup tampaknya seluruh berkas.",
        kind=DefectKind.WHOLE,
        place=place,
        hint="Sebut halaman, alinea, atau kolom yang ditutup; selebihnya diberikan. "
        "Bila memang tidak ada bagian yang dapat diberikan, tulis alasannya.",
    )


def _missing(opened: str, closed: str) -> Iterator[Defect]:
    hint = "Uji: apa akibat nyatanya bila dibuka, apa yang terlindungi bila ditutup."
    if not opened and not closed:
        message = "Tidak ada satu pun konsekuensi yang ditulis."
        place = "consequence_if_open"
        yield sure("consequence_missing", message, kind=DefectKind.TEST, place=place, hint=hint)
    elif not opened or not closed:
        lacking = "closed" if opened else "open"
        words = "ditutup" if opened else "dibuka"
        yield doubt(
            f"consequence_if_{lacking}_missing",
            f"Konsekuensi bila {words} tidak ditulis.",
            kind=DefectKind.TEST,
            place=f"consequence_if_{lacking}",
            hint=hint,
            source="UU 14/2008 ps. 2 (4)",
        )


def _weak(sheet: ConsequenceTest) -> Iterator[Defect]:
    found = [one for one in weaknesses(sheet) if one.code in _WEAK]
    stock = {one.place for one in found if one.code == "text_stock_phrase"}
    for finding in found:
        if finding.code == "text_thin" and finding.place in stock:
            continue
        make = doubt if finding.code == "text_thin" else sure
        yield make(
            finding.code,
            finding.message,
            kind=DefectKind.WEAK,
            place=finding.place,
            hint=finding.hint,
            source=finding.source,
        )
