"""Damaged files of every kind: whatever a look finds in them, it is a finding and no accident."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ppid.errors import BadInput
from ppid.vault import watermark
from ppid.vault.inspection import inspected
from ppid.vault.kinds import Kind
from vault.hostile import docx, odf, pdf, png, tiff, with_location, xlsx

SOUND = {
    Kind.PDF: pdf(pages=2),
    Kind.PNG: png((40, 30)),
    Kind.JPEG: with_location(),
    Kind.TIFF: tiff(2, (40, 30)),
    Kind.DOCX: docx("<w:p>surat</w:p>"),
    Kind.XLSX: xlsx("<row><c><f>1+1</f></c></row>"),
    Kind.ODT: odf(),
    Kind.CSV: b"nama;nilai\nAni;5\n",
}
DAMAGE = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.fixture(autouse=True)
def with_pillow_as_it_was(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def damaged(data, changes, cut):
    """Return the bytes with some of them changed, and perhaps without their end."""
    made = bytearray(data)
    for place, value in changes:
        made[place % len(made)] = value
    return bytes(made[: len(made) - cut % len(made)])


@pytest.mark.parametrize("kind", SOUND, ids=str)
@settings(max_examples=15, deadline=None)
@given(changes=DAMAGE, cut=st.sampled_from([0, 0, 1, 7, 50, 300]))
def test_a_damaged_file_is_looked_into_or_refused(kind, changes, cut):
    try:
        found = inspected(io.BytesIO(damaged(SOUND[kind], changes, cut)), kind)
    except BadInput as error:
        assert all(one.message and one.place == "file" for one in error.findings)  # noqa: PT017
    else:
        assert found.kind == kind


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.PNG, Kind.JPEG, Kind.TIFF], ids=str)
@settings(max_examples=10, deadline=None)
@given(changes=DAMAGE, cut=st.sampled_from([0, 0, 1, 50]))
def test_a_damaged_file_is_marked_or_refused(kind, changes, cut):
    source = io.BytesIO(damaged(SOUND[kind], changes, cut))
    target = io.BytesIO()
    try:
        said = watermark.work(source, target, {"kind": kind, "text": "Salinan baca nomor 1"})
    except BadInput as error:
        assert error.codes == ("file_damaged",)  # noqa: PT017
    else:
        assert said["pages"] >= 0
