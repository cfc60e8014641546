"""What may be destroyed by its retention, and how far each list has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.law.destruction import Consent, Element
from ppid.law.retention import Fate, Phase, phase, retention_ends_on
from ppid.law.term import in_words
from ppid.office.actions.destructions import (
    APPROVED,
    OPEN_STAGES,
    PROPOSED,
    approving_obstacles,
    archive_obstacles,
    list_obstacles,
    listed_items,
)
from ppid.office.actions.places import keeping_obstacles
from ppid.office.authority import Right, authority_of, demand
from ppid.office.labels import code_of
from ppid.office.models import ArchiveEntry, Body, Destruction, Item, Person

ELEMENTS = {
    Element.CHAIR: "Pimpinan unit kearsipan, ketua",
    Element.UNIT: "Pimpinan unit pengolah",
    Element.ARCHIVIST: "Arsiparis",
}
CONSENTS = {
    Consent.REGION: "Gubernur, bupati, atau wali kota",
    Consent.NATIONAL: "Kepala ANRI",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An archive whose retention is over and whose fate is to be destroyed; why not yet."""

    item: Item
    code: str
    obstacles: tuple[Finding, ...]

    @property
    def meta(self) -> str:
        """Return what an archivist asks first: whose, how much, since when."""
        entry, end = self.item.archive, retention_ends_on(self.item.archive.schedule)
        over = f"retensi habis {in_words(end)}" if end else ""
        words = (self.item.agency.name, entry.amount_in_words, over, f"kode {self.code}")
        return ", ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class DestructionsPage:
    """All lists, and what could go on a new one."""

    candidates: tuple[Candidate, ...]
    lists: tuple[Destruction, ...]
    keeping: tuple[Finding, ...]

    @property
    def free(self) -> tuple[Candidate, ...]:
        """Return the candidates that nothing keeps."""
        return tuple(one for one in self.candidates if not one.obstacles)

    @property
    def kept(self) -> tuple[Candidate, ...]:
        """Return the candidates that something keeps."""
        return tuple(one for one in self.candidates if one.obstacles)


@dataclass(frozen=True, slots=True)
class DestructionPage:
    """One list. in_the_way: what keeps its archives today. approving, keeping: why not I."""

    destruction: Destruction
    items: tuple[tuple[Item, str], ...]
    panel: tuple[tuple[str, str], ...]
    consent: str
    approver: str
    in_the_way: tuple[Finding, ...]
    approving: tuple[Finding, ...]
    keeping: tuple[Finding, ...]

    @property
    def to_approve(self) -> bool:
        """Return whether the head's decision comes next."""
        return self.destruction.stage == PROPOSED

    @property
    def to_carry_out(self) -> bool:
        """Return whether the minutes come next."""
        return self.destruction.stage == APPROVED

    @property
    def running(self) -> bool:
        """Return whether the list may still be taken back."""
        return self.destruction.stage in OPEN_STAGES


def destructions_page(body: Body, *, by: UUID, on: date) -> DestructionsPage:
    """Return the lists and candidates, for who sees the whole body. Raises Refused, NotFound."""
    authority = authority_of(by, on=on)
    demand(authority, Right.READ)
    if authority.agencies(Right.READ) is not None:
        raise NotFound(Finding("destruction_unknown", "Usul musnah tidak ditemukan."))
    lists = tuple(Destruction.objects.filter(body=body))
    busy = {one for each in lists if each.stage in OPEN_STAGES for one in each.items}
    return DestructionsPage(_candidates(body, busy, on=on), lists, keeping_obstacles(authority))


def _candidates(body: Body, busy: Collection[str], *, on: date) -> tuple[Candidate, ...]:
    rows = ArchiveEntry.objects.filter(
        item__body=body, destroyed_at__isnull=True, fate=Fate.DESTROY, closed_on__isnull=False
    )
    rows = rows.select_related("item__agency", "item__case", "item__archive")
    over = [one for one in rows.order_by("closed_on") if phase(one.schedule, on=on) is Phase.OVER]
    return tuple(
        Candidate(
            one.item,
            code_of(one.item_id),
            archive_obstacles(one.item, on=on, procedure_done=True),
        )
        for one in over
        if str(one.item_id) not in busy
    )


def destruction_page(destruction: UUID, *, by: UUID, body: Body, on: date) -> DestructionPage:
    """Return one list as a person sees it. Raises as `destructions_page`."""
    page = destructions_page(body, by=by, on=on)
    found = next((one for one in page.lists if one.pk == destruction), None)
    if found is None:
        raise NotFound(Finding("destruction_unknown", "Usul musnah tidak ditemukan."))
    items = listed_items(found)
    running = found.stage in OPEN_STAGES
    approver = Person.objects.filter(pk=found.approved_by).first()
    return DestructionPage(
        destruction=found,
        items=tuple((one, code_of(one.pk)) for one in items),
        panel=tuple((ELEMENTS[Element(key)], name) for key, name in sorted(found.panel.items())),
        consent=CONSENTS[Consent(found.consent)] if found.consent else "",
        approver=approver.name if approver else "",
        in_the_way=list_obstacles(items, on=on) if running else (),
        approving=approving_obstacles(found, authority_of(by, on=on)),
        keeping=page.keeping,
    )
