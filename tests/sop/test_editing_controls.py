"""The controls of the editor's form: what was typed becomes the file, and nothing else changes."""

from datetime import date

import pytest

from ppid.sop.editing.controls import controls_of, document_with
from ppid.sop.editing.document import reading
from sop.test_editing import document


def sent(base, **changes):
    """The document after these controls were filled in anew; "_" stands for "-"; None: unticked."""
    controls = controls_of(base)
    for name, value in changes.items():
        key = name.replace("__", "-")
        controls[key] = value if isinstance(value, list) else [value]
    return document_with(base, controls)


def row(base, **changes):
    return sent(base, **changes)["langkah"][0]


def test_texts_lists_days_and_numbers_are_taken_as_typed():
    made = sent(
        document({}, {}),
        nama=" Baru ",
        dasar_hukum="UU 14/2008\r\n\r\n PP 61/2010 ",
        tanggal__efektif="2 Februari 2026",
        tanggal__revisi="Nomor 5",
        disahkan__nip="1",
        langkah__1__kelengkapan="Satu\r\nDua",
        langkah__1__waktu_sampai="2",
        langkah__2__tunggu="1, dua dan 3",
    )

    assert made["nama"] == "Baru"
    assert made["dasar_hukum"] == ["UU 14/2008", "PP 61/2010"]
    assert made["tanggal"] == {"revisi": "Nomor 5", "efektif": date(2026, 2, 2)}
    assert made["disahkan"] == {"nip": "1"}
    assert made["langkah"][0]["kelengkapan"] == ["Satu", "Dua"]
    assert made["langkah"][0]["waktu_sampai"] == 2
    assert made["langkah"][1]["tunggu"] == [1, "dua", 3]


def test_what_is_emptied_is_gone_and_what_must_be_there_stays_empty():
    base = document({"waktu": "1 hari", "aksi": "uji", "output": ["x"]}, nomor="3")

    made = sent(base, nomor="", nama="", langkah__1__waktu="", langkah__1__kegiatan="")

    assert "nomor" not in made
    assert made["nama"] == made["langkah"][0]["kegiatan"] == ""
    assert "waktu" not in made["langkah"][0]
    assert row(base, langkah__1__aksi="kerjakan", langkah__1__output=" ") == {
        "kegiatan": "Kerja 1",
        "pelaksana": ["a"],
        "waktu": "1 hari",
    }


def test_what_a_control_cannot_show_is_kept_while_nobody_touches_it():
    base = document({"output": ["dua\nbaris", " "], "lanjut": ["selesai"], "kegiatan": "a\nb"})
    assert document_with(base, controls_of(base)) == base


def test_marks_are_set_and_taken_away():
    base = document({})
    made = row(base, langkah__1__untuk_setiap="ya", langkah__1__pemicu="ya")
    assert made["untuk_setiap"] == "perangkat_daerah"
    assert made["pemicu"] == "masa_berakhir"
    marked = document(made)
    assert "pemicu" not in row(marked, langkah__1__pemicu=[])
    assert sent(base, pelaksana__1__kolom=[])["pelaksana"][0]["kolom"] is False


@pytest.mark.parametrize(
    ("controls", "codes"),
    [
        ({"langkah__1__pelaksana": "b"}, ["b"]),
        ({"langkah__1__konfirmasi": ["a", "b"]}, ["a", "b"]),
        ({"langkah__1__pelaksana": [], "langkah__1__konfirmasi": ["b"]}, ["b"]),
        ({"langkah__1__pelaksana": []}, []),
    ],
)
def test_the_first_performer_acts_and_the_others_confirm(controls, codes):
    assert row(document({}), **controls)["pelaksana"] == codes


def test_roles_are_ticked_or_named():
    base = document({})
    made = sent(base, pelaksana__1__peran=["arsiparis"], pelaksana__1__peran_lain="Kabag Hukum, x")
    assert made["pelaksana"][0]["peran"] == ["arsiparis", "kabag_hukum", "x"]
    again = sent(made, pelaksana__1__nama="Lain")
    assert again["pelaksana"][0]["peran"] == ["arsiparis", "kabag_hukum", "x"]


@pytest.mark.parametrize(
    ("to", "more", "expected"),
    [
        ("", "", {}),
        ("2", "", {"lanjut": 2}),
        ("selesai", "", {"lanjut": "selesai"}),
        ("selesai", "2", {"lanjut": "selesai"}),
        ("2", "1", {"lanjut": [2, 1]}),
        ("", "1 2", {"lanjut": [1, 2]}),
        ("", "tiga", {"lanjut": "tiga"}),
    ],
)
def test_a_plain_row_leads_where_it_is_told(to, more, expected):
    made = row(document({}, {}), langkah__1__lanjut=to, langkah__1__lanjut_juga=more)
    assert {key: made[key] for key in made if key == "lanjut"} == expected


def test_a_decision_takes_new_names_targets_and_reasons():
    base = document({"keputusan": {"Ya": 2, "Tidak": 1}, "alasan": ["Tidak"]}, {})

    made = row(
        base,
        langkah__1__hasil__1__nama="Setuju",
        langkah__1__hasil__1__alasan="ya",
        langkah__1__hasil__3__nama="Ditunda",
        langkah__1__hasil__3__ke="",
    )

    assert made["keputusan"] == {"Setuju": 2, "Tidak": 1, "Ditunda": 0}
    assert made["alasan"] == ["Setuju", "Tidak"]


def test_an_outcome_without_a_name_is_gone_and_no_two_have_the_same():
    base = document({"keputusan": {"Ya": 2, "Tidak": 1, "Ditunda": 1}}, {})
    gone = row(base, langkah__1__hasil__2__nama=" ")
    twice = row(base, langkah__1__hasil__2__nama="Ya")
    assert gone["keputusan"] == {"Ya": 2, "Ditunda": 1}
    assert twice["keputusan"] == {"Ya": 2, "Ya 2": 1, "Ditunda": 1}


def test_a_reason_that_is_no_longer_wanted_is_gone():
    base = document({"keputusan": {"Ya": 2, "Tidak": 1}, "alasan": ["Tidak"]}, {})
    assert "alasan" not in row(base, langkah__1__hasil__2__alasan=[])


def test_a_decision_that_is_no_table_is_shown_without_outcomes():
    base = document({"keputusan": 3})
    assert row(base)["keputusan"] == {}


def test_an_empty_list_of_targets_is_shown_as_nothing_chosen():
    base = document({"lanjut": []})
    assert controls_of(base)["langkah-1-lanjut"] == [""]
    assert row(base)["lanjut"] == []


def test_rows_that_the_form_has_beyond_the_document_are_taken():
    base = document({})
    controls = controls_of(document({}, {"waktu": "1 hari"}))
    made = document_with(base, controls)
    assert [one.get("waktu") for one in made["langkah"]] == [None, "1 hari"]
    assert reading(made).mistakes == ()


def test_letters_that_no_file_may_hold_are_left_out():
    assert sent(document({}), nomor="1\x002")["nomor"] == "12"
