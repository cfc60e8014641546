"""The people of a body with their appointments: in force, past and to come on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from ppid.office.authority import ROLE_NAMES, in_force, role_name
from ppid.office.mandate import MandatedAct, lent_by
from ppid.office.models import Account, Appointment, Body, Mandate, Person, SopVersion
from ppid.office.projections.cases import definition_of
from ppid.office.queries.parts import ListPart, part_of

KIND_NAMES = {"definitif": "", "plt": "Plt.", "plh": "Plh."}


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """An appointment on a day. state: "berlaku", "akan datang" or "berakhir"."""

    appointment: Appointment
    role: str
    kind: str
    state: str

    @property
    def css(self) -> str:
        """Return the modifier of the status mark."""
        return {"berlaku": "open", "akan datang": "soon"}.get(self.state, "")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with every appointment, those in force first."""

    person: Person
    appointments: tuple[AppointmentLine, ...]
    accounts: tuple[str, ...]

    @property
    def nip(self) -> str:
        """Return the NIP as it is written: 8, 6, 1 and 3 digits."""
        nip = self.person.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if nip else ""


ORDER = ("berlaku", "akan datang", "berakhir")


def people_page(
    body: Body, *, on: date, search: str = "", state: str = "", page: str | None = None
) -> tuple[ListPart, tuple[PersonLine, ...]]:
    """Return one page of the people, by name.

    state: "berlaku" for those who hold a role on the day, "tanpa" for those who hold none.
    """
    rows = Person.objects.filter(body=body)
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(nip__contains=word))
    holding = Appointment.objects.filter(in_force(on), person__body=body).values("person")
    if state == "berlaku":
        rows = rows.filter(pk__in=holding)
    elif state == "tanpa":
        rows = rows.exclude(pk__in=holding)
    appointments = Appointment.objects.select_related("agency").order_by("-starts_on", "role")
    rows = rows.prefetch_related(
        Prefetch("appointments", queryset=appointments),
        Prefetch("accounts", queryset=Account.objects.order_by("username")),
    )
    part = part_of(rows.order_by("name", "pk"), page=page)
    return part, tuple(_line(person, on=on) for person in part.rows)


def _line(person: Person, *, on: date) -> PersonLine:
    lines = [appointment_line(one, on=on) for one in person.appointments.all()]
    return PersonLine(
        person=person,
        appointments=tuple(sorted(lines, key=lambda line: ORDER.index(line.state))),
        accounts=tuple(one.username for one in person.accounts.all()),
    )


def appointment_line(one: Appointment, *, on: date) -> AppointmentLine:
    """Return how an appointment stands on a day; both its first and last day are in force."""
    state = _state(one.starts_on, one.ends_on, on=on)
    return AppointmentLine(one, role_name(one.role), KIND_NAMES.get(one.kind, one.kind), state)


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate on a day. state: as of an appointment. words: "a.n. Kepala Dinas", while it lends.

    idle: it is in force, but its giver does not hold the role on the day, so it lends nothing.
    """

    mandate: Mandate
    role: str
    acts: tuple[str, ...]
    state: str
    words: str

    @property
    def idle(self) -> bool:
        """Return whether it lends nothing though its days have come."""
        return self.state == "berlaku" and not self.words

    @property
    def css(self) -> str:
        """Return the modifier of the status mark."""
        return {"berlaku": "open", "akan datang": "soon"}.get(self.state, "")


def mandate_lines(body: Body, *, on: date) -> tuple[MandateLine, ...]:
    """Return every mandate of the body, those in force first."""
    rows = Mandate.objects.filter(giver__body=body)
    rows = rows.select_related("giver", "holder", "through__giver")
    lines = [_mandate_line(one, on=on) for one in rows]
    return tuple(sorted(lines, key=lambda line: ORDER.index(line.state)))


def _mandate_line(mandate: Mandate, *, on: date) -> MandateLine:
    state = _state(mandate.starts_on, mandate.ends_on, on=on)
    lent = list(lent_by(mandate, on=on)) if state == "berlaku" else []
    return MandateLine(
        mandate=mandate,
        role=role_name(mandate.role),
        acts=tuple(MandatedAct(act).label for act in mandate.acts),
        state=state,
        words=lent[0].behalf.words if lent else "",
    )


def _state(starts_on: date, ends_on: date | None, *, on: date) -> str:
    if on < starts_on:
        return "akan datang"
    return "berakhir" if ends_on is not None and ends_on < on else "berlaku"


def role_choices(body: Body) -> list[tuple[str, str]]:
    """Return the roles that may be given: our own and those that the adopted SOPs name."""
    texts: Iterable[str] = SopVersion.objects.filter(body=body).values_list("text", flat=True)
    named = {
        role
        for text in texts
        for performer in definition_of(text).performers
        for role in performer.roles
    }
    known = [role for role in ROLE_NAMES if role != "pemohon"]
    more = sorted(named - set(ROLE_NAMES))
    return [(role, role_name(role)) for role in (*known, *more)]
