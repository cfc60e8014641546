"""The sheet as text."""

from hypothesis import given

from ppid.sop.load import load
from ppid.sop.show import sheet
from sop.files import ANOTHER, PERFORMER, sop, step
from sop.strategies import UNHURRIED, sound_sops


def cells(text):
    """Return the matrix as rows of stripped cells, rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def first_lines(text):
    """Return the first line of each row of the matrix, the heading too."""
    lines = text.splitlines()
    below = [lines[at + 1] for at, line in enumerate(lines[:-1]) if line.startswith("+")]
    return cells("\n".join(below))


def test_the_identity_block_names_dates_in_words_and_leaves_out_what_is_absent():
    text = sheet(load("sops/bali.toml"))

    assert "Nomor SOP          : 700/280/IKP/D.KOMINFOS" in text
    assert "Tanggal efektif    : 4 Januari 2021" in text
    assert "Berlaku sampai     : 31 Desember 2021" in text
    assert "NIP 19680531 199703 1 002" in text
    assert "Tanggal pengesahan" not in text
    assert "Batas waktu" not in text


def test_a_date_that_the_sheet_writes_as_text_stays_verbatim():
    assert "Tanggal efektif    : 2020" in sheet(load("sops/pontianak.toml"))


def test_lists_are_numbered_and_empty_ones_left_out():
    text = sheet(load("sops/kalteng.toml"))

    assert " 12. Peraturan Gubernur No. 37 tahun 2022" in text
    assert "Peralatan/perlengkapan" in text
    assert "Keterkaitan" not in text


def test_the_transcribers_remarks_are_never_printed():
    for name in ("bontang", "kalteng", "bali", "pontianak"):
        definition = load(f"sops/{name}.toml")
        text = " ".join(sheet(definition).split())
        assert not [remark for remark in definition.remarks if remark in text]
        assert "disimpulkan" not in text


def test_the_matrix_has_a_column_per_performer_and_a_mark_per_act():
    rows = first_lines(sheet(load("sops/bontang.toml")))

    assert rows[0][:6] == ["No", "Kegiatan", "Petugas PPID", "Ketua PPID", "Tim", "Lanjut ke"]
    assert [row[2:6] for row in rows[1:]] == [
        ["(X)", "", "", "2"],
        ["", "<X>", "", "Ya: 3"],
        ["", "", "(X)", "4"],
        ["[X]", "", "", "5"],
        ["(X)", "", "", "selesai"],
    ]
    assert rows[3][-1] == "dengan Pimpinan"


def test_a_further_performer_confirms():
    rows = first_lines(sheet(sop(step(performers='pelaksana = ["b", "a"]'))))

    assert rows[1][2:4] == ["+", "(X)"]


def test_who_has_no_column_is_named_in_the_remarks():
    hidden = PERFORMER + "kolom = false\n" + ANOTHER

    alone = sheet(sop("keterangan = 'Rapat'", performers=hidden))
    second = sheet(sop(step(performers='pelaksana = ["b", "a"]'), performers=hidden))

    assert [row[-1] for row in cells(alone)] == ["Keterangan", "Rapat", "oleh Petugas"]
    assert first_lines(second)[1][-1] == "dengan Petugas"


def test_steps_of_one_row_stand_under_one_label():
    definition = sop("baris = '1'", "baris = '1'", "baris = '1b'", "")

    assert [row[0] for row in first_lines(sheet(definition))] == ["No", "1", "1b", "4"]
    assert [row[0] for row in cells(sheet(definition))][1:3] == ["1", ""]


def test_columns_of_the_standard_that_nobody_fills_are_left_out():
    text = sheet(sop("waktu = '1 hari'\nwaktu_sampai = 2\nkelengkapan = ['A', 'B']", ""))

    assert first_lines(text)[0][-2:] == ["Kelengkapan", "Waktu"]
    assert first_lines(text)[1][-2:] == ["- A", "1 hari (langkah"]


def test_forks_joins_and_repetition_are_said():
    text = sheet(
        sop(
            "lanjut = [2, 3]",
            "lanjut = 4",
            "untuk_setiap = 'perangkat_daerah'",
            "tunggu = [2, 3]\nketerangan = 'Rapat'",
        )
    )
    rows = first_lines(text)

    assert [row[4] for row in rows] == ["Lanjut ke", "2 dan 3", "4", "4", "selesai"]
    assert [row[-1] for row in rows] == ["Keterangan", "", "", "untuk setiap", "Rapat"]
    assert "sesudah 2" in text


@UNHURRIED
@given(sound_sops())
def test_every_line_of_any_matrix_has_the_same_width(definition):
    lines = [line for line in sheet(definition).splitlines() if line[:1] in "|+"]

    assert len({len(line) for line in lines if line}) == 1
