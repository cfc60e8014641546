"""Whether number, year and title of a cited regulation belong together.

Sure mistakes are warnings; where the table knows the regulation from memory only, or another
reading is possible, a note.
"""

from dataclasses import dataclass
from functools import lru_cache

from ppid.law.reference import Citation, Mention, parse
from ppid.law.regulation import Entry, table
from ppid.law.regulation_title import (
    Fit,
    Match,
    WrittenTitle,
    match,
    match_closely,
    split,
    title_words,
    written_title,
)
from ppid.law.remark import Remark, note, warning

_LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a mention means. meant: the regulation that number, year and title point at."""

    meant: Citation
    remarks: tuple[Remark, ...] = ()


def judge(
    text: str,
    mention: Mention,
    *,
    others: tuple[Mention, ...],
    cited: frozenset[Citation],
    place: str,
) -> Judgement:
    """Return what a mention means and what is wrong with its number, year and title.

    others: the mentions right after it, in order. cited: every regulation that the text names.
    """
    own_citation = mention.citation.whole
    entry = table().get(own_citation)
    written = written_title(text, mention, others=others)
    if not written.words:
        return _judge_by_name(text, own_citation, entry, cited=cited, place=place)
    return _judge_by_title(written, own_citation, entry, place=place)


def _judge_by_title(
    written: WrittenTitle, cited: Citation, entry: Entry | None, *, place: str
) -> Judgement:
    if entry is not None and _is_short_title(written, entry):
        return Judgement(cited)
    own = match(written, entry.title) if entry is not None else Match(Fit.NONE)
    other = _better(written, cited, own)
    if other is not None:
        return _judge_other(cited, entry, other, match(written, other.title), place=place)
    if entry is None:
        return Judgement(cited)
    return Judgement(cited, tuple(_title_remarks(entry, own, place=place)))


def _judge_by_name(
    text: str,
    own: Citation,
    entry: Entry | None,
    *,
    cited: frozenset[Citation],
    place: str,
) -> Judgement:
    """Judge a mention without title by a short title in the line: "UU 14/2018 (KIP)"."""
    alike = [] if entry is not None else _same_but_year(own)
    words = _line_words(text[:_LONGEST_LINE]) if alike else ""
    for meant in alike:
        names = (" ".join(title_words(name)) for name in (*meant.short_titles, meant.title))
        if meant.citation not in cited and any(f" {name} " in words for name in names):
            message = f"{meant.title} adalah {meant.citation}, bukan {own}."
            hint = f"Tulis {meant.citation}."
            remark = _graded(meant, "citation_wrong_year", message, place=place, hint=hint)
            return Judgement(meant.citation, (remark,))
    return Judgement(own)


@lru_cache(maxsize=8)
def _line_words(line: str) -> str:
    return f" {' '.join(split(line))} "


def _better(written: WrittenTitle, cited: Citation, own: Match) -> Entry | None:
    """Return the regulation that the title fits where the cited one does not, or None.

    Of several, the closest; of equals, one that has not ended, the first of the table.
    """
    if own.fit not in (Fit.NONE, Fit.EXACT):
        return None
    others = ((entry, match_closely(written, entry.title)) for entry in _likely(cited))
    fitting = [
        (found.fit, found.length, entry.end is None, entry)
        for entry, found in others
        if found.fit >= (Fit.MISSPELT if entry.citation.kind == cited.kind else Fit.EXACT)
        and (own.fit is Fit.NONE or (found.fit, found.length) > (own.fit, own.length))
    ]
    return max(fitting, key=lambda rated: rated[:3])[3] if fitting else None


def _likely(cited: Citation) -> list[Entry]:
    """Return the other regulations of the same kind, or of the same number and year."""
    return [
        entry
        for citation, entry in table().items()
        if citation != cited
        and (
            citation.kind == cited.kind
            or (citation.number, citation.year) == (cited.number, cited.year)
        )
    ]


def _judge_other(
    cited: Citation, entry: Entry | None, other: Entry, found: Match, *, place: str
) -> Judgement:
    meant = other.citation
    if entry is None and cited.number != meant.number and cited.year != meant.year:
        remark = note(
            "citation_title_unclear",
            f"{cited} tidak ada dalam tabel peraturan; judul itu adalah judul {meant}.",
            place=place,
            hint=f"Pastikan {cited} ada dan masih berlaku; bila tidak, tulis {meant}.",
            source=str(meant),
        )
        return Judgement(cited, (remark,))
    if entry is not None:
        code = "citation_wrong_number"
        message = f"{cited} adalah tentang {entry.title}; {other.title} adalah {meant}."
        hint = f"Tulis {meant}, atau betulkan judulnya bila memang {cited} yang dimaksud."
    else:
        code = _wrong_part(cited, meant)
        message = f"{other.title} adalah {meant}, bukan {cited}."
        hint = f"Tulis {meant}."
    remark = _graded(other, code, message, place=place, hint=hint)
    remarks = _title_remarks(other, found, place=place)
    return Judgement(meant, (remark, *remarks))


def _title_remarks(entry: Entry, found: Match, *, place: str) -> list[Remark]:
    right = f"Judul {entry.citation} adalah “{entry.title}”."
    source = str(entry.citation)
    remarks = [
        _graded(
            entry,
            _wrong_part(parse(word), parse(law)),
            f"Judul {entry.citation} menyebut {law}, bukan {word}.",
            place=place,
            hint=f"Tulis {law}.",
            cited=law,
        )
        for word, law in found.slips
        if "/" in law
    ]
    words = [(word, law) for word, law in found.slips if "/" not in law]
    if words:
        slips = ", ".join(f"“{word}” seharusnya “{law}”" for word, law in words)
        remarks.append(
            _graded(
                entry, "title_misspelt", f"Pada judul {source}, {slips}.", place=place, hint=right
            )
        )
    elif found.fit is Fit.TRUNCATED:
        message = f"Judul {source} terpotong."
        remarks.append(_graded(entry, "title_truncated", message, place=place, hint=right))
    elif found.fit is Fit.LOOSE:
        message = f"Judul {source} berbeda dari judul resminya."
        remarks.append(_graded(entry, "title_differs", message, place=place, hint=right))
    elif found.fit is Fit.NONE and entry.title:
        message = f"Judul yang ditulis untuk {source} tidak cocok dengan judul resminya."
        remarks.append(note("title_differs", message, place=place, hint=right, source=source))
    return remarks


def _wrong_part(cited: Citation, meant: Citation) -> str:
    """Return the code for what a citation has wrong, when all else is right."""
    if cited.kind != meant.kind:
        return "citation_wrong_kind"
    return "citation_wrong_year" if cited.number == meant.number else "citation_wrong_number"


def _graded(
    entry: Entry, code: str, message: str, *, place: str, hint: str, cited: str = ""
) -> Remark:
    """Return a warning where the table has the regulation from a text, else a note."""
    make = warning if entry.confidence.is_sure else note
    return make(code, message, place=place, hint=hint, source=cited or str(entry.citation))


def _same_but_year(cited: Citation) -> list[Entry]:
    return [
        entry
        for entry in table().values()
        if (entry.citation.kind, entry.citation.number) == (cited.kind, cited.number)
    ]


def _is_short_title(written: WrittenTitle, entry: Entry) -> bool:
    return any(match(written, name).fit is Fit.EXACT for name in entry.short_titles)
