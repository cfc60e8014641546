"""A list of any length: pressed in parts, joined as if it had been one."""

import io
import subprocess

import pikepdf
import pytest

from papers.reading import faults, page_sizes, text_of
from papers.test_press import HEAD, ON, listed
from ppid.errors import BadInput
from ppid.papers import apart, long_list
from ppid.papers.long_list import press_list
from ppid.papers.press import press


@pytest.fixture
def of_three(monkeypatch):
    """Parts of three rows each, rather than many."""
    monkeypatch.setattr(long_list, "ROWS_IN_A_PART", 3)
    monkeypatch.setattr(long_list, "ROWS_WITH_SIGNATURES", 2)


def rows_of(count):
    return [
        [str(place), f"Informasi {place} itu", "Dasar", "5 tahun"] for place in range(1, count + 1)
    ]


def test_a_long_list_has_every_row_once_and_in_order(of_three):
    text = text_of(press_list(listed(rows=rows_of(8)), HEAD, on=ON))

    places = [text.index(f"Informasi {place} itu") for place in range(1, 9)]
    assert places == sorted(places)
    assert text.count("itu") == 8


@pytest.mark.parametrize("count", [2001, 2500, 2501, 4500, 10_000, 10_001])
def test_the_part_with_the_signatures_is_a_short_one(count):
    ends = long_list._ends(count)

    sizes = [end - begin for begin, end in zip((0, *ends), ends, strict=False)]
    assert sum(sizes) == count
    assert sizes[-1] == 50
    assert 0 < max(sizes) <= 2000


def test_the_letterhead_begins_it_and_the_signature_ends_it(of_three):
    paper = press_list(listed(rows=rows_of(8)), HEAD, on=ON)

    text = text_of(paper)
    assert (text.count("PEMERINTAH KOTA LATIHAN"), text.count("Budi")) == (1, 1)
    assert "Halaman 1 " in text
    assert text.endswith("Halaman 3 dari 3")
    assert len(page_sizes(paper)) == 3


def test_joined_parts_are_still_pdf_a_and_pdf_ua(of_three):
    assert faults(press_list(listed(rows=rows_of(8)), HEAD, on=ON)) == set()


def test_the_tags_of_all_parts_are_one_tree(of_three):
    paper = press_list(listed(rows=rows_of(8)), HEAD, on=ON)

    with pikepdf.open(io.BytesIO(paper)) as document:
        tree = document.Root.StructTreeRoot
        index = list(tree.ParentTree.Nums)
        assert [int(key) for key in index[::2]] == [0, 1, 2]
        assert [int(page.StructParents) for page in document.pages] == [0, 1, 2]
        tables = [kid for kid in tree.K[0].K if kid.S == "/Table"]
        assert len(tree.K) == 1
        assert [len(part.K) for part in tables[0].K] == [1, 3 + (1 + 3) + (1 + 2)]
        assert len(tables) == 1
        _assert_whole(document, tree)


def _assert_whole(document, tree):
    """Every cell is on a page of this document and names heads that exist; no id is twice."""
    pages = {page.objgen for page in document.pages}
    names = [bytes(one) for one in list(tree.IDTree.Names)[::2]]
    assert names == sorted(set(names))
    cells = [
        cell
        for table in tree.K[0].K
        if table.S == "/Table"
        for part in table.K
        for row in part.K
        for cell in row.K
    ]
    heads = {bytes(cell.ID) for cell in cells if "/ID" in cell}
    assert heads == set(names)
    assert len(heads) == 4
    for row in (row for table in tree.K[0].K if table.S == "/Table" for row in table.K[1].K):
        assert row.P.objgen == next(t for t in tree.K[0].K if t.S == "/Table").K[1].objgen
    for cell in cells:
        assert "/Pg" not in cell or cell.Pg.objgen in pages
        for attributes in cell.get("/A", ()):
            assert {bytes(one) for one in attributes.get("/Headers", ())} <= heads


def test_a_long_list_is_the_same_bytes_each_time(of_three):
    assert press_list(listed(rows=rows_of(4)), HEAD, on=ON) == press_list(
        listed(rows=rows_of(4)), HEAD, on=ON
    )


def test_a_press_that_stops_is_a_plain_refusal(of_three, monkeypatch):
    def stopped(command, **more):
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(apart.subprocess, "run", stopped)
    with pytest.raises(BadInput) as refused:
        press_list(listed(rows=rows_of(4)), HEAD, on=ON)
    assert refused.value.codes == ("paper_not_printable",)


def test_papers_that_are_no_list_keep_their_own_tables():
    paper = press(listed("Satu"), HEAD, on=ON, attached=[listed("Dua"), listed("Tiga")])

    assert faults(paper) == set()
    with pikepdf.open(io.BytesIO(paper)) as document:
        tree = document.Root.StructTreeRoot
        names = [str(one) for one in list(tree.IDTree.Names)[::2]]
        assert len(set(names)) == len(names) == 3 * 4
        assert [kid.S for kid in tree.K[0].K].count("/Table") == 3
