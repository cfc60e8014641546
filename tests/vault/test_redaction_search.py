"""Searching a document and reading under its marks: on tagged papers, in every guise."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.reading import text_of
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper
from ppid.papers.press import press
from ppid.vault.redaction.checking import check
from ppid.vault.redaction.marks import Mark
from ppid.vault.redaction.pages import pages_of
from ppid.vault.redaction.searching import cut_letters, hits, text_under, texts
from ppid.vault.redaction.wording import BROKEN, compact, plain, telling, told
from vault.covered import copy_of, listing, marks_on, pdf
from vault.raw_pdf import holds

LETTER = {
    "number": "445/1207",
    "attached": "satu berkas",
    "subject": "Hasil pemeriksaan efisien",
    "place": "Kota",
    "day": "4 Mei 2026",
    "to": ["Siti Aminah", "Jalan Mawar 7"],
    "opening": "Bersama ini disampaikan hasil pemeriksaan Siti Aminah, NIK 6474010405910002, yang "
    "dirawat sejak 4 Mei 2026. Klasifikasi dan koefisien dihitung ulang oleh petugas. " * 4,
    "sections": [{"heading": "Rincian", "text": "", "lines": [("Nama", "Siti Aminah")]}],
    "rights": [],
    "closing": "Demikian disampaikan.",
    "signers": [],
}


@pytest.fixture(scope="module")
def letter():
    """A letter as the program itself prints it: PDF/A-2a with tags, metadata and own fonts."""
    paper = Paper(template="surat", title="Surat untuk Siti Aminah", content=LETTER)
    return press(paper, Letterhead(body="Pemerintah Kota"), on=date(2026, 5, 4))


def leaks(copy, source, marks):
    with pages_of(source) as shown:
        return {one.code for one in check(copy, shown, marks).leaks}


def remarks(copy, source, marks):
    with pages_of(source) as shown:
        return {one.code for one in check(copy, shown, marks).remarks}


# ------------------------------------------------------------------------- a paper of our own


def test_every_place_of_a_name_in_a_tagged_letter_is_found(letter):
    with pages_of(letter) as shown:
        found = hits(shown, "siti aminah")
    assert len({one.number for one in found}) == 6
    assert all(one.right > one.left and one.top > one.bottom for one in found)


def test_a_tagged_letter_leaves_nothing_of_what_is_black(letter):
    marks = [*marks_on(letter, "siti aminah"), *marks_on(letter, "6474010405910002")]
    copy = copy_of(letter, marks)

    assert leaks(copy, letter, marks) == set()
    assert remarks(copy, letter, marks) == set()
    assert "Siti" not in text_of(copy)
    assert not holds(copy, "Siti Aminah")
    assert not holds(copy, "6474010405910002")


def test_one_forgotten_place_is_remarked(letter):
    marks = marks_on(letter, "siti aminah")[:-1]
    assert remarks(copy_of(letter, marks), letter, marks) == {"words_elsewhere", "number_open"}


def test_ligatures_and_words_divided_at_a_line_are_found(letter):
    assert len(marks_on(letter, "efisien")) == 5  # once alone, four times in "koefisien"
    assert len(marks_on(letter, "klasifikasi dan koefisien")) >= 4


def test_what_stands_under_a_mark_is_read_in_order(letter):
    marks = marks_on(letter, "NIK 6474010405910002")
    with pages_of(letter) as shown:
        under = [compact(one) for one in text_under(shown, marks)]
    assert "nik6474010405910002" in "".join(under)


# -------------------------------------------------------------------- lines, columns, coverage


def test_a_box_ends_with_its_word_and_not_with_its_line():
    (one,) = marks_on(pdf(("awal Siti Aminah akhir",)), "siti aminah")
    with pages_of(pdf(("awal Siti Aminah akhir",))) as shown:
        letters = [each for each in shown.letters(0) if each.text.isalnum()]
        rest = [each for each in letters if not one.left <= each.left <= one.right]
    assert "".join(each.text for each in rest) == "awalakhir"


def test_what_no_mark_covers_is_the_rest_of_the_text():
    source = pdf(("Nama: Siti Aminah", "Jumlah: 12"))
    marks = marks_on(source, "siti aminah")
    with pages_of(source) as shown:
        (rest,) = texts(shown, marks)
        (under,) = text_under(shown, marks)
    assert "Siti" not in rest
    assert "Jumlah: 12" in rest
    assert under.split() == ["Siti", "Aminah"]


@pytest.mark.parametrize(("share", "cut"), [(1.2, False), (0.5, True), (0.2, False)])
def test_letters_count_as_cut_when_about_half_of_them_shows(share, cut):
    source = pdf(("Siti Aminah",))
    (whole,) = marks_on(source, "siti aminah")
    high = whole.top - whole.bottom
    part = replace(whole, top=min(340, whole.bottom + high * share))
    with pages_of(source) as shown:
        assert bool(cut_letters(shown, [part])) is cut


def test_a_mark_on_a_page_without_text_has_nothing_under_it():
    source = pdf((), ("Siti Aminah",))
    empty = Mark(page=1, left=10, bottom=10, right=90, top=40, ground="ps. 17 h", reason="foto")
    with pages_of(source) as shown:
        assert text_under(shown, [empty]) == [""]
        assert cut_letters(shown, [empty]) == {}
    assert leaks(copy_of(source, [empty]), source, [empty]) == set()


def test_a_reason_may_use_common_words_from_under_the_mark():
    source = pdf(("Riwayat kesehatan pasien Siti Aminah",))
    marks = marks_on(source, "Riwayat kesehatan pasien Siti Aminah")
    fit = copy_of(source, marks, paper=listing("1 ps. 17 h melindungi riwayat seorang pasien"))
    unfit = copy_of(source, marks, paper=listing("1 ps. 17 h riwayat kesehatan pasien"))
    assert leaks(fit, source, marks) == set()
    assert leaks(unfit, source, marks) == {"words_left"}


# ------------------------------------------------------------------------------ words in guise


names = st.lists(
    st.text(alphabet="abcdefghijklmnoprstuwy", min_size=3, max_size=9).map(str.capitalize),
    min_size=2,
    max_size=3,
).map(" ".join)
guises = st.sampled_from(
    [
        str.upper,
        str.lower,
        lambda text: " ".join(text),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\u200b".join(text),
        lambda text: "\u00ad".join(text),
        lambda text: text[:2] + "-\n" + text[2:],
        lambda text: text.replace(" ", " - "),
        lambda text: "".join(
            chr(ord(one) + 0xFEE0) if one.isascii() and one.isalpha() else one for one in text
        ),
    ]
)


@settings(max_examples=80, deadline=None)
@given(names, guises, guises)
def test_a_name_is_told_in_every_guise_of_a_guise(name, one, other):
    assert told(telling(name), f"awal, {other(one(name))}; akhir")


@settings(max_examples=80, deadline=None)
@given(names, st.text(alphabet="0123456789 .,", max_size=60))
def test_a_name_is_not_told_by_what_has_no_letters(name, text):
    assert told(telling(name), text) == frozenset()


@settings(max_examples=60, deadline=None)
@given(st.integers(1000, 10**16), st.sampled_from([" ", ".", "-", ""]))
def test_a_number_is_told_however_its_digits_are_grouped(number, between):
    grouped = between.join(str(number)[at : at + 4] for at in range(0, len(str(number)), 4))
    assert told(telling(f"nomor rekening {number} atas namanya"), f"ke {grouped} saja")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aZÀﬁẞ-_ 1.\n\u00ad\u200b½", max_size=40))
def test_the_compact_form_is_stable(text):
    assert compact(compact(text)) == compact(text)
    assert not set(compact(text)) & set(" \t\n-_.,")


def test_only_a_hyphen_at_the_end_of_a_line_divides_a_word():
    assert plain("ter-\r\n  tutup ter-buka") == "tertutup ter-buka"
    assert BROKEN.sub("", "a-b") == "a-b"
