"""What the definition answers when it is asked for what is not there, and for its short views."""

from pathlib import Path

import pytest

from ppid.sop.load import load

SOPS = Path(__file__).resolve().parents[2] / "sops"


@pytest.fixture(scope="module")
def bontang():
    return load(SOPS / "bontang.toml")


@pytest.fixture(scope="module")
def pontianak():
    return load(SOPS / "pontianak.toml")


@pytest.mark.parametrize("number", [0, -1, 6])
def test_a_step_that_does_not_exist_is_no_other_step(bontang, number):
    with pytest.raises(IndexError):
        bontang.step(number)


def test_an_unknown_performer_is_no_performer(bontang):
    with pytest.raises(KeyError):
        bontang.performer("gubernur")


def test_an_unknown_outcome_leads_nowhere(bontang):
    with pytest.raises(KeyError):
        bontang.step(2).targets("Mungkin")


def test_the_targets_of_a_decision_are_those_of_its_outcome(bontang):
    assert bontang.step(2).targets("Ya") == (3,)
    assert bontang.step(2).targets("Tidak") == (1,)


def test_a_step_without_a_decision_has_one_way_out(bontang):
    assert bontang.step(1).targets() == (2,)
    assert bontang.step(5).exits == ((),)


def test_a_case_may_begin_on_the_first_step_and_on_each_trigger(bontang, pontianak):
    assert bontang.starts == (1, 3)
    assert pontianak.starts == (1,)


def test_a_performer_without_a_column_is_not_on_the_sheet(bontang):
    assert [one.name for one in bontang.columns] == [
        "Petugas PPID",
        "Ketua PPID",
        "Tim Pertimbangan",
    ]


def test_a_repeated_run_is_the_rows_that_repeat(pontianak):
    assert pontianak.group(3) == (3,)
    assert pontianak.group(2) == ()


TWO_REPEATED = """
format = 1
kode = "dua"
nama = "Dua baris berulang"
[[pelaksana]]
kode = "a"
nama = "A"
peran = ["petugas_ppid"]
[[langkah]]
kegiatan = "Satu"
pelaksana = ["a"]
[[langkah]]
kegiatan = "Dua"
pelaksana = ["a"]
untuk_setiap = "perangkat_daerah"
[[langkah]]
kegiatan = "Tiga"
pelaksana = ["a"]
untuk_setiap = "perangkat_daerah"
"""


@pytest.mark.parametrize("number", [2, 3])
def test_a_run_of_two_rows_is_the_same_from_either_row(tmp_path, number):
    file = tmp_path / "dua.toml"
    file.write_text(TWO_REPEATED)
    assert load(file).group(number) == (2, 3)
