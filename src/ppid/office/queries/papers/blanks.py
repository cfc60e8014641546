"""Blank forms to fill by hand: the same papers as from a case, with room instead of words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ppid.office.models import Body
from ppid.office.queries.papers.deliberations import HEADING as MINUTES
from ppid.office.queries.papers.letterheads import INTERNAL, signer
from ppid.office.queries.papers.loans import BACK, DUTY, LENT
from ppid.papers.paper import Paper

DOTS = "." * 30
SHORT = "." * 16
SHEET_LINES = (
    "Dokumen yang memuatnya",
    "Jenis klasifikasi (Pasal 17 huruf)",
    "Undang-Undang yang mewajibkan",
    "Kepentingan publik",
    "Bagian yang ditutup (seluruhnya atau sebagian, dan alasannya)",
    "Pasal 18 ayat (1): tidak termasuk yang dikecualikan",
    "Persetujuan tertulis yang bersangkutan (huruf g dan h)",
)
PROPOSED = (
    *(("No", 0), ("Informasi", 1.6), ("Dokumen dan tempatnya", 1.4)),
    *(("Undang-Undang yang menjadi dasar", 1.4), ("Konsekuensi bila dibuka", 1.5)),
    *(("Manfaat bila ditutup", 1.4), ("Usul jangka waktu", 1.0)),
)
COUNTED = (
    *(("No", 0), ("Kode label", 1.1), ("Nomor arsip", 1.0), ("Tempat menurut catatan", 1.6)),
    *(("Ada", 0.5), ("Tempat sebenarnya", 1.4), ("Keadaan", 1.0), ("Catatan", 1.6)),
)
LENT_FACTS = (
    *("Nomor arsip", "Kode label", "Kode klasifikasi", "Unit pengolah", "Jumlah"),
    *("Peminjam", "Keperluan", "Dipinjam", "Harus kembali"),
)
BACK_FACTS = (*LENT_FACTS[:6], "Dipinjam", "Kembali", "Keadaan")


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form. use: what it is for, in a sentence."""

    label: str
    use: str
    paper: Callable[[str], Paper]


def blank(kind: str, body: Body) -> Paper | None:
    """Return a blank form of the body, None for a kind that there is not."""
    found = BLANKS.get(kind)
    return found.paper(body.place) if found else None


def _sheet(place: str) -> Paper:
    heading = "Lembar pengujian konsekuensi"
    people = [{"name": "", "position": ""} for _ in range(6)]
    content = {
        "blank": True,
        "number": "",
        "draft": False,
        "day": "",
        "weekday": "",
        "place": place,
        "moment": "sebelum ada permintaan / atas permintaan / atas perintah Komisi Informasi "
        "(coret yang tidak perlu)",
        **dict.fromkeys(("information", "basis", "opened", "closed", "term"), ""),
        "lines": [(label, "") for label in SHEET_LINES],
        "conclusion": "",
        "people": people,
        "signers": [_by_hand()],
    }
    return _form("lembar_uji", heading, content, mark=INTERNAL)


def _minutes(place: str) -> Paper:
    member = {"name": "", "position": "", "here": ""}
    said = [{"name": "", "words": "\n", "reason": ""} for _ in range(5)]
    item = {"title": DOTS * 2, "advice": f"Anjuran tim: {DOTS}", "said": said}
    content = {
        "number": "",
        "draft": False,
        "weekday": SHORT,
        "day": DOTS,
        "begins": SHORT,
        "place": DOTS,
        "place-of-office": place,
        "team": "Tim Pertimbangan",
        "case": SHORT,
        "invited": SHORT,
        "attendance": "",
        "members": [member for _ in range(7)],
        "items": [item, item],
        "notes": "",
        "signers": [signer("Pencatat", ""), signer("Pimpinan rapat", "")],
    }
    return _form("berita_acara", f"{MINUTES} dan daftar hadir", content, mark=INTERNAL)


def _proposal(place: str) -> Paper:
    below = f"Perangkat daerah: {DOTS}"
    head = signer("Kepala perangkat daerah", "")
    proposer = "Usulan informasi yang dikecualikan dari perangkat daerah"
    return _table(proposer, PROPOSED, below=below, rows=7, high=18, signers=[head], mark=INTERNAL)


def _count(place: str) -> Paper:
    signers = [signer("Petugas pertama", ""), signer("Petugas kedua", "")]
    heading, below = "Formulir stock opname arsip", f"Tempat: {DOTS}"
    return _table(heading, COUNTED, below=below, rows=26, high=7, signers=signers)


def _receipt(heading: str, facts: tuple[str, ...], duty: str) -> Paper:
    content = {
        "heading": heading,
        "facts": [(label, "") for label in facts],
        "duty": duty,
        "day": DOTS,
        "signers": [signer("Peminjam", ""), signer("Penjaga ruang simpan", "")],
    }
    return _form("tanda_terima", heading, content)


def _table(
    heading: str,
    columns: tuple[tuple[str, float], ...],
    *,
    below: str,
    rows: int,
    high: int,
    signers: list[dict[str, str]],
    mark: str = "",
) -> Paper:
    """Return a table of empty rows. high: of each row, in millimetres."""
    content = {
        "heading": heading,
        "below": below,
        "day": DOTS,
        "columns": list(columns),
        "rows": [[str(place), *([""] * (len(columns) - 1))] for place in range(1, rows + 1)],
        "high": high,
        "note": "",
        "signers": signers,
    }
    return _form("daftar", heading, content, mark=mark)


def _form(template: str, heading: str, content: dict[str, object], *, mark: str = "") -> Paper:
    foot = f"{heading} (formulir kosong)"
    return Paper(template=template, title=foot, mark=mark, foot=foot, content=content)


def _by_hand() -> dict[str, str]:
    return signer("", "")


BLANKS: Mapping[str, Blank] = {
    "lembar-uji": Blank(
        "Lembar pengujian konsekuensi",
        "Menguji informasi di rapat; hasilnya dicatat di sini kemudian.",
        _sheet,
    ),
    "berita-acara": Blank(
        "Berita acara pertimbangan dan daftar hadir",
        "Rapat Tim Pertimbangan: siapa hadir, dan pendapat setiap anggota.",
        _minutes,
    ),
    "usulan": Blank(
        "Usulan informasi dari perangkat daerah",
        "Perangkat daerah mengusulkan informasi untuk diuji.",
        _proposal,
    ),
    "pinjam": Blank(
        "Tanda terima peminjaman arsip",
        "Arsip keluar dari ruang simpan.",
        lambda place: _receipt(LENT, LENT_FACTS, DUTY),
    ),
    "kembali": Blank(
        "Tanda terima pengembalian arsip",
        "Arsip kembali ke ruang simpan.",
        lambda place: _receipt(BACK, BACK_FACTS, ""),
    ),
    "stock-opname": Blank(
        "Formulir stock opname",
        "Menghitung isi suatu tempat tanpa telepon.",
        _count,
    ),
}
