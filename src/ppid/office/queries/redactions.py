"""Documents that can be blackened, what is marked in them, and their public copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.grounds import ground, grounds
from ppid.office.actions.consequence_tests import sheet_of
from ppid.office.actions.drafts import draft_of
from ppid.office.actions.redactions import (
    APPROVE,
    copies_of,
    deciding_obstacles,
    marks_in,
    redacting_obstacles,
)
from ppid.office.authority import Authority
from ppid.office.models import Item, Person, PublicCopy, SoftCopy
from ppid.office.queries.documents import UNKNOWN as NO_DOCUMENT
from ppid.office.queries.documents import visible_copy
from ppid.office.queries.filing import documents_of
from ppid.office.queries.items import visible_item
from ppid.office.queries.papers.redactions import ground_on_box
from ppid.vault.redaction.marks import Mark, PageSize, mark_of
from ppid.vault.redaction.searching import Hit

WORDS = {"": "Menunggu pemeriksaan", "setuju": "Disetujui", "tolak": "Dikembalikan"}
CSS = {"": "soon", "setuju": "open", "tolak": "late"}


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A mark or a finding with its number, as an SVG box: from the upper left, in points."""

    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PublicCopyLine:
    """A public copy in a list."""

    copy: PublicCopy
    file_name: str
    made_by: str
    decided_by: str

    @property
    def words(self) -> str:
        """Return what became of it."""
        return WORDS[self.copy.decision]

    @property
    def css(self) -> str:
        """Return the modifier of its status mark."""
        return CSS[self.copy.decision]

    @property
    def may_leave(self) -> bool:
        """Return whether it may be handed out: a second person approved it.

        Source: UU 14/2008 ps. 22 (7) huruf e
        """
        return self.copy.decision == APPROVE


@dataclass(frozen=True, slots=True)
class RedactionsPage:
    """An item's documents and public copies. obstacles: why this person may not blacken."""

    item: Item
    documents: tuple[SoftCopy, ...]
    copies: tuple[PublicCopyLine, ...]
    obstacles: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PublicCopyPage:
    """A public copy: what is black and why, what to look at, and whether it may be decided."""

    line: PublicCopyLine
    item: Item
    marks: tuple[Mark, ...]
    remarks: tuple[Finding, ...]
    numbers: range
    deciding: tuple[Finding, ...]


def redactions_page(item: UUID, *, by: UUID, body: str, on: date) -> RedactionsPage:
    """Return an item's documents, newest version each, and its public copies. Raises NotFound."""
    found, authority = visible_item(item, by=by, body=body, on=on)
    return RedactionsPage(
        found, documents_of(found), public_copies(found), redacting_obstacles(authority)
    )


def public_copies(item: Item) -> tuple[PublicCopyLine, ...]:
    """Return the public copies of an item, the newest first."""
    return tuple(_line(one) for one in item.public_copies.order_by("-made_at"))


def _line(copy: PublicCopy) -> PublicCopyLine:
    soft = SoftCopy.objects.get(document=copy.document, version=copy.version)
    people = {copy.made_by, copy.decided_by}
    names = dict(Person.objects.filter(pk__in=people - {None}).values_list("pk", "name"))
    decided = names.get(copy.decided_by, "") if copy.decided_by else ""
    return PublicCopyLine(copy, soft.file_name, names.get(copy.made_by, ""), decided)


def visible_source(
    document: UUID, version: int, *, by: UUID, body: str, on: date
) -> tuple[SoftCopy, Authority]:
    """Return a soft copy that may be blackened, if this person may see it. Raises NotFound."""
    if PublicCopy.objects.filter(document=document).exists():
        raise NotFound(NO_DOCUMENT)
    return visible_copy(document, version, by=by, body=body, on=on)


def visible_public_copy(
    copy: UUID, *, by: UUID, body: str, on: date
) -> tuple[PublicCopy, Authority]:
    """Return a public copy, if this person may see its item. Raises NotFound."""
    unknown = Finding("copy_unknown", "Salinan tidak ditemukan.")
    found = PublicCopy.objects.filter(pk=copy).first()
    if found is None:
        raise NotFound(unknown)
    found.item, authority = visible_item(found.item_id, by=by, body=body, on=on, unknown=unknown)
    return found, authority


def public_copy_page(copy: UUID, *, by: UUID, body: str, on: date) -> PublicCopyPage:
    """Return what this person sees of a public copy. Raises NotFound."""
    found, authority = visible_public_copy(copy, by=by, body=body, on=on)
    return PublicCopyPage(
        line=_line(found),
        item=found.item,
        marks=tuple(marks_in(found)),
        remarks=tuple(Finding(**one) for one in found.remarks),
        numbers=range(1, found.pages + 1),
        deciding=deciding_obstacles(found, authority),
    )


def form_of_marks(source: SoftCopy) -> str:
    """Return under which name a person's marks of a document are kept until the copy is made."""
    return f"hitam {source.document} {source.version}"


def marks_of(source: SoftCopy, *, person: UUID) -> list[Mark]:
    """Return what the person has marked so far; at first what the last public copy has black."""
    kept = draft_of(person, form_of_marks(source))
    if "marks" in kept:
        return [mark_of(one) for one in kept["marks"]]
    earlier = copies_of(source)
    return marks_in(earlier[-1]) if earlier else []


def mark_lines(marks: Sequence[Mark], size: PageSize, *, page: int) -> tuple[BoxLine, ...]:
    """Return the marks of a page as they lie on its picture."""
    numbered = enumerate(marks, start=1)
    return tuple(_box(number, one, size) for number, one in numbered if one.page == page)


def hit_lines(hits: Sequence[Hit], size: PageSize, *, page: int) -> tuple[BoxLine, ...]:
    """Return the findings on a page as they lie on its picture."""
    return tuple(_box(one.number, one, size) for one in hits if one.page == page)


def _box(number: int, one: Mark | Hit, size: PageSize) -> BoxLine:
    return BoxLine(
        number,
        round(one.left, 2),
        round(size.height - one.top, 2),
        round(one.right - one.left, 2),
        round(one.top - one.bottom, 2),
    )


def ground_choices(*, on: date) -> list[tuple[str, str]]:
    """Return the grounds as a mark has them, with what each says."""
    return [(ground_on_box(one), f"{one.label}: {one.summary}") for one in grounds(on=on)]


def ground_of_sheet(item: Item, *, on: date) -> str:
    """Return the ground on the item's sheet as a mark has it, empty without one."""
    code = sheet_of(item).ground
    return ground_on_box(ground(code, on=on)) if code else ""
