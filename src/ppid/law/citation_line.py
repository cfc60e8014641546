"""Remarks on the citations of one line: number, year, title, status on a day, region, ground.

A mistake that cannot be sure is a note. What a whole list lacks is legal_basis.py's.
"""

import re
from datetime import date

from ppid.law.citation_title import judge
from ppid.law.ground_words import quoted_grounds
from ppid.law.reference import Citation, Mention, find_mentions
from ppid.law.regulation import Entry, Status, table
from ppid.law.regulation_kind import REGIONAL_KINDS
from ppid.law.remark import Remark, note, warning
from ppid.law.term_kinds import in_words

_LONGEST_LINE = 2000
_REGION = re.compile(
    r"\b(?:provinsi|propinsi|prov\.|kabupaten|kab\.|kota|daerah\s{1,9}(?:khusus|istimewa))\s{1,9}"
    r"(?!(?:nomor|no|tahun|tentang|dan|atau|di|ini)\b)[a-z]{3,30}",
    re.IGNORECASE | re.ASCII,
)
_AMENDED = re.compile(r"\bdiubah\b|\bperubahan(?:nya)?\b", re.IGNORECASE | re.ASCII)


def lint(text: str, *, place: str = "", on: date | None) -> tuple[Remark, ...]:
    """Return the remarks on the citations in a line, in the order in which they stand.

    on: the day that the text is of (the SOP's own date); None judges by the last known state.
    Source: UU 12/2011 ps. 64 (2).
    """
    return tuple(remark for _, remarks in read_line(text, place=place, on=on) for remark in remarks)


def read_line(
    text: str, *, place: str, on: date | None
) -> tuple[tuple[Citation, tuple[Remark, ...]], ...]:
    """Return what each citation of a line means, with its remarks; titles' own citations left out.

    The remarks on a citation within a title stand with the regulation that has the title.
    """
    mentions = find_mentions(text)
    cited = frozenset(mention.citation.whole for mention in mentions)
    found: list[tuple[Citation, tuple[Remark, ...]]] = []
    seen: set[tuple[str, str]] = set()
    for number, mention in enumerate(mentions):
        others = mentions[number + 1 : number + 6]
        verdict = judge(text, mention, others=others, cited=cited, place=place)
        remarks = list(verdict.remarks)
        if not mention.in_title:
            if verdict.meant == mention.citation.whole:
                remarks += _status_remarks(text, mention, cited=cited, place=place, on=on)
            end = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
            remarks += quoted_grounds(text, mention, end=end, place=place)
        new = [r for r in remarks if (r.code, r.finding.source) not in seen]
        seen.update((remark.code, remark.finding.source) for remark in new)
        if mention.in_title and found:
            found[-1] = (found[-1][0], (*found[-1][1], *new))
        else:
            found.append((verdict.meant, tuple(new)))
    return tuple(found)


def _status_remarks(
    text: str, mention: Mention, *, cited: frozenset[Citation], place: str, on: date | None
) -> list[Remark]:
    citation = mention.citation.whole
    entry = table().get(citation)
    if entry is None:
        return _region_remarks(text, citation, place=place)
    remarks = []
    if on is not None and on < entry.in_force.earliest:
        since = entry.in_force.in_words()
        remarks.append(
            note(
                "regulation_not_yet_in_force",
                f"{citation} baru berlaku sejak {since}, sesudah {in_words(on)}.",
                place=place,
                hint="Periksa tanggal naskah ini dan tahun peraturan itu.",
                source=str(citation),
            )
        )
    return [
        *remarks,
        *_end_remarks(entry, place=place, on=on),
        *_amendment_remarks(text, entry, cited=cited, place=place, on=on),
    ]


def _end_remarks(entry: Entry, *, place: str, on: date | None) -> list[Remark]:
    end = entry.end
    if end is None:
        return []
    citation, by, since = str(entry.citation), str(end.by), end.since.in_words()
    verb = "diganti" if end.status is Status.REPLACED else "dicabut"
    if not end.confidence.is_sure:
        message = f"{citation} mungkin sudah {verb} oleh {by} ({since}); belum dapat dipastikan."
        hint = f"Periksa pada JDIH; untuk naskah baru rujuk {by}."
        code = "regulation_status_uncertain"
        return [note(code, message, place=place, hint=hint, source=by)]
    message = f"{citation} {verb} oleh {by} sejak {since}."
    if end.certain_on(on):
        hint = f"Rujuk {by}."
        return [warning("regulation_replaced", message, place=place, hint=hint, source=by)]
    hint = f"Naskah ini dari masa sebelum atau sekitar pergantian itu; saat direvisi rujuk {by}."
    return [note("regulation_replaced_later", message, place=place, hint=hint, source=by)]


def _amendment_remarks(
    text: str, entry: Entry, *, cited: frozenset[Citation], place: str, on: date | None
) -> list[Remark]:
    sure, reported = entry.amendments(on=on), entry.amendments(on=on, sure=False)
    by = sure or reported
    if not by or cited & {*sure, *reported} or _AMENDED.search(text[:_LONGEST_LINE]):
        return []
    names = ", ".join(str(citation) for citation in by)
    perhaps = "" if sure else "mungkin "
    return [
        note(
            "regulation_amended",
            f"{entry.citation} {perhaps}sudah diubah ({names}), tetapi perubahannya tidak disebut.",
            place=place,
            hint="Tambahkan “sebagaimana telah diubah” beserta perubahan terakhirnya menurut JDIH.",
            source=str(by[-1]),
        )
    ]


def _region_remarks(text: str, citation: Citation, *, place: str) -> list[Remark]:
    if citation.kind not in REGIONAL_KINDS or citation.region:
        return []
    if _REGION.search(text[:_LONGEST_LINE]):
        return []
    return [
        note(
            "region_missing",
            f"{citation} ditulis tanpa nama daerahnya; daerah lain dapat memakai nomor yang sama.",
            place=place,
            hint="Tulis nama daerahnya sebelum nomor peraturan itu.",
        )
    ]
