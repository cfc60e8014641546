"""`ppid sop`: what stands on stdout and stderr, and with which code it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml import ElementTree

from papers.reading import faults, page_sizes, text_of
from ppid.cli import run
from sop.files import file

CLEAN = file(
    "",
    performers=file("")
    .split("[[langkah]]")[0]
    .split("[[pelaksana]]")[1]
    .join(["[[pelaksana]]", ""]),
)


@pytest.fixture
def ppid(capsys):
    """Run the command line; return code, stdout and stderr."""

    def call(*args):
        code = run([str(arg) for arg in args])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_check_of_a_clean_file_says_nothing(ppid, write):
    assert ppid("sop", "check", write("a.toml", CLEAN)) == (0, "", "")


def test_check_prints_warnings_and_notes_on_stdout_and_ends_well(ppid):
    code, out, err = ppid("sop", "check", "sops/pontianak.toml")

    assert (code, err) == (0, "")
    assert "peringatan: sops/pontianak.toml: berkas: " in out
    assert "(PP 61/2010 ps. 4)" in out
    assert "catatan: sops/pontianak.toml: nomor: " in out
    assert "  saran: " in out


def test_check_prints_errors_on_stderr_and_fails_and_goes_on_with_the_next_file(ppid, write):
    bad = write("b.toml", file("lanjut = 9\nwarna = 1"))

    code, out, err = ppid("sop", "check", bad, "sops/pontianak.toml")

    assert code == 1
    assert f"ppid: kesalahan: {bad}: langkah 1: lanjut: " in err
    assert f"ppid: kesalahan: {bad}: langkah 1: warna: " in err
    assert "sops/pontianak.toml" in out


def test_an_error_may_come_with_a_suggestion(ppid, write):
    code, _, err = ppid("sop", "check", write("b.toml", file("keputsan = 1")))

    assert code == 1
    assert "ppid: saran: " in err


def test_check_json_is_always_a_list_with_every_file(ppid, write):
    clean, bad = write("a.toml", CLEAN), write("b.toml", file("lanjut = 9"))

    code, out, err = ppid("sop", "check", "--json", clean, bad, "tidak-ada.toml")

    assert (code, err) == (1, "")
    found = json.loads(out)
    assert [entry["file"] for entry in found] == [str(clean), str(bad), "tidak-ada.toml"]
    assert found[0] == {"file": str(clean), "errors": [], "warnings": [], "notes": []}
    assert [set(error) for error in found[1]["errors"]] == [{"place", "code", "message", "source"}]
    assert [(e["place"], e["code"]) for e in found[1]["errors"]] == [
        ("langkah 1: lanjut", "no_such_step")
    ]
    assert found[2]["errors"][0]["code"] == "file_not_found"


def test_check_json_ends_well_with_warnings_only(ppid):
    code, out, _ = ppid("sop", "check", "sops/kalteng.toml", "--json")

    assert code == 0
    assert json.loads(out)[0]["warnings"]


def test_a_name_that_is_no_text_still_gives_valid_json(ppid):
    code, out, _ = ppid("sop", "check", "--json", "\udcff.toml")

    assert code == 1
    assert json.loads(out.encode("utf-8"))[0]["errors"]


@pytest.mark.parametrize(
    "args", [["show"], ["simulate"], ["draw", "-o", "x.svg"], ["export", "-o", "x"]]
)
def test_what_check_refuses_the_others_refuse_with_the_same_errors(ppid, write, args, tmp_path):
    bad = write("b.toml", file("lanjut = 9\nwarna = 1"))
    args = [str(tmp_path / each) if each.startswith("x") else each for each in args]

    checked = ppid("sop", "check", bad)
    refused = ppid("sop", args[0], bad, *args[1:])

    assert refused == checked
    assert refused[0] == 1
    assert sorted(os.listdir(tmp_path)) == ["b.toml"]


def test_show_prints_the_sheet(ppid):
    code, out, _ = ppid("sop", "show", "sops/bali.toml")

    assert code == 0
    assert out.startswith("PEMERINTAH PROVINSI BALI\n")


def test_simulate_prints_routes_in_words_and_as_json(ppid):
    assert ppid("sop", "simulate", "sops/pontianak.toml")[1] == (
        "Rute 1: 1 - 2 - 3 - 4 - 5 (9 hari kerja)\n"
    )
    assert "tanpa standar waktu" in ppid("sop", "simulate", "sops/bali.toml")[1]
    code, out, _ = ppid("sop", "simulate", "sops/pontianak.toml", "--json")
    assert (code, json.loads(out)["rute"]) == (0, [{"langkah": [1, 2, 3, 4, 5], "hari_kerja": 9}])


def test_simulate_says_when_there_are_more_routes(ppid, write):
    steps = [f"keputusan = {{ A = {n + 1}, B = {n + 2} }}" for n in range(1, 16)]

    code, out, _ = ppid("sop", "simulate", write("a.toml", file(*steps, "", "")))

    assert code == 0
    assert out.splitlines()[-1].startswith("... dan lebih banyak lagi")


def test_draw_and_export_write_well_formed_files(ppid, tmp_path):
    drawing, process = tmp_path / "a.svg", tmp_path / "a.bpmn"

    assert ppid("sop", "draw", "sops/kalteng.toml", "-o", drawing) == (0, "", "")
    assert ppid("sop", "export", "sops/kalteng.toml", "-o", process) == (0, "", "")

    assert ElementTree.parse(drawing).getroot().tag.endswith("svg")
    assert ElementTree.parse(process).getroot().tag.endswith("definitions")
    assert sorted(os.listdir(tmp_path)) == ["a.bpmn", "a.svg"]


@pytest.mark.parametrize(("paper", "size"), [("a4", (297, 210)), ("f4", (330, 215))])
def test_the_sheet_is_drawn_as_pdf(ppid, tmp_path, paper, size):
    sheet = tmp_path / "a.pdf"

    code, out, err = ppid("sop", "draw", "sops/kalteng.toml", "-o", sheet, "--paper", paper)

    assert (code, out, err) == (0, "", "")
    assert page_sizes(sheet.read_bytes()) == [size, size]
    assert "Memberi Persetujuan atas Informasi" in text_of(sheet.read_bytes())
    assert faults(sheet.read_bytes()) == set()


def test_an_older_drawing_is_replaced(ppid, tmp_path):
    drawing = tmp_path / "a.svg"
    drawing.write_text("lama")

    assert ppid("sop", "draw", "sops/bali.toml", "-o", drawing)[0] == 0
    assert drawing.read_text().startswith("<")


@pytest.mark.parametrize(
    ("output", "word"),
    [("a.png", ".svg"), ("tidak/ada/a.svg", "ditulis"), ("a\x00.svg", "ditulis")],
)
def test_a_drawing_that_cannot_be_written_is_one_sentence(ppid, tmp_path, output, word):
    code, out, err = ppid("sop", "draw", "sops/bali.toml", "-o", f"{tmp_path}/{output}")

    assert (code, out) == (1, "")
    assert word in err.splitlines()[0]
    assert os.listdir(tmp_path) == []


def test_the_sop_itself_is_never_overwritten(ppid, write):
    source = write("a.toml", CLEAN)

    code, _, err = ppid("sop", "export", source, "-o", source)

    assert code == 1
    assert "menimpa" in err
    assert source.read_text(encoding="utf-8") == CLEAN


def test_nothing_is_half_written_when_the_disk_fails(ppid, tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    assert ppid("sop", "draw", "sops/bali.toml", "-o", tmp_path / "a.svg")[0] == 1
    assert os.listdir(tmp_path) == []


def test_commands_on_sops_need_no_database_and_no_settings():
    program = (
        "import sys; from ppid.cli import run; code = run(['sop', 'check', 'sops/bali.toml']);"
        "sys.exit(code or any(name.startswith('django') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
