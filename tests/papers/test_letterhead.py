"""The letterhead that a body may set."""

import base64

import pytest

from ppid.errors import BadInput
from ppid.papers.letterhead import (
    MOST_LOGO_BYTES,
    PaperSize,
    check_logo,
    is_letterhead_lines,
    is_logo,
    letterhead_of,
)

PNG = b"\x89PNG\r\n\x1a\n"


def test_an_office_that_has_set_nothing_has_a_letterhead():
    found = letterhead_of({}, body="Kota", unit="Dinas", place="Kota")

    assert (found.body, found.unit, found.size) == ("Kota", "Dinas", PaperSize.A4)
    assert (found.lines, found.logo) == ((), b"")


def test_what_an_office_has_set_is_on_its_letterhead():
    chosen = {
        "paper_size": "f4",
        "letterhead_lines": ["Jalan Satu", "Telepon 2"],
        "logo": base64.b64encode(PNG).decode(),
    }

    found = letterhead_of(chosen, body="Kota", unit="", place="Kota")

    assert (found.lines, found.logo) == (("Jalan Satu", "Telepon 2"), PNG)
    assert found.size is PaperSize.F4


@pytest.mark.parametrize("image", [PNG + b"rest", b"\xff\xd8\xffrest"])
def test_a_logo_is_png_or_jpeg(image):
    check_logo(image)


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"", "logo_unreadable"),
        (b"GIF89a", "logo_unreadable"),
        (b"<svg/>", "logo_unreadable"),
        (PNG + b"x" * MOST_LOGO_BYTES, "logo_too_large"),
    ],
)
def test_another_picture_is_refused(image, code):
    with pytest.raises(BadInput) as refused:
        check_logo(image)
    assert refused.value.codes == (code,)


@pytest.mark.parametrize(
    ("value", "fits"),
    [([], True), (["Jalan"], True), (["a"] * 5, False), (["a" * 201], False), ("Jalan", False)],
)
def test_a_letterhead_has_few_short_lines(value, fits):
    assert is_letterhead_lines(value) is fits


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("", True),
        (base64.b64encode(PNG).decode(), True),
        ("bukan", False),
        ("bukan!", False),
        (7, False),
    ],
)
def test_a_logo_may_be_left_out(value, fits):
    assert is_logo(value) is fits
