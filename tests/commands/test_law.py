"""`ppid law cite`: what it finds, what it says of it, and how it ends."""

import json
from io import StringIO

import pytest
import time_machine

from ppid.cli import run

BASIS = "PP Nomor 61 Tahun 2010 tentang Pelaksanaan UU Nomor 14 Tahun 2018 ; Perki 1/2010"


@pytest.fixture
def ppid(capsys):
    """Run the command line; return code, stdout and stderr."""

    def call(*args):
        code = run(args)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_cite_prints_each_regulation_with_its_status_and_what_is_wrong(ppid):
    code, out, err = ppid("law", "cite", "--on", "2026-01-31", BASIS)

    assert (code, err) == (0, "")
    assert "PP 61/2010\n  Pelaksanaan Undang-Undang Nomor 14 Tahun 2008" in out
    assert "  berlaku sejak 23 Agustus 2010\n" in out
    assert "Perki 1/2010\n  Standar Layanan Informasi Publik\n  diganti sejak 2021, oleh" in out
    assert "peringatan: Judul PP 61/2010" in out
    assert "  saran: Tulis UU 14/2008." in out


def test_cite_judges_by_the_day_that_is_given(ppid):
    _, early, _ = ppid("law", "cite", "--on", "2014-10-01", "UU 32/2004")
    _, late, _ = ppid("law", "cite", "--on", "2014-10-02", "UU 32/2004")

    assert "berlaku sejak 2004" in early
    assert "diganti sejak 2 Oktober 2014, oleh UU 23/2014" in late


@time_machine.travel("2014-10-01 05:00+0000")
def test_cite_judges_by_today_where_no_day_is_given(ppid):
    _, out, _ = ppid("law", "cite", "UU 32/2004")

    assert "  berlaku sejak 2004\n" in out


def test_cite_names_a_regulation_once_for_all_its_articles(ppid):
    _, out, _ = ppid("law", "cite", "--on", "2026-01-31", "UU 14/2008 Pasal 17 huruf a, c dan h")

    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        f"UU 14/2008 ps. 17 huruf {letter}" for letter in "ach"
    ]
    assert out.count("Keterbukaan Informasi Publik") == 1


def test_cite_says_how_little_is_known(ppid):
    _, out, _ = ppid(
        "law", "cite", "--on", "2026-01-31", "Perki 1/2017, Perda Kota X 3/2010; UUD 1945"
    )

    assert "status belum pasti, mungkin berubah 2021 oleh Perki 1/2021" in out
    assert "Perda Kota X 3/2010\n  tidak ada dalam tabel" in out
    assert "UUD 1945\n  berlaku sejak 18 Agustus 1945; belum diperiksa pada naskah" in out


def test_cite_lists_amendments(ppid):
    _, out, _ = ppid("law", "cite", "--on", "2026-01-31", "UU 23/2014")

    assert "  diubah dengan UU 2/2015, UU 9/2015\n" in out


def test_cite_takes_words_that_are_not_quoted(ppid):
    _, out, _ = ppid("law", "cite", "--on", "2026-01-31", "PP", "61/2010", "ps.", "8", "(2)")

    assert out.startswith("PP 61/2010 ps. 8 (2)\n")


def test_cite_reads_several_lines_and_says_in_which_a_mistake_stands(ppid, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("UU 14/2008\n\nPerki 1/2010\n"))

    code, out, _ = ppid("law", "cite", "--on", "2026-01-31", "-")

    assert code == 0
    assert "peringatan: baris 3: Perki 1/2010 diganti" in out


def test_cite_json_holds_spans_regulations_and_remarks(ppid):
    code, out, _ = ppid("law", "cite", "--json", "--on", "2026-01-31", BASIS + " Perda 1/2001")
    result = json.loads(out)

    assert code == 0
    assert (result["on"], result["text"][:3]) == ("2026-01-31", "PP ")
    first, inner, third, fourth = result["citations"]
    assert (first["citation"], first["known"], first["status"]) == ("PP 61/2010", True, "berlaku")
    assert (inner["citation"], inner["in_title"], inner["known"]) == ("UU 14/2018", True, False)
    assert BASIS[third["start"] : third["end"]] == "Perki 1/2010"
    assert (third["replaced_by"], third["since"]) == ("Perki 1/2021", "2021")
    assert fourth["known"] is False
    assert [w["code"] for w in result["warnings"]] == ["citation_wrong_year", "regulation_replaced"]
    assert [n["code"] for n in result["notes"]] == ["region_missing"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("apa saja",), "tidak dapat dibaca"),
        (("",), "tidak dapat dibaca"),
        (("--on", "2021-02-30", "UU 14/2008"), "“2021-02-30” bukan tanggal"),
        (("--on", "besok", "UU 14/2008"), "“besok” bukan tanggal"),
    ],
)
def test_what_cannot_be_used_is_said_with_a_hint(ppid, args, message):
    code, out, err = ppid("law", "cite", *args)

    assert (code, out) == (1, "")
    assert message in err
    assert "ppid: saran: " in err


def test_cite_without_a_text_is_misuse(ppid):
    code, out, err = ppid("law", "cite")

    assert (code, out) == (2, "")
    assert "TEKS" in err
