"""What an SOP says to everybody: all its texts by their place, and what of it stays inside."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from ppid.sop.definition import Definition

LEGAL_BASIS = "Dasar hukum"
PLACES = {
    "name": "Nama SOP",
    "number": "Nomor SOP",
    "institution": "Instansi",
    "unit": "Unit kerja",
    "performers": "Pelaksana",
    "legal_basis": LEGAL_BASIS,
    "qualifications": "Kualifikasi pelaksana",
    "related": "Keterkaitan",
    "equipment": "Peralatan",
    "warnings": "Peringatan",
    "records": "Pencatatan",
    "limit": "Batas",
    "remarks": "Catatan",
    "dates": "Tanggal",
    "approved_by": "Disahkan oleh",
    "code": "Kode",
}


def as_published(sop: Definition) -> Definition:
    """Return the SOP as everybody sees it: the number that identifies its approver stays inside."""
    return replace(sop, approved_by=replace(sop.approved_by, nip=""))


def public_texts(sop: Definition) -> dict[str, str]:
    """Return every text of an SOP by its place, whether its sheet shows it or not.

    A row is named by its number, since its label is a text too. The file's hash is none.
    """
    whole = asdict(replace(as_published(sop), steps=()))
    texts = {label: "\n".join(_within(whole[name])) for name, label in PLACES.items()}
    rows = {f"Langkah {one.number}": "\n".join(_within(asdict(one))) for one in sop.steps}
    return texts | rows


def _within(value: Any) -> Iterator[str]:
    """Yield each text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _within(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)
