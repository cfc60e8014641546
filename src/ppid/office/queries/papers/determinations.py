"""The letter of determination and that of change as papers (PP 61/2010 ps. 4 (2) and 10)."""

from datetime import date
from operator import attrgetter

from ppid.law import term
from ppid.law.consequence_sheet import ConsequenceTest as Sheet
from ppid.law.consequence_sheet import Part, from_dict
from ppid.law.grounds import Ground, TermSetBy, ground
from ppid.office.actions.editions import shown_of
from ppid.office.authority import authority_of, head_roles
from ppid.office.models import Approval, Determination, DeterminationLine, Item
from ppid.office.queries.papers.citations import (
    basis_of_a_determination,
    ground_and_statutes,
)
from ppid.office.queries.papers.letterheads import COPY, INTERNAL, LEFT_OUT, Signer, signer_of
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

DETERMINATION = "Surat penetapan klasifikasi informasi yang dikecualikan"
CHANGE = "Surat pengubahan klasifikasi informasi yang dikecualikan"
COLUMNS = (
    ("No", 0),
    ("Informasi", 1.5),
    ("Jenis klasifikasi", 1.1),
    ("Alasan pengecualian", 2.4),
    ("Jangka waktu pengecualian", 1.2),
)


def letter(determination: Determination, *, public: bool = False) -> Paper:
    """Return the letter as a paper, a letter of change where it only replaces earlier ones.

    public: with titles and reasons that the officers have marked as fit for the public.
    Source: PP 61/2010 ps. 4 (2)
    """
    rows = determination.lines.select_related("item__agency", "item__body", "test")
    lines = list(rows.order_by("item__public_id"))
    earlier = {line.pk: _replaced(line) for line in lines}
    change = all(earlier.values())
    heading = CHANGE if change else DETERMINATION
    table = [
        _row(place, line, earlier[line.pk], public=public)
        for place, line in enumerate(lines, start=1)
    ]
    return Paper(
        template="penetapan",
        title=f"{heading} Nomor {determination.number}",
        mark=COPY if public else INTERNAL,
        foot=f"{heading} Nomor {determination.number}",
        content={
            "heading": heading,
            "number": determination.number,
            "place": determination.place,
            "day": day_in_words(determination.determined_on),
            "subject": _subject(change=change),
            "considering": _considering(determination, change=change),
            "basis": basis_of_a_determination(on=determination.determined_on),
            "clauses": _clauses(determination, len(lines), change=change),
            "attachment": "Daftar informasi yang ditetapkan",
            "columns": COLUMNS,
            "rows": table,
            "signers": _signers(determination),
        },
    )


def _replaced(line: DeterminationLine) -> Determination | None:
    """Return the letter whose line on the same item this one takes the place of."""
    letters = [one.determination for one in _lines_of(line.item)]
    before = [one for one in letters if one.at < line.determination.at]
    return max(before, key=attrgetter("at"), default=None)


def _lines_of(item: Item) -> list[DeterminationLine]:
    return list(item.determination_lines.select_related("determination"))


def _subject(*, change: bool) -> str:
    what = "Pengubahan klasifikasi" if change else "Klasifikasi"
    return f"{what} informasi yang dikecualikan."


def _considering(determination: Determination, *, change: bool) -> list[str]:
    tested = "pengujian konsekuensi yang baru" if change else "pengujian konsekuensi"
    rule = "Pasal 10 ayat (2)" if change else "Pasal 3 ayat (1)"
    return [
        f"bahwa terhadap informasi dalam Lampiran telah dilakukan {tested} dengan saksama dan "
        f"penuh ketelitian, sebagaimana dimaksud dalam {rule} Peraturan Pemerintah Nomor 61 Tahun "
        "2010;",
        f"bahwa klasifikasi itu telah disetujui {_approver(determination)} sebagai pimpinan "
        f"Badan Publik{_approved_on(determination)};",
        "bahwa berdasarkan pertimbangan tersebut perlu ditetapkan "
        f"{'pengubahan klasifikasi' if change else 'klasifikasi'} informasi yang dikecualikan.",
    ]


def _approver(determination: Determination) -> str:
    """Return who approved, and for whom if it was by mandate."""
    given = _approvals(determination)
    acting = given[-1].acting if given else ""
    name = determination.approved_by_name
    return f"{name}, {acting}," if acting else name


def _approved_on(determination: Determination) -> str:
    """Return " pada tanggal ...": when the head said the yes that the letter rests on."""
    given = _approvals(determination)
    if not given:
        return ""
    return f" pada tanggal {day_in_words(given[-1].at.astimezone(determination.body.zone).date())}"


def _approvals(determination: Determination) -> list[Approval]:
    """Return what the head said yes to of the letter's lines, the newest last."""
    given = [
        one
        for line in determination.lines.all()
        for one in line.item.approvals.filter(
            by_head=True, decision="setuju", test=line.test_id, at__lte=determination.at
        )
    ]
    return sorted(given, key=attrgetter("at"))


def _clauses(determination: Determination, count: int, *, change: bool) -> list[tuple[str, str]]:
    verb = "Mengubah klasifikasi" if change else "Menetapkan"
    return [
        (
            "KESATU",
            f"{verb} {number(count)} informasi sebagaimana tercantum dalam Lampiran, bagian yang "
            "tidak terpisahkan dari penetapan ini, sebagai Informasi yang Dikecualikan dengan "
            "jenis klasifikasi, alasan pengecualian, dan Jangka Waktu Pengecualian yang disebut "
            "di dalamnya.",
        ),
        (
            "KEDUA",
            f"Penetapan ini dibuat oleh {determination.official_name}, "
            f"{determination.official_position}, pada {determination.unit}, "
            f"{determination.body.name}.",
        ),
        (
            "KETIGA",
            "Bagian dokumen yang tidak disebut dikecualikan tetap dapat diberikan kepada pemohon "
            "informasi.",
        ),
        (
            "KEEMPAT",
            "Informasi menjadi Informasi Publik pada saat berakhirnya Jangka Waktu Pengecualian.",
        ),
        ("KELIMA", "Penetapan ini berlaku sejak tanggal ditetapkan."),
    ]


def _row(
    place: int, line: DeterminationLine, earlier: Determination | None, *, public: bool
) -> list[str]:
    sheet, item = from_dict(line.test.sheet), line.item
    basis = ground(sheet.ground, on=line.determination.determined_on)
    return [
        f"{place}.",
        _information(item, sheet, public=public),
        _kind(basis, sheet, earlier),
        _reason(line, sheet, basis, public=public),
        _term(sheet, basis),
    ]


def _information(item: Item, sheet: Sheet, *, public: bool) -> str:
    if public:
        return f"{item.public_title}\n({item.agency.name})"
    parts = (item.title, sheet.information, f"({item.agency.name})")
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _kind(basis: Ground, sheet: Sheet, earlier: Determination | None) -> str:
    scope = "Sebagian" if sheet.part is Part.PART else "Seluruhnya"
    said = f"{basis.label}\n{scope}"
    if earlier is None:
        return said
    day = day_in_words(earlier.determined_on)
    return f"{said}\nMengubah penetapan Nomor {earlier.number} tanggal {day}"


def _reason(line: DeterminationLine, sheet: Sheet, basis: Ground, *, public: bool) -> str:
    harm = sheet.consequence_if_open
    if public:
        harm = shown_of(line.test)["consequence_if_open"] or LEFT_OUT
    return f"{ground_and_statutes(basis, sheet.statutes)}\nAkibat bila dibuka: {harm}"


def _term(sheet: Sheet, basis: Ground) -> str:
    said = term.describe(sheet.term) if sheet.term else ""
    said = said[:1].upper() + said[1:]
    if basis.term_set_by is TermSetBy.HEAD:
        return f"{said}\nDitetapkan pimpinan tertinggi Badan Publik"
    return said


def _signers(determination: Determination) -> list[Signer]:
    body, on = determination.body, determination.determined_on
    head = signer_of(
        body,
        str(determination.approved_by),
        position=_head_position(determination, on=on),
        name=determination.approved_by_name,
    )
    official = signer_of(
        body,
        str(determination.official),
        position=determination.official_position,
        name=determination.official_name,
    )
    return [head | {"above": "Menyetujui,"}, official]


def _head_position(determination: Determination, *, on: date) -> str:
    """Return the title of who approved as the head: by appointment on the day, or by mandate."""
    given = _approvals(determination)
    if given and given[-1].acting:
        return given[-1].acting
    roles = head_roles(determination.body)
    title = authority_of(determination.approved_by, on=on).position(roles)
    return title or "Pimpinan Badan Publik"
