"""The letterhead of a body and who signs its papers."""

from collections.abc import Collection
from datetime import date

from ppid.office.authority import in_force, role_name
from ppid.office.models import Appointment, Body, Person
from ppid.office.paper_signers import Signed, choice_of
from ppid.papers.letterhead import Letterhead, letterhead_of
from ppid.papers.wording import nip

Signer = dict[str, str]
INTERNAL = "Internal: memuat informasi yang dikecualikan"
COPY = "Salinan untuk umum"
LEFT_OUT = "Tidak dimuat dalam salinan ini (UU 14/2008 Pasal 22 ayat (7) huruf e)."


def letterhead(body: Body) -> Letterhead:
    """Return the body's letterhead, with what it has not set left out."""
    return letterhead_of(body.settings, body=body.name, unit=body.unit, place=body.place)


def signer(position: str, name: str, digits: str = "", *, person: str = "") -> Signer:
    """Return one signature; an empty part is written by hand. person: the id, where it is known."""
    return {"position": position, "name": name, "nip": nip(digits), "person": person}


def signer_in(body: Body, roles: Collection[str], *, on: date) -> Signer:
    """Return who held one of the roles on the day, empty lines if nobody did."""
    found = (
        Appointment.objects.filter(in_force(on), person__body=body, role__in=list(roles))
        .select_related("person")
        .order_by("starts_on")
        .last()
    )
    if found is None:
        return signer(role_name(next(iter(roles))), "")
    position = found.position or role_name(found.role)
    person = str(found.person_id)
    return signer(position, found.person.name, found.person.nip, person=person)


def signers_of(body: Body, kind: Signed, *, on: date, usual: Collection[str] = ()) -> list[Signer]:
    """Return who signs a kind of paper on the day, as the body has set it; the last is the signer.

    usual: the roles that sign where the body has set nothing.
    """
    chosen = choice_of(body.settings, kind)
    own = signer_in(body, (chosen.role,) if chosen.role else usual or kind.usual, on=on)
    if not chosen.beside:
        return [own]
    return [signer_in(body, (chosen.beside,), on=on) | {"above": chosen.above}, own]


def signer_of(body: Body, person: str, *, position: str, name: str) -> Signer:
    """Return the signature of a person as a letter names them, with the NIP on record."""
    known = Person.objects.filter(body=body, pk=person).first()
    return signer(position, name, known.nip if known else "", person=person if known else "")


def signer_named(body: Body, position: str, name: str) -> Signer:
    """Return the signature of who answered, by name; known if one person of the body has it."""
    known = Person.objects.filter(body=body, name=name)
    if len(known) != 1:
        return signer(position, name)
    return signer(position, name, known[0].nip, person=str(known[0].pk))
