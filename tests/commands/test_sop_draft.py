"""`ppid sop draft`: what it writes and says, and that it never writes over anything."""

import pytest

from ppid.cli import run
from ppid.sop.load import load

SHEET = "Nama SOP Contoh\nNo\tKegiatan\tPetugas PPID\tWaktu\n1\tMenetapkan daftar\t\t1 hari\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "SOP Kota_1.txt"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_the_draft_loads_and_its_guesses_are_named(file, tmp_path, capsys):
    target = tmp_path / "draf.toml"

    assert run(["sop", "draft", str(file), "-o", str(target)]) == 0

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "langkah 1: Pelaksana disimpulkan" in printed.err
    assert "perhatikan: " in printed.err
    sop = load(target)
    assert (sop.code, sop.name) == ("sop-kota-1", "Contoh")


def test_without_a_target_the_draft_stands_on_stdout_alone(file, capsys):
    assert run(["sop", "draft", str(file), "--kode", "contoh"]) == 0
    assert capsys.readouterr().out.startswith('format = 1\nkode = "contoh"\n')


def test_a_file_that_is_there_is_not_written_over(file, tmp_path, capsys):
    target = tmp_path / "draf.toml"
    target.write_text("milik orang", encoding="utf-8")

    assert run(["sop", "draft", str(file), "-o", str(target)]) == 1

    assert target.read_text(encoding="utf-8") == "milik orang"
    assert "tidak menimpanya" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["tidak-ada.pdf", "\0"])
def test_a_file_that_cannot_be_read_is_one_sentence(name, capsys):
    assert run(["sop", "draft", name]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "tidak dapat dibaca" in printed.err


def test_a_name_without_letters_still_gives_a_code(tmp_path, capsys):
    path = tmp_path / "—.txt"
    path.write_text(SHEET, encoding="utf-8")
    assert run(["sop", "draft", str(path)]) == 0
    assert 'kode = "sop"' in capsys.readouterr().out
