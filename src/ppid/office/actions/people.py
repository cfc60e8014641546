"""People, their sign-in, and their appointments."""

import re
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.office.authority import Right, authority_in, demand
from ppid.office.log import Fact, append, lock
from ppid.office.models import Account, Agency, Appointment, Body, Person
from ppid.office.writing import writing

ACTING = ("plt", "plh")
KINDS = ("definitif", *ACTING)
NIP = re.compile(r"\d{18}")
ROLE = re.compile(r"[a-z0-9_]{1,200}")


def demand_set_up(body: Body, *, by: UUID | None, at: datetime) -> None:
    """Raise Refused unless the person may set up the office; the program itself may (by: None)."""
    if by is not None:
        demand(authority_in(body, by=by, at=at), Right.SET_UP)


def add_person(
    body: Body, *, name: str, at: datetime, by: UUID | None = None, nip: str = ""
) -> Person:
    """Add a person; a NIP that is known already is refused, because it is the same person.

    nip: 18 digits, spaces ignored, or empty. Raises BadInput, Refused.
    """
    demand_set_up(body, by=by, at=at)
    person = uuid4()
    nip = nip.replace(" ", "")
    with writing():
        lock(body.pk)
        if findings := _person_findings(body, name, nip):
            raise BadInput(*findings)
        fact = Fact("person.added", {"id": str(person)}, {"name": name.strip(), "nip": nip})
        append(fact, body=body.pk, by=by, at=at)
    return Person.objects.get(pk=person)


def _person_findings(body: Body, name: str, nip: str) -> list[Finding]:
    findings = []
    if not name.strip():
        findings.append(Finding("name_missing", "Nama wajib diisi.", place="name"))
    if nip and not NIP.fullmatch(nip):
        findings.append(Finding("nip_invalid", "NIP terdiri atas 18 angka.", place="nip"))
    known = Person.objects.filter(body=body, nip=nip).first() if nip else None
    if known:
        findings.append(
            Finding(
                "nip_known",
                f"NIP ini milik {known.name}, yang sudah terdaftar.",
                place="nip",
                hint="Tambahkan penugasan pada orang itu; satu NIP adalah satu orang.",
            )
        )
    return findings


def link_account(
    person: Person, *, username: str, at: datetime, by: UUID | None = None, given: bool = False
) -> None:
    """Let a user name stand for the person; one of another body stays there.

    given: its password is one that somebody else set. Raises BadInput, Refused.
    """
    demand_set_up(person.body, by=by, at=at)
    with writing():
        lock(person.body_id)
        known = Account.objects.select_related("person").filter(username=username).first()
        if known and known.person.body_id != person.body_id:
            text = f"Nama pengguna “{username}” sudah dipakai."
            raise BadInput(Finding("username_taken", text, place="username"))
        said = {"username": username, "person": str(person.pk), "given": given}
        append(Fact("account.linked", {}, said), body=person.body_id, by=by, at=at)


def make_appointment(
    person: Person,
    *,
    role: str,
    starts_on: date,
    decree_number: str,
    decree_date: date,
    at: datetime,
    by: UUID | None = None,
    ends_on: date | None = None,
    agency: Agency | None = None,
    kind: str = "definitif",
    position: str = "",
) -> Appointment:
    """Appoint the person to a role from a day to a day (inclusive), by decree.

    Raises BadInput, Refused.
    """
    demand_set_up(person.body, by=by, at=at)
    findings = _appointment_findings(role, starts_on, ends_on, decree_number, kind)
    if agency and agency.body_id != person.body_id:
        text = "Perangkat daerah ini bukan bagian badan publik ini."
        findings.append(Finding("agency_unknown", text, place="agency"))
    if findings:
        raise BadInput(*findings)
    appointment = uuid4()
    said = {
        "id": str(appointment),
        "person_id": str(person.pk),
        "role": role,
        "position": position,
        "agency_id": str(agency.pk) if agency else None,
        "kind": kind,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
        "decree_number": decree_number.strip(),
        "decree_date": decree_date.isoformat(),
    }
    with writing():
        append(Fact("appointment.made", said), body=person.body_id, by=by, at=at)
    return Appointment.objects.get(pk=appointment)


def _appointment_findings(
    role: str, starts_on: date, ends_on: date | None, decree_number: str, kind: str
) -> list[Finding]:
    findings = []
    if not ROLE.fullmatch(role):
        findings.append(Finding("role_invalid", "Peran ditulis dengan a-z, 0-9, _.", place="role"))
    if kind not in KINDS:
        findings.append(Finding("kind_invalid", "Jenis: definitif, plt, atau plh.", place="kind"))
    if kind in ACTING and ends_on is None:
        findings.append(
            Finding(
                "acting_without_end",
                "Penugasan Plt. atau Plh. harus mempunyai tanggal akhir.",
                place="ends_on",
            )
        )
    if ends_on and ends_on < starts_on:
        findings.append(
            Finding("end_before_start", "Tanggal akhir mendahului tanggal mulai.", place="ends_on")
        )
    if not decree_number.strip():
        findings.append(
            Finding("decree_missing", "Nomor keputusan wajib diisi.", place="decree_number")
        )
    return findings


def end_appointment(
    appointment: Appointment, *, ends_on: date, at: datetime, by: UUID | None
) -> None:
    """Set the last day of an appointment. Raises BadInput if it lies before the first, Refused."""
    demand_set_up(appointment.person.body, by=by, at=at)
    if ends_on < appointment.starts_on:
        raise BadInput(
            Finding("end_before_start", "Tanggal akhir mendahului tanggal mulai.", place="ends_on")
        )
    with writing():
        said = {"id": str(appointment.pk), "ends_on": ends_on.isoformat()}
        append(Fact("appointment.ended", said), body=appointment.person.body_id, by=by, at=at)
