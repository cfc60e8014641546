"""The people of a body with their appointments: in force, past and to come on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from ppid.office.authority import ROLE_NAMES, in_force, role_name
from ppid.office.models import Account, Appointment, Body, Person, SopVersion
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
    if on < one.starts_on:
        state = "akan datang"
    elif one.ends_on is not None and one.ends_on < on:
        state = "berakhir"
    else:
        state = "berlaku"
    return AppointmentLine(one, role_name(one.role), KIND_NAMES.get(one.kind, one.kind), state)


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
