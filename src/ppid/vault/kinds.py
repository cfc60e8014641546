"""The kinds of file that the vault takes, told by their name and by their first bytes."""

from enum import StrEnum

from ppid.errors import BadInput, Finding

HEAD = 16
"""Bytes that tell a kind."""


class Kind(StrEnum):
    """A kind of file that may be kept as a soft copy."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    CSV = "csv"
    TXT = "txt"

    @property
    def media_type(self) -> str:
        """Return the type with which it is handed out."""
        return MEDIA_TYPES[self]

    @property
    def takes_watermark(self) -> bool:
        """Return whether a visible mark can be drawn on every page of it."""
        return self in MARKED


PACKAGES = frozenset({Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS})
IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.TIFF})
TEXTS = frozenset({Kind.CSV, Kind.TXT})
MARKED = IMAGES | {Kind.PDF}
ENDINGS = {one.value: one for one in Kind} | {"jpg": Kind.JPEG, "tif": Kind.TIFF}
ALLOWED = "PDF, PNG, JPEG, TIFF, DOCX, XLSX, ODT, ODS, CSV, TXT"
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TIFF: "image/tiff",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.CSV: "text/csv",
    Kind.TXT: "text/plain",
}
STARTS = (
    (b"%PDF-", frozenset({Kind.PDF})),
    (b"\x89PNG\r\n\x1a\n", frozenset({Kind.PNG})),
    (b"\xff\xd8\xff", frozenset({Kind.JPEG})),
    (b"II*\0", frozenset({Kind.TIFF})),
    (b"MM\0*", frozenset({Kind.TIFF})),
    (b"PK\x03\x04", PACKAGES),
)


def kind_of_name(file_name: str) -> Kind:
    """Return the kind that a name ends with. Raises BadInput: `kind_not_allowed`."""
    kind = ENDINGS.get(file_name.rpartition(".")[2].lower()) if "." in file_name else None
    if kind is None:
        text = "Jenis berkas ini tidak diterima."
        hint = f"Yang diterima: {ALLOWED}."
        raise BadInput(Finding("kind_not_allowed", text, place="file", hint=hint))
    return kind


def kinds_of_head(head: bytes) -> frozenset[Kind]:
    """Return the kinds that a file with these first bytes can be; text where nothing is known."""
    found = (kinds for start, kinds in STARTS if head.startswith(start))
    return next(found, TEXTS)
