"""Several PDFs in one file: every number moves, every word stays."""

import io
import os
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.test_press import HEAD, ON
from ppid.errors import CorruptData
from ppid.papers.joining import joined
from ppid.papers.object_numbers import laid_together
from ppid.papers.paper import Paper
from ppid.papers.press import pressed

LETTER = {
    "number": "1",
    "attached": "Tidak ada",
    "subject": "Hal",
    "place": "Kota",
    "day": "2 Maret 2026",
    "to": ["Siapa pun"],
    "opening": "Isi",
    "rights": [],
    "closing": "Demikian.",
    "signers": [{"position": "PPID", "name": "Budi", "nip": ""}],
}


def small(words="Bagian"):
    """A letter as Typst writes it, with words of ours in its outline."""
    sections = [{"heading": words, "text": "", "lines": []}]
    paper = Paper(template="surat", title="Surat", content=LETTER | {"sections": sections})
    return pressed(paper, HEAD, on=ON)


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def words_of(catalog):
    return str(catalog.Outlines.First.First.Title)


def second_of(first, second):
    """The words of the second part once it is laid behind the first."""
    laid = laid_together([first, second])
    with opened(laid.pdf) as document:
        return words_of(document.get_object(laid.roots[1], 0))


def test_each_part_is_whole_under_its_new_numbers():
    parts = [small("Bagian satu"), small("Bagian dua")]

    laid = laid_together(parts)

    with opened(laid.pdf) as document:
        catalogs = [document.get_object(root, 0) for root in laid.roots]
        assert [words_of(one) for one in catalogs] == ["Bagian satu", "Bagian dua"]
        for one, part in zip(catalogs, parts, strict=True):
            with opened(part) as alone:
                drawn = alone.pages[0].Contents.read_bytes()
                assert one.Pages.Kids[0].Contents.read_bytes() == drawn
        assert catalogs[0].StructTreeRoot.objgen != catalogs[1].StructTreeRoot.objgen


@pytest.mark.parametrize(
    "words",
    [
        "nomor 12 0 R",
        "nomor (12 0 R)",
        "(a (12 0 R) 7 0 obj)",
        "1 0 obj",
        "\\) 3 0 R \\(",
        "(12 0 R",
        "((x) 12 0 R)",
    ],
)
def test_words_that_look_like_a_reference_stay_as_they_are(words):
    assert second_of(small(), small(words)) == words


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="()\\ 0123R objx", max_size=24).filter(str.strip))
def test_no_heading_is_changed_by_a_move(words):
    part = small(words)
    with opened(part) as alone:
        assert second_of(small(), part) == words_of(alone.Root)


def test_another_kind_of_file_is_not_guessed_at():
    """What is packed in object streams has no table of objects that could be moved."""
    whole = small()
    for other in (joined([whole]), whole[:-9], whole.replace(b" 00000 n", b" 00000 f", 1)):
        with pytest.raises(CorruptData) as refused:
            laid_together([whole, other])
        assert refused.value.codes == ("pdf_not_of_typst",)


def test_a_reference_to_an_object_that_there_is_not_is_refused():
    whole = small()
    reference = max(re.findall(rb" (\d+) 0 R", whole), key=len)
    wrong = whole.replace(b" %s 0 R" % reference, b" %s 0 R" % (b"9" * len(reference)))
    assert wrong != whole

    with pytest.raises(CorruptData) as refused:
        laid_together([whole, wrong])

    assert refused.value.findings[0].code == "pdf_not_of_typst"


def test_without_memory_files_the_parts_are_joined_all_the_same(monkeypatch):
    there = joined([small("Satu"), small("Dua")])
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert joined([small("Satu"), small("Dua")]) == there
