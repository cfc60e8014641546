"""The soft copies of an item as a person sees them: names, what was found in them, what is next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.office.actions.archive import filing_obstacles
from ppid.office.actions.copy_readings import is_in_a_case, reading_copy_obstacles
from ppid.office.actions.vault import NO_KEYS
from ppid.office.authority import Authority
from ppid.office.models import CopyReading, Item, Person, SoftCopy, VaultKeys
from ppid.office.queries.filing import documents_of
from ppid.office.queries.items import visible_item
from ppid.office.queries.readings import may_see_readings
from ppid.vault.kinds import Kind
from ppid.vault.traits import Remark

UNKNOWN = Finding("document_unknown", "Dokumen tidak ditemukan.")
REMARK_WORDS = {
    Remark.SIGNED: "Dokumen ini bertanda tangan elektronik. Salinan baca yang bertanda air bukan "
    "lagi dokumen yang bertanda tangan; yang asli tetap utuh dalam brankas.",
    Remark.LOCATION: "Gambar ini menyebut tempat pengambilannya (GPS).",
    Remark.COMMENTS: "Dokumen ini memuat komentar.",
    Remark.CHANGES: "Dokumen ini memuat perubahan yang terlacak: kalimat yang dihapus masih ada "
    "di dalamnya.",
    Remark.HIDDEN_SHEETS: "Buku kerja ini memuat lembar tersembunyi.",
    Remark.FORMULAS: "Berkas ini memuat rumus yang dijalankan program tabel ketika dibuka. Buka "
    "sebagai teks.",
    Remark.ENCODING: "Sebagian huruf berkas ini bukan UTF-8 dan mungkin tampil keliru.",
}


@dataclass(frozen=True, slots=True)
class ItemDocuments:
    """The documents of an item, each by its newest version, and why one may not be added."""

    item: Item
    documents: tuple[SoftCopy, ...]
    obstacles: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One version of a document. reading: why this person may not open it; empty when they may.

    marked: whether the copy that is handed out can name the reader on each page. readings: how
    often it was opened, None for who may not know.
    """

    item: Item
    copy: SoftCopy
    versions: tuple[SoftCopy, ...]
    kind: str
    stored_by: str
    marked: bool
    remarks: tuple[str, ...]
    reading: tuple[Finding, ...]
    filing: tuple[Finding, ...]
    in_a_case: bool
    readings: int | None


def item_documents(item: UUID, *, by: UUID, body: str, on: date) -> ItemDocuments:
    """Return the documents of an item for this person. Raises NotFound."""
    found, authority = visible_item(item, by=by, body=body, on=on)
    obstacles = filing_obstacles(authority)
    if not VaultKeys.objects.filter(body=body).exists():
        obstacles = (*obstacles, NO_KEYS)
    return ItemDocuments(found, documents_of(found), obstacles)


def visible_copy(
    document: UUID, version: int, *, by: UUID, body: str, on: date
) -> tuple[SoftCopy, Authority]:
    """Return a soft copy of an item that this person may see. Raises NotFound otherwise."""
    copy = SoftCopy.objects.filter(document=document, version=version).first()
    if copy is None:
        raise NotFound(UNKNOWN)
    copy.item, authority = visible_item(copy.item_id, by=by, body=body, on=on, unknown=UNKNOWN)
    return copy, authority


def document_page(document: UUID, version: int, *, by: UUID, body: str, on: date) -> DocumentPage:
    """Return what this person sees of a version of a document. Raises NotFound."""
    copy, authority = visible_copy(document, version, by=by, body=body, on=on)
    who = Person.objects.filter(pk=copy.stored_by).values_list("name", flat=True).first()
    sees = may_see_readings(copy.item.body, authority)
    return DocumentPage(
        item=copy.item,
        copy=copy,
        versions=tuple(SoftCopy.objects.filter(document=document).order_by("-version")),
        kind=copy.kind.upper() or "Tidak dikenal",
        stored_by=who or "Program",
        marked=bool(copy.kind) and Kind(copy.kind).takes_watermark,
        remarks=tuple(REMARK_WORDS[Remark(one)] for one in copy.remarks),
        reading=reading_copy_obstacles(copy.item, authority),
        filing=filing_obstacles(authority),
        in_a_case=is_in_a_case(copy.item),
        readings=CopyReading.objects.filter(document=document).count() if sees else None,
    )
