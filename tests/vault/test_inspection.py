"""Hostile files: each is refused with its code, or fit to keep and nothing more."""

import io

import pytest
from PIL import Image

from ppid.errors import PpidError
from ppid.vault.apart import work_apart
from ppid.vault.inspection import inspected
from ppid.vault.kinds import Kind, kind_of_name
from ppid.vault.traits import PROBLEMS, Remark
from vault.hostile import FILES, KEPT, docx, jpeg, odf, pdf, png, tiff, with_location, xlsx

BY_NAME = [one for one in FILES if one.becomes != "file_name_invalid"]
"""The strange names never come as far as a look (tests/office/test_uploads.py)."""


@pytest.fixture(autouse=True)
def with_pillow_as_it_was(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def look(name, data):
    return inspected(io.BytesIO(data), kind_of_name(name))


def test_there_are_enough_of_them():
    assert len({one.attack for one in FILES}) >= 12
    assert len(FILES) >= 60


def becomes(act):
    """Return the code with which the act refuses, or that it keeps."""
    try:
        act()
    except PpidError as error:
        return error.codes[0]
    return KEPT


@pytest.mark.parametrize("one", BY_NAME, ids=str)
def test_a_hostile_file_is_refused_or_inert(one):
    assert becomes(lambda: look(one.name, one.make())) == one.becomes


@pytest.mark.parametrize(
    "name", ["tawa.xlsx", "bom.docx", "putar.pdf", "besar.png", "js.pdf", "php-komentar.jpg"]
)
def test_the_same_is_found_in_a_process_apart(name):
    (one,) = [one for one in FILES if one.name == name]
    asked = {"kind": kind_of_name(name)}

    def apart():
        work_apart("ppid.vault.inspection", io.BytesIO(one.make()), asked=asked)

    assert becomes(apart) == one.becomes


@pytest.mark.parametrize(
    ("name", "data", "pages"),
    [
        ("surat.PDF", pdf(pages=3), 3),
        ("pindai.png", png(), 1),
        ("foto.jpeg", jpeg(), 1),
        ("pindai.tif", tiff(4), 4),
        ("surat.docx", docx(), 0),
        ("tabel.xlsx", xlsx(), 0),
        ("surat.odt", odf(), 0),
        ("tabel.ods", odf("spreadsheet"), 0),
        ("tabel.csv", b"nama;nilai\nAni;5\n", 0),
        ("catatan.txt", "caf\u00e9 \u2013 surat".encode(), 0),
        ("catatan.txt", b"x" * (3 << 20), 0),
    ],
    ids=lambda one: str(one)[:12],
)
def test_an_honest_file_is_fit_to_keep(name, data, pages):
    found = look(name, data)
    assert (found.pages, found.remarks) == (pages, ())


def remarks(name, data):
    return set(look(name, data).remarks)


def signed(made):
    made.Root.Sig = made.make_indirect(
        {"/Type": made.Root.Type, "/ByteRange": [0, 1, 2, 3], "/Contents": b"\0"}
    )


def test_what_is_worth_knowing_is_remarked():
    book = [("xl/workbook.xml", '<workbook><sheet state="hidden"/></workbook>')]
    assert remarks("a.pdf", pdf(signed)) == {Remark.SIGNED}
    assert remarks("a.jpg", with_location()) == {Remark.LOCATION}
    assert remarks("a.docx", docx("<w:ins/><w:del/>")) == {Remark.CHANGES}
    assert remarks("a.odt", odf(inside="<annotation/>")) == {Remark.COMMENTS}
    assert remarks("a.xlsx", xlsx(more=book)) == {Remark.HIDDEN_SHEETS}
    assert remarks("a.csv", b"a,=1+1\n") == {Remark.FORMULAS}
    assert remarks("a.csv", b"a,-5\n+62 811,b\n") == set()
    assert remarks("a.txt", "caf\u00e9".encode("latin-1")) == {Remark.ENCODING}


def described(made):
    with made.open_metadata() as meta:
        meta["dc:title"] = "KENARI-XMP"
        meta["xmp:CreatorTool"] = "KENARI-ALAT"
    made.docinfo["/Author"] = "KENARI-INFO"


CORE = "<c xmlns='urn:c'><creator>KENARI-INTI</creator><empty/></c>"


@pytest.mark.parametrize(
    ("name", "data", "canaries"),
    [
        ("a.pdf", pdf(described), {"KENARI-INFO", "KENARI-XMP", "KENARI-ALAT"}),
        ("a.jpg", with_location(), {"KENARI-KAMERA"}),
        ("a.docx", docx(more=[("docProps/core.xml", CORE)]), {"KENARI-INTI"}),
        ("a.odt", odf(more=[("meta.xml", CORE)]), {"KENARI-INTI"}),
    ],
    ids=["pdf", "jpeg", "docx", "odt"],
)
def test_metadata_is_shown_to_who_uploads(name, data, canaries):
    assert canaries <= {value for _, value in look(name, data).metadata}


def test_metadata_that_cannot_be_read_is_passed_over():
    def broken(made):
        made.Root.Metadata = made.make_stream(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")

    assert look("a.pdf", pdf(broken, fix_metadata_version=False)).metadata == ()
    exif = Image.Exif()
    exif[0x9286] = b"\0\1\2"
    assert ("UserComment", "3 bita") in look("a.jpg", jpeg(exif=exif)).metadata


def test_every_problem_has_its_sentence_and_a_way_out():
    assert {one.becomes for one in BY_NAME} - {
        KEPT,
        "kind_not_allowed",
        "kind_differs",
        "file_empty",
    } <= PROBLEMS.keys()
    assert all(text.endswith(".") and hint.endswith(".") for text, hint in PROBLEMS.values())


def test_the_kinds_are_told_by_their_names():
    assert kind_of_name("Surat.JPG") is Kind.JPEG
    assert all(kind.media_type for kind in Kind)
    assert {kind for kind in Kind if kind.takes_watermark} == {
        Kind.PDF,
        Kind.PNG,
        Kind.JPEG,
        Kind.TIFF,
    }
