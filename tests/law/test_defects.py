"""The defect report of old lists: its cases, and what only a whole list shows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_cases import cases
from ppid.law.defect import DefectKind
from ppid.law.defect_report import LegacyEntry, defects, defects_of_list
from ppid.law.reference import parse

USUAL = date(2026, 1, 15)
FIELDS = {
    "judul": "title",
    "ringkasan": "summary",
    "huruf": "ground",
    "dasar_hukum": "legal_basis",
    "dibuka": "consequence_if_open",
    "ditutup": "consequence_if_closed",
    "bagian": "part",
    "jangka_waktu": "term",
    "dokumen": "document",
    "tautan": "document_link",
    "uji": "test",
    "penetapan": "decree",
    "keterangan": "remark",
}
"""The columns of a case and the fields of a row."""


def entry(**columns: str) -> LegacyEntry:
    """Return a row without a defect, with some of its columns changed."""
    sound = {
        "judul": "Nama dan alamat pelapor pengaduan pungutan liar",
        "huruf": "Pasal 17 huruf a angka 2",
        "dasar_hukum": "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik Pasal 17 "
        "huruf a angka 2",
        "dibuka": "Pelapor dan keluarganya dapat diancam oleh pihak yang dilaporkannya.",
        "ditutup": "Pelapor aman, pengaduan terus masuk, dan jumlahnya tetap diumumkan.",
        "bagian": "Nama, alamat, dan nomor telepon pelapor",
        "jangka_waktu": "sampai 5 Januari 2028",
        "dokumen": "Register pengaduan 2024",
        "uji": "BA uji konsekuensi 3/2025 tanggal 3 Januari 2025",
        "penetapan": "SK PPID Nomor 1/2025 tanggal 5 Januari 2025",
    }
    return LegacyEntry(**{FIELDS[name]: text for name, text in {**sound, **columns}.items()})


def marked(found) -> list[str]:
    return [("!" if one.is_sure else "") + one.code for one in found]


@pytest.mark.parametrize("case", cases("defects"))
def test_rows_of_old_lists(case):
    found = defects(entry(**case["baris"]), on=case.get("pada", USUAL))

    assert marked(found) == case["harapan"]
    assert all(one.finding.hint and one.finding.source for one in found)
    assert all(hasattr(entry(), one.finding.place) for one in found)


def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own():
    found = [parameter.values[0] for parameter in cases("defects")]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


def test_every_kind_of_defect_has_a_case():
    found = {
        one.kind
        for parameter in cases("defects")
        for one in defects(entry(**parameter.values[0]["baris"]), on=USUAL)
    }

    assert found == set(DefectKind)


@pytest.mark.parametrize("kind", DefectKind)
def test_every_kind_has_its_words_and_a_rule_that_can_be_read(kind):
    assert kind.label[0].isupper()
    assert parse(kind.source).article


def test_a_consequence_that_three_rows_share_fits_none_of_them():
    rows = [entry(judul=f"Nama pelapor {number}") for number in range(3)]

    found = defects_of_list(rows, on=USUAL)

    assert [marked(one) for one in found] == [["consequence_repeated"] * 2] * 3
    assert {one.finding.place for one in found[0]} == {
        "consequence_if_open",
        "consequence_if_closed",
    }


def test_two_rows_may_share_a_consequence_and_an_empty_one_is_shared_by_nobody():
    other = {"ditutup": "Pelapor tetap berani melapor; hasil penanganannya diumumkan tiap bulan."}
    rows = [entry(), entry(**other), *[entry(dibuka="", ditutup="-")] * 3]

    found = defects_of_list(rows, on=USUAL)

    assert marked(found[0]) == marked(found[1]) == []
    assert marked(found[2]) == ["!consequence_missing"]


def test_the_host_of_a_link_is_named_and_never_its_address():
    secret = "https://drive.google.com/file/d/1-secret-key/view"

    (found,) = defects(entry(tautan=secret), on=USUAL)

    assert "drive.google.com" in found.finding.message
    assert "1-secret-key" not in str(found)


@given(st.builds(LegacyEntry, **{name: st.text(max_size=60) for name in FIELDS.values()}))
def test_any_text_gets_a_report_in_order(row):
    found = defects(row, on=USUAL)

    assert [one.order for one in found] == sorted(one.order for one in found)


@given(
    st.lists(
        st.sampled_from(
            ["Pasal 17", "huruf", "h", "angka 3", "UU", "Nomor 14", "Tahun 2008", "3 tahun",
             "s.d.", "2027", "31 Februari", "selama", "sampai", "-", "(", ")", "j", "sejak"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_mixture_of_the_usual_words_gets_a_report(words):
    text = " ".join(words)
    row = entry(huruf=text, dasar_hukum=text, jangka_waktu=text, penetapan=text)

    assert defects(row, on=USUAL)
