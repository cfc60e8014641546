"""A draft from a sheet: what is read verbatim, what is guessed and says so, what is not read."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.sop.load import loads
from ppid.sop.transcription.deeds import action_of
from ppid.sop.transcription.draft import draft
from ppid.sop.transcription.identity import day_of, read_identity
from ppid.sop.transcription.page import Box, Page, blocks_of_page
from ppid.sop.transcription.people import named_in, roles_of
from ppid.sop.transcription.sections import items, read_sections
from ppid.sop.transcription.source import MARK, Line, Row, blocks_of_text
from ppid.sop.transcription.writing import written

SHEETS = Path(__file__).parent / "sheets"
HEAD = "No\tKegiatan\tPetugas PPID\tAtasan PPID\tWaktu\tOutput\n"


def drafted(text):
    """Return the draft of a text, and the SOP that it loads as."""
    found = draft(blocks_of_text(text), code="contoh")
    return found, loads(found.text, name="draf.toml")


def sheet(name):
    return drafted((SHEETS / f"{name}.txt").read_text(encoding="utf-8"))


def performers(sop):
    return [step.performers for step in sop.steps]


def test_a_typed_sheet_is_read_verbatim():
    _, sop = sheet("typed")

    assert sop.name == "PENDOKUMENTASIAN INFORMASI YANG DIKECUALIKAN"
    assert (sop.number, sop.institution) == ("/ IKP / 2024", "PEMERINTAH KOTA CONTOH")
    assert sop.unit.splitlines()[1] == "SEKSI LAYANAN INFORMASI"
    assert sop.dates.made == date(2024, 2, 3)
    assert sop.dates.revised == "-"
    assert (sop.dates.effective, sop.dates.ends) == (date(2024, 1, 4), date(2024, 12, 31))
    approved = sop.approved_by
    assert (approved.position, approved.name, approved.nip) == (
        "KEPALA DINAS KOTA CONTOH",
        "Dra. CONTOH PEJABAT, MM",
        "19700101 199001 1 001",
    )
    assert len(sop.legal_basis) == 3
    assert sop.legal_basis[1] == "Peraturan Daerah No. 2 Tahun 2010 tentang Pelayanan Publik"
    assert sop.qualifications == ("Memahami peraturan", "Menguasai aplikasi")
    assert sop.records == ("Disimpan dalam softcopy",)
    assert sop.steps[0].requirements == ("Draf", "Formulir")


def test_who_acts_is_read_from_marks_and_names_and_from_whom_the_row_before_hands_it_to():
    found, sop = sheet("typed")

    assert [one[0] for one in performers(sop)] == [
        "pejabat_bidang",
        "ppid_utama",
        "ppid_pendukung_opd",
        "ppid_utama",
        "pejabat_bidang",
    ]
    assert [step.action for step in sop.steps] == [
        *("kumpulkan", "teruskan", "uji", "setujui", "terima")
    ]
    assert sop.steps[2].for_each == "perangkat_daerah"
    assert {one.name: one.targets for one in sop.steps[3].outcomes} == {"Ya": (5,), "Tidak": (1,)}
    guessed = {number for number, _ in found.guesses}
    assert guessed == {2, 3, 4}  # 1 names its performer, 5 has a mark


def test_a_scan_whose_columns_ran_together_gives_a_draft_that_says_so():
    found, sop = sheet("scanned")

    found_names = {one.name for one in sop.performers}
    assert found_names == {"PPID Utama", "Atasan PPID", "Pemohon", "Tim Pertimbangan"}
    assert [one[0] for one in performers(sop)] == [
        "ppid_utama",
        "tim_pertimbangan",
        "atasan_ppid",
        "ppid_utama",
    ]
    assert [step.time for step in sop.steps] == [
        "Tentatif",
        "sesuai peraturan perundang-undangan",
        "1 Minggu",
        None,
    ]
    assert "30 (tiga puluh) hari kerja" in sop.steps[1].activity
    assert all(step.inferred for step in sop.steps)
    assert sum("tercampur" in one for one in found.remarks) == 1
    assert sop.remarks == found.remarks


def test_two_lists_side_by_side_are_told_apart():
    _, sop = sheet("scanned")

    assert len(sop.legal_basis) == 3
    assert sop.legal_basis[1].endswith(
        "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"
    )
    assert sop.legal_basis[2].endswith("Pedoman Pengelolaan Pelayanan Informasi")
    assert sop.qualifications == ("Minimal SMA/ Sederajat",)
    assert sop.equipment == ("Lembaran Kerja", "Alat Tulis Kantor")
    assert sop.related == ()
    assert sop.warnings[0].endswith("tidak akan terlayani dengan baik")
    assert sop.warnings[1].endswith("dan citra menjadi buruk")
    assert sop.records == ("Disimpan dalam bentuk softcopy",)
    assert sop.approved_by.position == "Kepala Dinas Komunikasi dan Informatika Provinsi Contoh"


def test_lists_below_two_headings_are_told_apart_by_what_they_say():
    text = """
KETERKAITAN :

PERALATAN/PERLENGKAPAN :
1 SOP Satu
2.
SOP Dua

Komputer, Printer

PERINGATAN
- Apabila terlambat
  menjadi masalah.
Apabila gagal.
KETERKAITAN
PPID Utama
"""
    lists = read_sections(blocks_of_text(text))

    assert lists["keterkaitan"] == ["SOP Satu", "SOP Dua", "PPID Utama"]
    assert lists["peralatan"] == ["Komputer, Printer"]
    assert lists["peringatan"] == ["Apabila terlambat menjadi masalah.", "Apabila gagal."]


def test_a_cell_may_hold_its_heading_and_its_list():
    rows = (Row(("Dasar Hukum:\n1. UU 14/2008", "lepas")), Row(("Peringatan", "")), Row(("", "")))

    assert read_sections(rows) == {"dasar_hukum": ["UU 14/2008"]}


def test_numbers_that_run_on_are_items_only_in_their_order():
    assert items("1. Satu2. Dua 7. Bukan3. Tiga") == ["Satu", "Dua 7. Bukan", "Tiga"]
    assert items("- Satu\n• Dua") == ["Satu", "Dua"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 Juli 2024", date(2024, 7, 24)),
        ("3/2/2020", date(2020, 2, 3)),
        ("31 Februari 2024", "31 Februari 2024"),
        ("2020", "2020"),
    ],
)
def test_a_plain_day_is_a_date_and_anything_else_stays_as_it_stands(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["4 Januari – besok", "31 Februari – 5 Maret 2024"])
def test_a_span_that_cannot_be_read_stays_as_it_stands(text):
    found = read_identity((Row(("Tgl. Efektif", f": {text}")),))
    assert found.dates == {"efektif": text}


def test_a_label_without_a_value_takes_the_line_below_but_not_another_label():
    found = read_identity(
        (Line("Nomor SOP :"), Line("12/2024"), Line("Nama SOP"), Line("Nomor SOP 9"))
    )
    assert found.said == {"nomor": "12/2024"}


def test_an_empty_cell_does_not_take_the_next_row():
    found = read_identity((Row(("Nomor SOP", "")), Row(("Lain", "x")), Row(("Disahkan oleh", ""))))
    assert found.said == {}
    assert found.approved == {}


def test_one_line_of_approval_is_taken_apart_at_its_comma_when_a_number_follows():
    name = "KEPALA DINAS, CONTOH NIP. 19680531 199703 1 002"
    approved = read_identity((Line(f"Disahkan oleh {name}"),)).approved
    assert approved == {"nip": "19680531 199703 1 002", "jabatan": "KEPALA DINAS", "nama": "CONTOH"}
    assert read_identity((Line("Disahkan oleh Sekretaris, Kota"),)).approved == {
        "jabatan": "Sekretaris, Kota"
    }


def test_the_title_above_the_matrix_names_an_sop_that_has_no_name():
    found, sop = drafted(f"Diagram alir pendokumentasian\n{HEAD}1\tMengumpulkan\tv\t\t-\tDaftar\n")
    assert sop.name == "Diagram alir pendokumentasian"
    assert any("judul" in one for one in found.remarks)


def test_a_sheet_without_a_name_still_gives_a_draft():
    found, sop = drafted(
        f"{HEAD}1\tBekerja\t\t\t3 hari\tHasil\n\t\t\t\t\t\n2\tMenyetujui\t\tv\t-\t\n"
    )
    assert performers(sop) == [("petugas_ppid",), ("atasan_ppid",)]
    assert "Nama SOP tidak terbaca." in found.remarks
    assert sop.steps[1].outcomes[0].targets == ()  # the end


def test_a_sheet_that_was_read_whole_has_no_remarks():
    lists = "\n".join(
        ("Dasar hukum", "UU 14/2008", "Kualifikasi pelaksana", "Teliti", "Keterkaitan", "SOP Lain")
        + ("Peralatan", "Komputer", "Peringatan", "Bila gagal", "Pencatatan", "Disimpan")
    )
    found, sop = drafted(
        f"Pemerintah Kota Contoh\nNama SOP A\n{lists}\n{HEAD}1\tBekerja\tv\t\t-\tB\n"
    )

    assert (found.remarks, sop.remarks, found.guesses) == ((), (), ())
    assert (sop.institution, sop.unit) == ("Pemerintah Kota Contoh", "")


def test_without_a_head_that_names_people_one_performer_does_it_all():
    rows = "Mengumpulkan daftar 1 hari\nMengubah informasi menjadi informasi publik"
    found, sop = drafted(f"Kegiatan Waktu Output\n{rows}")
    assert performers(sop) == [("petugas_ppid",)] * 2
    assert sop.steps[1].trigger == "masa_berakhir"
    assert any("Kolom pelaksana tidak terbaca" in one for one in found.remarks)


@pytest.mark.parametrize(
    "text", ["", "Surat biasa tanpa bagan", "Kegiatan\tWaktu\n\t\n", "No\tKegiatan\n"]
)
def test_what_is_no_sheet_is_refused_with_what_to_do(text):
    with pytest.raises(BadInput) as refused:
        draft(blocks_of_text(text), code="x")
    assert refused.value.codes == ("steps_not_found",)
    assert refused.value.findings[0].hint


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Atasan PPID menyetujui draf", "setujui"),
        ("Mengklasifikasi dan mengarsipnya", "klasifikasi"),
        ("Melakukan pengujian konsekuensi", "uji"),
        ("Tim membahas usulan", "pertimbangkan"),
        ("Mengunggah daftar ke website", "umumkan"),
        ("Menyerahkan berkas", "teruskan"),
        ("Menulis laporan", "kerjakan"),
    ],
)
def test_the_first_verb_says_what_is_done(text, action):
    assert action_of(text) == action


def test_a_heading_says_which_roles_it_stands_for():
    assert roles_of("PPID Utama dan PPID Pembantu") == ("ppid_utama", "ppid_pelaksana")
    assert roles_of("Kepala Dinas / Gubernur") == ("pimpinan_badan_publik",)
    assert roles_of("Bagian Hukum") == ("bagian_hukum",)
    assert roles_of("!") == ("pelaksana",)
    assert named_in("b etugas | yetua PPID .") == ["Petugas PPID", "Ketua PPID"]
    assert named_in("") == []


def test_two_columns_of_one_role_have_codes_of_their_own():
    _, sop = drafted("No\tKegiatan\tPPID Utama\tKetua PPID\tWaktu\n1\tMenetapkan\tv\tv\t-\n")
    assert performers(sop) == [("ppid_utama", "ppid_utama_2")]


def test_a_file_is_written_as_the_format_has_it():
    text = written({"a": "x\x7f\n", "b": [], "c": ["1", "2"], "d": {}, "e": [{"k": {"Ya": 1}}]})
    assert text == (
        'a = "x\\u007f\\n"\nb = []\nc = [\n    "1",\n    "2",\n]\n\n[[e]]\nk = { Ya = 1 }\n'
    )


def test_a_drawn_page_is_read_by_its_grid_and_arrows_are_no_part_of_it():
    def level(y, left=0, right=100):
        return Box(left, y, right, y)

    def upright(x, low=0, high=60):
        return Box(x, low, x, high)

    grid = [level(y) for y in (0, 20, 40, 60)] + [upright(x) for x in (0, 30, 31, 100)]
    arrow = [level(30, 40, 70), upright(40, 10, 30), Box(70, 28, 70, 30)]
    page = Page(
        words=(
            Box(2, 44, 20, 54, "Kegiatan"),
            Box(2, 24, 8, 34, "Satu"),
            Box(10, 24, 18, 34, "dua-"),
            Box(2, 21, 10, 23, "tiga"),
            Box(40, 8, 60, 12, "- butir"),
            Box(40, 2, 60, 6, "2. butir"),
            Box(0, 80, 30, 90, "Judul"),
            Box(110, 24, 120, 34, "luar"),
        ),
        strokes=(*grid, *arrow),
        symbols=(Box(50, 25, 60, 35), Box(0, 0, 100, 60)),
    )

    assert blocks_of_page(page) == (
        Line("Judul"),
        Row(("Kegiatan", "")),
        Row(("Satu dua-tiga", MARK)),
        Line("luar"),
        Row(("", "- butir\n2. butir")),
    )


def test_a_page_without_strokes_is_lines():
    assert blocks_of_page(Page(words=(Box(0, 0, 5, 10, "a"), Box(6, 0, 9, 10, "b")))) == (
        Line("a b"),
    )
    beside = Page(words=(), strokes=(Box(0, 0, 40, 0), Box(0, 0, 0, 40), Box(0, 40, 40, 40)))
    assert blocks_of_page(beside) == ()


CELLS = st.text('Menetapkan Ya12.;|\n●-ŕ"\\', max_size=20)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=7).map(tuple), max_size=8))
def test_any_table_with_an_activity_gives_a_draft_that_loads(rows):
    blocks = [Row(("No", "Kegiatan", "PPID", "Waktu")), *map(Row, rows)]
    if not any(cell.strip() for row in rows for cell in row[1:2]):
        with pytest.raises(BadInput):
            draft(blocks, code="x")
        return
    assert loads(draft(blocks, code="x").text, name="x").steps
