"""What the shipped fonts can draw, and what stands for the rest."""

import pytest

import font_coverage
from ppid.papers.glyphs import drawable


@pytest.mark.parametrize(
    "text",
    ["Berkas biasa", "baris\nbaru", "Ωmega ≥ ½ €", "مرحبا", "ᬩᬮᬶ", "ꦗꦮ", "ᮞᮥᮔ᮪ᮓ", "😀"],
)
def test_what_the_fonts_draw_stays(text):
    assert drawable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中", "[U+4E2D]"),
        ("a\x07b", "a[U+0007]b"),
        ("a\x00b", "a[U+0000]b"),
        ("\ue000", "[U+E000]"),
        ("\ud800", "[U+D800]"),
    ],
)
def test_what_no_font_draws_is_printed_as_its_code(text, shown):
    assert drawable(text) == shown


def test_a_control_that_turns_the_writing_is_shown_and_not_obeyed():
    assert drawable("gaji \u202e000.1") == "gaji [U+202E]000.1"


def test_letters_and_their_accents_are_joined():
    assert drawable("e\u0301") == "é"


def test_windows_line_ends_and_tabs_are_plain_ones():
    assert drawable("a\r\nb\tc") == "a\nb c"


def test_the_list_of_characters_is_that_of_the_fonts():
    written = font_coverage.COVERAGE.read_text(encoding="ascii")
    assert written == font_coverage.coverage(), "run: tools/font_coverage.py write"
