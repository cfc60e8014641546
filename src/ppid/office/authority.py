"""Who may act: computed from appointments on a day. Whether the act may happen is another question.

An acting official (Plt., Plh.) holds the role like any other, within the days of the decree. Who
acts by mandate (a.n., u.b.) holds it only for the acts that the letter names: `Authority.acting`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ppid.errors import Finding, Refused
from ppid.office.mandate import (
    CONCERNING,
    Behalf,
    MandatedAct,
    concerning,
    lent_by,
    mandates_covering,
    stand_ins,
)
from ppid.office.models import Appointment, Body
from ppid.reading import Reading

DEFAULT_HEAD_ROLES = ("pimpinan_badan_publik",)


class Right(StrEnum):
    """What a person wants to do outside the steps of a case. See MAY."""

    SET_UP = "set_up"
    ADOPT_SOP = "adopt_sop"
    PREPARE = "prepare"
    DETERMINE = "determine"
    OPEN_ITEM = "open_item"
    READ = "read"
    RECORD_REQUEST = "record_request"
    ANSWER_REQUEST = "answer_request"
    ANSWER_OBJECTION = "answer_objection"
    APPOINT_TEAM = "appoint_team"
    DELIBERATE = "deliberate"
    KEEP_STORE = "keep_store"


MAY: dict[Right, frozenset[str]] = {
    Right.SET_UP: frozenset({"pengelola_sistem", "ppid_utama"}),
    Right.ADOPT_SOP: frozenset({"pengelola_sistem", "ppid_utama"}),
    Right.PREPARE: frozenset({"petugas_ppid", "ppid_utama", "ppid_pelaksana", "pejabat_bidang"}),
    Right.DETERMINE: frozenset({"ppid_utama"}),
    Right.OPEN_ITEM: frozenset({"ppid_utama"}),
    Right.RECORD_REQUEST: frozenset({"petugas_ppid", "ppid_utama", "pejabat_bidang"}),
    Right.ANSWER_REQUEST: frozenset({"ppid_utama"}),
    Right.ANSWER_OBJECTION: frozenset({"atasan_ppid"}),
    Right.APPOINT_TEAM: frozenset({"ppid_utama"}),
    Right.DELIBERATE: frozenset({"petugas_ppid", "ppid_utama", "tim_pertimbangan"}),
    Right.KEEP_STORE: frozenset({"arsiparis", "petugas_ppid", "ppid_utama"}),
    Right.READ: frozenset(
        {
            "petugas_ppid",
            "ppid_utama",
            "ppid_pelaksana",
            "atasan_ppid",
            "tim_pertimbangan",
            "pejabat_bidang",
            "pimpinan_badan_publik",
            "arsiparis",
            "auditor",
        }
    ),
}
"""Role by right; steps of a case take their roles from the SOP instead."""

ACT_OF_RIGHT = {Right.DETERMINE: MandatedAct.DETERMINE, Right.OPEN_ITEM: MandatedAct.OPEN}
"""What a mandate must name to carry a right; the others no mandate carries, but to read is free."""

OWN_AGENCY_ONLY = frozenset({"ppid_pelaksana"})
"""Roles whose holders see and prepare only the items of the agency they are appointed in."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held on the day. agency: None for the whole body.

    behalf: for whom, when the role is lent by a mandate; acts: for which acts it is.
    """

    role: str
    agency: UUID | None
    position: str
    behalf: Behalf | None = None
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Authority:
    """Every role that a person holds on a day.

    grants: those that count, which are the person's own unless `acting` was asked. lent: those of
    mandates. proxies: who holds, or ever held, a mandate of this person.
    """

    person: UUID
    name: str
    grants: tuple[Grant, ...]
    lent: tuple[Grant, ...] = ()
    proxies: frozenset[UUID] = frozenset()

    @property
    def in_office(self) -> bool:
        """Return whether the person holds any role on the day, their own or lent by a mandate."""
        return bool(self.grants or self.lent)

    def acting(self, act: MandatedAct) -> "Authority":
        """Return the authority for one act: the own roles, and those lent for that act."""
        own = tuple(grant for grant in self.grants if grant.behalf is None)
        lent = tuple(grant for grant in self.lent if act in grant.acts)
        return replace(self, grants=own + lent)

    def behalf(self, roles: Collection[str]) -> Behalf | None:
        """Return for whom the person acts in one of the roles, None when they hold it themself."""
        held = [grant for grant in self.grants if grant.role in roles]
        return held[0].behalf if held else None

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles, whatever their agency."""
        return frozenset(grant.role for grant in self.grants)

    def said_of(self, roles: Collection[str]) -> dict[str, object]:
        """Return what an event adds for an act in one of the roles: for whom, if by mandate."""
        behalf = self.behalf(roles)
        return behalf.as_said() if behalf else {}

    def holds(self, roles: Iterable[str]) -> bool:
        """Return whether the person holds one of the roles, in any agency."""
        return not self.roles.isdisjoint(roles)

    def may(self, right: Right) -> bool:
        """Return whether the person has the right; who may act for another may also read for it."""
        return any(grant.role in MAY[right] for grant in self._granting(right))

    def _granting(self, right: Right) -> tuple[Grant, ...]:
        """Return what counts for a right: the own roles, and those lent for an act of it."""
        own = tuple(one for one in self.grants if one.behalf is None)
        if right is Right.READ:
            return own + self.lent
        return own + tuple(one for one in self.lent if ACT_OF_RIGHT.get(right) in one.acts)

    def agencies(self, right: Right) -> frozenset[UUID] | None:
        """Return the agencies to which the right is limited, None for the whole body."""
        held = [grant for grant in self._granting(right) if grant.role in MAY[right]]
        if any(grant.role not in OWN_AGENCY_ONLY or grant.agency is None for grant in held):
            return None
        return frozenset(grant.agency for grant in held if grant.agency)

    def position(self, roles: Collection[str]) -> str:
        """Return the title under which the person acts in one of the roles."""
        for grant in self.grants:
            if grant.role in roles:
                return grant.position or role_name(grant.role)
        return ""


def in_force(on: date) -> Q:
    """Return the condition that an appointment is in force on the day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


HELD = Reading(
    lambda person: (
        Appointment.objects.filter(person_id=person)
        .order_by("role", "starts_on")
        .annotate(mandates=Exists(concerning(OuterRef("person_id"))))
        .values_list(
            *("role", "agency_id", "position", "person__body_id", "person__name", "mandates"),
            *("starts_on", "ends_on"),
        )
    ),
    person=UUID(int=0),
)
"""Every appointment of a person on whatever days, and whether any mandate concerns the person."""


def authority_in(
    body: Body, *, by: UUID, at: datetime, held: list[list[Any]] | None = None
) -> Authority:
    """Return what the person may do in this body at a moment: nothing in a body not their own.

    held: the rows of HELD for the person, to spare asking again.
    """
    held = HELD.rows(person=by) if held is None else held
    return _authority(by, held, on=at.astimezone(body.zone).date(), body=body.pk)


def authority_of(person: UUID, *, on: date, body: str | None = None) -> Authority:
    """Return what the person may do on the day, by the appointments in force.

    body: count appointments there only; without it those in the person's own body.
    """
    return _authority(person, HELD.rows(person=person), on=on, body=body)


def _authority(person: UUID, held: list[list[Any]], *, on: date, body: str | None) -> Authority:
    rows = [
        row
        for row in held
        if body in (None, row[3]) and row[6] <= on and (row[7] is None or row[7] >= on)
    ]
    grants = tuple(Grant(role, agency, position) for role, agency, position, *_ in rows)
    own = Authority(person=person, name=rows[0][4] if grants else "", grants=grants)
    if held and not held[0][5]:
        return own
    return _with_mandates(own, CONCERNING.rows(person=person), on=on, body=body)


def _with_mandates(
    own: Authority, rows: list[list[Any]], *, on: date, body: str | None
) -> Authority:
    proxies = frozenset(row[1] for row in rows if row[1] != own.person)
    held = [row for row in rows if row[1] == own.person and row[3] <= on <= row[4]]
    own = replace(own, proxies=proxies)
    if not held:
        return own
    where = {"pk__in": [row[0] for row in held]} | ({"holder__body_id": body} if body else {})
    title = own.grants[0].position if own.grants else ""
    lent = tuple(
        Grant(
            one.role,
            one.agency,
            ", ".join(filter(None, (one.behalf.words, title))),
            behalf=one.behalf,
            acts=one.acts,
        )
        for mandate in mandates_covering(on, **where)
        for one in lent_by(mandate, on=on)
    )
    return replace(own, name=own.name or (held[0][2] if lent else ""), lent=lent)


def holders(
    body: str, roles: Collection[str], *, on: date, agency: UUID | None = None
) -> list[Appointment]:
    """Return who may act in the roles on the day, those who do so by mandate last.

    With an agency: its own holders, or the general holders where the agency has none.
    """
    found = list(
        Appointment.objects.filter(in_force(on), person__body_id=body, role__in=list(roles))
        .select_related("person")
        .order_by("person__name")
    )
    found += [one for one in stand_ins(body, on=on) if one.role in roles]
    if agency is None:
        return found
    own = [one for one in found if one.agency_id == agency]
    return own or [one for one in found if one.agency_id is None]


def head_roles(body: Body) -> tuple[str, ...]:
    """Return the roles whose approval is that of the pimpinan, as the body has named them.

    Source: PP 61/2010 ps. 3 (2)
    """
    return tuple(body.settings.get("head_roles", DEFAULT_HEAD_ROLES))


def demand(authority: Authority, right: Right) -> None:
    """Raise Refused `not_authorised` unless the person has the right."""
    if not authority.may(right):
        raise Refused(not_authorised(MAY[right]))


def not_authorised(roles: Iterable[str]) -> Finding:
    """Return the obstacle that names who may act instead."""
    names = ", ".join(sorted(role_name(role) for role in roles))
    return Finding(
        "not_authorised",
        f"Tindakan ini dilakukan oleh {names}.",
        hint="Minta pejabat yang memegang peran itu, atau periksa penugasan pada hari ini.",
    )


def demand_office(body: Body, authority: Authority) -> None:
    """Raise Refused `no_office_today` when the person holds no role at all."""
    if not authority.in_office:
        raise Refused(
            Finding(
                "no_office_today",
                f"Hari ini Anda tidak memegang peran apa pun di {body.name}.",
                hint="Halaman kantor terbuka bagi pemegang penugasan atau mandat yang berlaku. "
                "Akun Anda sendiri tetap dapat Anda kelola; minta pengelola sistem memeriksa "
                "penugasan Anda.",
            )
        )


ROLE_NAMES = {
    "petugas_ppid": "Petugas PPID",
    "ppid_utama": "PPID Utama",
    "ppid_pelaksana": "PPID Pelaksana",
    "atasan_ppid": "Atasan PPID",
    "tim_pertimbangan": "Tim Pertimbangan",
    "pejabat_bidang": "Pejabat Bidang Pelayanan Informasi",
    "pimpinan_badan_publik": "Pimpinan Badan Publik",
    "arsiparis": "Arsiparis",
    "pemohon": "Pemohon",
    "auditor": "Auditor",
    "pengelola_sistem": "Pengelola sistem",
}


def role_name(role: str) -> str:
    """Return how officials call a role."""
    return ROLE_NAMES.get(role, role.replace("_", " ").capitalize())
