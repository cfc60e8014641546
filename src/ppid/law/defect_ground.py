"""What is wrong with the ground and the legal basis of an old row.

Which huruf the words name is ground_text's; what fits a huruf is ground_words'.
"""

from collections.abc import Iterator
from datetime import date

from ppid.errors import BadInput
from ppid.law.citation_line import lint
from ppid.law.defect import Defect, DefectKind, LegacyEntry, doubt, of_remark, sure
from ppid.law.ground_text import read_grounds
from ppid.law.ground_words import lint_ground
from ppid.law.grounds import Ground, ground
from ppid.law.reference import find, is_act
from ppid.law.term_text import is_blank
from ppid.law.written_date import first_day

_J = "ground_j"
_PERSONAL = ("g", "h")
_ANSWERED = ("persetujuan", "jabatan publik")


def known_grounds(entry: LegacyEntry, *, on: date) -> tuple[tuple[Ground, ...], tuple[str, ...]]:
    """Return the grounds that a row names, and those of its codes that the Act does not have.

    Source: UU 14/2008 ps. 17.
    """
    known, unknown = [], []
    for code in read_grounds(entry.ground, legal_basis=entry.legal_basis):
        try:
            known.append(ground(code, on=on))
        except BadInput:
            unknown.append(code)
    return tuple(known), tuple(unknown)


def ground_defects(
    entry: LegacyEntry, grounds: tuple[Ground, ...], *, unknown: tuple[str, ...]
) -> tuple[Defect, ...]:
    """Return what is wrong with the ground of a row and with the regulations behind it.

    grounds, unknown: as known_grounds gives them.
    Source: UU 14/2008 ps. 17.
    """
    return (
        *_named(entry, grounds, unknown),
        *_fitting(entry, grounds),
        *_statute(entry, grounds),
        *_citations(entry),
        *_personal(entry, grounds),
    )


def _named(
    entry: LegacyEntry, known: tuple[Ground, ...], unknown: tuple[str, ...]
) -> Iterator[Defect]:
    hint = "Pilih satu huruf a sampai j, dengan angkanya bila ada."
    if unknown:
        named = ", ".join(unknown)
        message = f"“{named}” tidak ada dalam Pasal 17."
        yield _ground("ground_unknown", message, hint=hint, certain=True)
    elif not known and is_blank(entry.ground):
        message = "Huruf Pasal 17 tidak disebut."
        yield _ground("ground_missing", message, hint=hint, certain=True)
    elif not known:
        message = "Dari teks ini tidak terbaca huruf mana dari Pasal 17 yang dimaksud."
        yield _ground("ground_unreadable", message, hint=hint)
    letters = sorted({each.letter for each in known})
    if len(letters) > 1:
        message = f"Satu entri memakai huruf {' dan '.join(letters)}."
        more = "Pilih huruf yang paling kuat, atau pisahkan menjadi beberapa informasi."
        yield _ground("ground_several", message, hint=more)
    for each in known:
        if each.has_points and each.number is None:
            message = f"Huruf {each.letter} terdiri atas beberapa angka; angkanya tidak disebut."
            yield _ground(
                "ground_point_missing", message, hint="Pilih angkanya.", source=each.source
            )


def _fitting(entry: LegacyEntry, known: tuple[Ground, ...]) -> Iterator[Defect]:
    letters = {each.letter for each in known}
    if len(letters) != 1:
        return
    words = (entry.ground, entry.legal_basis, entry.title, entry.summary, entry.consequence_if_open)
    for remark in lint_ground(known[0].code, ". ".join(word for word in words if word)):
        is_j = remark.code.startswith(_J)
        kind = DefectKind.ACT if is_j else DefectKind.MISFIT
        yield of_remark(remark, kind=kind, place="legal_basis" if is_j else "ground")


def _statute(entry: LegacyEntry, known: tuple[Ground, ...]) -> Iterator[Defect]:
    """Yield what an exemption under huruf a to i lacks; huruf j's own Act is ground_words'."""
    text = f"{entry.ground}. {entry.legal_basis}"
    cited = [found.citation for found in find(text) if not found.in_title]
    names_article = bool(known) and "17" in text
    if any(is_act(citation) for citation in cited) or names_article:
        return
    if any(each.letter == "j" for each in known):
        return
    hint = "Sebut Undang-Undang dan pasalnya, misalnya UU 14/2008 ps. 17 huruf h angka 3."
    if cited:
        named = ", ".join(dict.fromkeys(str(citation.whole) for citation in cited))
        message = f"Yang disebut hanya peraturan di bawah Undang-Undang: {named}."
        yield _act("basis_below_act", message, hint=hint)
    elif is_blank(entry.legal_basis):
        message = "Undang-Undang yang menjadi dasar tidak disebut."
        yield _act("basis_missing", message, hint=hint, certain=True)
    else:
        message = "Dasar hukumnya tidak terbaca sebagai peraturan."
        yield _act("basis_unreadable", message, hint=hint)


def _citations(entry: LegacyEntry) -> Iterator[Defect]:
    """Yield the mistakes in the citations; that a quoted huruf does not fit is told by _fitting."""
    on = first_day(entry.decree)
    for place in ("ground", "legal_basis"):
        for remark in lint(getattr(entry, place), on=on):
            if not remark.code.startswith("ground_"):
                yield of_remark(remark, kind=DefectKind.CITATION, place=place)


def _personal(entry: LegacyEntry, known: tuple[Ground, ...]) -> Iterator[Defect]:
    letters = sorted({each.letter for each in known} & set(_PERSONAL))
    said = f"{entry.remark} {entry.summary}".lower()
    if not letters or any(word in said for word in _ANSWERED):
        return
    yield doubt(
        "personal_unanswered",
        f"Untuk huruf {letters[0]} tidak dicatat apakah ada persetujuan tertulis, "
        "atau kaitan dengan jabatan publik seseorang.",
        kind=DefectKind.PERSONAL,
        place="remark",
        hint="Jawab keduanya dalam lembar uji; salah satu saja sudah membuka informasi itu.",
    )


def _ground(
    code: str, message: str, *, hint: str, source: str = "", certain: bool = False
) -> Defect:
    make = sure if certain else doubt
    return make(code, message, kind=DefectKind.GROUND, place="ground", hint=hint, source=source)


def _act(code: str, message: str, *, hint: str, certain: bool = False) -> Defect:
    make = sure if certain else doubt
    return make(code, message, kind=DefectKind.ACT, place="legal_basis", hint=hint)
