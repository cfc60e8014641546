"""Citations: reading one, finding all in a text, and what is said of a legal basis."""

import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.law.citation import (
    Citation,
    Severity,
    find,
    is_act,
    lint,
    lint_basis,
    lint_ground,
    parse,
)
from ppid.law.regulation_kind import Rank

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "citations.toml").read_text(encoding="utf-8")
)["kasus"]


def marked(remarks):
    """Return the code of each remark, a warning's with "!" before it."""
    return [("!" if r.severity is Severity.WARNING else "") + r.code for r in remarks]


def cited(text):
    """Return the citations of a text as they print, those in titles in brackets."""
    return [f"[{f.citation}]" if f.in_title else str(f.citation) for f in find(text)]


# --- the legal cases


@pytest.mark.parametrize("case", [pytest.param(case, id=case["kalimat"]) for case in CASES])
def test_case(case):
    if "dasar" in case:
        remarks = lint_ground(case["dasar"], case["teks"], place="alasan")
    else:
        remarks = lint(case["teks"], place="dasar_hukum 1", on=case.get("pada"))

    assert marked(remarks) == case["harapan"]
    assert all(r.finding.message and r.finding.hint and r.finding.place for r in remarks)


def test_each_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own():
    assert all(str(parse(case["sumber"])) == case["sumber"] for case in CASES)
    assert len({case["kalimat"] for case in CASES}) == len(CASES)


def test_the_source_of_each_remark_can_be_read():
    for case in CASES:
        remarks = (
            lint_ground(case["dasar"], case["teks"])
            if "dasar" in case
            else lint(case["teks"], on=case.get("pada"))
        )
        for remark in remarks:
            assert not remark.finding.source or parse(remark.finding.source)


# --- the four SOPs, as they stand on the sheets

BONTANG = (
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;",
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "PP Nomor 61 Tahun 2010 tentang Pelaksanaan UU Nomor 14 Tahun 2018 ;",
    "Peraturan Komisi Informasi No 1 Tahun 2010 tentang Standar Layanan Informasi",
    "Peraturan Komisi Informasi No. 1 Tahun2017 tentang Pengklasikasian Informasi",
    "Permenpan-RB Nomor 26 Tahun 2012 tentang pedoman Penyusunan Standar\n\n"
    "Operasional Prosedur Administrasi Pemerintah;",
    "Permendagri No. 3 Tahun 2017 tentang Pedoman Pengelolaan Pelayanan Informasi\n\n"
    "dan Dokumentasi Kementerian Dalam Negeri dan Pemerintah Daerah;",
    "Perwali Kota Bontang Nomor 53 Tahun 2014 Tentang Standar Pelayanan Informasi\n\n"
    "Publik di Lingkungan Pemerintah kota Bontang;",
)
KALTENG = (
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan",
    "Undang-undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "Peraturan Pemerintah Nomor 61 Tahun 2010 tentang Pelaksanaan UU Nomor 14\n"
    "Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Peraturan Menteri Dalam Negeri Nomor 52 tahun 2011 tentang Standar\n"
    "Operasional Prosedur di Lingkungan Pemerintah Provinsi dan Kabupaten / Kota",
    "Peraturan Menteri Dalam Negeri Nomor 3 tahun 2017 tentang Pedoman\n"
    "Pengelolaan Pelayanan Informasi dan Dokumentasi Kementerian Dalam Negeri\n"
    "dan Pemerintahan Daerah",
    "Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar Layanan\nInformasi Publik",
    "Peraturan Komisi Informasi Nomor 1 Tahun 2017 tentang Pengklasifikasian\nInformasi Publik",
    "Peraturan Daerah Provinsi Kalimantan Tengah Nomor 5 Tahun 2013 tentang\n"
    "Pelayanan Informasi Publik",
    "Peraturan Daerah Provinsi Kalimantan Tengah Nomor 4 Tahun 2016 tentang\n"
    "Pembentukan dan Susunan Perangkat Daerah Provinsi Kalimantan Tengah",
    "Peraturan Gubernur No. 37 tahun 2022 tentang Kedudukan, Susunan\n"
    "Organisasi, Tugas, Fungsi dan Tata Kerja Perangkat Daerah.",
)
BALI = (
    "UU 14 Tahun 2008 tentang Keterbukaan Informasi Publik;",
    "Permendagri Nomor 3 Tahun 2017 tentang Pedoman Pengelolaan Pelayanan Informasi dan "
    "Dokumentasi Kementerian Dalam Negeri dan Pemerintahan Daerah;",
    "UU 25 Tahun 2009 tentang Pelayanan Publik;",
    "PP 61 Tahun 2010 tentang Pelaksanaan Undang – Undang Nomor 14 Tahun 2008 tentang "
    "Keterbukaan Informasi Publik;",
    "Perki 1 Tahun 2010 tentang Standar Layanan Informasi Publik;",
    "Perki 1 Tahun 2013 tentang Pengklasifikasian Informasi Publik;",
    "Peraturan Daerah Nomor 10 Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah "
    "sebagaimana diubah dengan Peraturan Daerah Provinsi Bali Nomor 7 Tahun 2019 tentang "
    "Perubahan Atas Peraturan Daerah Nomor 10 Tahun 2016 tentang Pembentukan dan Susunan "
    "Perangkat Daerah.",
    "Pergub 14 Tahun 2020 tentang Pedoman Pelayanan Informasi Publik dan Dokumentasi di "
    "Lingkungan Pemerintah Provinsi Bali;",
    "Kepgub Nomor 339/03-I/HK/2020 tentang Pembentukan dan Susunan Keanggotaan Pejabat Pengelola "
    "Informasi dan Dokumentasi di Lingkungan Pemprov. Bali;",
    "Pergub Nomor 58 Tahun 2019 tentang Kedudukan, Susunan Organisasi, Tugas Dan Fungsi Serta "
    "Tata Kerja Perangkat Daerah Di Lingkungan Pemerintah Provinsi Bali Serta Tata Kerja "
    "Diskominfos Prov. Bali",
)
PONTIANAK = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Peraturan Menteri Komunikasi dan Informatika Republik Indonesia Nomor 8 Tahun 2019 tentang "
    "Penyelenggaraan Urusan Pemerintah Konkuren Bidang Komunikasi dan Informatika",
    "Peraturan Daerah No. 2 Tahun 2010 tentang Pelayanan Publik Pemerintah Kota Pontianak",
    "Peraturan Walikota Pontianak Nomor 49 Tahun 2018 tentang Pedoman Pengelolaan Pelayanan "
    "Informasi dan Dokumentasi Di Lingkungan Pemerintah Kota Pontianak",
    "Peraturan Walikota Nomor 86 Tahun 2019 tentang Kedudukan, Struktur Organisasi, Tugas Pokok, "
    "Fungsi, Uraian Tugas dan Tata Kerja Dinas Komunikasi dan Informatika Kota Pontianak",
)
SHEETS = [
    pytest.param(
        BONTANG,
        None,
        {
            3: ["!citation_wrong_year"],
            4: ["!title_truncated", "!regulation_replaced"],
            5: ["!title_misspelt", "regulation_status_uncertain"],
            6: ["!citation_wrong_number", "!title_misspelt"],
            7: ["!title_misspelt"],
        },
        ["basis_no_archive_act"],
        id="bontang, without a date",
    ),
    pytest.param(
        KALTENG,
        date(2024, 12, 31),
        {
            4: ["regulation_amended"],
            8: ["!regulation_replaced"],
            9: ["regulation_status_uncertain"],
            12: ["region_missing"],
        },
        ["basis_no_sop_guide"],
        id="kalteng, of 31 December 2024",
    ),
    pytest.param(
        BALI,
        date(2021, 1, 4),
        {5: ["regulation_replaced_later"], 6: ["!citation_wrong_number"]},
        ["basis_no_archive_act", "basis_no_sop_guide", "basis_order_of_rank"],
        id="bali, of 4 January 2021",
    ),
    pytest.param(
        PONTIANAK,
        date(2020, 2, 3),
        {2: ["title_misspelt"]},
        [
            "!basis_no_information_act",
            "!basis_no_information_pp",
            "!basis_no_commission_rule",
            "basis_no_archive_act",
            "basis_no_home_affairs_rule",
            "basis_no_sop_guide",
        ],
        id="pontianak, of 3 February 2020",
    ),
]


@pytest.mark.parametrize(("lines", "on", "expected", "whole"), SHEETS)
def test_every_mistake_in_an_sops_legal_basis_is_found_and_none_is_invented(
    lines, on, expected, whole
):
    found = {
        number: marked(lint(line, place=f"dasar_hukum {number}", on=on))
        for number, line in enumerate(lines, start=1)
    }

    assert {number: codes for number, codes in found.items() if codes} == expected


@pytest.mark.parametrize(("lines", "on", "expected", "whole"), SHEETS)
def test_what_an_sops_legal_basis_lacks_is_found(lines, on, expected, whole):
    remarks = lint_basis(lines, on=on, exempt_information=True, archives=True)

    assert marked(remarks) == whole


def test_a_legal_basis_that_is_complete_and_in_order_gives_no_remark():
    lines = (
        "UU 14/2008",
        "UU 43/2009",
        "",
        "PP 61/2010",
        "Perki 1/2021",
        "PermenPANRB 35/2012",
        "Permendagri 3/2017",
        "Perda Kota Bontang 1/2020",
    )

    assert lint_basis(lines, on=None, exempt_information=True, archives=True) == ()


def test_a_basis_on_other_matters_needs_no_information_act():
    assert marked(lint_basis(["UU 25/2009"], on=None, exempt_information=False)) == [
        "basis_no_sop_guide"
    ]


def test_a_citation_with_a_wrong_year_counts_as_the_act_that_its_title_names():
    lines = ["UU 14 Tahun 2018 tentang Keterbukaan Informasi Publik", "PP 61/2010", "Perki 1/2021"]

    codes = marked(lint_basis(lines, on=None, exempt_information=True))

    assert "!basis_no_information_act" not in codes


def test_an_act_named_only_in_another_title_does_not_count():
    lines = ["PP 61/2010 tentang Pelaksanaan UU 14/2008"]

    codes = marked(lint_basis(lines, on=None, exempt_information=True))

    assert "!basis_no_information_act" in codes
    assert "!basis_no_information_pp" not in codes


def test_a_line_that_is_listed_twice_is_found_at_its_second_place():
    lines = ["PermenPANRB 35/2012", "Perki 1/2021", "Permen PAN-RB Nomor 35 Tahun 2012"]

    remarks = lint_basis(lines, on=None, exempt_information=False)

    assert marked(remarks) == ["!basis_repeated"]
    assert remarks[0].finding.place == "dasar_hukum 3"


def test_the_order_of_rank_is_remarked_once_at_the_first_line_that_is_too_late():
    lines = ["PermenPANRB 35/2012", "PP 61/2010", "UU 14/2008"]

    remarks = lint_basis(lines, on=None, exempt_information=False)

    assert [(r.code, r.finding.place) for r in remarks] == [
        ("basis_order_of_rank", "dasar_hukum 2")
    ]


# --- reading one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PP 61/2010 ps. 8 (2)", "PP 61/2010 ps. 8 (2)"),
        ("UU 14/2008 ps. 17 huruf a angka 2", "UU 14/2008 ps. 17 huruf a angka 2"),
        (
            "Undang-Undang Nomor 14 Tahun 2008 Pasal 17 huruf h",
            "UU 14/2008 ps. 17 huruf h",
        ),
        ("Undang – Undang No: 14 thn. 2008", "UU 14/2008"),
        ("UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 14 TAHUN 2008", "UU 14/2008"),
        ("UU RI No.14 Th 2008", "UU 14/2008"),
        ("UU14/2008", "UU 14/2008"),
        ("uu\u00a014\u00a0tahun\u00a02008, pasal17 hurufi", "UU 14/2008 ps. 17 huruf i"),
        ("UU KIP ps. 54", "UU 14/2008 ps. 54"),
        ("UU KIP Nomor 14 Tahun 2008", "UU 14/2008"),
        ("UU NO 43 Taahun 2009", "UU 43/2009"),
        ("Perki 1 Tahun 2021", "Perki 1/2021"),
        ("Peraturan Komisi Informasi Pusat Nomor 01 Tahun2021", "Perki 1/2021"),
        ("Permendagri No. 3 Tahun 2017", "Permendagri 3/2017"),
        ("Peraturan Menteri Dalam Negeri RI Nomor 3 Tahun 2017", "Permendagri 3/2017"),
        ("Permen Dalam Negeri 3/2017", "Permendagri 3/2017"),
        ("Permenpan-RB Nomor 35 Tahun 2012", "PermenPANRB 35/2012"),
        ("Permen PAN-RB 35/2012", "PermenPANRB 35/2012"),
        (
            "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi "
            "Republik Indonesia Nomor 35 Tahun 2012",
            "PermenPANRB 35/2012",
        ),
        (
            "Peraturan Menteri Kelautan dan Perikanan Nomor 3 Tahun 2019",
            "Peraturan Menteri Kelautan dan Perikanan 3/2019",
        ),
        ("Keputusan Menteri Kesehatan 5/2020", "Kepmenkes 5/2020"),
        ("Permenkes 269 / Menkes / PER / III / 2008", "Permenkes 269/Menkes/PER/III/2008"),
        ("Permenpan No PER/04/M.PAN/03/2008", "PermenPANRB PER/04/M.PAN/03/2008"),
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2020", "Perppu 1/2020"),
        ("Perpu 1/2020", "Perppu 1/2020"),
        ("Peraturan Presiden Nomor 21 Tahun 2023 ps. 3", "Perpres 21/2023 ps. 3"),
        ("Keputusan Presiden 42/2025", "Keppres 42/2025"),
        ("Instruksi Presiden 1/2022", "Inpres 1/2022"),
        ("Perda Kota Pontianak No. 2 Tahun 2010", "Perda Kota Pontianak 2/2010"),
        ("PERATURAN DAERAH KAB. SUMEDANG NOMOR 5 TAHUN 2013", "Perda Kabupaten Sumedang 5/2013"),
        ("Peraturan Walikota Pontianak Nomor 49 Tahun 2018", "Perwali Pontianak 49/2018"),
        ("Peraturan Wali Kota Nomor 49 Tahun 2018", "Perwali 49/2018"),
        ("Peraturan Gubernur DKI Jakarta 3/2019", "Pergub DKI Jakarta 3/2019"),
        ("Qanun Aceh Nomor 7 Tahun 2019", "Qanun Aceh 7/2019"),
        ("Kepgub Nomor 339/03-I/HK/2020", "Kepgub 339/03-I/HK/2020"),
        (
            "Peraturan Kepala Arsip Nasional Republik Indonesia No. 17 Tahun 2011",
            "Perka ANRI 17/2011",
        ),
        ("Perka ANRI 17/2011", "Perka ANRI 17/2011"),
        ("Peraturan BSSN Nomor 4 Tahun 2021 Pasal 29", "Peraturan BSSN 4/2021 ps. 29"),
        ("UUD 1945 Pasal 28 F", "UUD 1945 ps. 28F"),
        ("Undang-Undang Dasar Negara Republik Indonesia Tahun 1945 ps. 28J", "UUD 1945 ps. 28J"),
        ("Pasal 3 ayat (1) Peraturan Pemerintah Nomor 61 Tahun 2010", "PP 61/2010 ps. 3 (1)"),
        ("Pasal 3 ayat (1) dari PP 61/2010", "PP 61/2010 ps. 3 (1)"),
        (
            "UU 14/2008 tentang Keterbukaan Informasi Publik Pasal 6 ayat 3 huruf D",
            "UU 14/2008 ps. 6 (3) huruf d",
        ),
        ("UU 14/2008 ps. 19 (reading: docs/decisions/0004).", "UU 14/2008 ps. 19"),
        ("PP 61/2010 tentang Pelaksanaan UU 14/2008 tentang KIP", "PP 61/2010"),
        ("  UU 11/2008 pasal 1 angka 6;", "UU 11/2008 ps. 1 angka 6"),
        ("UU KEARSIPAN pasal 44", "UU 43/2009 ps. 44"),
    ],
)
def test_a_citation_is_read_and_printed_in_its_short_form(text, expected):
    assert str(parse(text)) == expected
    assert parse(expected) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pasal 17 huruf b",
        "undang-undang",
        "UU 14",
        "UU 14/3008",
        "UU 0/2008",
        "UU 14/20081",
        "UU 14/2008 ps. xx",
        "menurut UU 14/2008",
        "UU 14/2008 dan seterusnya",
        "UU 14/2008 ps. 17 huruf a dan b",
        "UU 14/2008; PP 61/2010",
        "UU 14/2008 ps. 12345",
        "x" * 300,
    ],
)
def test_what_is_not_one_citation_is_refused(text):
    with pytest.raises(BadInput) as error:
        parse(text)

    assert error.value.codes == ("citation_unreadable",)
    assert error.value.findings[0].hint


# --- finding all


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tidak ada apa-apa di sini", []),
        ("Pasal 17 huruf b", []),
        ("UU 14/2008 dan PP 61/2010, Perki 1/2021", ["UU 14/2008", "PP 61/2010", "Perki 1/2021"]),
        (
            "UU 14/2008 Pasal 17 huruf a, c dan h",
            [f"UU 14/2008 ps. 17 huruf {letter}" for letter in "ach"],
        ),
        (
            "UU No. 14 Th 2008 tentang KIP Pasal 17 huruf h, dan j b. UU No.39 Tahun 1999",
            ["UU 14/2008 ps. 17 huruf h", "UU 14/2008 ps. 17 huruf j", "UU 39/1999"],
        ),
        (
            "UU 14/2008 Pasal 17 huruf a, b. UU 25/2009",
            ["UU 14/2008 ps. 17 huruf a", "UU 25/2009"],
        ),
        (
            "UU 14/2008 Pasal 17 huruf h dan huruf I",
            ["UU 14/2008 ps. 17 huruf h", "UU 14/2008 ps. 17 huruf i"],
        ),
        (
            "UU 14/2008 ps. 17 huruf h angka 2 dan 3 serta huruf i",
            [
                "UU 14/2008 ps. 17 huruf h angka 2",
                "UU 14/2008 ps. 17 huruf h angka 3",
                "UU 14/2008 ps. 17 huruf i",
            ],
        ),
        ("PP 61/2010 ps. 11 (1)-(3)", [f"PP 61/2010 ps. 11 ({n})" for n in (1, 2, 3)]),
        ("UU 14/2008 Pasal 35–37", [f"UU 14/2008 ps. {n}" for n in (35, 36, 37)]),
        ("UU 14/2008 ps. 17 huruf c s.d. f", [f"UU 14/2008 ps. 17 huruf {x}" for x in "cdef"]),
        (
            "UU 14/2008 Pasal 17 huruf a; b. Perlem LKPP No. 7 Tahun 2018",
            ["UU 14/2008 ps. 17 huruf a", "Perlem LKPP 7/2018"],
        ),
        ("UU 14/2008 ps. 1 - 900", ["UU 14/2008 ps. 1", "UU 14/2008 ps. 900"]),
        ("UU 14/2008 ps. 28F - 30", ["UU 14/2008 ps. 28F", "UU 14/2008 ps. 30"]),
        (
            "UU 36/2009 pasal 9 ayat (2) dan pasal 74",
            ["UU 36/2009 ps. 9 (2)", "UU 36/2009 ps. 74"],
        ),
        ("UU 43/2009 Ps 51, 86", ["UU 43/2009 ps. 51", "UU 43/2009 ps. 86"]),
        ("UU 14/2008 Pasal 17 dan 30 dokumen", ["UU 14/2008 ps. 17"]),
        ("UU 14/2008 Pasal 17 huruf a, 3 berkas", ["UU 14/2008 ps. 17 huruf a"]),
        ("UU 14/2008 Pasal 17 huruf a b", ["UU 14/2008 ps. 17 huruf a"]),
        (
            "sesuai Pasal 4 UU 14/2008 dan Pasal 3 PP 61/2010",
            ["UU 14/2008 ps. 4", "PP 61/2010 ps. 3"],
        ),
        (
            "Pasal 4 UU 14/2008 tentang KIP dan Pasal 3 PP 61/2010",
            ["UU 14/2008 ps. 4", "PP 61/2010 ps. 3"],
        ),
        (
            "Pasal 8 dari PP 61/2010, Pasal 3 UU 14/2008",
            ["PP 61/2010 ps. 8", "UU 14/2008 ps. 3"],
        ),
        (
            "UU 30/2014 Pasal 2 dan Pasal 3, Perki 1/2010",
            ["UU 30/2014 ps. 2", "UU 30/2014 ps. 3", "Perki 1/2010"],
        ),
        (
            "UU 14/2008 tentang KIP Pasal 17 huruf h UU No. 12 Tahun 1995",
            ["UU 14/2008 ps. 17 huruf h", "UU 12/1995"],
        ),
        (
            "PP 61/2010 tentang Pelaksanaan UU 14/2008 tentang KIP Pasal 11 ayat (3)",
            ["PP 61/2010 ps. 11 (3)", "[UU 14/2008]"],
        ),
        (
            "PP 61/2010 tentang Pelaksanaan UU 14/2008 Pasal 17",
            ["PP 61/2010", "[UU 14/2008 ps. 17]"],
        ),
        (
            "Perki 1/2010 tentang Standar, berdasarkan UU 14/2008",
            ["Perki 1/2010", "UU 14/2008"],
        ),
        ("UU 14/2008 Pasal 12345 dan Pasal 19", ["UU 14/2008 ps. 19"]),
        ("peraturan pelaksanaan dan Undang-Undang Nomor 5 Tahun 2010", ["UU 5/2010"]),
    ],
)
def test_citations_are_found_in_free_text(text, expected):
    assert cited(text) == expected


def test_the_span_of_a_citation_is_where_it_stands():
    text = "Menurut  UU 14/2008 ps. 17 huruf a, b lalu PP\u00a061/2010."

    spans = [text[found.start : found.end] for found in find(text)]

    assert spans == ["UU 14/2008 ps. 17 huruf a", "b", "PP\u00a061/2010"]


def test_where_a_title_stands_between_the_span_includes_it():
    text = "UU 14/2008 tentang Keterbukaan Informasi Publik, Pasal 19 berlaku"

    (found,) = find(text)

    assert text[found.start : found.end] == text.removesuffix(" berlaku")


# --- order and rank


def test_citations_sort_by_rank_then_year_number_and_article():
    texts = [
        "UUD 1945",
        "UU 9/1999",
        "UU 14/2008",
        "UU 14/2008 ps. 6 (3)",
        "UU 14/2008 ps. 17 huruf a",
        "UU 14/2008 ps. 17 huruf a angka 2",
        "UU 14/2008 ps. 17 huruf a angka 10",
        "UU 14/2008 ps. 17 huruf b",
        "UU 25/2009",
        "Perppu 1/2020",
        "PP 61/2010",
        "Perpres 21/2023",
        "Permendagri 3/2017",
        "Perki 1/2021",
        "Perda Kota Bontang 1/2009",
        "Pergub 1/2001",
        "Kepgub 3/2000",
    ]

    assert [str(citation) for citation in sorted(map(parse, reversed(texts)))] == texts


def test_a_citation_is_not_compared_with_anything_else():
    with pytest.raises(TypeError):
        _ = parse("UU 14/2008") < "UU 14/2008"


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("UU 14/2008", Rank.ACT),
        ("Peraturan BSSN 4/2021", Rank.NATIONAL),
        ("Keputusan Direktur 4/2021", Rank.DECISION),
    ],
)
def test_a_kind_has_its_rank(text, rank):
    assert parse(text).rank is rank


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UU 17/2011 ps. 25", True),
        ("Perppu 1/2017", True),
        ("PP 61/2010", False),
        ("UUD 1945", False),
    ],
)
def test_huruf_j_takes_an_act_or_what_has_its_rank(text, expected):
    assert is_act(parse(text)) is expected


def test_a_citation_as_a_whole_has_no_article():
    assert str(parse("UU 14/2008 ps. 17 huruf a angka 2").whole) == "UU 14/2008"


# --- remarks that need more than one line to show


def test_the_same_mistake_twice_in_a_line_is_said_once():
    line = "Perki 1/2010; Perki 1/2010"

    assert marked(lint(line, on=None)) == ["!regulation_replaced"]


def test_several_letters_after_one_article_are_not_judged_by_their_text():
    line = "UU 14/2008 Pasal 17 huruf b dan j: tidak boleh diungkap berdasarkan Undang-Undang"

    assert lint(line, on=None) == ()


def test_a_short_title_in_the_line_is_no_sign_where_the_right_act_is_cited_too():
    assert lint("UU 14/2018 mengubah UU 14/2008 (KIP)", on=None) == ()


@pytest.mark.parametrize("code", ["", "k", "17", "huruf", "/"])
def test_a_ground_outside_a_to_j_is_refused(code):
    with pytest.raises(BadInput) as error:
        lint_ground(code, "teks")

    assert error.value.codes == ("ground_unknown",)


@pytest.mark.parametrize("code", ["b", "B", "huruf b", "b.1"])
def test_a_ground_is_known_by_its_letter(code):
    assert marked(lint_ground(code, "dapat mengungkap rahasia pribadi")) == [
        "!ground_text_mismatch"
    ]


# --- anything at all

WORDS = st.sampled_from(
    ["UU", "Undang-Undang", "Perki", "Peraturan", "Daerah", "Permen", "PP", "Nomor", "14", "2008"]
    + ["Tahun", "/", "tentang", "Pelaksanaan", "Pasal", "ps.", "17", "huruf", "a", "j", "ayat"]
    + ["(2)", "angka", ",", "dan", "-", "s.d.", "Keterbukaan", "Informasi", "Publik", "\n", ";"]
    + ["UUD", "1945", "ſ", "K", "٣", "Perda", "Kota", "No.", "61", "2010", "Perubahan", "atas"]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
)


@given(TEXTS)
def test_reading_raises_nothing_but_bad_input(text):
    try:
        citation = parse(text)
    except BadInput:
        return
    assert parse(str(citation)) == citation


@given(TEXTS)
def test_what_is_found_lies_in_the_text_and_can_be_read_back(text):
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert parse(str(found.citation)) == found.citation


@given(TEXTS, st.sampled_from("abcdefghij"), st.none() | st.dates())
def test_remarks_are_made_on_any_text(text, letter, on):
    remarks = (
        *lint(text, place="p", on=on),
        *lint_ground(letter, text, place="p"),
        *lint_basis(text.splitlines(), on=on, exempt_information=True, archives=True),
    )

    assert all(remark.finding.message for remark in remarks)


@given(
    st.builds(
        Citation,
        st.sampled_from(["UU", "PP", "Perki", "Permendagri", "PermenPANRB", "Perda", "Kepgub"]),
        st.integers(1, 9999).map(str),
        st.integers(1945, 2099),
        article=st.integers(1, 999).map(str),
        paragraph=st.sampled_from(["", "1", "12", "2a"]),
        letter=st.sampled_from(["", "a", "z"]),
        point=st.sampled_from(["", "1", "12"]),
    )
)
def test_a_printed_citation_is_read_as_itself(citation):
    assert parse(str(citation)) == citation


REPEATED = [
    ("", "UU "),
    ("", "Pasal 17 "),
    ("", "UU 14/"),
    ("", "undang-"),
    ("", "Peraturan Daerah a a a a a "),
    ("", "Permen a "),
    ("", "PP 1/a/a/a/a/a/"),
    ("", "UU 14/2008 ps. 17 huruf a, b, c dan d "),
    ("", "UU 1/2000 tentang a b c "),
    ("", "UU 14/2018 "),
    ("", "UU 14/2008 tentang Keterbukaan Infor "),
    ("UU 14/2008", " "),
    ("UU 14/2008 Pasal 1", "1"),
    ("UU 14/2008 Pasal 1", "/1"),
    ("UU 14/2008 Pasal 1 huruf a", ", a"),
    ("UU 14/2008 ", "Pasal 1, "),
]


@pytest.mark.parametrize(("opening", "piece"), REPEATED)
def test_a_long_text_takes_time_in_proportion(opening, piece):
    def seconds(length):
        text = (opening + piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        lint(text, on=None)
        return time.process_time() - start

    seconds(1_000)
    short, long = seconds(10_000), seconds(100_000)

    # Ten times the text; a quadratic reading would take a hundred times as long.
    assert long < 40 * short + 0.5
