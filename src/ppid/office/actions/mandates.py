"""Mandates by letter: recorded, ended, and kept from carrying what the law leaves to one person."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.office.actions.people import demand_set_up
from ppid.office.authority import authority_of, head_roles, role_name
from ppid.office.log import Fact, append, lock
from ppid.office.mandate import MandatedAct, covering
from ppid.office.models import Body, Mandate, Person
from ppid.office.writing import writing

ONE_PERSON = "PP 61/2010 ps. 3 (2)"


def give_mandate(
    giver: Person,
    holder: Person,
    *,
    role: str,
    acts: Sequence[MandatedAct],
    starts_on: date,
    ends_on: date,
    letter_number: str,
    letter_date: date,
    at: datetime,
    by: UUID | None = None,
) -> Mandate:
    """Record that the holder may act for the giver in a role from a day to a day, by letter.

    A giver who holds the role by mandate only passes that one on (u.b.). Raises BadInput, Refused.
    Source: PP 61/2010 ps. 3 (2) (reading: docs/decisions/0093)
    """
    demand_set_up(giver.body, by=by, at=at)
    mandate = uuid4()
    with writing():
        lock(giver.body_id)
        through = _held_by_mandate(giver, role, on=starts_on)
        findings = [
            *_people_findings(giver, holder),
            *_letter_findings(giver, letter_number, letter_date, starts_on, ends_on),
            *_role_findings(giver, role, acts, on=starts_on, through=through),
        ]
        if findings:
            raise BadInput(*findings)
        said = {
            "id": str(mandate),
            "giver_id": str(giver.pk),
            "holder_id": str(holder.pk),
            "role": role,
            "acts": [act.value for act in acts],
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "letter_number": letter_number.strip(),
            "letter_date": letter_date.isoformat(),
            "through_id": str(through.pk) if through else None,
        }
        append(Fact("mandate.given", said), body=giver.body_id, by=by, at=at)
    return Mandate.objects.get(pk=mandate)


def end_mandate(mandate: Mandate, *, ends_on: date, at: datetime, by: UUID | None = None) -> None:
    """Bring the last day of a mandate forward; it is never made longer.

    Raises BadInput, Refused.
    """
    body = mandate.giver.body
    demand_set_up(body, by=by, at=at)
    with writing():
        lock(body.pk)
        mandate.refresh_from_db()
        if ends_on < mandate.starts_on:
            text = "Tanggal akhir mendahului tanggal mulai."
            raise BadInput(Finding("end_before_start", text, place="ends_on"))
        if ends_on > mandate.ends_on:
            text = "Mandat tidak diperpanjang di sini; catat surat mandat yang baru."
            raise BadInput(Finding("mandate_not_extended", text, place="ends_on"))
        said = {"id": str(mandate.pk), "ends_on": ends_on.isoformat()}
        append(Fact("mandate.ended", said), body=body.pk, by=by, at=at)


def kept_roles(body: Body) -> frozenset[str]:
    """Return the roles that no mandate lends: those of the head.

    A body whose own rule lets the head's approval be given by mandate says so in its settings.
    Source: PP 61/2010 ps. 3 (2) (reading: docs/decisions/0093)
    """
    return frozenset(() if body.settings.get("mandate_of_head") else head_roles(body))


def _held_by_mandate(giver: Person, role: str, *, on: date) -> Mandate | None:
    """Return the mandate by which the giver has the role, None if it is their own or no role."""
    own = authority_of(giver.pk, on=on, body=giver.body_id)
    if role in own.roles:
        return None
    rows = Mandate.objects.filter(covering(on), holder=giver, role=role, through=None)
    return rows.select_related("giver").first()


def _people_findings(giver: Person, holder: Person) -> list[Finding]:
    if giver.body_id != holder.body_id:
        text = "Orang ini bukan dari badan publik ini."
        return [Finding("person_unknown", text, place="holder")]
    if giver.pk == holder.pk:
        text = "Pemberi dan penerima mandat adalah orang yang sama."
        return [Finding("mandate_to_self", text, place="holder", source=ONE_PERSON)]
    return []


def _letter_findings(
    giver: Person, number: str, letter_date: date, starts_on: date, ends_on: date
) -> list[Finding]:
    findings = []
    number = number.strip()
    if not number:
        findings.append(
            Finding("mandate_letter_missing", "Nomor surat mandat wajib diisi.", "letter_number")
        )
    same = Mandate.objects.filter(giver__body=giver.body_id, letter_number__iexact=number)
    if number and same.exists():
        text = f"Surat nomor {number} sudah dicatat."
        hint = "Periksa buku nomor surat, lalu isi nomor yang benar."
        findings.append(Finding("mandate_letter_used", text, "letter_number", hint))
    if ends_on < starts_on:
        text = "Tanggal akhir mendahului tanggal mulai."
        findings.append(Finding("end_before_start", text, place="ends_on"))
    if starts_on < letter_date:
        text = "Mandat tidak dapat berlaku sebelum tanggal suratnya."
        findings.append(Finding("mandate_backdated", text, place="starts_on"))
    return findings


def _role_findings(
    giver: Person,
    role: str,
    acts: Sequence[MandatedAct],
    *,
    on: date,
    through: Mandate | None,
) -> list[Finding]:
    findings = []
    if role in kept_roles(giver.body):
        findings.append(
            Finding(
                "mandate_of_head",
                f"Peran {role_name(role)} tidak dapat dimandatkan.",
                "role",
                "Bila pimpinan berhalangan, catat penugasan Plt. atau Plh.",
                ONE_PERSON,
            )
        )
    if through is None and role not in authority_of(giver.pk, on=on, body=giver.body_id).roles:
        text = f"{giver.name} tidak memegang peran {role_name(role)} pada hari mulainya."
        findings.append(Finding("giver_lacks_role", text, place="role"))
    if not acts:
        text = "Pilih sedikitnya satu tindakan yang dimandatkan."
        findings.append(Finding("mandate_without_act", text, place="acts"))
    heads = head_roles(giver.body)
    if (MandatedAct.HEAD_APPROVAL in acts) != (role in heads) or (role in heads and len(acts) > 1):
        text = "Persetujuan pimpinan dimandatkan tersendiri, dan hanya untuk peran pimpinan."
        findings.append(Finding("mandate_act_unfit", text, place="acts", source=ONE_PERSON))
    missing = [] if through is None else [act for act in acts if act not in through.acts]
    if missing:
        text = f"Mandat {giver.name} sendiri tidak memuat tindakan ini: {missing[0].label}."
        findings.append(Finding("mandate_beyond_own", text, place="acts"))
    return findings
