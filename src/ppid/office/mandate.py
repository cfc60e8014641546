"""Mandates (*a.n.*, *u.b.*): who may act for whom, in which role and for which acts, on a day.

A mandate lends a role that its giver holds by appointment on that very day; whoever gives it stays
responsible, so what the law keeps apart is kept apart for both of them (docs/decisions/0093).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from ppid.office.models import Appointment, Mandate
from ppid.reading import Reading


class MandatedAct(StrEnum):
    """An act that a mandate may carry."""

    STEP = "langkah"
    DETERMINE = "menetapkan"
    OPEN = "membuka"
    HEAD_APPROVAL = "menyetujui"

    @property
    def label(self) -> str:
        """Return the act in words."""
        return _LABELS[self]


_LABELS = {
    MandatedAct.STEP: "Mengerjakan langkah SOP",
    MandatedAct.DETERMINE: "Menandatangani penetapan klasifikasi",
    MandatedAct.OPEN: "Menyatakan informasi terbuka",
    MandatedAct.HEAD_APPROVAL: "Menyetujui sebagai pimpinan",
}


@dataclass(frozen=True, slots=True)
class Behalf:
    """For whom somebody acts. people: every giver, the nearest first. words: "a.n. Sekda"."""

    mandate: UUID
    people: tuple[UUID, ...]
    words: str

    def as_said(self) -> dict[str, object]:
        """Return it as an event says it."""
        return {"behalf": [str(one) for one in self.people], "acting": self.words}


@dataclass(frozen=True, slots=True)
class Lent:
    """A role that a mandate lends on a day, as its giver holds it. agency: None for the body."""

    role: str
    agency: UUID | None
    acts: frozenset[str]
    behalf: Behalf


def concerning(person: UUID | OuterRef) -> QuerySet[Mandate]:
    """Return every mandate that the person holds or has given, on whatever days; mostly none."""
    return Mandate.objects.filter(Q(holder_id=person) | Q(giver_id=person)).order_by()


CONCERNING = Reading(
    lambda person: (
        concerning(person)
        .order_by("starts_on", "letter_number")
        .values_list("pk", "holder_id", "holder__name", "starts_on", "ends_on")
    ),
    person=UUID(int=0),
)


def covering(on: date) -> Q:
    """Return the condition that a mandate covers the day."""
    return Q(starts_on__lte=on, ends_on__gte=on)


def lent_by(mandate: Mandate, *, on: date) -> Iterator[Lent]:
    """Yield what the mandate lends on a day: its role, as often as its giver holds it then."""
    first, words = mandate, ""
    if mandate.through is not None:
        first = mandate.through
        if not (first.starts_on <= on <= first.ends_on) or not set(mandate.acts) & set(first.acts):
            return
        words = f" u.b. {_title(mandate.giver_id, on=on) or mandate.giver.name}"
    acts = frozenset(mandate.acts) & frozenset(first.acts)
    people = (mandate.giver_id,) if first is mandate else (mandate.giver_id, first.giver_id)
    for held in _appointments(first.giver_id, on=on).filter(role=mandate.role):
        title = held.position or first.giver.name
        behalf = Behalf(mandate.pk, people, f"a.n. {title}{words}")
        yield Lent(mandate.role, held.agency_id, acts, behalf)


def mandates_covering(on: date, **where: object) -> list[Mandate]:
    """Return the mandates that cover a day, with everybody in them."""
    rows = Mandate.objects.filter(covering(on), **where)
    return list(rows.select_related("giver", "holder", "through__giver"))


def stand_ins(body: str, *, on: date) -> list[Appointment]:
    """Return who may do steps for others on a day, as if they were appointed; never saved."""
    return [
        Appointment(
            person=mandate.holder,
            role=lent.role,
            position=lent.behalf.words,
            agency_id=lent.agency,
            kind="mandat",
        )
        for mandate in mandates_covering(on, holder__body_id=body)
        for lent in lent_by(mandate, on=on)
        if MandatedAct.STEP in lent.acts
    ]


def _appointments(person: UUID, *, on: date) -> QuerySet[Appointment]:
    open_end = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Appointment.objects.filter(open_end, person_id=person, starts_on__lte=on)


def _title(person: UUID, *, on: date) -> str:
    rows = _appointments(person, on=on).exclude(position="").order_by("starts_on")
    return rows.values_list("position", flat=True).first() or ""
