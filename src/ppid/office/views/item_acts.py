"""What may be sent about an item: its words, its classification, its opening, its archive."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from ppid.law.opening import OpeningReason
from ppid.office.actions.archive import file_item
from ppid.office.actions.items import add_item, change_item, correct_public_title
from ppid.office.actions.loans import lend
from ppid.office.actions.openings import declare_open, opening_case
from ppid.office.actions.reclassifications import begin_change
from ppid.office.authority import Authority, Right, authority_of
from ppid.office.forms.archive import ArchiveForm
from ppid.office.forms.items import CorrectionForm, ItemWordsForm, NewItemForm
from ppid.office.forms.openings import OpeningForm
from ppid.office.forms.reclassifications import ReclassificationForm
from ppid.office.forms.store_room import LendForm
from ppid.office.mandate import MandatedAct
from ppid.office.models import Agency, Case, Item, Loan, Person
from ppid.office.queries.cases import CasePage
from ppid.office.queries.docket import cases_for_tests
from ppid.office.queries.filing import filing_of
from ppid.office.queries.items import visible_item
from ppid.office.views.asking import Asked, Officer, Sent, asked
from ppid.office.writing import writing


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item as an officer sees it, with the officer's authority of the day."""

    item: Item
    authority: Authority

    @property
    def case(self) -> Case | None:
        """Return the running case in which the officer may open, if it is no right as PPID."""
        roles = self.authority.acting(MandatedAct.OPEN).roles
        return opening_case(self.item.body, roles)


def item_seen(one: Officer, item: UUID) -> ItemSeen:
    """Return the item as the officer sees it. Raises NotFound."""
    return ItemSeen(*visible_item(item, by=one.by, body=one.body.pk, on=one.on))


def candidate_asked(one: Officer, page: CasePage, data: Sent) -> Asked:
    """Return a new candidate of a case, of an agency that the officer prepares for."""
    limit = authority_of(one.by, on=one.on).agencies(Right.PREPARE)
    rows = Agency.objects.filter(body=one.body)
    form = NewItemForm(data, agencies=list(rows if limit is None else rows.filter(pk__in=limit)))

    def act() -> Item:
        given = form.cleaned_data
        return add_item(
            page.case,
            agency=rows.get(pk=given["agency"]),
            title=given["title"],
            public_title=given["public_title"],
            summary=given["summary"],
            by=one.by,
            at=one.at,
            act=given["act"],
        )

    return asked(form, act, said="Informasi ditambahkan.")


def words_asked(one: Officer, seen: ItemSeen, data: Sent) -> Asked:
    """Return a change of a candidate's words."""
    item = seen.item
    words = {name: getattr(item, name) for name in ("title", "public_title", "summary")}
    form = ItemWordsForm(data, initial=words)

    def act() -> None:
        change_item(item, by=one.by, at=one.at, **form.cleaned_data)

    return asked(form, act, said="Informasi diubah.")


def title_asked(one: Officer, seen: ItemSeen, data: Sent) -> Asked:
    """Return a correction of the public title of a determined item."""
    form = CorrectionForm(data, initial={"public_title": seen.item.public_title})

    def act() -> None:
        given = dict(form.cleaned_data)
        with writing(act=given.pop("act"), at=one.at):
            correct_public_title(seen.item, **given, by=one.by, at=one.at)

    return asked(form, act, said="Judul umum diralat. Edisi berikutnya memuatnya.")


def reclassification_asked(one: Officer, seen: ItemSeen, data: Sent) -> Asked:
    """Return what brings the item under a case for a new test."""
    form = ReclassificationForm(data, into=cases_for_tests(one.body, by=one.by, at=one.at))

    def act() -> Case:
        return begin_change(
            seen.item,
            into=form.chosen(),
            reason=form.cleaned_data["reason"],
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said="Informasi dibawa ke berkas. Tulis lembar uji yang baru.")


def opening_asked(one: Officer, seen: ItemSeen, data: Sent, *, reason: OpeningReason) -> Asked:
    """Return the declaration that the item is open."""
    item = seen.item
    initial = {"opened_on": item.opens_on or one.on}
    named = item.opens_on is None
    form = OpeningForm(data, reason=reason, on=one.on, named=named, initial=initial)

    def act() -> None:
        declare_open(
            item,
            opened_on=form.opened_on(),
            reason=reason,
            document=form.document(),
            by=one.by,
            at=one.at,
            case=seen.case,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said="Informasi dinyatakan terbuka.")


OPENINGS: dict[OpeningReason, Callable[..., Asked]] = {
    reason: partial(opening_asked, reason=reason) for reason in OpeningReason
}


def archive_asked(one: Officer, seen: ItemSeen, data: Sent) -> Asked:
    """Return the record of where the copies are kept, a place proposed in the order of the ends."""
    item = seen.item
    entry, filing = getattr(item, "archive", None), filing_of(item)
    fresh: dict[str, Any] = {"place": filing.proposal.place if filing.proposal else ""}
    fresh |= {"processing_unit": item.agency.name}
    form = ArchiveForm(data, nodes=filing.nodes, entry=entry, initial=None if entry else fresh)

    def act() -> None:
        file_item(item, by=one.by, at=one.at, **form.filing())

    return asked(form, act, said="Tempat arsip tercatat.")


def loan_asked(one: Officer, seen: ItemSeen, data: Sent) -> Asked:
    """Return the handing out of the paper of an item."""
    people = Person.objects.filter(body=one.body).order_by("name")
    form = LendForm(data, people=people)

    def act() -> Loan:
        act_id = form.cleaned_data["act"]
        return lend(seen.item, form.lending(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Peminjaman dicatat. Cetak tanda terimanya.")
