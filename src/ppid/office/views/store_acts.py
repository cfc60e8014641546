"""What may be sent about the store room: its places, a stock-take, a paper that is back."""

from uuid import UUID

from ppid.office.actions.loans import take_back
from ppid.office.actions.places import Spot, add_place, change_place, close_place
from ppid.office.actions.stock_takes import take_stock
from ppid.office.forms.steps import ActForm
from ppid.office.forms.store_room import ChangePlaceForm, PlaceForm, ReturnForm, StockForm
from ppid.office.models import Loan, Place, StockTake
from ppid.office.places import PlaceKind
from ppid.office.queries.loan_docket import visible_loan
from ppid.office.queries.places import places_for
from ppid.office.queries.store_room import visible_place
from ppid.office.views.asking import Asked, Officer, Sent, asked


def place_seen(one: Officer, place: UUID) -> Place:
    """Return a place as the officer sees it. Raises NotFound, Refused."""
    found, _ = visible_place(place, by=one.by, body=one.body.pk, on=one.on)
    return found


def loan_seen(one: Officer, loan: UUID) -> Loan:
    """Return a loan as the officer sees it. Raises NotFound."""
    found, _ = visible_loan(loan, by=one.by, body=one.body.pk, on=one.on)
    return found


def place_asked(one: Officer, data: Sent, *, inside: str = "") -> Asked:
    """Return a new place. inside: the id of the one that is proposed for it to stand in."""
    nodes = places_for(PlaceKind.FOLDER, one.body)
    initial = {"parent": inside, "kind": PlaceKind.BOX if inside else PlaceKind.ROOM}
    form = PlaceForm(data, nodes=nodes, initial=initial)

    def act() -> Place:
        given = form.cleaned_data
        spot = Spot(PlaceKind(given["kind"]), given["name"], form.parent_place())
        return add_place(one.body, spot, by=one.by, at=one.at, act=given["act"])

    return asked(form, act, said="Tempat ditambahkan.")


def place_change_asked(one: Officer, place: Place, data: Sent) -> Asked:
    """Return another name of a place, or another place for it to stand in."""
    nodes = places_for(PlaceKind(place.kind), one.body)
    initial = {"name": place.name, "parent": str(place.parent_id or "")}
    form = ChangePlaceForm(data, nodes=nodes, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        change_place(
            place,
            name=given["name"],
            parent=form.parent_place(),
            by=one.by,
            at=one.at,
            act=given["act"],
        )

    return asked(form, act, said="Tempat diubah.")


def place_end_asked(one: Officer, place: Place, data: Sent) -> Asked:
    """Return the end of an empty place."""
    form = ActForm(data)

    def act() -> None:
        close_place(place, by=one.by, at=one.at, act=form.cleaned_data["act"])

    return asked(form, act, said="Tempat ditutup.")


def stock_asked(one: Officer, place: Place, data: Sent) -> Asked:
    """Return a comparison of the labels on a shelf with what belongs there."""
    form = StockForm(data)

    def act() -> StockTake:
        given = form.cleaned_data
        scans = given["scans"].splitlines()
        return take_stock(place, scans=scans, by=one.by, at=one.at, act=given["act"])

    return asked(form, act, said="Pemeriksaan tercatat.")


def return_asked(one: Officer, loan: Loan, data: Sent) -> Asked:
    """Return the record that a paper is back."""
    form = ReturnForm(data)

    def act() -> None:
        given = form.cleaned_data
        take_back(loan, condition=given["condition"], by=one.by, at=one.at, act=given["act"])

    return asked(form, act, said="Pengembalian dicatat.")
