"""A file with mistakes opens in the editor: what can be shown is, what cannot is told."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.sop.editing.controls import controls_of, document_with
from ppid.sop.editing.document import REMOVED, document_of, reading, text_of
from ppid.sop.editing.opening import opened, text_of_file
from ppid.sop.load import LARGEST_FILE, LONGEST_LINE

SOPS = Path(__file__).parents[2] / "sops"
WHOLE = """
format = 1
kode = "uji"
nama = "Uji"
[[pelaksana]]
kode = "ppid"
nama = "PPID"
peran = ["ppid_utama"]
[[langkah]]
kegiatan = "Menerima"
pelaksana = ["ppid"]
"""


def told(text):
    found = opened(text.encode(), name="sop.toml")
    return found.document, {(one.code, one.place) for one in found.left_out}


def still(document):
    return {(one.code, one.place) for one in reading(document).mistakes}


def with_line(line):
    return WHOLE.replace("[[pelaksana]]", f"{line}\n[[pelaksana]]", 1)


def of_row(line):
    return f"{WHOLE}{line}\n"


@pytest.mark.parametrize("name", ["bontang", "kalteng", "bali", "pontianak"])
def test_a_file_without_mistakes_opens_as_it_is(name):
    text = (SOPS / f"{name}.toml").read_text(encoding="utf-8")
    document, left_out = told(text)
    assert not left_out
    assert reading(document).sop.steps == reading(document_of(text)).sop.steps
    assert set(document) == set(document_of(text))


def test_a_mistake_stays_where_it_is():
    document, left_out = told(of_row("lanjut = 9"))
    assert still(document) == {("no_such_step", "langkah 1: lanjut")}
    assert not left_out


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("nomor = 12", "nomor", "12"),
        ("batas = 2024-01-31", "batas", "2024-01-31"),
        ('keterkaitan = "satu"', "keterkaitan", ["satu"]),
        ("keterkaitan = [1, true, {}]", "keterkaitan", ["1"]),
    ],
)
def test_a_value_of_another_kind_becomes_what_its_control_shows(line, key, value):
    document, left_out = told(with_line(line))
    assert document[key] == value
    assert [code for code, _ in left_out] != []  # nothing is mended in silence


@pytest.mark.parametrize(
    "line", ["nomor = true", "nomor = []", "keterkaitan = {}", "asing = 1", "tanggal = 3"]
)
def test_what_no_control_can_show_is_left_out_and_told(line):
    document, left_out = told(with_line(line))
    assert line.split(" = ")[0] not in document
    assert len(left_out) == 1


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("waktu_sampai = 1", "waktu_sampai", 1),
        ("tunggu = 1", "tunggu", [1]),
        ('tunggu = ["satu", 1.5]', "tunggu", ["satu"]),
        ('lanjut = [1, "x"]', "lanjut", [1]),
        ('lanjut = "selesai"', "lanjut", "selesai"),
        ('keputusan = { Ya = "selesai", Tidak = 1.5 }', "keputusan", {"Ya": "selesai", "Tidak": 0}),
        ('keputusan = { Ya = 1 }\nalasan = ["Ya", "Lain"]', "alasan", ["Ya"]),
    ],
)
def test_of_a_row_what_can_be_a_number_or_a_way_stays(line, key, value):
    document, _ = told(of_row(line))
    assert document["langkah"][0][key] == value


@pytest.mark.parametrize(
    "line", ["lanjut = true", "lanjut = []", "waktu_sampai = 1.5", "tunggu = {}"]
)
def test_of_a_row_what_can_be_neither_is_left_out(line):
    document, _ = told(of_row(line))
    assert line.split(" = ")[0] not in document["langkah"][0]
    assert REMOVED not in document["langkah"][0].values()


def test_days_are_days_and_a_moment_is_the_day_it_is_on():
    document, _ = told(
        f"{WHOLE}[tanggal]\npembuatan = 2024-02-29T10:00:00\nrevisi = 'x'\nefektif = 3"
    )
    assert document["tanggal"] == {"pembuatan": date(2024, 2, 29), "revisi": "x"}


def test_a_performer_s_column_is_a_mark():
    text = WHOLE.replace('nama = "PPID"', 'nama = "PPID"\nkolom = false')
    assert told(text)[0]["pelaksana"][0]["kolom"] is False
    assert "kolom" not in told(text.replace("false", '"tidak"'))[0]["pelaksana"][0]


@pytest.mark.parametrize("text", ["a = 1", "pelaksana = 3\nlangkah = 'x'", "langkah = [1, {}]"])
def test_a_file_that_is_hardly_an_sop_opens_with_nothing_in_it(text):
    document, left_out = told(text)
    assert left_out
    assert document["pelaksana"] == []
    assert len(document["langkah"]) == text.count("{}")


@pytest.mark.parametrize(
    ("text", "where"), [("a = 1\nb =", "baris 2"), ("a = 'x", "baris 1"), ("a = [\n", "baris 2")]
)
def test_what_is_no_toml_is_told_by_line_and_column_with_the_line(text, where):
    with pytest.raises(BadInput) as refused:
        opened(text.encode(), name="sop.toml")
    (found,) = refused.value.findings
    assert found.code == "bad_toml"
    assert where in found.message
    assert len(found.hint) <= LONGEST_LINE + 20


def test_a_file_in_the_letters_of_windows_can_be_shown_and_no_bytes_can():
    assert text_of_file("nama = “Uji”".encode("cp1252")) == "nama = “Uji”"
    assert text_of_file("\ufeffa".encode()) == "a"
    assert text_of_file(b"a\x00b") == ""
    assert text_of_file(b"a" * (LARGEST_FILE + 1)) == ""


SAID = document_of((SOPS / "bontang.toml").read_text(encoding="utf-8"))
WRONG = st.sampled_from([-1, 0, 1.5, True, "", "x", [], ["a"], [1, [2]], {}, date(2024, 1, 1)])


def paths(value, path=()):
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in pairs:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from paths(one, (*path, key))


KEYS = [path for path in paths(SAID) if isinstance(path[-1], str)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), WRONG)
def test_whatever_is_wrong_with_a_value_the_editor_shows_the_file(path, wrong):
    values = deepcopy(SAID)
    place = values
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong

    document = opened(text_of(values).encode(), name="sop.toml").document

    back = document_with(document, controls_of(document))
    assert document_of(text_of(back)) == back
    reading(back)
